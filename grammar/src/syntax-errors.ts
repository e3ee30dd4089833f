// What the parser has to say, and how. In: tokens and what was expected in their place; out: diagnostics, one
// for each root cause: what follows from an error before it is left out. Codes CHOR0130 to CHOR0159.

import { EOF, type IToken, type TokenType } from "chevrotain";
import type { Diagnostic } from "./diagnostic.js";
import { error, quote, shorten, warning } from "./errors.js";
import { declarationsElsewhere, statementsElsewhere } from "./foreign-words.js";
import { is, spanOf } from "./lex.js";
import type { Span } from "./source.js";
import * as t from "./tokens.js";
import type { Name } from "./tree.js";

/** A place where the parser found something else than it wanted. */
export interface Fault {
  /** What it wanted, as a phrase: "a role", "`->`". */
  readonly expected: string;
  /** The rule of the grammar it was in, `""` between statements or declarations. */
  readonly rule: string;
  readonly token: IToken;
  /** The last token that was skipped to go on, null if none was. */
  readonly last: IToken | null;
  /** Whether what was expected was thought in, and the parser went on without doubt. */
  readonly sure: boolean;
}

/** A fault in its place: the token before it, null at the start of the file. */
interface Placed extends Fault {
  readonly previous: IToken | null;
  readonly at: number;
}

/** What is known about the text besides its tokens. */
interface Surroundings {
  /** Where characters were left out, in the order of the text. */
  readonly gaps: readonly Span[];
  /** Where brackets make everything uncertain, in the order of the text. */
  readonly doubts: readonly Span[];
  readonly text: string;
}

/** After an error that skipped nothing, so many tokens must be understood before the next is believed: yacc's rule. */
const tokensOfTrust = 3;

/**
 * The faults of a file as diagnostics. Left out are those that come too soon after another, those beside a gap,
 * where characters that mean nothing have been told already, and those behind a bracket that closes nothing.
 */
export function tell(
  faults: readonly Fault[],
  tokens: readonly IToken[],
  { gaps, doubts, text }: Surroundings,
): readonly Diagnostic[] {
  if (faults.length === 0) return [];
  const index = new Map(tokens.map((token, i) => [token, i]));
  const indexOf = (token: IToken): number => index.get(token) ?? tokens.length;
  const placed = faults.map((fault): Placed => {
    const at = indexOf(fault.token);
    return { ...fault, at, previous: tokens[at - 1] ?? null };
  });
  const told: Diagnostic[] = [];
  let trusted = 0;
  for (const fault of placed.sort((a, b) => a.at - b.at)) {
    const doubtful = besideInserted(fault) || touches(gaps, fault) || inside(doubts, fault.token.startOffset);
    const believed = fault.at >= trusted && !doubtful;
    trusted = Math.max(trusted, believedFrom(fault, indexOf));
    if (believed) told.push(tellOne(fault, tokens, text));
  }
  return told;
}

/** The index of the token from which on the parser can be believed again. */
function believedFrom({ at, token, last, sure }: Placed, indexOf: (token: IToken) => number): number {
  if (last !== null) return indexOf(last) + 1;
  const begins = token.tokenType === t.RCurly || (t.statementWords as readonly unknown[]).includes(token.tokenType);
  return sure || begins ? at : at + tokensOfTrust;
}

/** A bracket that was inserted has been told already. */
function besideInserted({ previous, token }: Placed): boolean {
  return [previous, token].some((near) => near !== null && near.tokenType !== EOF && near.image === "");
}

/** Whether one of the gaps lies between this token and the one before it. */
function touches(gaps: readonly Span[], { previous, token }: Placed): boolean {
  const from = previous === null ? 0 : spanOf(previous).end;
  const to = token.tokenType === EOF ? Infinity : token.startOffset;
  const gap = gaps[firstFrom(gaps, from)];
  return gap !== undefined && gap.end <= to;
}

/** Whether a place lies in one of the spans, whose starts and ends both ascend. */
function inside(spans: readonly Span[], offset: number): boolean {
  const before = spans[firstFrom(spans, offset) - 1];
  return before !== undefined && offset < before.end;
}

