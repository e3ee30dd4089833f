// With how many members of each family a choreography is checked, so that the verdict holds for all sizes: the least
// and the greatest, neither more than three (a tested cutoff, see test/oracle). In: a choreography. Out: sizes.

import type { Bound, Choreography } from "../bind/program.js";
import type { Options } from "../core/desugar.js";
import { callsOf } from "../core/measure.js";
import { statementsIn } from "../bind/walk.js";

export interface Sizes {
  /** By family: how many members stand for all. */
  readonly members: ReadonlyMap<string, number>;
  /** What `desugar` has to be told. */
  readonly options: Options;
}

/** Members differ in what they know and do; two that were not picked can race, a fourth adds nothing. */
const cutoff = 3;
/** How often a choreography is checked, at most. */
const maximalSizes = 32;

/** Takes a choreography, gives the sizes to check, the smallest first; null: they would be too many. */
export function sizesOf(choreography: Choreography): readonly Sizes[] | null {
  let all: readonly ReadonlyMap<string, number>[] = [new Map()];
  for (const { name, family } of choreography.roles) {
    if (family === null) continue;
    const low = Math.max(1, Math.min(family.low, cutoff));
    const high = Math.max(low, Math.min(family.high, cutoff));
    all = (low === high ? [low] : [low, high]).flatMap((size) => all.map((sizes) => new Map(sizes).set(name, size)));
    if (all.length > maximalSizes) return null;
  }
  const caps = quorumsOf(choreography);
  if (all.length * caps.length > maximalSizes) return null;
  const ordered = all.toSorted((a, b) => total(a) - total(b));
  return caps.flatMap((mostRead) =>
    ordered.map((members) => ({
      members,
      options: { members: (_low: number, _high: number, family: string) => members.get(family) ?? 1, mostRead },
    })),
  );
}

/**
 * How many votes a quorum by number reads, at most. With three members for all, a quorum of three or more may be all of
 * them or leave some over, and one that is a value may be anything.
 */
function quorumsOf(choreography: Choreography): readonly number[] {
  const called = new Set([choreography]);
  for (const one of called) for (const callee of callsOf(one)) called.add(callee);
  const quorums = [...called].flatMap(({ body }) =>
    [...statementsIn(body)].flatMap((statement): readonly (Bound | null)[] => {
      const quorum = statement.kind === "interaction" ? statement.interaction.quorum : null;
      return quorum === "all" || quorum === "majority" ? [] : [quorum];
    }),
  );
  if (quorums.some((quorum) => quorum !== null && typeof quorum !== "number")) return [cutoff, cutoff - 1, 1];
  return quorums.some((quorum) => typeof quorum === "number" && quorum >= cutoff) ? [cutoff, cutoff - 1] : [Infinity];
}

function total(sizes: ReadonlyMap<string, number>): number {
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}
