// Chevrotain's error recovery, made to respect brackets and to say things in our own words. In: balanced
// tokens; out: what the parser could not understand, as `faults` (found by the parser) and `mends` (found by us
// and already understood). The grammar itself is in the subclasses, one on the other because Chevrotain wants all
// rules on one object: types, expressions, artifacts, interactions, control, statements, declarations.

import { EmbeddedActionsParser, EOF, type IParserErrorMessageProvider, type IToken, type TokenType } from "chevrotain";
import type { Diagnostic } from "./diagnostic.js";
import { declarationsElsewhere, statementsElsewhere } from "./foreign-words.js";
import { is, spanOf } from "./lex.js";
import { OneTokenLookahead } from "./lookahead.js";
import { lowerCamel, nearest, upperCamel } from "./names.js";
import type { Span } from "./source.js";
import * as syntax from "./syntax-errors.js";
import { unescape } from "./text.js";
import * as t from "./tokens.js";
import type { Name, Text } from "./tree.js";

/** What a rule returns when it could not be read. */
export const broken = { recoveryValueFunc: (): null => null };

/** After so many places of recovery the rest of the file is not read: no use, and an attack costs nothing. */
const maxRecoveries = 200;

/** Chevrotain's messages carry only what was expected; the sentence is made in syntax-errors.ts. */
const expectations: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected }) => expected.LABEL ?? expected.name,
  buildNoViableAltMessage: ({ customUserDescription }) => customUserDescription ?? "something else",
  buildEarlyExitMessage: ({ customUserDescription }) => customUserDescription ?? "something else",
  buildNotAllInputParsedMessage: () => "the end of the file",
};

export class RecoveringParser extends EmbeddedActionsParser {
  /** Doc comments by the offset of the token they stand before; set for each file. */
  docs: ReadonlyMap<number, string> = new Map();
  /** The text of the file, to see where lines begin: they guide recovery, and nothing else. */
  source = "";
  /** Places where no statement or declaration begins. */
  garbage: syntax.Fault[] = [];
  /** Errors that did not keep the parser from understanding what was meant. */
  mends: Diagnostic[] = [];

  /** Tokens before which a missing `->` or `:` was thought in: what follows is as good as right. */
  readonly inserted = new Set<IToken>();

  private recoveries = 0;
  private recoveredAt: IToken | null = null;

  declare protected flattenFollowSet: () => TokenType[];

  constructor(skipValidations: boolean) {
    super(t.vocabulary, {
      recoveryEnabled: true,
      maxLookahead: 1,
      lookaheadStrategy: new OneTokenLookahead(),
      skipValidations,
      errorMessageProvider: expectations,
    });
  }

  override reset(): void {
    super.reset();
    this.garbage = [];
    this.mends = [];
    this.inserted.clear();
    this.recoveries = 0;
    this.recoveredAt = null;
  }

  // ---- reading names and strings -----------------------------------------------------------------------

  /** Consumes a name that begins with a capital; one that does not is told and taken as if it did. */
  protected upper(index: number, what: string): Name {
    this.ACTION(() => this.capitalize(what));
    return nameOf(this.consume(index, t.Up, { ERR_MSG: what }));
  }

  /** Consumes a name that begins with a small letter; one that does not is told and taken as if it did. */
  protected lower(index: number, what: string): Name {
    this.ACTION(() => this.uncapitalize(what));
    return nameOf(this.consume(index, t.Low, { ERR_MSG: what }));
  }

  /** Consumes the bracket that ends what `rule` reads; whatever else stands before it is told and skipped. */
  protected close(bracket: TokenType, rule: string): void {
    this.ACTION(() => {
      const found = (): boolean => this.LA(1).tokenType === bracket;
      if (!found() && !closers.has(this.LA(1).tokenType)) this.skipGarbage(bracket.LABEL ?? "", found, rule);
    });
    this.consume(0, bracket);
  }

  protected text(index: number, what: string): Text {
    const token = this.consume(index, t.StringLiteral, { ERR_MSG: what });
    return { value: unescape(token.image).value, span: spanOf(token) };
  }

