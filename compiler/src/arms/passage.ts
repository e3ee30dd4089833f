// Which messages can come first on a channel to a role while the role stands still, where constructs with arms lie in
// between. In: built blocks, a channel, a place, and the arms in which the message would lie. Out: the letters that can
// be first, each with the transitions of the outermost block that lead to it.
//
// As `avail` (coherence/avail.ts), and (SPEC.md, section 7): a construct is passed with, for every arm,
// the smallest blocked sets at its end, joined by union. What is looked for inside a construct is looked for in its own
// arm from the fork, since messages of sibling arms may be skipped; a later entry is another path, so the search stops
// there. A scatter may be empty, so it is passed as it is.

import {
  alone,
  beginAt,
  has,
  smallest,
  trace,
  union,
  visit,
  withRole,
  type Roles,
  type Visit,
} from "../coherence/blocked.js";
import { offersAmong, type Offers } from "../coherence/offers.js";
import type { Built, Stage } from "./views.js";

export interface Channel {
  readonly sender: number;
  /** Who stands still. */
  readonly role: number;
}

/** The letters that can be first, of the last block on the way, each with transitions of the first block. */
export type First = ReadonlyMap<number, readonly number[]>;

/** A finder for one core; it remembers what it has found. */
export type Passage = (channel: Channel, block: number, state: number, arms: readonly number[]) => First;

/** Takes built blocks. `arms`: the arms, as blocks, in which the message would lie; empty: in the block itself. */
export function passageOf(stage: Stage): Passage {
  const known = new Map<string, First>();
  const ends = new Map<string, readonly Roles[]>();
  return (channel, block, state, arms) => {
    const { sender, role } = channel;
    const key = [sender, role, block, state, ...arms].join();
    const own =
      known.get(key) ??
      firstOn({ stage, channel, ends }, block, { state, blocked: alone(role, stage.blocks.marker) }, arms);
    known.set(key, own);
    return own;
  };
}

interface Search {
  readonly stage: Stage;
  readonly channel: Channel;
  /** By channel, construct and blocked roles: the blocked sets behind it. */
  readonly ends: Map<string, readonly Roles[]>;
}

interface Start {
  readonly state: number;
  readonly blocked: Roles;
}

function firstOn(search: Search, block: number, start: Start, arms: readonly number[]): First {
  const [arm, ...further] = arms;
  if (arm === undefined) return walk(search, block, start, -1).found;
  const found = new Map<number, readonly number[]>();
  const goal = search.stage.blocks.blocks[arm]?.of ?? -1;
  for (const { blocked, trace } of walk(search, block, start, goal).arrivals) {
    for (const letter of firstOn(search, arm, { state: 0, blocked }, further).keys())
      if (!found.has(letter)) found.set(letter, trace);
  }
  return found;
}

interface Walked {
  readonly found: First;
  /** At the construct that is looked for. */
  readonly arrivals: readonly { readonly blocked: Roles; readonly trace: readonly number[] }[];
  /** The smallest blocked sets at the end of the block. */
  readonly ends: readonly Roles[];
}

/** Breadth first over one block. `goal`: the construct to look for; -1: letters of the channel. */
function walk(search: Search, block: number, start: Start, goal: number): Walked {
  const { stage, channel } = search;
  const built: Built | undefined = stage.built[block];
  const found = new Map<number, readonly number[]>();
  const arrivals: { blocked: Roles; trace: readonly number[] }[] = [];
  if (built === undefined) return { found, arrivals, ends: [] };
  const { tables, constructOf } = built;
  const { first, letter, target, from, to } = tables;
  const visits = beginAt(start.state, start.blocked);
  const { work } = visits;
  const ends: Visit[] = [];
  for (let i = 0; i < work.length; i++) {
    const here = work[i];
    if (here === undefined || here.dead) continue;
    if (tables.final[here.state] === 1) ends.push(here);
    for (let e = first[here.state] ?? 0; e < (first[here.state + 1] ?? 0); e++) {
      const own = letter[e] ?? 0;
      const construct = constructOf[own] ?? -1;
      const go = (blocked: Roles): void =>
        visit(visits, { state: target[e] ?? 0, blocked, parent: here, edge: e, dead: false });
      if (construct >= 0) {
        if (construct === goal) arrivals.push({ blocked: here.blocked, trace: [...trace(here), e] });
        else for (const blocked of behind(search, construct, here.blocked)) go(blocked);
        continue;
      }
      const x = from[own] ?? -1;
      const y = to[own] ?? -1;
      if (tables.failed[target[e] ?? 0] === 1) {
        // Whoever does not know of the `fail` goes on, also behind the arms in which it lies.
        ends.push(here);
        if (has(here.blocked, channel.sender)) continue;
        for (const other of offersOf(built, channel.sender)) {
          if ((constructOf[other] ?? -1) === goal && goal >= 0)
            arrivals.push({ blocked: here.blocked, trace: [...trace(here), e] });
          else if (to[other] === channel.role && !found.has(other)) found.set(other, [...trace(here), e]);
        }
        continue;
      }
      const waits = x >= 0 && has(here.blocked, x);
      if (x === channel.sender && y === channel.role) {
        if (!waits && !found.has(own)) found.set(own, [...trace(here), e]);
      } else go(waits && y >= 0 ? withRole(here.blocked, y) : here.blocked);
    }
  }
  return { found, arrivals, ends: smallest(ends.filter(({ dead }) => !dead).map(({ blocked }) => blocked)) };
}

/** What the sender may still do in a block that has failed, constructs that it begins included. */
function offersOf(built: Built, sender: number): ReadonlySet<number> {
  const all =
    known.get(built) ?? offersAmong(built.tables, new Map([...built.views].map(([role, { sets }]) => [role, sets])));
  known.set(built, all);
  return all.get(sender) ?? new Set();
}

const known = new WeakMap<Built, Offers>();

/** The smallest sets of blocked roles behind a construct; none: it cannot be passed. */
function behind(search: Search, construct: number, blocked: Roles): readonly Roles[] {
  const own = search.stage.blocks.constructs[construct];
  if (own === undefined || own.kind === "scatter") return [blocked];
  const { sender, role } = search.channel;
  const key = `${sender} ${role} ${construct} ${blocked.join()}`;
  const known = search.ends.get(key);
  if (known !== undefined) return known;
  let joined: readonly Roles[] = [blocked];
  for (const arm of own.arms) {
    const ends = walk(search, arm, { state: 0, blocked }, -1).ends;
    joined = smallest(joined.flatMap((one) => ends.map((other) => union(one, other))));
  }
  search.ends.set(key, joined);
  return joined;
}
