// What syntax errors have taken away: a stage that misses it should not complain, the syntax error is told, and
// that is enough. In: a source and what the parser made of it. Out: two questions to ask. Logarithmic each.

import type { Diagnostic, Parsed, Source, Span } from "@chor/grammar";

export interface Lost {
  /** Whether a syntax error lies in this span. */
  readonly touches: (span: Span) => boolean;
  /** Whether the binder misses in this diagnostic only what the parser has left out. */
  readonly explains: (diagnostic: Diagnostic) => boolean;
}

/** What is told of a choreography that lacks something: unknown role, value, loop; bound by nothing; a role without a part. */
const MISSED_IN_A_CHOREOGRAPHY: ReadonlySet<string> = new Set([
  "CHOR0203",
  "CHOR0205",
  "CHOR0206",
  "CHOR0216",
  "CHOR0218",
]);
const UNKNOWN_ARTIFACT = "CHOR0204";

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
  const kept = new Set(tree.declarations.map(({ name }) => name.text));
  // Declared in the text, absent from the tree: lost on the way.
  const artifacts = starts.length === 0 ? [] : source.text.matchAll(/\bartifact\s+(\w+)/g);
  const lost = new Set([...artifacts].map(([, name]) => name).filter((name) => name !== undefined && !kept.has(name)));
  return {
    touches,
    explains: ({ code, span }) =>
      (MISSED_IN_A_CHOREOGRAPHY.has(code) && inBroken(span)) ||
      (code === UNKNOWN_ARTIFACT && lost.has(source.text.slice(span.start, span.end))),
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
