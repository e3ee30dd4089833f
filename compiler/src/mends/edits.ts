// Edits of a text: made, put one behind the other, and written as a fix. In: a text and edits of it. Out: the text
// afterwards; where a place has gone; one set of edits for two.

import type { Fix, Span } from "@chor/grammar";

export type Edit = Fix["edits"][number];

/** The white space that the line of an offset begins with. */
export function indentationAt(text: string, offset: number): string {
  const start = Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1;
  return /^[ \t]*/.exec(text.slice(start, start + 200))?.[0] ?? "";
}

/** Takes a text and a fix of it, whose edits do not overlap; gives the text after it. */
export function applied(text: string, { edits }: Pick<Fix, "edits">): string {
  return written(text, settled(text, edits));
}

/** The edits word for word, in the order of the text: with the indentation and the line ends that `Fix` leaves out. */
export function settled(text: string, edits: readonly Edit[]): readonly Edit[] {
  const end = lineEnd(text);
  return edits
    .map(({ span, text: inner }) => ({
      span,
      text: inner.replaceAll("\n", `${end}${indentationAt(text, span.start)}`),
    }))
    .toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

/** The text after settled edits. */
export function written(text: string, edits: readonly Edit[]): string {
  let at = 0;
  let out = "";
  for (const { span, text: inner } of edits) {
    out += text.slice(at, span.start) + inner;
    at = span.end;
  }
  return out + text.slice(at);
}

/** Where an offset of the text stands after settled edits; one that is inside a replaced part: at its beginning. */
export function moved(edits: readonly Edit[], offset: number): number {
  let shift = 0;
  for (const { span, text } of edits) {
    if (span.start > offset || (span.start === offset && span.end > offset)) break;
    if (span.end > offset) return span.start + shift;
    shift += text.length - (span.end - span.start);
  }
  return offset + shift;
}

/** Whether no two of the settled edits touch the same characters. */
export function areApart(edits: readonly Edit[]): boolean {
  return edits.every(({ span }, i) => span.start >= (edits[i - 1]?.span.end ?? 0) && span.end >= span.start);
}

/** Settled edits that do at once what `first` does to a text of `length`, and `second` to what comes of that. */
export function together(length: number, first: readonly Edit[], second: readonly Edit[]): readonly Edit[] {
  let pieces = cutBy(length, first);
  for (const edit of second.toReversed()) pieces = replaced(pieces, edit);
  const edits: Edit[] = [];
  let at = 0;
  let text = "";
  for (const piece of [...pieces, { kind: "kept", start: length, end: length } as const]) {
    if (piece.kind === "new") {
      text += piece.text;
      continue;
    }
    if (piece.start > at || text !== "") edits.push({ span: { start: at, end: piece.start }, text });
    text = "";
    at = piece.end;
  }
  return edits;
}

/** Settled edits as those of a fix; null where a new line is indented otherwise than its fix could say. */
export function asFix(text: string, edits: readonly Edit[]): readonly Edit[] | null {
  const end = lineEnd(text);
  const found = edits.map(({ span, text: inner }) => {
    const indented = `${end}${indentationAt(text, span.start)}`;
    return { span, text: inner.replaceAll(indented, "\n") };
  });
  const same = written(text, settled(text, found)) === written(text, edits);
  return same ? found : null;
}

type Piece = { readonly kind: "kept"; readonly start: number; readonly end: number } | Added;

interface Added {
  readonly kind: "new";
  readonly text: string;
}

/** What a text is made of after settled edits: parts that are kept, and what is new. */
function cutBy(length: number, edits: readonly Edit[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { span, text } of edits) {
    pieces.push({ kind: "kept", start: at, end: span.start }, { kind: "new", text });
    at = span.end;
  }
  return [...pieces, { kind: "kept", start: at, end: length }];
}

function replaced(pieces: readonly Piece[], { span, text }: Edit): readonly Piece[] {
  const before: Piece[] = [];
  const behind: Piece[] = [];
  let at = 0;
  for (const piece of pieces) {
    const length = lengthOf(piece);
    const end = at + length;
    if (at < span.start) before.push(part(piece, 0, Math.min(length, span.start - at)));
    if (end > span.end) behind.push(part(piece, Math.max(0, span.end - at), length));
    at = end;
  }
  return [...before, { kind: "new", text }, ...behind];
}

function lengthOf(piece: Piece): number {
  return piece.kind === "kept" ? piece.end - piece.start : piece.text.length;
}

function part(piece: Piece, from: number, to: number): Piece {
  return piece.kind === "kept"
    ? { kind: "kept", start: piece.start + from, end: piece.start + to }
    : { kind: "new", text: piece.text.slice(from, to) };
}

function lineEnd(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

/** Whether a place lies in a span or at one of its ends. */
export function holds({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}
