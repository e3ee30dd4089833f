// What syntax errors have taken away: a stage that misses it should not complain, the syntax error is told, and
// that is enough. In: a source and what the parser made of it. Out: two questions to ask. Logarithmic each.

import { lowerCamel } from "@chor/grammar";
import type { DeclarationTree, Diagnostic, Parsed, Source, Span } from "@chor/grammar";

export interface Lost {
  /** Whether a syntax error lies in this span. */
  readonly touches: (span: Span) => boolean;
  /** Whether the binder misses in this diagnostic only what the parser has left out. */
  readonly explains: (diagnostic: Diagnostic) => boolean;
}

/**
 * Bound by nothing; a role, a parameter without a part; a failure without its `else`; a choice, a branch, a pick
 * without its first message; a saga without its steps or its `abort`: what a broken choreography may have lost anywhere.
 */
const MISSED_IN_A_CHOREOGRAPHY: ReadonlySet<string> = new Set([
  "CHOR0216",
  "CHOR0218",
  "CHOR0222",
  "CHOR0223",
  "CHOR0232",
  "CHOR0239",
  "CHOR0305",
  "CHOR0327",
  "CHOR0332",
  "CHOR0339",
  "CHOR0348",
]);
/** Never used: by what could be read. */
const MISSED_IN_A_FILE: ReadonlySet<string> = new Set(["CHOR0217", "CHOR0220", "CHOR0221"]);
const UNKNOWN_ROLE = "CHOR0203";
const UNKNOWN_ARTIFACT = "CHOR0204";
const UNKNOWN_VALUE = "CHOR0205";
const UNKNOWN_LOOP = "CHOR0206";
const UNKNOWN_CONTRACT = "CHOR0224";
const UNKNOWN_CHOREOGRAPHY = "CHOR0225";
/** A field, of an artifact that has lost some; a parameter and how many there are, of such a contract. */
const MISSED_IN_DECLARATIONS: ReadonlyMap<string, DeclarationTree["kind"]> = new Map([
  ["CHOR0210", "artifact"],
  ["CHOR0286", "contract"],
  ["CHOR0298", "contract"],
]);
/** What a head that has lost something misses. */
const MISSED_IN_A_HEAD: ReadonlySet<string> = new Set([UNKNOWN_ROLE, "CHOR0226", "CHOR0301"]);

/** What is said of an expression; of half of one it means nothing. */
const OF_EXPRESSIONS = /^CHOR0(205|28\d|29\d)$/;

/** Prepares the questions for one source. */
export function lostBySyntax(source: Source, { tree, diagnostics }: Parsed): Lost {
  const starts = diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ span }) => span.start)
    .toSorted((a, b) => a - b);
  const places = new Set(diagnostics.filter(({ severity }) => severity === "error").map(({ span }) => keyOf(span)));
  const touches = (span: Span): boolean => (starts[firstFrom(starts, span.start)] ?? Infinity) <= span.end;
  const broken = tree.declarations
    .filter(({ kind, span }) => kind === "choreography" && touches(span))
    .map(({ span }) => span);
  const brokenStarts = broken.map(({ start }) => start);
  const inBroken = (span: Span): boolean =>
    span.end <= (broken[firstFrom(brokenStarts, span.start + 1) - 1]?.end ?? -1);
  const heads = tree.declarations
    .filter((each) => each.kind === "choreography")
    .map(({ span, body }) => ({ start: span.start, end: body.span.start }));
  const headStarts = heads.map(({ start }) => start);
  const headOf = (span: Span): Span | undefined => heads[firstFrom(headStarts, span.start + 1) - 1];
  const declared = starts.length === 0 ? null : declaredIn(source.text);
  const kept = new Set(tree.declarations.map(({ name }) => name.text));
  const brokenKinds = new Set(tree.declarations.filter(({ span }) => touches(span)).map(({ kind }) => kind));
  const explains = ({ code, span }: Diagnostic): boolean => {
    if (declared === null) return false;
    // A name that was told of is taken for what it may have been meant to be.
    if (places.has(keyOf(span))) return true;
    if (OF_EXPRESSIONS.test(code) && touches({ start: span.start, end: behindSpace(source.text, span.end) }))
      return true;
    const kind = MISSED_IN_DECLARATIONS.get(code);
    if (kind !== undefined && brokenKinds.has(kind)) return true;
    const name = source.text.slice(span.start, span.end);
    if (MISSED_IN_A_FILE.has(code)) return true;
    if (code === UNKNOWN_ARTIFACT) return declared.artifacts.has(name) && !kept.has(name);
    if (code === UNKNOWN_CONTRACT || code === UNKNOWN_CHOREOGRAPHY) return declared.others.has(name) && !kept.has(name);
    if (!inBroken(span)) return false;
    if (MISSED_IN_A_HEAD.has(code)) return touches(headOf(span) ?? span);
    if (code === UNKNOWN_VALUE) return declared.values.has(name);
    if (code === UNKNOWN_LOOP) return declared.loops.has(name);
    return MISSED_IN_A_CHOREOGRAPHY.has(code);
  };
  return { touches, explains };
}

function keyOf({ start, end }: Span): string {
  return `${start}:${end}`;
}

/** What the words of a text seem to declare, whether or not the parser could make something of them. */
function declaredIn(text: string): {
  readonly artifacts: ReadonlySet<string>;
  readonly others: ReadonlySet<string>;
  readonly loops: ReadonlySet<string>;
  readonly values: ReadonlySet<string>;
} {
  const all = (pattern: RegExp): readonly string[] => [...text.matchAll(pattern)].map((match) => match[1] ?? "");
  const labels = all(/\b([A-Z]\w*)/g).map(lowerCamel);
  return {
    artifacts: new Set(all(/\bartifact\s+(\w+)/g)),
    others: new Set(all(/\b(?:contract|choreography)\s+(\w+)/g)),
    loops: new Set(all(/\b(?:loop|as)\s+(\w+)/g)),
    values: new Set([...labels, ...all(/\bas\s+(\w+)/g)]),
  };
}

/** The offset of the next sign that is no white space, not too far away. */
function behindSpace(text: string, from: number): number {
  let at = from;
  while (at < from + 100 && " \t\r\n".includes(text.charAt(at) || ".")) at++;
  return at;
}

/** The index of the first number that is at least `bound`; the length if there is none. */
function firstFrom(sorted: readonly number[], bound: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
