// Whether what a team does is what the choreography says: everything that its roles do is compared with the reference
// interpreter. In: a play, how much may be compared. Out: a run that is none of the choreography's, or how far there is none.
//
// Here what every role has done belongs to the place. A team of which every role comes to an end by itself is compared at
// its ends, where a run is whole, and independent acts are tried in one order only (reduce.ts: what each role does is the
// same in all of them, and there are no cycles). Any other team is compared step by step up to a length.

import { areRuns } from "../simulate/traces.js";
import { stepOf, type Stepped } from "../team/after.js";
import { isOver } from "../team/ends.js";
import type { Move } from "../team/moves.js";
import type { Team } from "../team/team.js";
import type { Watch } from "./explore.js";
import { actsAt, beginningOf, isFinite, type Act, type At, type Play } from "./play.js";
import type { Limit } from "./properties.js";
import { namesOfPlaces } from "./places.js";
import { enoughAt, isReducible } from "./reduce.js";

export interface Compared {
  /** The acts of a run that is none of the choreography's; null: there is none among those compared. */
  readonly acts: readonly Act[] | null;
  /** Runs of up to so many steps were compared; null: all. */
  readonly most: number | null;
  /** What has ended it too early where it would have come to an end. */
  readonly limit: Limit | null;
  readonly isHeld: boolean;
}

interface Deed {
  readonly move: Move;
  readonly carried: Stepped["carried"];
  readonly before: Deed | null;
}

interface Visit {
  readonly at: At;
  readonly deed: Deed | null;
  readonly depth: number;
  /** By thread: a number for what it has done. */
  readonly done: Readonly<Record<string, number>>;
}

/** Takes a play in which nobody is lost. `histories`: how many are compared, at most. A `fail` is not compared. */
export function compareRuns(play: Play, histories: number, watch: Watch): Compared {
  const { team } = play;
  const isWhole = isFinite(team);
  const reduces = isWhole && isReducible(team);
  const nameOf = namesOfPlaces(play);
  const numbers = new Map<string, number>();
  const seen = new Set<string>();
  const work: Visit[] = [{ at: beginningOf(play), deed: null, depth: 0, done: {} }];
  let isHeld = false;
  for (let i = 0; i < work.length; i++) {
    const here = work[i];
    if (here === undefined) break;
    const limit = i % 64 === 0 ? watch({ states: work.length, depth: here.depth, queue: work.length - i }) : null;
    if (limit !== null || i >= histories) {
      const cut = limit ?? "states";
      return { acts: null, most: isWhole ? null : here.depth - 1, limit: isWhole ? cut : null, isHeld };
    }
    const acts = actsAt(play, here.at);
    isHeld ||= acts.isHeld;
    if (isStrange(team, here, isWhole, acts.acts.length > 0))
      return { acts: actsOf(here.deed), most: null, limit: null, isHeld };
    const [enough] = reduces ? enoughAt(play, here.at, acts) : [];
    for (const which of enough ?? acts.acts.keys()) {
      const act = acts.acts[which];
      if (act?.kind !== "move") continue;
      const next = afterDeed(team, here, act.move, numbers);
      const key = `${keyOf(next.done)} ${nameOf(next.at)}`;
      if (seen.has(key)) continue;
      seen.add(key);
      work.push(next);
    }
  }
  return { acts: null, most: null, limit: null, isHeld };
}

/** A run is whole where everybody is at an end and nothing more can happen: who may be at its end may still be told more. */
function isStrange(team: Team, { at, deed }: Visit, isWhole: boolean, goesOn: boolean): boolean {
  if (deed === null || at.situation.failed || (isWhole && (goesOn || !isOver(team, at.situation)))) return false;
  return !areRuns(team, deedsOf(deed), isWhole);
}

function afterDeed(team: Team, { at, deed, depth, done }: Visit, move: Move, numbers: Map<string, number>): Visit {
  const { situation, carried } = stepOf(team, at.situation, move);
  const thread = `${move.role}@${move.path}`;
  const key = `${done[thread] ?? -1} ${thread} ${move.kind} ${move.peer} ${move.label}`;
  const number = numbers.get(key) ?? numbers.size;
  numbers.set(key, number);
  return {
    at: { situation, lost: at.lost },
    deed: { move, carried, before: deed },
    depth: depth + 1,
    done: { ...done, [thread]: number },
  };
}

function keyOf(done: Visit["done"]): string {
  return Object.entries(done)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([thread, number]) => `${thread}=${number}`)
    .join(";");
}

function deedsOf(last: Deed | null): readonly Deed[] {
  const deeds: Deed[] = [];
  for (let deed = last; deed !== null; deed = deed.before) deeds.push(deed);
  return deeds.toReversed();
}

function actsOf(last: Deed | null): readonly Act[] {
  return deedsOf(last).map(({ move }) => ({ kind: "move", move }));
}
