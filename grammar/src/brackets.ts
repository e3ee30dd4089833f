// Brackets are matched before the parser runs, so that one missing brace is one error and the parser always
// sees balanced ones. In: tokens; out: tokens in which every bracket has its partner (missing ones inserted,
// surplus ones left out) and the errors. Works on one declaration at a time: a brace that is missing in one
// does not swallow the next. Linear in the number of tokens.

import { createTokenInstance, type IToken, type TokenType } from "chevrotain";
import type { Diagnostic } from "./diagnostic.js";
import * as errors from "./errors.js";
import { is, spanOf } from "./lex.js";
import { cover, lineStarts, positionAt, type LineStarts, type Position, type Span } from "./source.js";
import * as t from "./tokens.js";

export interface Balanced {
  readonly tokens: IToken[];
  readonly diagnostics: readonly Diagnostic[];
  /** Behind a surplus bracket, up to where order returns: its partner is missing before, and nothing is certain. */
  readonly doubts: readonly Span[];
}

/** Matches the brackets of a file. `text` is only asked for its lines, to find out which brace is to blame. */
export function balance(tokens: readonly IToken[], text: string): Balanced {
  const output: IToken[] = [];
  const diagnostics: Diagnostic[] = [];
  const doubts: Span[] = [];
  const lines = linesOf(text);
  let from = 0;
  for (let i = 1; i <= tokens.length; i++) {
    if (i < tokens.length && !startsDeclaration(tokens, i)) continue;
    balanceDeclaration(tokens.slice(from, i), lines, output, diagnostics, doubts);
    from = i;
  }
  return { tokens: output, diagnostics, doubts };
}

/** Whether a declaration begins here for certain: no statement, field or expression goes on like this. */
export function startsDeclaration(tokens: readonly IToken[], i: number): boolean {
  const type = tokens[i]?.tokenType;
  const name = tokens[i + 1];
  const after = tokens[i + 2]?.tokenType;
  if (type === t.Open) return name?.tokenType === t.Artifact && startsDeclaration(tokens, i + 1);
  if (name === undefined || !is(name, t.Up)) return false;
  if (type === t.Artifact) return (after === t.LCurly || after === t.Equal) && tokens[i - 1]?.tokenType !== t.Open;
  if (type === t.Contract) return after === t.LRound;
  return type === t.Choreography && (after === t.LRound || after === t.Less);
}

/** Of more brackets that are left open at the end of one declaration only the innermost are told. */
const maxUnclosed = 3;

const closerOf: ReadonlyMap<TokenType, TokenType> = new Map([
  [t.LCurly, t.RCurly],
  [t.LRound, t.RRound],
  [t.LSquare, t.RSquare],
]);
const openerOf: ReadonlyMap<TokenType, TokenType> = new Map([...closerOf].map(([open, close]) => [close, open]));

