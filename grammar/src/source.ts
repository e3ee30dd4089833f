// A source text and the places in it. Everything behind the parser carries a `Span`; lines and columns
// are worked out only where somebody is shown them.

/** One file as it was read. `file` is the path that messages show. */
export interface Source {
  readonly file: string;
  readonly text: string;
}

/** A stretch of a source text: offsets in UTF-16 code units, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Line and column for people, both from 1; the column counts UTF-16 code units, as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Offsets at which the lines of a text begin; a line ends with `\n`, `\r\n` or `\r`. */
export type LineStarts = readonly number[];

/** The smallest span that holds both. */
export function cover(a: Span, b: Span): Span {
  return { start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}

/** Where the lines of `text` begin, for `positionAt`. Linear in the text; computed once per file. */
export function lineStarts(text: string): LineStarts {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 10 || (unit === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  return starts;
}

/** The line and column of an offset, by binary search. An offset behind the text counts as its end. */
export function positionAt(starts: LineStarts, offset: number): Position {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}
