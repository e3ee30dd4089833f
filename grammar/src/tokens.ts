// The tokens of the language: text to a stream of words, literals and signs. What is wrong in a text becomes
// a token, too (a string without its end is a string), so that the parser goes on; lex.ts says what was wrong.
// Hard words are never names; soft words (`artifact`, `max`, `step` …) are names wherever the grammar wants one.

import { createToken, Lexer, type CustomPatternMatcherFunc, type IToken, type TokenType } from "chevrotain";

// ---- words ---------------------------------------------------------------------------------------------

/** Letters outside ASCII. No name may have them; they are read as part of it so that there is one error, not many. */
const foreign = "\\u00AA-\\u00FF\\u0100-\\u1FFF\\u2C00-\\u2FEF\\u3041-\\uD7FF";

/**
 * The characters a token can begin with. Chevrotain would find them by parsing the pattern, at every start of
 * the program; beyond code 255 it only distinguishes blocks of 255, of which one character will do.
 */
const small = [..."abcdefghijklmnopqrstuvwxyz_"];
const capitals = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const digits = [..."0123456789"];
const blocks = (from: number, to: number): number[] => {
  const codes = [to];
  for (let code = from; code < to; code += code < 256 ? 1 : 255) codes.push(code);
  return codes;
};
const foreigners = [...blocks(0xaa, 0x1fff), ...blocks(0x2c00, 0x2fef), ...blocks(0x3041, 0xd7ff)];

/** Any word at all: what a field may be called. */
export const Word = createToken({ name: "Word", label: "a name", pattern: Lexer.NA });

export const Up = createToken({
  name: "Up",
  label: "a name that begins with a capital",
  pattern: new RegExp(`[A-Z][\\w${foreign}]*`),
  start_chars_hint: capitals,
  categories: [Word],
});

export const Low = createToken({
  name: "Low",
  label: "a name that begins with a small letter",
  pattern: new RegExp(`[a-z_][\\w${foreign}]*`),
  start_chars_hint: small,
  categories: [Word],
});

/** A word that begins with a foreign letter has no case: it is taken wherever a name is wanted. */
export const Foreign = createToken({
  name: "Foreign",
  pattern: new RegExp(`[${foreign}][\\w${foreign}]*`),
  start_chars_hint: foreigners,
  categories: [Up, Low],
});

/** The signs and words that stand between two operands. */
export const Operator = createToken({ name: "Operator", label: "an operator", pattern: Lexer.NA });

const hard = (word: string, categories: TokenType[] = []): TokenType =>
  createToken({
    name: capital(word),
    label: `\`${word}\``,
    pattern: word,
    longer_alt: Low,
    categories: [Word, ...categories],
  });
const soft = (word: string): TokenType =>
  createToken({ name: capital(word), label: `\`${word}\``, pattern: word, longer_alt: Low, categories: [Low] });

export const As = hard("as");
export const Where = hard("where");
export const Gate = hard("gate");
export const Retry = hard("retry");
export const Within = hard("within");
export const Quorum = hard("quorum");
export const Else = hard("else");
export const Choice = hard("choice");
export const At = hard("at");
export const Or = hard("or");
export const When = hard("when");
export const Loop = hard("loop");
export const Break = hard("break");
export const Continue = hard("continue");
export const Par = hard("par");
export const And = hard("and");
export const Scatter = hard("scatter");
export const Pick = hard("pick");
export const Do = hard("do");
export const Saga = hard("saga");
export const Return = hard("return");
export const Abort = hard("abort");
export const Fail = hard("fail");
export const In = hard("in", [Operator]);
export const Is = hard("is");
export const True = hard("true");
export const False = hard("false");
export const Null = hard("null");

export const Import = soft("import");
export const From = soft("from");
export const Open = soft("open");
export const Artifact = soft("artifact");
export const Contract = soft("contract");
export const Choreography = soft("choreography");
export const Schema = soft("schema");
export const TypeWord = soft("type");
export const Matches = soft("matches");
export const External = soft("external");
export const Require = soft("require");
export const Max = soft("max");
export const Over = soft("over");
export const After = soft("after");
export const Step = soft("step");
export const Undo = soft("undo");

// ---- literals ------------------------------------------------------------------------------------------

export const Duration = createToken({
  name: "Duration",
  label: "a duration",
  pattern: /\d+(?:ms|[smhd])(?!\w)/,
  start_chars_hint: digits,
});