  protected capitalize(what: string): void {
    const token = this.LA(1);
    if (is(token, t.Up) || !is(token, t.Low) || this.declarationAhead()) return;
    const name = upperCamel(token.image);
    this.mends.push(syntax.capitalWanted(spanOf(token), what, token.image, name));
    retype(token, t.Up, name);
  }

  protected uncapitalize(what: string): void {
    const token = this.LA(1);
    if (is(token, t.Low) || !is(token, t.Up) || this.startsInteraction(1)) return;
    const name = lowerCamel(token.image);
    this.mends.push(syntax.smallWanted(spanOf(token), what, token.image, name));
    retype(token, t.Low, name);
  }

  /** A misspelt one of `words` is told and read as what was meant, unless it is nearer to one of `others`. */
  protected respell(words: readonly TokenType[], others: readonly TokenType[] = []): void {
    const token = this.LA(1);
    const next = this.LA(2).tokenType;
    if (words.includes(token.tokenType) || others.includes(token.tokenType)) return;
    if (token.tokenType !== t.Low && token.tokenType !== t.Up) return;
    if (next === t.Arrow || next === t.LSquare) return;
    if (token.tokenType === t.Up && (is(this.LA(2), t.Up) || next === t.Colon)) return;
    const meant = wordMeant(token, [...words, ...others].map(textOf));
    const type = words.find((word) => textOf(word) === meant);
    if (meant === null || type === undefined) return;
    this.mends.push(syntax.misspelt(spanOf(token), token.image, meant));
    retype(token, type, meant);
  }

  // ---- places ------------------------------------------------------------------------------------------

  /** From a place to the last token that was read. */
  protected since(start: IToken | Span): Span {
    const from = "startOffset" in start ? start.startOffset : start.start;
    return { start: from, end: Math.max(from, spanOf(this.LA(0)).end) };
  }

  protected docAt(token: IToken): string {
    return this.docs.get(token.startOffset) ?? "";
  }

  /** Whether `Role ->` or `Role[*]` stands at the k-th token from here. */
  protected startsInteraction(k: number): boolean {
    if (!is(this.LA(k), t.Up)) return false;
    const next = this.LA(k + 1).tokenType;
    return is(this.LA(k + 1), t.Arrow) || (next === t.LSquare && this.LA(k + 2).tokenType === t.Star);
  }

  /** Whether `name:` or `name?:` stands here. */
  protected fieldAhead(): boolean {
    if (!is(this.LA(1), t.Word)) return false;
    const next = this.LA(2).tokenType;
    return next === t.Colon || (next === t.Question && this.LA(3).tokenType === t.Colon);
  }

  /** Whether a declaration seems to begin here, although its first word may be a name. */
  protected declarationAhead(k = 1): boolean {
    const declares = (t.declarationWords as readonly TokenType[]).includes(this.LA(k).tokenType);
    const next = this.LA(k + 1);
    return declares && (is(next, t.Up) || next.tokenType === t.Artifact);
  }

  // ---- recovery ----------------------------------------------------------------------------------------

  /** Skips at least one token, up to the first for which `found` holds or to the end of the bracket around it. */
  protected skipGarbage(what: string, found: () => boolean, rule = ""): void {
    const token = this.LA(1);
    do this.SKIP_TOKEN();
    while (!found() && !closers.has(this.LA(1).tokenType) && this.LA(1).tokenType !== EOF);
    this.garbage.push({ expected: what, rule, token, last: this.LA(0), sure: false });
  }

  /** The header of a block is over: what else stands before its `{` is told and skipped; whether there was any. */
  protected skipToBlock(what = "`{`", alternative: TokenType = t.LCurly): boolean {
    const opens = (token: IToken): boolean => token.tokenType === t.LCurly || token.tokenType === alternative;
    if (opens(this.LA(1))) return false;
    for (let k = 1; ; k = this.behind(k)) {
      const type = this.LA(k).tokenType;
      if (opens(this.LA(k))) break;
      if (this.declarationAhead(k)) return false;
      if (type === EOF || closers.has(type) || statementStarts.has(type) || this.startsInteraction(k)) return false;
    }
    this.skipGarbage(what, () => opens(this.LA(1)));
    return true;
  }

