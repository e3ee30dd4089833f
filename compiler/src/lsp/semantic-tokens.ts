// Colours that only the tree can give: what each name is, and which soft words are words here. In: an open file. Out: the
// numbers of the protocol, all, of a range, or as a difference to those of before.

import type { SemanticTokensEdit, SemanticTokensLegend } from "vscode-languageserver";
import type { Span } from "@chor/grammar";
import type { Occurrence, SymbolKind } from "./builder.js";
import { TYPES } from "./keywords.js";
import { HARD_WORDS, scan } from "./scan.js";
import type { Piece } from "./scan.js";
import { positionsOf } from "./text.js";
import type { Text } from "./text.js";
import type { Open } from "./workspace.js";

const types = [
  "namespace",
  "struct",
  "function",
  "typeParameter",
  "class",
  "enumMember",
  "variable",
  "parameter",
  "property",
  "label",
  "keyword",
  "type",
  "string",
  "number",
  "regexp",
  "comment",
  "operator",
] as const;
const modifiers = ["declaration", "modification", "defaultLibrary"] as const;

type TokenType = (typeof types)[number];

export const legend: SemanticTokensLegend = { tokenTypes: [...types], tokenModifiers: [...modifiers] };

const KINDS: Readonly<Record<SymbolKind, TokenType>> = {
  choreography: "namespace",
  artifact: "struct",
  contract: "function",
  typeParameter: "typeParameter",
  role: "class",
  label: "enumMember",
  value: "variable",
  parameter: "parameter",
  field: "property",
  loop: "label",
  choice: "label",
};

/** Words that are names wherever the grammar wants one. */
const SOFT_WORDS: ReadonlySet<string> = new Set(
  "import from open artifact contract choreography schema type matches external require max over after step undo".split(
    " ",
  ),
);

interface Token {
  readonly span: Span;
  readonly type: TokenType;
  readonly bits: number;
}

/** The tokens of a file, five numbers each; those that lie in `within` only, if it is given. */
export function semanticTokens({ file, text, index }: Open, within: Span | null = null): number[] {
  const names = namesByStart(index.occurrences);
  const tokens: Token[] = [];
  let before: Piece | null = null;
  for (const piece of scan(file.text, within?.end)) {
    const token = tokenOf(piece, before, names.get(piece.start) ?? null);
    if (piece.kind !== "comment") before = piece;
    if (token !== null && (within === null || piece.end >= within.start)) tokens.push(...byLine(file.text, token));
  }
  return encoded(text, tokens);
}

/** Of several names at one place the first, but for a message: a label that is an artifact shows as what it carries. */
function namesByStart(occurrences: readonly Occurrence[]): ReadonlyMap<number, Occurrence> {
  const names = new Map<number, Occurrence>();
  for (const occurrence of occurrences) {
    if (!occurrence.implicit && !names.has(occurrence.span.start)) names.set(occurrence.span.start, occurrence);
  }
  return names;
}

function tokenOf(piece: Piece, before: Piece | null, name: Occurrence | null): Token | null {
  if (name !== null && piece.kind === "word") {
    const bits = name.access === "declare" ? 1 : name.access === "bind" ? 2 : 0;
    return { span: piece, type: KINDS[name.kind], bits };
  }
  switch (piece.kind) {
    case "word":
      return wordToken(piece, before);
    case "string":
    case "number":
    case "comment":
      return { span: piece, type: piece.kind, bits: 0 };
    case "regex":
      return { span: piece, type: "regexp", bits: 0 };
    case "sign":
      return piece.text === "->" || piece.text === "=>" ? { span: piece, type: "operator", bits: 0 } : null;
  }
}

function wordToken(piece: Piece, before: Piece | null): Token | null {
  if (before?.text === ".") return { span: piece, type: "function", bits: 4 };
  if (HARD_WORDS.has(piece.text)) return { span: piece, type: "keyword", bits: 0 };
  const typed = before !== null && ":|<=(".includes(before.text);
  if (typed && TYPES.has(piece.text)) return { span: piece, type: "type", bits: 4 };
  return SOFT_WORDS.has(piece.text) ? { span: piece, type: "keyword", bits: 0 } : null;
}

/** Clients want no token over several lines. */
function byLine(text: string, token: Token): readonly Token[] {
  const { start, end } = token.span;
  if (token.type !== "comment" && token.type !== "string") return [token];
  return [...text.slice(start, end).matchAll(/[^\r\n]+/g)].map(({ index, 0: line }) => ({
    ...token,
    span: { start: start + index, end: start + index + line.length },
  }));
}

function encoded(text: Text, tokens: readonly Token[]): number[] {
  const data: number[] = [];
  const positionOf = positionsOf(text);
  let [line, character] = [0, 0];
  for (const { span, type, bits } of tokens) {
    const start = positionOf(span.start);
    const length = positionOf(span.end).character - start.character;
    const lines = start.line - line;
    data.push(lines, lines === 0 ? start.character - character : start.character, length, types.indexOf(type), bits);
    line = start.line;
    character = start.character;
  }
  return data;
}

/** What turns the tokens of before into those of now: one edit, of everything between what both begin and end with. */
export function tokenEdits(before: readonly number[], now: readonly number[]): SemanticTokensEdit[] {
  const shorter = Math.min(before.length, now.length);
  let start = 0;
  while (start < shorter && before[start] === now[start]) start++;
  let same = 0;
  while (same < shorter - start && before[before.length - 1 - same] === now[now.length - 1 - same]) same++;
  const data = now.slice(start, now.length - same);
  const deleteCount = before.length - start - same;
  return deleteCount === 0 && data.length === 0 ? [] : [{ start, deleteCount, data }];
}
