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

/** A comment, string, number, word or sign, which their first characters tell apart: groups would cost twice as much. */
const PIECE =
  /\/\/[^\r\n]*|\/\*[^]*?(?:\*\/|$)|"(?:[^"\\\r\n]|\\[^\r\n])*"?|\d\w*(?:\.\d\w*)?|[A-Za-z_]\w*|->|=>|\.\.|==|!=|<=|>=|&&|\|\||[^\s\w]/y;
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
    if (BETWEEN.test(text)) at = BETWEEN.lastIndex;
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
  if (!PIECE.test(text)) return ["sign", text.charAt(at)];
  const found = text.slice(at, PIECE.lastIndex);
  return [kindOf(found), found];
}

function kindOf(piece: string): PieceKind {
  const first = piece.charCodeAt(0);
  if (first === SLASH) return piece.length > 1 ? "comment" : "sign";
  if (first === QUOTE) return "string";
  if (first >= 0x30 && first <= 0x39) return "number";
  const letter = first | 0x20;
  return (letter >= 0x61 && letter <= 0x7a) || first === UNDERSCORE ? "word" : "sign";
}

const SLASH = 0x2f;
const QUOTE = 0x22;
const UNDERSCORE = 0x5f;
