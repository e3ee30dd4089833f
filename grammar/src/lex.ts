// Text to tokens. In: the text of a file; out: the tokens for the parser, the doc comments by what they stand
// before, and everything that is wrong with characters, literals and names. Linear in the text; never throws.

import { Lexer, tokenMatcher, type IToken, type TokenType } from "chevrotain";
import type { Diagnostic } from "./diagnostic.js";
import * as errors from "./errors.js";
import type { Span } from "./source.js";
import { docText, durationValue, numberValue, patternParts, unescape } from "./text.js";
import * as t from "./tokens.js";

export interface Lexed {
  readonly tokens: IToken[];
  /** The text of a doc comment by the offset of the token that follows it. */
  readonly docs: ReadonlyMap<number, string>;
  /** Where characters were left out because they begin no token; not `;`, without which all is as it was meant. */
  readonly gaps: readonly Span[];
  readonly diagnostics: readonly Diagnostic[];
}

/** All tokens of a text. A piece that is wrong is either a token of its kind, or left out and among the `gaps`. */
export function lex(text: string): Lexed {
  const { tokens, groups } = lexer().tokenize(text);
  const marked = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const gaps = (groups["unknown"] ?? [])
    .map(spanOf)
    .map(({ start, end }) => ({ start: Math.max(start, marked), end }))
    .filter(({ start, end }) => start < end);
  const diagnostics = [
    ...hiddenCharacters(text),
    ...gaps.flatMap((gap) => strange(text, gap)),
    ...(groups["openComments"] ?? []).map((token) => errors.openComment(spanOf(token))),
    ...tokens.flatMap((token) => checks.get(token.tokenType)?.(token) ?? []),
  ];
  return { tokens, docs: docsByOffset(tokens, groups["docs"] ?? []), gaps: gaps.filter(isDoubtful(text)), diagnostics };
}

/** Whether something may be missing where these characters were left out. */
function isDoubtful(text: string): (gap: Span) => boolean {
  return ({ start, end }) => /[^;]/.test(text.slice(start, end));
}

/** The place of a token. Only one that was put right carries its end: its text is no longer what is written. */
export function spanOf(token: IToken): Span {
  const { startOffset, endOffset, image } = token;
  return { start: startOffset, end: endOffset === undefined ? startOffset + image.length : endOffset + 1 };
}

let instance: Lexer | null = null;

/** Made at the first use: loading this module must cost nothing. */
function lexer(): Lexer {
  instance ??= new Lexer(t.vocabulary, {
    positionTracking: "onlyOffset",
    ensureOptimizations: true,
    skipValidations: true,
    recoveryEnabled: true,
  });
  return instance;
}

// ---- characters ----------------------------------------------------------------------------------------

/**
 * Control characters, line separators that editors do not agree about, the characters of Unicode's bidirectional
 * algorithm that reorder text ("Trojan Source", CVE-2021-42574), and halves of surrogate pairs: wrong everywhere,
 * in comments and strings, too.
 */
function hiddenCharacters(text: string): Diagnostic[] {
  const found: Diagnostic[] = [];
  const pattern =
    // eslint-disable-next-line no-control-regex
    /[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\u2028-\u202E\u2066-\u2069]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
  for (const { index } of text.matchAll(pattern)) {
    if (found.length === maxHidden) break;
    const span = { start: index, end: index + 1 };
    const unit = text.charCodeAt(index);
    found.push(unit >= 0xd800 && unit < 0xe000 ? errors.loneSurrogate(span) : errors.hiddenCharacter(span, unit));
  }
  return found;
}

/** More of them than this mean that the file is no text. */
const maxHidden = 1_000;

/** One diagnostic for each run of the same character in a gap; hidden characters have theirs already. */
function strange(text: string, gap: Span): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const { 0: run, index } of text.slice(gap.start, gap.end).matchAll(/([^])\1*/gu)) {
    if (hiddenCharacters(run).length > 0) continue;
    const start = gap.start + index;
    found.push(errors.strangeCharacters({ start, end: start + run.length }, run));
  }
  return found;
}

// ---- tokens --------------------------------------------------------------------------------------------

type Check = (token: IToken) => readonly Diagnostic[];

const checkName: Check = (token) => {
  const name = token.image;
  // eslint-disable-next-line no-control-regex
  if (/[^\x00-\x7F]/.test(name)) return [errors.foreignName(spanOf(token), name)];
  return name === "__proto__" ? [errors.forbiddenName(spanOf(token), name)] : [];
};

const checkEscapes: Check = (token) =>
  unescape(token.image).problems.map(({ start, end, why }) =>
    errors.wrongEscape(
      { start: token.startOffset + start, end: token.startOffset + end },
      token.image.slice(start, end),
      why,
    ),
  );

const checkNumber: Check = (token) => {
  const value = numberValue(token.image);
  if (value === null) return [errors.wrongNumber(spanOf(token), token.image)];
  return Math.abs(value) > Number.MAX_SAFE_INTEGER ? [errors.hugeNumber(spanOf(token), token.image)] : [];
};

const checkDuration: Check = (token) =>
  Number.isSafeInteger(durationValue(token.image)) ? [] : [errors.hugeNumber(spanOf(token), token.image)];

const checkRegex: Check = (token) => {
  const { source, flags } = patternParts(token.image);
  try {
    void new RegExp(source, flags);
    return [];
  } catch (thrown) {
    const told = thrown instanceof Error ? thrown.message : String(thrown);
    return [
      errors.wrongRegex(
        spanOf(token),
        told
          .slice(told.lastIndexOf(": ") + 1)
          .trim()
          .toLowerCase(),
      ),
    ];
  }
};

const checks: ReadonlyMap<TokenType, Check> = new Map<TokenType, Check>([
  [t.Up, checkName],
  [t.Low, checkName],
  [t.Foreign, checkName],
  [t.StringLiteral, checkEscapes],
  [t.OpenString, (token) => [errors.openString(spanOf(token))]],
  [t.OtherString, (token) => [errors.otherQuotes(spanOf(token), unescape(token.image).value)]],
  [t.NumberLiteral, checkNumber],
  [t.Duration, checkDuration],
  [t.Regex, checkRegex],
  [t.OpenRegex, (token) => [errors.openRegex(spanOf(token))]],
  ...[...t.lookAlikes].map(([type, write]) => [type, checkLookAlike(write)] as const),
]);

function checkLookAlike(write: string): Check {
  return (token) => [errors.lookAlike(spanOf(token), token.image, write)];
}

// ---- doc comments --------------------------------------------------------------------------------------

function docsByOffset(tokens: readonly IToken[], comments: readonly IToken[]): ReadonlyMap<number, string> {
  const docs = new Map<number, string>();
  let next = 0;
  for (const comment of comments) {
    while ((tokens[next]?.startOffset ?? Infinity) < comment.startOffset) next++;
    const token = tokens[next];
    if (token !== undefined) docs.set(token.startOffset, docText(comment.image));
  }
  return docs;
}

/** Whether a token is of a type or of one of its kinds. */
export function is(token: IToken, type: TokenType): boolean {
  return tokenMatcher(token, type);
}
