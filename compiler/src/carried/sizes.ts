// With how many members of each family a choreography is checked, so that the verdict holds for all sizes: the least
// and the greatest, neither more than three, not in all combinations. Both are tested, not proved: test/oracle/sizes.test.ts.
// In: a choreography. Out: sizes.

import type { Bound, Choreography } from "../bind/program.js";
import type { Options } from "../core/desugar.js";
import { callsOf } from "../core/measure.js";
import { statementsIn } from "../bind/walk.js";

export interface Sizes {
  /** By family: how many members stand for all. */
  readonly members: ReadonlyMap<string, number>;
  /** What `desugar` has to be told. */
  readonly options: Pick<Required<Options>, "members" | "mostRead">;
}

/** Members differ in what they know and do; two that were not picked can race, a fourth adds nothing. */
const cutoff = 3;
/** From so many families of varying size on, only the smallest sizes together and the greatest together are looked at. */
const many = 16;

/**
 * Takes a choreography, gives the sizes to check, the smallest first: all families with the least and all with the
 * greatest number of members, and of the others those that differ from one of these in one family. So any three
 * families are seen in all combinations of theirs; linear in the families.
 */
export function sizesOf(choreography: Choreography): readonly Sizes[] {
  const families = choreography.roles.flatMap(({ name, family }) => {
    if (family === null) return [];
    const least = Math.max(1, Math.min(family.low, cutoff));
    return [{ name, least, most: Math.max(least, Math.min(family.high, cutoff)) }];
  });
  const varying = families.filter(({ least, most }) => least < most);
  const least = new Map(families.map((family) => [family.name, family.least]));
  const most = new Map(families.map((family) => [family.name, family.most]));
  const one = varying.length < many ? varying : [];
  const all = [
    least,
    most,
    ...one.map((family) => new Map(least).set(family.name, family.most)),
    ...one.map((family) => new Map(most).set(family.name, family.least)),
  ];
  const distinct = new Map(all.map((members) => [[...members.values()].join(), members]));
  const ordered = [...distinct.values()].toSorted((a, b) => total(a) - total(b));
  return quorumsOf(choreography).flatMap((mostRead) => ordered.map((members) => sizesWith(members, mostRead)));
}

/** Sizes with one member less in one family, where it may have as few: with which what is wrong is perhaps wrong already. */
export function smallerSizes({ roles }: Choreography, { members, options }: Sizes): readonly Sizes[] {
  return roles.flatMap(({ name, family }) => {
    const size = members.get(name) ?? 1;
    if (family === null || size <= Math.max(1, family.low) || roles.length > many) return [];
    return [sizesWith(new Map(members).set(name, size - 1), options.mostRead)];
  });
}

function sizesWith(members: ReadonlyMap<string, number>, mostRead: number): Sizes {
  return { members, options: { members: (_low, _high, family) => members.get(family) ?? 1, mostRead } };
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
