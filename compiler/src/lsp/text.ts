// A text and its places as the protocol counts them: lines from 0, characters in UTF-16 code units or UTF-8 bytes, as
// the client wants. In: a text. Out: offsets for positions and positions for offsets, and the text after an edit.

import { lineStarts } from "@chor/grammar";
import type { LineStarts, Span } from "@chor/grammar";
import type { Position, Range } from "vscode-languageserver";

export type Encoding = "utf-16" | "utf-8";

/** One version of a text. Immutable: an edit makes another one. */
export interface Text {
  readonly text: string;
  readonly lines: LineStarts;
  readonly encoding: Encoding;
}

/** A change as a client sends it: of a range, or of everything. */
export interface Change {
  readonly range?: Range;
  readonly text: string;
}

/** Takes a text and how its client counts characters. */
export function textOf(text: string, encoding: Encoding): Text {
  return { text, lines: lineStarts(text), encoding };
}

/** The position of an offset; one behind the text counts as its end. */
export function positionOf({ text, lines, encoding }: Text, offset: number): Position {
  const at = Math.max(0, Math.min(offset, text.length));
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lines[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  const start = lines[low] ?? 0;
  const character = encoding === "utf-16" ? at - start : Buffer.byteLength(text.slice(start, at), "utf8");
  return { line: low, character };
}

/** Like `positionOf`, for offsets in ascending order: it goes on from the line of the one before. */
export function positionsOf({ text, lines, encoding }: Text): (offset: number) => Position {
  let line = 0;
  return (offset) => {
    const at = Math.max(0, Math.min(offset, text.length));
    while ((lines[line + 1] ?? Infinity) <= at) line++;
    const start = lines[line] ?? 0;
    return { line, character: encoding === "utf-16" ? at - start : Buffer.byteLength(text.slice(start, at), "utf8") };
  };
}

/** The offset of a position. What lies behind a line is its end, what lies behind the text the end of the text. */
export function offsetOf({ text, lines, encoding }: Text, { line, character }: Position): number {
  if (!(line >= 0)) return 0;
  const start = lines[Math.trunc(line)];
  if (start === undefined) return text.length;
  const end = endOfLine(text, start, lines[Math.trunc(line) + 1] ?? text.length);
  if (!(character > 0)) return start;
  if (encoding === "utf-16") return Math.min(start + Math.trunc(character), end);
  let bytes = 0;
  let at = start;
  while (at < end && bytes < character) {
    const point = text.codePointAt(at) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    if (bytes > character) break;
    at += point > 0xffff ? 2 : 1;
  }
  return at;
}

/** Where a line ends, its line break left out. */
function endOfLine(text: string, start: number, next: number): number {
  let end = next;
  while (end > start && (text.charCodeAt(end - 1) === 10 || text.charCodeAt(end - 1) === 13)) end--;
  return end;
}

/** A span as the protocol has it. */
export function rangeOf(text: Text, { start, end }: Span): Range {
  return { start: positionOf(text, start), end: positionOf(text, end) };
}

/** A range of the protocol as a span; one that goes backwards is empty. */
export function spanOfRange(text: Text, { start, end }: Range): Span {
  const from = offsetOf(text, start);
  return { start: from, end: Math.max(from, offsetOf(text, end)) };
}

/** The text after the changes, which are made one after the other, each to what the one before it left. */
export function changed(text: Text, changes: readonly Change[]): Text {
  return changes.reduce((current, change) => {
    if (change.range === undefined) return textOf(change.text, current.encoding);
    const { start, end } = spanOfRange(current, change.range);
    return textOf(current.text.slice(0, start) + change.text + current.text.slice(end), current.encoding);
  }, text);
}
