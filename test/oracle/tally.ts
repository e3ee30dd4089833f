// Random programs on both sides, counted: how often a checker and the exploration of the endpoints agree, and the seeds
// where they do not. In: how a seed becomes a program, and the comparison of one. Out: a tally, and what a failing test says.

import { build } from "../support/build.js";
import type { Sketch } from "../support/build.js";
import type { Agreement } from "./compare.js";
import { shrink } from "./shrink.js";

export interface Search {
  readonly make: (seed: number) => Sketch;
  readonly compare: (sketch: Sketch) => Agreement;
}

export interface Tally {
  accepted: number;
  refused: number;
  /** Not compared. */
  unknown: number;
  readonly wronglyAccepted: number[];
  readonly wronglyRefused: number[];
}

/** Compares `count` programs from a seed on. */
export function tallyOf({ make, compare }: Search, firstSeed: number, count: number): Tally {
  const tally: Tally = { accepted: 0, refused: 0, unknown: 0, wronglyAccepted: [], wronglyRefused: [] };
  for (let seed = firstSeed; seed < firstSeed + count; seed++) {
    const agreement = compare(make(seed));
    if (agreement.kind === "agree") tally[agreement.accepted ? "accepted" : "refused"]++;
    else if (agreement.kind === "unknown") tally.unknown++;
    else if (agreement.kind === "wrongly accepted") tally.wronglyAccepted.push(seed);
    else tally.wronglyRefused.push(seed);
  }
  return tally;
}

/** What a failing test says of the first of some seeds, none for none: the program made small, and how the endpoints fail. */
export function toldOfFirst(
  { make, compare }: Search,
  seeds: readonly number[],
  kind: Agreement["kind"],
): readonly string[] {
  return seeds.slice(0, 1).map((seed) => {
    const small = shrink(make(seed), (sketch) => failsAs(kind, compare, sketch));
    const agreement = compare(small);
    const how = agreement.kind === "wrongly accepted" ? JSON.stringify(agreement.outcome) : "";
    return `seed ${seed}: ${kind}\n${build(small).source.text}${how}`;
  });
}

/** What is left while a program is made smaller need not be one. */
function failsAs(kind: Agreement["kind"], compare: Search["compare"], sketch: Sketch): boolean {
  try {
    return compare(sketch).kind === kind;
  } catch {
    return false;
  }
}

/** One line for the log of a test. */
export function lineOf(name: string, firstSeed: number, count: number, tally: Tally): string {
  return `${name}: ${count} programs from seed ${firstSeed}, ${tally.accepted} accepted, ${tally.refused} refused, ${tally.unknown} not compared, ${tally.wronglyAccepted.length} accepted that fail, ${tally.wronglyRefused.length} refused that are sound`;
}