function balanceDeclaration(
  tokens: readonly IToken[],
  lines: Lines,
  output: IToken[],
  diagnostics: Diagnostic[],
  doubts: Span[],
): void {
  const start = output.length;
  const stack: IToken[] = [];
  /** How many brackets of each kind are open: whether a closer has a partner at all. */
  const open = new Map<TokenType, number>();
  /** Closers that were inserted early; the real one, if it comes before another opens, is dropped without a word. */
  const early = new Map<TokenType, number>();
  let spareBraces = count(tokens, t.RCurly) - count(tokens, t.LCurly);
  const lastContent = tokens.findLastIndex(({ tokenType }) => tokenType !== t.RCurly);

  const change = (counts: Map<TokenType, number>, type: TokenType, by: number): void => {
    counts.set(type, (counts.get(type) ?? 0) + by);
  };
  const pop = (): IToken => {
    const opener = stack.pop() as IToken;
    change(open, opener.tokenType, -1);
    return opener;
  };
  const insertCloser = (at: number): IToken => {
    const opener = pop();
    const closer = closerOf.get(opener.tokenType) as TokenType;
    output.splice(at, 0, zeroWidth(closer, output[at - 1] ?? opener));
    return opener;
  };
  const doubt = (i: number): void => {
    const known = doubts.at(-1)?.end ?? -1;
    const brace = tokens[i]?.tokenType === t.RCurly;
    if (!brace && spanOf(tokens[i] as IToken).end <= known) return;
    const span = doubtFrom(tokens, i, brace);
    if (known < span.end) doubts.push(span);
  };
  const missing = (place: IToken, opener: IToken): void => {
    diagnostics.push(errors.unclosed(spanOf(place), spanOf(opener), opener.image, closing(opener)));
  };

  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as IToken;
    const type = token.tokenType;
    const opener = openerOf.get(type);
    if (insideExpression(stack) && endsBrackets(tokens, i, stack.length)) {
      let at = type === t.Arrow ? senderStart(output, start) : output.length;
      missing(output[at - 1] ?? token, stack.at(-1) as IToken);
      while (insideExpression(stack)) {
        change(early, closerOf.get((stack.at(-1) as IToken).tokenType) as TokenType, 1);
        insertCloser(at++);
      }
    }
    if (opener !== undefined) {
      if ((open.get(opener) ?? 0) === 0) {
        if ((early.get(type) ?? 0) > 0) change(early, type, -1);
        else {
          diagnostics.push(errors.surplus(spanOf(token), token.image));
          doubt(i);
        }
        continue;
      }
      if (type === t.RCurly && stack.length === 1 && i < lastContent && spareBraces > 0) {
        diagnostics.push(errors.early(spanOf(token)));
        doubt(i);
        spareBraces--;
        continue;
      }
      if (stack.at(-1)?.tokenType !== opener) missing(token, stack.at(-1) as IToken);
      while (stack.at(-1)?.tokenType !== opener) insertCloser(output.length);
      pop();
    } else if (stack.length > 1 && beginsBranch(tokens, i)) {
      missing(token, insertCloser(output.length));
      spareBraces++;
    }
    if (closerOf.has(type)) {
      stack.push(token);
      change(open, type, 1);
      early.delete(closerOf.get(type) as TokenType);
    }
    output.push(token);
  }
  closeRest(tokens, stack, lines, missing);
  while (stack.length > 0) insertCloser(output.length);
}

/** After a parenthesis order returns with the next interaction, after a brace with the next declaration. */
function doubtFrom(tokens: readonly IToken[], i: number, brace: boolean): Span {
  let j = brace ? tokens.length - 1 : i;
  while (j + 1 < tokens.length && tokens[j]?.tokenType !== t.Arrow) j++;
  return cover(spanOf(tokens[i] as IToken), spanOf(tokens[j] as IToken));
}

/** The end of a declaration with brackets still open. One that is missing can be found by its indentation. */
function closeRest(
  tokens: readonly IToken[],
  stack: readonly IToken[],
  lines: Lines,
  missing: (place: IToken, opener: IToken) => void,
): void {
  const place = tokens.at(-1);
  if (place === undefined || stack.length === 0) return;
  const suspect = stack.length === 1 ? misindented(tokens, lines) : null;
  if (suspect !== null) missing(place, suspect);
  else for (const opener of stack.slice(-maxUnclosed).reverse()) missing(place, opener);
}

/** The first brace that is closed by one which stands further left than the line that opened it. */
function misindented(tokens: readonly IToken[], lines: Lines): IToken | null {
  const stack: IToken[] = [];
  for (const token of tokens) {
    if (token.tokenType === t.LCurly) stack.push(token);
    if (token.tokenType !== t.RCurly) continue;
    const opener = stack.pop();
    if (opener === undefined) continue;
    const { line, column } = lines.position(token);
    const openerLine = lines.position(opener).line;
    const stands = column - 1;
    if (openerLine !== line && lines.indentation(line) === stands && lines.indentation(openerLine) > stands)
      return opener;
  }
  return null;
}

