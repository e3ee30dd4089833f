// Which messages can come first on a channel to a role while the role stands still, where constructs with arms lie in
// between. In: built blocks, a channel, a place, and the arms in which the message would lie. Out: the letters that can
// be first, each with the transitions of the outermost block that lead to it.
//
// As `avail` (coherence/avail.ts), and (SPEC.md, section 7): a construct is passed with, for every arm,
// the smallest blocked sets at its end, joined by union. What is looked for inside a construct is looked for in its own
// arm from the fork, since messages of sibling arms may be skipped; a later entry is another path, so the search stops
// there. A scatter may be empty, so it is passed as it is.

import type { Tables } from "../coherence/tables.js";
import type { Built, Stage } from "./views.js";

export interface Channel {
  readonly sender: number;
  /** Who stands still. */
  readonly role: number;
}

/** The letters that can be first, of the last block on the way, each with transitions of the first block. */
export type First = ReadonlyMap<number, readonly number[]>;

/** More smallest blocked sets than this are replaced by their intersection: sound, and polynomial. */
const maximalBlockedSets = 32;

/** A finder for one core; it remembers what it has found. */
export type Passage = (channel: Channel, block: number, state: number, arms: readonly number[]) => First;

/** Takes built blocks. `arms`: the arms, as blocks, in which the message would lie; empty: in the block itself. */
export function passageOf(stage: Stage): Passage {
  const known = new Map<string, First>();
  const ends = new Map<string, readonly Uint32Array[]>();
  return (channel, block, state, arms) => {
    const { sender, role } = channel;
    const key = [sender, role, block, state, ...arms].join();
    const own =
      known.get(key) ?? firstOn({ stage, channel, ends }, block, { state, blocked: alone(stage, role) }, arms);
    known.set(key, own);
    return own;
  };
}

interface Search {
  readonly stage: Stage;
  readonly channel: Channel;
  /** By channel, construct and blocked roles: the blocked sets behind it. */
  readonly ends: Map<string, readonly Uint32Array[]>;
}

interface Start {
  readonly state: number;
  readonly blocked: Uint32Array;
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
  readonly arrivals: readonly { readonly blocked: Uint32Array; readonly trace: readonly number[] }[];
  /** The smallest blocked sets at the end of the block. */
  readonly ends: readonly Uint32Array[];
}

/** A state with a set of blocked roles, and how the search came there. */
interface Visit extends Start {
  readonly parent: Visit | null;
  readonly edge: number;
  /** Another visit of the state, with fewer blocked roles, has taken its place. */
  dead: boolean;
}

