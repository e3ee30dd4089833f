// The tokens of a file with the comments between them: what the printer sets, one after the other. In: a text without
// lexical errors. Out: one piece for each token and a last one for the end of the file. A comment belongs to the
// gap in which it stands, so none is lost and none changes places, whatever the syntax around it.

import { lex, spanOf } from "../lex.js";
import type { Span } from "../source.js";

export interface Comment {
  readonly kind: "line" | "block" | "doc";
  readonly text: string;
  /** Line ends before it, since the token or comment before: 0, 1, or 2 for more. */
  readonly lines: number;
}

export interface Piece {
  /** As it is written; empty at the end of the file. */
  readonly text: string;
  readonly span: Span;
  /** What stands between the piece before and this one. */
  readonly comments: readonly Comment[];
  /** Line ends since the last comment, or since the piece before where there is none: 0, 1, or 2 for more. */
  readonly lines: number;
}

/** All pieces of a text. The last one is its end, which counts as the beginning of a line. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  for (const token of lex(text).tokens) {
    const span = spanOf(token);
    pieces.push({ text: text.slice(span.start, span.end), span, ...between(text, from, span.start) });
    from = span.end;
  }
  const { comments, lines } = between(text, from, text.length);
  const span = { start: text.length, end: text.length };
  return [...pieces, { text: "", span, comments, lines: Math.max(1, lines) }];
}

/** Comments and line ends of a gap: there is nothing else in it. */
function between(text: string, from: number, to: number): Pick<Piece, "comments" | "lines"> {
  const comments: Comment[] = [];
  let lines = 0;
  let at = from;
  while (at < to) {
    const start = text.slice(at, at + 3);
    if (!start.startsWith("//") && !start.startsWith("/*")) {
      if (start.startsWith("\n") || (start.startsWith("\r") && !start.startsWith("\r\n")))
        lines = Math.min(2, lines + 1);
      at++;
      continue;
    }
    const isLine = start.startsWith("//");
    const end = isLine ? lineEnd(text, at, to) : text.indexOf("*/", at + 2) + 2;
    const kind = isLine ? "line" : start === "/**" && text[at + 3] !== "/" ? "doc" : "block";
    comments.push({ kind, text: text.slice(at, end), lines });
    lines = 0;
    at = end;
  }
  return { comments, lines };
}

function lineEnd(text: string, from: number, to: number): number {
  let end = from;
  while (end < to && text[end] !== "\n" && text[end] !== "\r") end++;
  return end;
}

export interface Gap {
  /** Comments on the line of the piece before, with a line end behind them. */
  readonly trailing: readonly Comment[];
  /** Comments before this piece, on lines of their own or on its line. */
  readonly leading: readonly Comment[];
}

/** Which comments of a gap belong to the line before it. `first`: nothing stands before. */
export function gapOf({ comments, lines }: Piece, first: boolean): Gap {
  let count = 0;
  while (count < comments.length && comments[count]?.lines === 0) count++;
  const ends = (comments[count]?.lines ?? lines) > 0;
  const split = first || !ends ? 0 : count;
  return { trailing: comments.slice(0, split), leading: comments.slice(split) };
}

/** Whether a comment right before this piece asks for what begins here to be left as it is. */
export function isIgnored(piece: Piece, first: boolean): boolean {
  const last = gapOf(piece, first).leading.at(-1)?.text ?? "";
  return /^(?:\/\/\s*prettier-ignore\s*|\/\*\s*prettier-ignore\s*\*\/)$/.test(last);
}
