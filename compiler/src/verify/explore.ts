// Everything that a team can come to, place by place, breadth first. In: a play, limits, who watches. Out: what was found
// wrong, with the way to it; which steps of the source were taken; what was cut off. Every place is remembered whole:
// two places are never taken for one.

import type { Span } from "@chor/grammar";
import type { Trouble } from "../team/ends.js";
import { growing } from "./growing.js";
import { actsAt, afterAct, beginningOf, type Act, type Acts, type At, type Play } from "./play.js";
import type { Limit, Property } from "./properties.js";
import { namesOfPlaces } from "./places.js";
import { enoughAt, isReducible } from "./reduce.js";
import { isEnd, wrongAt } from "./trouble.js";

export interface Search {
  /** Places, at most. */
  readonly states: number;
  /** Whether acts that commute with all others may be taken alone. */
  readonly reduce: boolean;
  /** The search is over when all of these have failed; empty: when everything is explored. */
  readonly until: readonly Property[];
  readonly watch: Watch;
}

/** Hears how far it is, now and then, and may end it. */
export type Watch = (at: { readonly states: number; readonly depth: number; readonly queue: number }) => Limit | null;

export interface Found {
  readonly property: Property;
  readonly acts: readonly Act[];
  readonly troubles: readonly Trouble[];
}

export interface Explored {
  readonly states: number;
  /** Acts that were tried. */
  readonly steps: number;
  readonly depth: number;
  /** Places where less than everything was tried. */
  readonly reduced: number;
  readonly found: readonly Found[];
  /** Something was not sent because its channel was full. */
  readonly isHeld: boolean;
  /** What has ended it too early; null: nothing has. */
  readonly limit: Limit | null;
  /** The spans in the source of all that has happened, see `spanKey`. */
  readonly seen: ReadonlySet<string>;
}

/** A text for a place in the source. */
export function spanKey({ start, end }: Span): string {
  return `${start} ${end}`;
}

interface Queued {
  readonly at: At;
  readonly number: number;
}

const watchedEvery = 256;

/** Explores a play. Of every property the first failure that is met is told: without reduction, a nearest one. */
export function explore(play: Play, { states, reduce, until, watch }: Search): Explored {
  const reduces = reduce && isReducible(play.team);
  const nameOf = namesOfPlaces(play);
  const numbers = new Map<string, number>();
  /** By place: the place before it, which of its acts led here, and how many there were. */
  const before = growing();
  const act = growing();
  const depths = growing();
  /** Acts that were tried, from where to where. */
  const from = growing();
  const to = growing();
  const found = new Map<Property, { readonly place: number; readonly troubles: readonly Trouble[] }>();
  const seen = new Set<string>();
  const ends: number[] = [];
  let isHeld = false;
  let limit: Limit | null = null;
  let reduced = 0;
  let queue: Queued[] = [];
  let next: Queued[] = [];

  const visit = (at: At, comingFrom: number, by: number): number => {
    const key = nameOf(at);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const number = numbers.size;
    numbers.set(key, number);
    before.push(comingFrom);
    act.push(by);
    depths.push(comingFrom < 0 ? 0 : depths.at(comingFrom) + 1);
    next.push({ at, number });
    return number;
  };

  visit(beginningOf(play), -1, -1);
  let done = 0;
  search: while (next.length > 0) {
    [queue, next] = [next, []];
    for (const { at, number } of queue) {
      if (done++ % watchedEvery === 0)
        limit ??= watch({ states: numbers.size, depth: depths.at(number), queue: queue.length + next.length });
      if (numbers.size > states) limit ??= "states";
      if (limit !== null) break search;
      const acts = actsAt(play, at);
      isHeld ||= acts.isHeld;
      for (const { property, troubles } of wrongAt(play, at, acts))
        if (!found.has(property)) found.set(property, { place: number, troubles });
      if (until.length > 0 && until.every((property) => found.has(property))) break search;
      if (isEnd(play, at, acts) || acts.isHeld) ends.push(number);
      const tried = reduces ? enough(at, acts) : null;
      if (tried !== null) reduced++;
      for (const i of tried ?? acts.acts.keys()) take(at, acts, number, i);
    }
  }

  function take(at: At, { acts }: Acts, number: number, i: number): void {
    const one = acts[i];
    if (one === undefined) return;
    seen.add(spanKey(one.kind === "move" ? one.move.span : one.span));
    from.push(number);
    to.push(visit(afterAct(play, at, one), number, i));
  }

  /** Acts that are enough here, and lead to nothing that is known already. */
  function enough(at: At, acts: Acts): readonly number[] | null {
    for (const own of enoughAt(play, at, acts)) {
      const isNew = own.every((i) => {
        const one = acts.acts[i];
        return one !== undefined && !numbers.has(nameOf(afterAct(play, at, one)));
      });
      if (isNew) return own;
    }
    return null;
  }

  if (limit === null && until.length === 0 && !found.has("ends")) {
    const place = withoutEnd(numbers.size, from, to, ends);
    if (place >= 0) found.set("ends", { place, troubles: [] });
  }
  return {
    states: numbers.size,
    steps: from.length(),
    depth: depths.length() === 0 ? 0 : depths.at(depths.length() - 1),
    reduced,
    found: [...found].map(([property, { place, troubles }]) => ({
      property,
      acts: wayTo(play, place, before, act),
      troubles,
    })),
    isHeld,
    limit,
    seen,
  };
}

type Numbers = ReturnType<typeof growing>;

/** The first place from which no end can be reached; -1: there is none. Backwards from the ends. */
function withoutEnd(count: number, from: Numbers, to: Numbers, ends: readonly number[]): number {
  const first = new Int32Array(count + 1);
  for (let i = 0; i < to.length(); i++) first[to.at(i) + 1] = (first[to.at(i) + 1] ?? 0) + 1;
  for (let i = 0; i < count; i++) first[i + 1] = (first[i + 1] ?? 0) + (first[i] ?? 0);
  const filled = first.slice(0, count);
  const sources = new Int32Array(to.length());
  for (let i = 0; i < to.length(); i++) {
    const slot = filled[to.at(i)] ?? 0;
    sources[slot] = from.at(i);
    filled[to.at(i)] = slot + 1;
  }
  const canEnd = new Uint8Array(count);
  const work = [...ends];
  for (const end of ends) canEnd[end] = 1;
  for (let place = work.pop(); place !== undefined; place = work.pop())
    for (let i = first[place] ?? 0; i < (first[place + 1] ?? 0); i++) {
      const source = sources[i] ?? 0;
      if (canEnd[source] === 1) continue;
      canEnd[source] = 1;
      work.push(source);
    }
  return canEnd.indexOf(0);
}

/** The acts that lead to a place, taken again from the beginning. */
function wayTo(play: Play, place: number, before: Numbers, act: Numbers): readonly Act[] {
  const chosen: number[] = [];
  for (let at = place; before.at(at) >= 0; at = before.at(at)) chosen.push(act.at(at));
  const acts: Act[] = [];
  let here = beginningOf(play);
  for (const i of chosen.toReversed()) {
    const one = actsAt(play, here).acts[i];
    if (one === undefined) break;
    acts.push(one);
    here = afterAct(play, here, one);
  }
  return acts;
}