  /** A skipped opening bracket takes its contents with it: recovery never leaves or enters a block by accident. */
  protected override SKIP_TOKEN(): IToken {
    for (let k = this.behind(1); k > 2; k--) super.SKIP_TOKEN();
    return super.SKIP_TOKEN();
  }

  /** Chevrotain's search for a token where it can go on, over whole brackets. */
  protected findReSyncTokenType(): TokenType {
    this.giveUpAtLimit();
    const wanted = new Set(this.flattenFollowSet());
    for (let k = 1; ; k = this.behind(k)) {
      for (const type of wanted) if (this.syncs(k, type)) return type;
    }
  }

  protected reSyncTo(type: TokenType): IToken[] {
    const skipped: IToken[] = [];
    while (!this.syncs(1, type)) {
      this.SKIP_TOKEN();
      skipped.push(this.LA(0));
    }
    return skipped;
  }

  /** `->` and `:` may be thought in where what follows them is there; nothing else is made up. */
  protected override canTokenTypeBeInsertedInRecovery(type: TokenType): boolean {
    const next = this.LA(2).tokenType;
    if (type === t.Arrow) return next === t.Colon || next === t.Comma || next === t.LSquare;
    return type === t.Colon && next !== t.Colon && !is(this.LA(2), t.Arrow);
  }

  protected override canTokenTypeBeDeletedInRecovery(): boolean {
    const { tokenType } = this.LA(1);
    return !closers.has(tokenType) && !openers.has(tokenType) && tokenType !== t.Arrow;
  }

  protected override getTokenToInsert(type: TokenType): IToken {
    this.inserted.add(this.LA(1));
    this.giveUpAtLimit();
    return super.getTokenToInsert(type);
  }

  /** A capital only helps if an interaction seems to begin with it: labels and artifacts are everywhere. */
  private syncs(k: number, type: TokenType): boolean {
    const token = this.LA(k);
    return is(token, type) && (type !== t.Up || this.startsInteraction(k) || this.startsLine(k));
  }

  private startsLine(k: number): boolean {
    const end = spanOf(this.LA(k - 1)).end;
    return Number.isNaN(end) || /[\r\n]/.test(this.source.slice(end, this.LA(k).startOffset));
  }

  /** The index of the token behind the k-th one, or behind its bracket if it opens one. */
  private behind(k: number): number {
    let depth = 0;
    for (let j = k; ; j++) {
      const type = this.LA(j).tokenType;
      if (openers.has(type)) depth++;
      else if (closers.has(type)) depth--;
      if (depth <= 0 || type === EOF) return j + 1;
    }
  }

  private giveUpAtLimit(): void {
    const here = this.LA(1);
    if (here !== this.recoveredAt) this.recoveries++;
    this.recoveredAt = here;
    while (this.recoveries > maxRecoveries && this.LA(1).tokenType !== EOF) super.SKIP_TOKEN();
  }
}

/** The name a token is, where it is written. */
export function nameOf(token: IToken): Name {
  return { text: token.image, span: spanOf(token) };
}

/** The words a statement can begin with. */
export const statementStarts: ReadonlySet<TokenType> = new Set(t.statementWords);

const openers: ReadonlySet<TokenType> = new Set([t.LCurly, t.LRound, t.LSquare]);
const closers: ReadonlySet<TokenType> = new Set([t.RCurly, t.RRound, t.RSquare]);

function textOf(word: TokenType): string {
  return String(word.PATTERN);
}

/** One of `words` in other capitals, or the nearest. Words of two letters are near to too much to be guessed. */
function wordMeant({ image, tokenType }: IToken, words: readonly string[]): string | null {
  const lowered = image.toLowerCase();
  if (words.includes(lowered)) return lowered;
  if (tokenType !== t.Low || statementsElsewhere.has(image) || declarationsElsewhere.has(image)) return null;
  return nearest(
    lowered,
    words.filter((word) => word.length > 2),
  );
}

/** The tokens belong to one run of the parser, so a wrong one is put right where it is. */
function retype(token: IToken, type: TokenType, image: string): void {
  token.endOffset = spanOf(token).end - 1;
  token.tokenType = type;
  token.tokenTypeIdx = type.tokenTypeIdx ?? 0;
  token.image = image;
}
