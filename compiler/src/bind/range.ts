// Ranges: `(1..120)`, `(..5)`, `(3)`, `[1..16]`. In: a range's tree, or null for none. Out: its bounds with
// the defaults filled in, or null where something is wrong with it (it is in the sink then).

import type { BoundTree, Diagnostic, RangeTree } from "@chor/grammar";
import { boundIsName, boundNegative, boundNotInteger, boundTooLarge, rangeEmpty } from "../report/types.js";

type NumberBound = Extract<BoundTree, { readonly kind: "number" }>;

interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** The range of something that is counted (code points, items): whole numbers from 0 to `limit`; `normal` if nothing is said. */
export function countsOf(
  range: RangeTree | null,
  what: string,
  normal: Bounds,
  limit: number,
  sink: Diagnostic[],
): Bounds | null {
  if (range === null) return normal;
  return wholeRange(range, normal, sink, ({ value, span }) => {
    if (!Number.isInteger(value)) return boundNotInteger(what, span);
    if (value < 0) return boundNegative(what, span);
    return value > limit ? boundTooLarge(what, limit, span) : null;
  });
}

/** The range of an `int`: safe integers, all of them if nothing is said. */
export function integersOf(range: RangeTree | null, sink: Diagnostic[]): Bounds | null {
  const all = { min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER };
  if (range === null) return all;
  return wholeRange(range, all, sink, ({ value, span }) =>
    Number.isInteger(value) ? null : boundNotInteger("an `int`", span),
  );
}

/** The range of a `number`: null where nothing is said. */
export function numbersOf(
  range: RangeTree | null,
  sink: Diagnostic[],
): { readonly min: number | null; readonly max: number | null } | null {
  if (range === null) return { min: null, max: null };
  const written = writtenBounds(range, sink);
  if (written === null) return null;
  const order = ordered(range, { min: written.low ?? -Infinity, max: written.high ?? Infinity }, sink);
  return order === null ? null : { min: written.low, max: written.high };
}

/** `problem` says what is wrong with a bound. That one is too large to be exact the lexer has said. */
function wholeRange(
  range: RangeTree,
  otherwise: Bounds,
  sink: Diagnostic[],
  problem: (bound: NumberBound) => Diagnostic | null,
): Bounds | null {
  const written = writtenBounds(range, sink);
  if (written === null) return null;
  let sound = true;
  for (const bound of bounds(range)) {
    const exact = Math.abs(bound.value) <= Number.MAX_SAFE_INTEGER;
    const found = exact ? problem(bound) : null;
    if (found !== null) sink.push(found);
    if (found !== null || !exact) sound = false;
  }
  return sound ? ordered(range, { min: written.low ?? otherwise.min, max: written.high ?? otherwise.max }, sink) : null;
}

/** The numbers as they are written; an exact bound is both. Null: a bound is no number. */
function writtenBounds(
  range: RangeTree,
  sink: Diagnostic[],
): { readonly low: number | null; readonly high: number | null } | null {
  const named = (range.exact ? [range.low ?? range.high] : [range.low, range.high]).filter(
    (it) => it?.kind === "value",
  );
  for (const bound of named) sink.push(boundIsName(bound.name, bound.span));
  if (named.length > 0) return null;
  const [low, high] = [valueOf(range.low), valueOf(range.high)];
  return range.exact ? { low: low ?? high, high: high ?? low } : { low, high };
}

function bounds(range: RangeTree): NumberBound[] {
  const { low, high } = range;
  // An exact bound may stand on both sides; it is one piece of source, and told of once.
  const both = range.exact ? [low ?? high] : [low, high];
  return both.filter((bound) => bound?.kind === "number");
}

function valueOf(bound: BoundTree | null): number | null {
  if (bound === null || bound.kind !== "number") return null;
  return bound.value === 0 ? 0 : bound.value;
}

function ordered(range: RangeTree, found: Bounds, sink: Diagnostic[]): Bounds | null {
  if (found.min <= found.max) return found;
  sink.push(rangeEmpty(found.min, found.max, range.high !== null, range.span));
  return null;
}
