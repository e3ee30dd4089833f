// The code frame: the lines of a span with their numbers, and carets under it. In: a text with the starts of
// its lines, a span. Out: printable lines, none wider than asked. The work is bounded by the width, not by the
// length of a line, so a megabyte on one line costs nothing.

import { positionAt } from "@chor/grammar";
import type { LineStarts, Span } from "@chor/grammar";
import { cells } from "./text.js";
import type { Paint, Style } from "./paint.js";

export interface Page {
  readonly text: string;
  readonly starts: LineStarts;
}

/** What the span is marked with: carets for the thing itself, dashes for what belongs to it. */
export interface Marking {
  readonly mark: "^" | "-";
  readonly style: Style;
}

const TAB = 4;
/** A longer span shows its first and last lines only. */
const LINES = 6;
const HEAD_LINES = 3;
const TAIL_LINES = 2;

/** The frame of `span`: one line with carets under it, or several with a `>` beside each. */
export function frame(page: Page, span: Span, marking: Marking, width: number, paint: Paint): readonly string[] {
  const first = positionAt(page.starts, span.start).line;
  const last = Math.max(first, positionAt(page.starts, Math.max(span.start, span.end - 1)).line);
  const gutter = Math.max(4, String(last).length + 1);
  const space = Math.max(20, width - gutter - 3);
  const number = (line: number): string => paint("dim", `${String(line).padStart(gutter)} |`);
  const blank = paint("dim", `${" ".repeat(gutter)} |`);

  if (first === last) {
    const view = look(page, first, span, space);
    const carets = marking.mark.repeat(Math.max(1, view.to - view.from));
    return [`${number(first)}${spaced(view.text)}`, `${blank} ${" ".repeat(view.from)}${paint(marking.style, carets)}`];
  }
  const line = (which: number): string => {
    const view = look(page, which, which === first ? span : { start: page.starts[which - 1] ?? 0, end: 0 }, space);
    return `${number(which)}${paint(marking.style, ">")}${spaced(view.text)}`;
  };
  if (last - first < LINES) return range(first, last).map(line);
  const gap = paint("dim", `${" ".repeat(gutter)} ...`);
  return [...range(first, first + HEAD_LINES - 1).map(line), gap, ...range(last - TAIL_LINES + 1, last).map(line)];
}

interface View {
  readonly text: string;
  /** Columns of the span in `text`. */
  readonly from: number;
  readonly to: number;
}

/** One line of the page in at most `space` columns, moved so that the start of the span is to be seen. */
function look(page: Page, line: number, span: Span, space: number): View {
  const begin = page.starts[line - 1] ?? 0;
  const end = lineEnd(page, line);
  const low = atCharacter(page.text, Math.max(begin, span.start - space));
  const high = Math.min(end, Math.max(span.start, low) + 2 * space);
  const placed = place(page.text.slice(low, high), low);
  const total = placed.at(-1)?.right ?? 0;
  const at = (offset: number): number => placed.find((cell) => cell.offset + cell.units > offset)?.left ?? total;
  const from = at(span.start);
  const to = at(Math.max(span.start, span.end));
  const before = low > begin;
  const after = high < end;
  if (!before && !after && total <= space) return { text: joined(placed).trimEnd(), from, to };

  const room = space - 6;
  const left = from < (room * 3) / 4 ? 0 : from - Math.floor(room / 4);
  const shown = placed.filter((cell) => cell.left >= left && cell.right <= left + room);
  const origin = shown[0]?.left ?? left;
  const right = shown.at(-1)?.right ?? origin;
  const prefix = before || origin > 0 ? "..." : "";
  const suffix = after || right < total ? "..." : "";
  return {
    text: `${prefix}${joined(shown)}${suffix}`,
    from: prefix.length + Math.max(0, from - origin),
    to: prefix.length + Math.max(0, Math.min(to, right) - origin),
  };
}

interface Placed {
  readonly text: string;
  readonly offset: number;
  readonly units: number;
  readonly left: number;
  readonly right: number;
}

/** Cells with their columns; a tab goes to the next multiple of four. */
function place(piece: string, start: number): readonly Placed[] {
  const out: Placed[] = [];
  let left = 0;
  let offset = start;
  for (const part of piece.split(/(\t)/)) {
    if (part === "\t") {
      const right = left + TAB - (left % TAB);
      out.push({ text: " ".repeat(right - left), offset, units: 1, left, right });
      left = right;
      offset += 1;
      continue;
    }
    for (const cell of cells(part)) {
      out.push({ text: cell.text, offset, units: cell.units, left, right: left + cell.width });
      left += cell.width;
      offset += cell.units;
    }
  }
  return out;
}

function joined(placed: readonly Placed[]): string {
  return placed.map((cell) => cell.text).join("");
}

/** No line ends with a space. */
function spaced(text: string): string {
  return text === "" ? "" : ` ${text}`;
}

/** Where the line ends, its line break not included. */
function lineEnd(page: Page, line: number): number {
  let end = page.starts[line] ?? page.text.length;
  if (line < page.starts.length) {
    if (page.text[end - 1] === "\n") end--;
    if (page.text[end - 1] === "\r" && end > (page.starts[line - 1] ?? 0)) end--;
  }
  return end;
}

/** The offset, or the next one when it is in the middle of a surrogate pair. */
function atCharacter(text: string, offset: number): number {
  const unit = text.charCodeAt(offset);
  const previous = text.charCodeAt(offset - 1);
  const middle = unit >= 0xdc00 && unit <= 0xdfff && previous >= 0xd800 && previous <= 0xdbff;
  return middle ? offset + 1 : offset;
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