/** Breadth first over one block. `goal`: the construct to look for; -1: letters of the channel. */
function walk(search: Search, block: number, start: Start, goal: number): Walked {
  const { stage, channel } = search;
  const built: Built | undefined = stage.built[block];
  const found = new Map<number, readonly number[]>();
  const arrivals: { blocked: Uint32Array; trace: readonly number[] }[] = [];
  if (built === undefined) return { found, arrivals, ends: [] };
  const { tables, constructOf } = built;
  const { first, letter, target, from, to } = tables;
  const visits: (Visit[] | undefined)[] = [];
  const work: Visit[] = [];
  const ends: Visit[] = [];
  visit(visits, work, { ...start, parent: null, edge: -1, dead: false });
  for (let i = 0; i < work.length; i++) {
    const here = work[i];
    if (here === undefined || here.dead) continue;
    if (tables.final[here.state] === 1) ends.push(here);
    for (let e = first[here.state] ?? 0; e < (first[here.state + 1] ?? 0); e++) {
      const own = letter[e] ?? 0;
      const construct = constructOf[own] ?? -1;
      const go = (blocked: Uint32Array): void =>
        visit(visits, work, { state: target[e] ?? 0, blocked, parent: here, edge: e, dead: false });
      if (construct >= 0) {
        if (construct === goal) arrivals.push({ blocked: here.blocked, trace: [...trace(here), e] });
        else for (const blocked of behind(search, construct, here.blocked)) go(blocked);
        continue;
      }
      const x = from[own] ?? -1;
      const y = to[own] ?? -1;
      if (tables.failed[target[e] ?? 0] === 1) {
        // Whoever does not know of the `fail` goes on, so everything may come, even before it.
        if (has(here.blocked, channel.sender)) continue;
        if (goal >= 0) arrivals.push({ blocked: here.blocked, trace: [...trace(here), e] });
        else for (const any of lettersOn(tables, channel)) if (!found.has(any)) found.set(any, [...trace(here), e]);
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

function lettersOn({ from, to }: Tables, { sender, role }: Channel): readonly number[] {
  return [...from.keys()].filter((letter) => from[letter] === sender && to[letter] === role);
}

/** The smallest sets of blocked roles behind a construct; none: it cannot be passed. */
function behind(search: Search, construct: number, blocked: Uint32Array): readonly Uint32Array[] {
  const own = search.stage.blocks.constructs[construct];
  if (own === undefined || own.kind === "scatter") return [blocked];
  const { sender, role } = search.channel;
  const key = `${sender} ${role} ${construct} ${blocked.join()}`;
  const known = search.ends.get(key);
  if (known !== undefined) return known;
  let joined: readonly Uint32Array[] = [blocked];
  for (const arm of own.arms) {
    const ends = walk(search, arm, { state: 0, blocked }, -1).ends;
    joined = smallest(joined.flatMap((one) => ends.map((other) => union(one, other))));
  }
  search.ends.set(key, joined);
  return joined;
}

/** Adds a visit, unless one of its state has no more blocked roles; takes out those that have more. */
function visit(visits: (Visit[] | undefined)[], work: Visit[], next: Visit): void {
  const here = visits[next.state] ?? [];
  if (here.some((v) => within(v.blocked, next.blocked))) return;
  const kept = here.filter((v) => !within(next.blocked, v.blocked));
  for (const v of here) if (!kept.includes(v)) v.dead = true;
  if (kept.length < maximalBlockedSets) {
    visits[next.state] = [...kept, next];
    work.push(next);
    return;
  }
  for (const v of kept) v.dead = true;
  const one = { ...next, blocked: intersection([next.blocked, ...kept.map(({ blocked }) => blocked)]) };
  visits[next.state] = [one];
  work.push(one);
}

/** Without sets that hold another one, at most as many as the bound. */
function smallest(sets: readonly Uint32Array[]): readonly Uint32Array[] {
  const kept: Uint32Array[] = [];
  for (const set of sets) {
    if (kept.some((other) => within(other, set))) continue;
    const left = kept.filter((other) => !within(set, other));
    kept.splice(0, kept.length, ...left, set);
  }
  return kept.length <= maximalBlockedSets ? kept : [intersection(kept)];
}

function trace(end: Visit): readonly number[] {
  const edges: number[] = [];
  for (let v: Visit | null = end; v !== null && v.edge >= 0; v = v.parent) edges.push(v.edge);
  return edges.toReversed();
}

function alone({ blocks }: Stage, role: number): Uint32Array {
  return withRole(new Uint32Array((blocks.marker >> 5) + 1), role);
}

function has(roles: Uint32Array, role: number): boolean {
  return (((roles[role >> 5] ?? 0) >>> (role & 31)) & 1) === 1;
}

function withRole(roles: Uint32Array, role: number): Uint32Array {
  if (has(roles, role)) return roles;
  const more = roles.slice();
  more[role >> 5] = (more[role >> 5] ?? 0) | (1 << (role & 31));
  return more;
}

function union(a: Uint32Array, b: Uint32Array): Uint32Array {
  return a.map((word, i) => word | (b[i] ?? 0));
}

function intersection(sets: readonly Uint32Array[]): Uint32Array {
  return sets.reduce((common, set) => common.map((word, i) => word & (set[i] ?? 0)));
}

/** Whether all of `a` are in `b`. */
function within(a: Uint32Array, b: Uint32Array): boolean {
  for (let i = 0; i < a.length; i++) if (((a[i] ?? 0) & ~(b[i] ?? 0)) !== 0) return false;
  return true;
}
