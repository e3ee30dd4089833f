// What syntax errors have taken away: a stage that misses it should not complain, the syntax error is told, and
// that is enough. In: a source and what the parser made of it. Out: two questions to ask. Logarithmic each.

import { lowerCamel } from "@chor/grammar";
import type { Diagnostic, Parsed, Source, Span } from "@chor/grammar";

export interface Lost {
  /** Whether a syntax error lies in this span. */
  readonly touches: (span: Span) => boolean;
  /** Whether the binder misses in this diagnostic only what the parser has left out. */
  readonly explains: (diagnostic: Diagnostic) => boolean;
}

/** Bound by nothing; a role without a part: what a broken choreography may have lost anywhere. */
const MISSED_IN_A_CHOREOGRAPHY: ReadonlySet<string> = new Set(["CHOR0216", "CHOR0218"]);
const UNKNOWN_ROLE = "CHOR0203";
const UNKNOWN_ARTIFACT = "CHOR0204";
const UNKNOWN_VALUE = "CHOR0205";
const UNKNOWN_LOOP = "CHOR0206";

/** Prepares the questions for one source. */
export function lostBySyntax(source: Source, { tree, diagnostics }: Parsed): Lost {
  const starts = diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ span }) => span.start)
    .toSorted((a, b) => a - b);
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
  const explains = ({ code, span }: Diagnostic): boolean => {
    if (declared === null) return false;
    const name = source.text.slice(span.start, span.end);
    if (code === UNKNOWN_ARTIFACT) return declared.artifacts.has(name) && !kept.has(name);
    if (!inBroken(span)) return false;
    if (code === UNKNOWN_ROLE) return touches(headOf(span) ?? span);
    if (code === UNKNOWN_VALUE) return declared.values.has(name);
    if (code === UNKNOWN_LOOP) return declared.loops.has(name);
    return MISSED_IN_A_CHOREOGRAPHY.has(code);
  };
  return { touches, explains };
}

/** What the words of a text seem to declare, whether or not the parser could make something of them. */
function declaredIn(text: string): {
  readonly artifacts: ReadonlySet<string>;
  readonly loops: ReadonlySet<string>;
  readonly values: ReadonlySet<string>;
} {
  const all = (pattern: RegExp): readonly string[] => [...text.matchAll(pattern)].map((match) => match[1] ?? "");
  const labels = all(/\b([A-Z]\w*)/g).map(lowerCamel);
  return {
    artifacts: new Set(all(/\bartifact\s+(\w+)/g)),
    loops: new Set(all(/\bloop\s+(\w+)/g)),
    values: new Set([...labels, ...all(/\bas\s+(\w+)/g)]),
  };
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