/** The index of the first span that starts at `offset` or behind it. */
function firstFrom(spans: readonly Span[], offset: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function tellOne(fault: Placed, tokens: readonly IToken[], text: string): Diagnostic {
  const { expected, rule, token, previous } = fault;
  const place = placeOf(fault, text);
  if (rule === "jump") return jumpWithoutName(place, fault, tokens);
  if (rule === "interaction" && expected === "`->`") return arrowMissing(place, fault, tokens);
  if (rule === "stray") return strayBlock(spanOf(token), token);
  if (expected === "a statement" && previous?.tokenType === t.Return && place.start === token.startOffset)
    return returnedValue(spanOf(token));
  if (expected === "a statement") return noStatement(spanOf(token), token, tokens[fault.at + 1]);
  if (expected === "a declaration") return noDeclaration(spanOf(token), token);
  if (expected === "the name of a loop" && !hardWord(token)) return loopWithoutName(place);
  const wanted = rulesOfLists.get(rule + expected) ?? expected;
  const end = previous !== null && place.start === previous.startOffset;
  const what = end ? ` after ${found(previous)}` : `, found ${found(token)}`;
  const hint = headerHint(fault, tokens) ?? hintFor(fault, wanted);
  return error("CHOR0130", place, `Expected ${wanted}${what}.`, hint);
}

/** Where a list ends, another element was possible, and is more likely what was meant. */
const rulesOfLists: ReadonlyMap<string, string> = new Map([
  ["recordBody`}`", "a field"],
  ["recordType`}`", "a field"],
  ["contract`}`", "`require`"],
  ["record`}`", "`,` or `}`"],
  ["list`]`", "`,` or `]`"],
  ["callArguments`)`", "`,` or `)`"],
  ["doStatement`)`", "`,` or `)`"],
  ["contractHead`)`", "`,` or `)`"],
  ["choreographyHead`)`", "`,` or `)`"],
]);

/** The token that was found; if something is missing at the end of a line, what stands there. */
function placeOf({ token, previous, rule, expected }: Placed, text: string): Span {
  if (rulesOfLists.has(rule + expected) && token.tokenType !== EOF) return spanOf(token);
  if (previous === null) return token.tokenType === EOF ? { start: 0, end: 0 } : spanOf(token);
  if (token.tokenType === EOF) return spanOf(previous);
  const between = text.slice(spanOf(previous).end, token.startOffset);
  return /[\r\n]/.test(between) ? spanOf(previous) : spanOf(token);
}

function found(token: IToken): string {
  if (token.tokenType === EOF) return "the end of the file";
  if (is(token, t.StringLiteral)) return "a string";
  return hardWord(token) ? `the word ${quote(token.image)}` : quote(shorten(token.image));
}

function hardWord(token: IToken): boolean {
  return is(token, t.Word) && !is(token, t.Up) && !is(token, t.Low);
}

/** What stands between a word and its block, where something else stands there; null: the fault is elsewhere. */
function headerHint({ expected, rule, at }: Placed, tokens: readonly IToken[]): string | null {
  if (rule === "importDeclaration" && expected === "`{`") return 'Write `import { Name } from "./file.chor"`.';
  const inHeader = (rule === "" && expected === "`{`") || (rule === "scatterHead" && expected === "`as`");
  if (!inHeader) return null;
  for (let i = at - 1; i >= 0; i--) {
    const type = tokens[i]?.tokenType;
    const form = type === undefined ? undefined : headers.get(type);
    if (form !== undefined) return `Write \`${form}\`.`;
    if (type === t.LCurly || type === t.RCurly) return null;
  }
  return null;
}

const headers: ReadonlyMap<TokenType, string> = new Map([
  [t.Loop, "loop name max 5 { … }"],
  [t.Choice, "choice name at Role { … } or { … }"],
  [t.When, "when condition { … }"],
  [t.Scatter, "scatter list as element over Family { … }"],
  [t.Pick, "pick Family as member at Role { … }"],
  [t.Choreography, "choreography Name(Role, Role) { … }"],
]);

function hintFor({ expected, rule, token, previous }: Placed, wanted: string): string {
  const closes = [t.RRound, t.RSquare, t.RCurly].includes(token.tokenType);
  if (previous?.tokenType === t.Comma && (closes || token.tokenType === t.Colon)) return "Remove the `,` before it.";
  if (token.tokenType === t.FatArrow) return functionHint;
  if (token.tokenType === t.Equal) return "Write `==` to compare.";
  if (/^(?:a|the) name/.test(expected) && hardWord(token))
    return `Choose another name: ${quote(token.image)} is a word of the language.`;
  if (expected === "a value" && token.tokenType === t.LCurly) return "Write the artifact in front of it: `Gap { … }`.";
  if (wanted.startsWith("`,` or ")) return `Write \`,\` between two of them, ${expected} behind the last.`;
  if (token.tokenType === t.Question && rule.startsWith("record"))
    return "Write the `?` behind the name of the field: `name?: type`.";
  if (token.tokenType === t.LSquare && expected === "a type")
    return "Write the brackets behind the type of the items: `string[1..8]`.";
  if (rule === "callArguments" && expected === "`(`") return "Write the values that it speaks of: `Builds(module)`.";
  if (rule === "field" && expected === "`:`") return "Write a field as `name: type`.";
  if (rule === "recordBody" || rule === "recordType") return "Write a field as `name: type`.";
  if (rule === "block" && expected === "`{`") return "Write the statements between `{` and `}`.";
  return examples.get(expected) ?? `Write ${wanted}.`;
}

const functionHint = "Write a function of one value as `m => …`, of two as `(a, b) => …`.";

const examples: ReadonlyMap<string, string> = new Map([
  ["a type", 'Write a type: `string(1..120)`, `int`, `Plan`, `Task[1..8]`, `"low" | "high"`.'],
  ["a value", 'Write a value: `module.name`, `12`, `"text"`.'],
  ["a role", "Write a role: `Coder`."],
  ["the role that receives", "Write a role, several with `,` between them, or `*` for every other role."],
  ["a label or an artifact", "Write what is sent: `Module`, `Approve()`, `Deliver(module)`."],
  ["`external` or `{`", "Write `external`, or `{ require … }`."],
  ["`{` or `=`", "Write `{ field: type … }`, or `= …`."],
  ["`step`", "Write `saga { step { … } undo { … } }`."],
  ["a duration like `20m`", "Write a whole number with its unit: `500ms`, `30s`, `20m`, `4h`, `7d`."],
  ["a string that says why", 'Write it in double quotes: `"too slow"`.'],
  ["a regular expression", "Write it between slashes: `matches /^[a-z]+$/`."],
]);

// ---- interactions --------------------------------------------------------------------------------------

function arrowMissing(span: Span, { token, previous, at }: Placed, tokens: readonly IToken[]): Diagnostic {
  const sender = previous !== null && is(previous, t.Up) ? previous.image : "Sender";
  if (token.tokenType === t.Comma && hasSeveralSenders(tokens, at))
    return error(
      "CHOR0131",
      span,
      "Several roles send this message; a message has one sender.",
      "Write an interaction for each, or let them be a family: `Coder[*] -> …`.",
    );
  const other = tokens[at + 2];
  const turned = token.tokenType === t.Less && tokens[at + 1]?.tokenType === t.Minus;
  if (turned && other !== undefined && is(other, t.Up))
    return error(
      "CHOR0131",
      span,
      "`<-` is no arrow: the sender stands first.",
      `Write \`${other.image} -> ${sender}: …\`.`,
    );
  const receiver = is(token, t.Up) ? token.image : "Receiver";
  return error(
    "CHOR0131",
    span,
    "`->` is missing between sender and receiver.",
    `Write \`${sender} -> ${receiver}: …\`.`,
  );
}

/** Whether `, B, C ->` stands at this comma. */
function hasSeveralSenders(tokens: readonly IToken[], comma: number): boolean {
  for (let i = comma; tokens[i]?.tokenType === t.Comma; i += 2) {
    const name = tokens[i + 1];
    const behind = tokens[i + 2];
    if (name === undefined || behind === undefined || !is(name, t.Up)) return false;
    if (is(behind, t.Arrow)) return true;
  }
  return false;
}

// ---- loops ---------------------------------------------------------------------------------------------

export function loopWithoutName(span: Span): Diagnostic {
  return error(
    "CHOR0132",
    span,
    "A loop needs a name: `loop attempt max 3 { … }`.",
    "Write a name behind `loop`; `break` and `continue` use it.",
  );
}

function jumpWithoutName(place: Span, { previous, at }: Placed, tokens: readonly IToken[]): Diagnostic {
  const word = previous?.image ?? "break";
  const span = previous === null ? place : spanOf(previous);
  const loop = enclosingLoop(tokens, at);
  return error("CHOR0133", span, `\`${word}\` needs the name of its loop.`, `Write \`${word} ${loop ?? "name"}\`.`);
}

/** The name of the innermost loop, or of the element of the innermost scatter, around the token at `at`. */
function enclosingLoop(tokens: readonly IToken[], at: number): string | null {
  let depth = 0;
  for (let i = at - 1; i >= 0; i--) {
    const type = tokens[i]?.tokenType;
    if (type === t.RCurly) depth++;
    if (type !== t.LCurly || depth-- > 0) continue;
    depth = 0;
    const name = headerName(tokens, i);
    if (name !== null) return name;
  }
  return null;
}

/** The name in `loop name … {` or `scatter … as name … {`, seen from its brace. */
function headerName(tokens: readonly IToken[], brace: number): string | null {
  for (let i = brace - 1; i >= 0; i--) {
    const type = tokens[i]?.tokenType;
    const name = tokens[i + 1];
    if (type === t.Loop || type === t.As) return name !== undefined && is(name, t.Low) ? name.image : null;
    if (type === t.LCurly || type === t.RCurly || type === t.Arrow || type === t.Else) return null;
  }
  return null;
}

// ---- names and words -----------------------------------------------------------------------------------

export function capitalWanted(span: Span, what: string, image: string, name: string): Diagnostic {
  const rule = `${plural(what)} begin with a capital`;
  return error(
    "CHOR0134",
    span,
    `Expected ${what} (UpperCamel), found ${quote(shorten(image))}: ${rule}.`,
    `Write ${quote(shorten(name))}.`,
  );
}

/** `compared`: it stands behind `==` or `!=`, where the member of a union may have been meant. */
export function smallWanted(span: Span, what: string, image: string, name: string, compared = false): Diagnostic {
  const rule = `${plural(what)} begin with a small letter`;
  const [written, small] = [quote(shorten(image)), quote(shorten(name))];
  return error(
    "CHOR0135",
    span,
    `Expected ${what} (lowerCamel), found ${written}: ${rule}.`,
    compared ? `Write ${small}; or \`is\` for \`==\`, to ask whether it is ${written}.` : `Write ${small}.`,
  );
}

/** "the name of a loop" names of loops; "a role" roles. */
function plural(what: string): string {
  const kind = /(?:a|an|the) (?:name of (?:a|an) )?(\w+)/.exec(what)?.[1] ?? "name";
  if (kind === "family") return "families";
  if (kind === "choreography") return "choreographies";
  if (what.includes(" or ")) return "labels and artifacts";
  return `${kind}s`;
}

export function misspelt(span: Span, image: string, meant: string): Diagnostic {
  return error("CHOR0136", span, `${quote(image)} is no word of the language; \`${meant}\` is.`, `Write \`${meant}\`.`);
}

export function noShorthand(span: Span, image: string): Diagnostic {
  return error(
    "CHOR0145",
    span,
    `${quote(image)} alone is no value: no value is called so.`,
    `Write \`${image}: …\` with its value.`,
  );
}

export function recordWithoutArtifact(span: Span): Diagnostic {
  return error(
    "CHOR0146",
    span,
    "This record does not say of which artifact it is.",
    "Write it in front: `Gap { … }`.",
  );
}

// ---- statements and declarations -----------------------------------------------------------------------

function noStatement(span: Span, token: IToken, next: IToken | undefined): Diagnostic {
  const type = token.tokenType;
  if (type === t.Equal) return error("CHOR0144", span, "`=` compares nothing.", "Write `==` to compare.");
  if (type === t.FatArrow) return error("CHOR0138", span, `No statement begins with ${found(token)}.`, functionHint);
  if (type === t.And || type === t.Or) {
    const sign = type === t.And ? "&&" : "||";
    return error(
      "CHOR0144",
      span,
      `\`${token.image}\` joins no conditions.`,
      `Write \`${sign}\` between two conditions.`,
    );
  }
  const clause = (t.clauseWords as readonly unknown[]).includes(type);
  if (clause) {
    return error(
      "CHOR0138",
      span,
      `${quote(token.image)} belongs to nothing here.`,
      "Write it behind the message of an interaction.",
    );
  }
  const hint =
    statementsElsewhere.get(token.image) ??
    (is(token, t.Low) && next !== undefined && is(next, t.Colon)
      ? "Write who sends it to whom: `Coder -> Reviewer: Module`."
      : "Write an interaction `Coder -> Reviewer: Module`, or one of `choice` `loop` `par` `scatter` `pick` `do`.");
  return error("CHOR0138", span, `No statement begins with ${found(token)}.`, hint);
}

function returnedValue(span: Span): Diagnostic {
  return error(
    "CHOR0138",
    span,
    "`return` takes no value: whoever calls reads what was bound, as `prefix.name`.",
    "Remove it.",
  );
}

function noDeclaration(span: Span, token: IToken): Diagnostic {
  const here = declarationsElsewhere.get(token.image);
  const outside =
    here === undefined && (is(token, t.Up) || (t.statementWords as readonly unknown[]).includes(token.tokenType));
  const hint = outside
    ? "Put it into the block of a choreography."
    : here === undefined
      ? "Write `import`, `artifact`, `contract` or `choreography`."
      : here;
  return error("CHOR0137", span, `No declaration begins with ${found(token)}.`, hint);
}

function strayBlock(span: Span, token: IToken): Diagnostic {
  if (token.tokenType === t.LCurly) {
    return error(
      "CHOR0139",
      span,
      "This block belongs to nothing.",
      "Write in front of it what it is: `loop name`, `choice at R`, `par`.",
    );
  }
  const owners =
    token.tokenType === t.Else
      ? elseOwners
      : token.tokenType === t.Or
        ? "the block of a `choice`"
        : "the block of a `par`";
  return error("CHOR0139", span, `\`${token.image}\` belongs to nothing here.`, `Put it right behind ${owners}.`);
}

const elseOwners = "an interaction, or the block of a `choice`, `loop`, `do` or `saga`";

export function oneArm(span: Span): Diagnostic {
  return error("CHOR0140", span, "`par` has one block only: nothing runs beside it.", "Write `par { … } and { … }`.");
}

export function choiceWithoutRole(span: Span): Diagnostic {
  return error(
    "CHOR0141",
    span,
    "Nobody decides this choice.",
    "Write `at` and the role that decides: `choice at Reviewer { … }`.",
  );
}

// ---- clauses and order ---------------------------------------------------------------------------------

export function clauseTwice(span: Span, word: string, first: Span): Diagnostic {
  const hint = word === "gate" ? "Write one `gate` with `,` between its contracts." : "Remove one of them.";
  return error("CHOR0142", span, `\`${word}\` stands here for the second time.`, hint, [
    { message: "the first one", span: first },
  ]);
}

export function separator(span: Span): Diagnostic {
  return error("CHOR0143", span, "`,` separates nothing here: fields follow one another.", "Remove it.");
}

export function clauseOrder(
  span: Span,
  word: string,
  other: string,
  otherSpan: Span,
  order: readonly string[],
): Diagnostic {
  const hint = `Write the clauses in this order: ${order.map((clause) => `\`${clause}\``).join(" ")}.`;
  const related = [{ message: `\`${other}\` stands before it`, span: otherSpan }];
  return warning("CHOR0150", span, `\`${word}\` belongs before \`${other}\`.`, hint, related);
}

export function lateImport(span: Span, first: Span): Diagnostic {
  const related = [{ message: "the first declaration", span: first }];
  return warning(
    "CHOR0151",
    span,
    "`import` belongs before all declarations.",
    "Move it to the top of the file.",
    related,
  );
}

export function lateField(name: Name, first: Span): Diagnostic {
  const related = [{ message: "the first `where`", span: first }];
  return warning(
    "CHOR0152",
    name.span,
    `The field ${quote(name.text)} belongs before the \`where\`.`,
    "Move it up.",
    related,
  );
}
