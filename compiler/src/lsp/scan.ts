// The words and signs of a text, comments among them, for what an editor asks about text that no tree has: colours,
// folding, and what stands before the cursor. In: a text. Out: its pieces in order. Linear; takes anything.

import type { Span } from "@chor/grammar";

export type PieceKind = "word" | "number" | "string" | "regex" | "sign" | "comment";

export interface Piece extends Span {
  readonly kind: PieceKind;
  readonly text: string;
}

/** Words that are never names. */
export const HARD_WORDS: ReadonlySet<string> = new Set(
  (
    "as where gate retry within quorum else choice at or when loop break continue par and scatter pick do saga return " +
    "abort fail in is true false null"
  ).split(" "),
);

const PIECE =
  /(?<comment>\/\/[^\r\n]*|\/\*[^]*?(?:\*\/|$))|(?<string>"(?:[^"\\\r\n]|\\[^\r\n])*"?)|(?<number>\d\w*(?:\.\d\w*)?)|(?<word>[A-Za-z_]\w*)|(?<sign>->|=>|\.\.|==|!=|<=|>=|&&|\|\||[^\s\w])/gy;
const REGEX = /\/(?:[^/\\[\r\n]|\\[^\r\n]|\[(?:[^\]\\\r\n]|\\[^\r\n])*\])+\/[a-zA-Z]*/y;
const BETWEEN = /\s*/y;

/** All pieces of a text up to `limit`; the last one may reach behind it. */
export function scan(text: string, limit = text.length): readonly Piece[] {
  const pieces: Piece[] = [];
  const end = Math.min(limit, text.length);
  let at = 0;
  let before = "";
  while (at < end) {
    BETWEEN.lastIndex = at;
    at += BETWEEN.exec(text)?.[0].length ?? 0;
    if (at >= end) break;
    const [kind, found] = before === "matches" ? (regexAt(text, at) ?? pieceAt(text, at)) : pieceAt(text, at);
    pieces.push({ kind, text: found, start: at, end: at + found.length });
    at += found.length;
    if (kind !== "comment") before = found;
  }
  return pieces;
}

function regexAt(text: string, at: number): readonly ["regex", string] | null {
  REGEX.lastIndex = at;
  const found = REGEX.exec(text)?.[0];
  return found === undefined ? null : ["regex", found];
}

/** What no pattern knows (a letter outside ASCII, a control character) is a sign of one code unit. */
function pieceAt(text: string, at: number): readonly [PieceKind, string] {
  PIECE.lastIndex = at;
  const groups = PIECE.exec(text)?.groups ?? {};
  for (const kind of ["comment", "string", "number", "word", "sign"] as const) {
    const found = groups[kind];
    if (found !== undefined) return [kind, found];
  }
  return ["sign", text.charAt(at)];
}