/** Takes every letter that clings to it: `12abc` is one wrong number, not a number and a name. */
export const NumberLiteral = createToken({
  name: "NumberLiteral",
  label: "a number",
  pattern: /\d\w*(?:\.\d\w*)?/,
  start_chars_hint: digits,
});

export const StringLiteral = createToken({
  name: "StringLiteral",
  label: "a string",
  pattern: /"[^"\\\r\n]*(?:\\[^\r\n][^"\\\r\n]*)*"/,
});

/** A string that its line ends before it does. */
export const OpenString = createToken({ name: "OpenString", pattern: /"[^\r\n]*/, categories: [StringLiteral] });

/** A string in any quotes but the right ones. */
export const OtherString = createToken({
  name: "OtherString",
  pattern: /'[^'\r\n]*'?|`[^`\r\n]*`?|[\u201C\u201D\u201E][^\u201C\u201D"\r\n]*[\u201C\u201D"]?/,
  categories: [StringLiteral],
});

const afterMatches =
  (pattern: RegExp): CustomPatternMatcherFunc =>
  (text: string, offset: number, matched: IToken[]) => {
    if (matched.at(-1)?.tokenType !== Matches) return null;
    pattern.lastIndex = offset;
    return pattern.exec(text);
  };

export const Regex = createToken({
  name: "Regex",
  label: "a regular expression",
  pattern: afterMatches(/\/(?:[^/\\[\r\n]|\\[^\r\n]|\[(?:[^\]\\\r\n]|\\[^\r\n])*\])+\/[a-zA-Z]*/y),
  start_chars_hint: ["/"],
  line_breaks: false,
});

/** A regular expression that its line ends before it does. */
export const OpenRegex = createToken({
  name: "OpenRegex",
  pattern: afterMatches(/\/[^\r\n]*/y),
  start_chars_hint: ["/"],
  line_breaks: false,
  categories: [Regex],
});

// ---- signs ---------------------------------------------------------------------------------------------

const sign = (name: string, text: string, categories: TokenType[] = []): TokenType =>
  createToken({ name, label: `\`${text}\``, pattern: text, categories });

export const LCurly = sign("LCurly", "{");
export const RCurly = sign("RCurly", "}");
export const LRound = sign("LRound", "(");
export const RRound = sign("RRound", ")");
export const LSquare = sign("LSquare", "[");
export const RSquare = sign("RSquare", "]");
export const Arrow = sign("Arrow", "->");
export const FatArrow = sign("FatArrow", "=>");
export const DotDot = sign("DotDot", "..");
export const Dot = sign("Dot", ".");
export const Comma = sign("Comma", ",");
export const Colon = sign("Colon", ":");
export const Question = sign("Question", "?");
export const Equal = sign("Equal", "=");
export const Pipe = sign("Pipe", "|");
export const Not = sign("Not", "!");
export const Star = sign("Star", "*", [Operator]);
export const Minus = sign("Minus", "-", [Operator]);
export const Less = sign("Less", "<", [Operator]);
export const Greater = sign("Greater", ">", [Operator]);

const operators: readonly TokenType[] = [
  sign("OrOr", "||", [Operator]),
  sign("AndAnd", "&&", [Operator]),
  sign("EqualEqual", "==", [Operator]),
  sign("NotEqual", "!=", [Operator]),
  sign("LessEqual", "<=", [Operator]),
  sign("GreaterEqual", ">=", [Operator]),
  sign("Plus", "+", [Operator]),
  sign("Slash", "/", [Operator]),
  sign("Percent", "%", [Operator]),
];

/** What hands from other languages write, read as what it means: the text to write and the token it stands for. */
export const lookAlikes: ReadonlyMap<TokenType, string> = new Map([
  [createToken({ name: "StrictEqual", pattern: "===", categories: [Operator] }), "=="],
  [createToken({ name: "StrictNotEqual", pattern: "!==", categories: [Operator] }), "!="],
  [createToken({ name: "Coalesce", pattern: "??", categories: [Operator] }), "||"],
  [createToken({ name: "LongArrow", pattern: /-->>?|->>/, categories: [Arrow] }), "->"],
  [createToken({ name: "ArrowSign", pattern: /[\u2192\u27F6\u2794]/, categories: [Arrow] }), "->"],
  [createToken({ name: "LessEqualSign", pattern: "\u2264", categories: [Operator] }), "<="],
  [createToken({ name: "GreaterEqualSign", pattern: "\u2265", categories: [Operator] }), ">="],
  [createToken({ name: "NotEqualSign", pattern: "\u2260", categories: [Operator] }), "!="],
  [createToken({ name: "Ellipsis", pattern: "\u2026", categories: [DotDot] }), ".."],
]);

// ---- what lies between ---------------------------------------------------------------------------------

const Space = createToken({ name: "Space", pattern: /[ \t\r\n]+/, group: Lexer.SKIPPED, line_breaks: true });
const LineComment = createToken({ name: "LineComment", pattern: /\/\/[^\r\n]*/, group: Lexer.SKIPPED });

/** Comments in the groups of the lexer: `docs` for the parser, `openComments` for their error. */
const closedComment =
  (opening: RegExp): CustomPatternMatcherFunc =>
  (text, offset, _matched, groups) => {
    opening.lastIndex = offset;
    // After one comment without an end no later one has an end; looking again and again would be quadratic.
    if (!opening.test(text) || (groups["openComments"]?.length ?? 0) > 0) return null;
    const end = text.indexOf("*/", offset + 2);
    if (end < 0) return null;
    return [text.slice(offset, end + 2)];
  };

const DocComment = createToken({
  name: "DocComment",
  pattern: closedComment(/\/\*\*(?!\/)/y),
  group: "docs",
  start_chars_hint: ["/"],
  line_breaks: true,
});
const BlockComment = createToken({
  name: "BlockComment",
  pattern: closedComment(/\/\*/y),
  group: Lexer.SKIPPED,
  start_chars_hint: ["/"],
  line_breaks: true,
});
const OpenComment = createToken({ name: "OpenComment", pattern: /\/\*[^\r\n]*/, group: "openComments" });

/**
 * Everything that begins no other token, a whole run at a time. (Chevrotain's lexer would step over such
 * characters itself, trying every pattern on each of them.)
 */
const known = `\\w${foreign} \\t\\r\\n"'\`\u201C-\u201E{}()[\\].,:?=|!*<>+\\-/%\u2192\u27F6\u2794\u2264\u2265\u2260\u2026`;
const Unknown = createToken({
  name: "Unknown",
  pattern: new RegExp(`&|[^${known}&]+`),
  group: "unknown",
  start_chars_hint: blocks(0, 0xffff),
});

// ---- the vocabulary ------------------------------------------------------------------------------------

// prettier-ignore
const hardWords = [
  As, Where, Gate, Retry, Within, Quorum, Else, Choice, At, Or, When, Loop, Break, Continue, Par, And, Scatter, Pick,
  Do, Saga, Return, Abort, Fail, In, Is, True, False, Null,
];
// prettier-ignore
const softWords = [
  Import, From, Open, Artifact, Contract, Choreography, Schema, TypeWord, Matches, External, Require, Max, Over, After,
  Step, Undo,
];
// prettier-ignore
const signs = [
  ...lookAlikes.keys(), ...operators.slice(0, 6), Arrow, FatArrow, DotDot, Dot, Comma, Colon, Question, Equal, Pipe, Not,
  Star, Minus, Less, Greater, ...operators.slice(6), LCurly, RCurly, LRound, RRound, LSquare, RSquare,
];

/** All tokens; of two that match at one place the earlier one wins. */
// prettier-ignore
export const vocabulary: TokenType[] = [
  Space, LineComment, DocComment, BlockComment, OpenComment, Regex, OpenRegex, ...hardWords, ...softWords, Up, Low,
  Foreign, Duration, NumberLiteral, StringLiteral, OpenString, OtherString, ...signs, Unknown, Word, Operator,
];

/** The words that begin a statement, the clauses of an interaction, the declarations: for misspelt ones. */
export const statementWords = [
  Choice,
  Loop,
  Break,
  Continue,
  Par,
  Scatter,
  Pick,
  Do,
  Saga,
  Return,
  Abort,
  Fail,
] as const;
export const clauseWords = [As, Quorum, Where, Gate, Retry, Within, Else] as const;
export const declarationWords = [Import, Open, Artifact, Contract, Choreography] as const;

/** The hard words that cannot stand inside an expression: where one of them comes, an expression is over. */
export const endsExpression: ReadonlySet<TokenType> = new Set([...statementWords, ...clauseWords, At, Or, When, And]);

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