/** The lines of the file; looked at only when a brace is missing. */
interface Lines {
  position(token: IToken): Position;
  /** How many blanks the line begins with. */
  indentation(line: number): number;
}

function linesOf(text: string): Lines {
  let known: LineStarts | null = null;
  const starts = (): LineStarts => (known ??= lineStarts(text));
  return {
    position: (token) => positionAt(starts(), token.startOffset),
    indentation: (line) => {
      const start = starts()[line - 1] ?? 0;
      let end = start;
      while (text[end] === " " || text[end] === "\t") end++;
      return end - start;
    },
  };
}

/** Inside `(` or `[` nothing but expressions, types and names can stand; a record's `{` begins anew. */
function insideExpression(stack: readonly IToken[]): boolean {
  const top = stack.at(-1)?.tokenType;
  return top === t.LRound || top === t.LSquare;
}

/** Whether this token cannot stand inside `(` or `[`: it must have been meant to be closed before. */
function endsBrackets(tokens: readonly IToken[], i: number, depth: number): boolean {
  const type = (tokens[i] as IToken).tokenType;
  if (type === t.Arrow) return true;
  if (type === t.LCurly) return beginsStatement(tokens, i + 1);
  if (t.endsExpression.has(type) && tokens[i - 1]?.tokenType !== t.Dot) return true;
  return depth > 1 && beginsField(tokens, i);
}

/** Whether a statement begins here, so that the brace before it is that of a block and not of a record. */
function beginsStatement(tokens: readonly IToken[], i: number): boolean {
  const next = tokens[i + 1]?.tokenType;
  const word = (t.statementWords as readonly unknown[]).includes(tokens[i]?.tokenType);
  return word ? next !== t.Colon && next !== t.Comma && next !== t.RCurly : next === t.Arrow;
}

/**
 * Whether a field begins here although a bracket is open: a name right behind an operand, and its colon. (In the
 * parentheses of a contract or a choreography a comma may be missing instead; they are not inside a brace.)
 */
function beginsField(tokens: readonly IToken[], i: number): boolean {
  const before = tokens[i - 1];
  const after = tokens[i + 1]?.tokenType;
  const colon = after === t.Colon || (after === t.Question && tokens[i + 2]?.tokenType === t.Colon);
  return colon && before !== undefined && is(tokens[i] as IToken, t.Word) && endsOperand(before);
}

function endsOperand(token: IToken): boolean {
  const kinds = [t.Up, t.Low, t.NumberLiteral, t.Duration, t.StringLiteral, t.RRound, t.RSquare, t.RCurly];
  return kinds.some((type) => is(token, type));
}

/** `or {`, `or when`, `and {` can only follow a closing brace. */
function beginsBranch(tokens: readonly IToken[], i: number): boolean {
  const type = (tokens[i] as IToken).tokenType;
  const before = tokens[i - 1]?.tokenType;
  const after = tokens[i + 1]?.tokenType;
  if (before === t.RCurly || before === t.Dot) return false;
  return (type === t.Or && (after === t.LCurly || after === t.When)) || (type === t.And && after === t.LCurly);
}

/** Where the sender of an arrow that is about to be written begins: `Coder` or `Coder[*]`. */
function senderStart(output: readonly IToken[], start: number): number {
  const at = output.at(-1)?.tokenType === t.RSquare ? output.length - 4 : output.length - 1;
  const name = output[at];
  return at > start && name !== undefined && is(name, t.Up) ? at : output.length;
}

function closing(opener: IToken): string {
  return opener.tokenType === t.LCurly ? "}" : opener.tokenType === t.LRound ? ")" : "]";
}

function zeroWidth(type: TokenType, after: IToken): IToken {
  const offset = spanOf(after).end;
  return createTokenInstance(type, "", offset, offset - 1, NaN, NaN, NaN, NaN);
}

function count(tokens: readonly IToken[], type: TokenType): number {
  let n = 0;
  for (const token of tokens) if (token.tokenType === type) n++;
  return n;
}
