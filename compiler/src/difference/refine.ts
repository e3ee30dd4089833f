// Whether a role of the new version may stand for the same role of the old one among old others. In: its two endpoints.
// Out: null if it may; else the shortest way to where it may not, and what is different there.
//
// The synchronous part of session subtyping (Gay and Hole, Acta Informatica 2005), coinductively on two automata: the new
// role sends no more and takes no less, and carries on so. Sound over channels, because whatever it does the old one
// could have done: the others see a run of the old version. Two rules are stricter than in the synchronous calculus. What
// it takes more has to come from the one role that the old one waits for, then it never comes: from another role it could
// come too early. And wherever the old role could come to an end, the new one has to be able to.

import { isOver, type Act, type Endpoint, type State, type Way } from "./endpoint.js";
import { fits, type Aspect, type Meaning } from "./meaning.js";

/** A pair of states that belong together, and how they were come to. */
export interface Pair {
  readonly oldBlock: number;
  readonly newBlock: number;
  readonly old: number;
  readonly now: number;
  /** The pair before, and the action between them; null: the beginning, or that of an arm. */
  readonly before: Pair | null;
  readonly by: { readonly old: Act; readonly now: Act } | null;
}

export type Problem =
  /** An action of the new role that the old one has not there, or the other way round. */
  | { readonly kind: "more" | "less"; readonly act: Act }
  | { readonly kind: "aspect"; readonly act: Act; readonly aspect: Aspect }
  | { readonly kind: "end" | "no end" | "never ends" | "loops" | "arms" | "large" };

export interface Witness {
  readonly pair: Pair;
  readonly problem: Problem;
}

/** Pairs of states that are looked at, at most. */
const maximalPairs = 200_000;

/** Whether `now` refines `old`. Breadth first, so the way is a shortest one; linear in the pairs of states that meet. */
export function refines(old: Endpoint, now: Endpoint, meaning: Meaning): Witness | null {
  const search: Search = {
    old,
    now,
    meaning,
    seen: new Map(),
    work: [],
    edges: [],
    oldLoops: new Map(),
    newLoops: new Map(),
  };
  meet(search, { oldBlock: 0, newBlock: 0, old: 0, now: 0, before: null, by: null });
  for (let i = 0; i < search.work.length; i++) {
    const met = search.work[i];
    if (met === undefined) break;
    if (search.work.length > maximalPairs) return { pair: met.pair, problem: { kind: "large" } };
    const problem = problemAt(search, met);
    if (problem !== null) return { pair: met.pair, problem };
  }
  return countersDiffer(search) ?? endless(search);
}

interface Met {
  readonly pair: Pair;
  readonly old: Endpoint;
  readonly now: Endpoint;
}

interface Edge {
  readonly from: Pair;
  readonly to: Pair;
  readonly oldEnters: readonly number[];
  readonly newEnters: readonly number[];
}

interface Search {
  readonly old: Endpoint;
  readonly now: Endpoint;
  readonly meaning: Meaning;
  readonly seen: Map<string, Pair>;
  readonly work: Met[];
  readonly edges: Edge[];
  /** Loops that the role counts, as they belong together. */
  readonly oldLoops: Map<number, number>;
  readonly newLoops: Map<number, number>;
}

function meet(search: Search, pair: Pair, old = search.old, now = search.now): Pair {
  const key = `${pair.oldBlock} ${pair.newBlock} ${pair.old} ${pair.now}`;
  const known = search.seen.get(key);
  if (known !== undefined) return known;
  search.seen.set(key, pair);
  search.work.push({ pair, old, now });
  return pair;
}

function problemAt(search: Search, met: Met): Problem | null {
  const { pair } = met;
  const old = met.old.blocks.get(pair.oldBlock)?.[pair.old];
  const now = met.now.blocks.get(pair.newBlock)?.[pair.now];
  if (old === undefined || now === undefined) return { kind: "arms" };
  const found = actsDiffer(search, met, old, now);
  if (found !== null) return found;
  // A role that has nothing left to do is over, whether or not the others ever are.
  if (old.final !== now.final && !(isOver(old) && isOver(now))) return { kind: now.final ? "end" : "no end" };
  return roundsDiffer(search, met, old, now) ?? armsDiffer(search, met, old, now);
}

function actsDiffer(search: Search, met: Met, old: State, now: State): Problem | null {
  const before = new Map(old.acts.map((act) => [act.key, act]));
  const after = new Map(now.acts.map((act) => [act.key, act]));
  let sends = 0;
  for (const act of now.acts) {
    const same = before.get(act.key);
    if (same === undefined) {
      if (act.kind !== "receive" || !neverComes(act, old, met.pair)) return { kind: "more", act };
      continue;
    }
    if (act.kind !== "receive") sends++;
    const aspect = search.meaning(same.messages, act.messages).find((each) => !fits(each, act.kind));
    if (aspect !== undefined) return { kind: "aspect", act, aspect };
    go(search, met, same, act, { old: same, now: act });
  }
  const lost = old.acts.find((act) => !after.has(act.key) && (act.kind === "receive" || sends === 0));
  return lost === undefined ? null : { kind: "less", act: lost };
}

/** What comes first from a role that is waited for alone is what the old role takes. In arms, other threads take from it. */
export function neverComes(act: Act, old: State, { oldBlock, newBlock }: Pick<Pair, "oldBlock" | "newBlock">): boolean {
  return (
    oldBlock === 0 &&
    newBlock === 0 &&
    act.network === null &&
    old.arms.length === 0 &&
    old.acts.length > 0 &&
    old.acts.every(({ kind, network, peer }) => kind === "receive" && network === null && peer === act.peer)
  );
}

function go(search: Search, met: Met, old: Way, now: Way, by: Pair["by"]): void {
  const { pair } = met;
  const { oldBlock, newBlock } = pair;
  const next = { oldBlock, newBlock, old: old.target, now: now.target, before: pair, by };
  const to = meet(search, next, met.old, met.now);
  search.edges.push({ from: pair, to, oldEnters: old.enters, newEnters: now.enters });
}

function roundsDiffer(search: Search, met: Met, old: State, now: State): Problem | null {
  if (old.round === null || now.round === null) return old.round === now.round ? null : { kind: "loops" };
  const { oldLoops, newLoops } = search;
  const known = oldLoops.get(old.round.loop);
  if (known === undefined ? newLoops.has(now.round.loop) : known !== now.round.loop) return { kind: "loops" };
  if (met.old.core.loops[old.round.loop]?.max !== met.now.core.loops[now.round.loop]?.max) return { kind: "loops" };
  oldLoops.set(old.round.loop, now.round.loop);
  newLoops.set(now.round.loop, old.round.loop);
  go(search, met, old.round.again, now.round.again, null);
  go(search, met, old.round.over, now.round.over, null);
  return null;
}

function armsDiffer(search: Search, met: Met, old: State, now: State): Problem | null {
  if (old.arms.length !== now.arms.length) return { kind: "arms" };
  for (const [i, { construct, way }] of old.arms.entries()) {
    const other = now.arms[i];
    if (other === undefined) return { kind: "arms" };
    const pairs = armsPaired(met.old, construct, met.now, other.construct);
    if (pairs === null) return { kind: "arms" };
    const [inOld, inNew] = [met.old.inside(construct), met.now.inside(other.construct)];
    for (const [oldBlock, newBlock] of pairs) {
      if (inOld.blocks.has(oldBlock) !== inNew.blocks.has(newBlock)) return { kind: "arms" };
      const first = { oldBlock, newBlock, old: 0, now: 0, before: met.pair, by: null };
      if (inOld.blocks.has(oldBlock)) meet(search, first, inOld, inNew);
    }
    go(search, met, way, other.way, null);
  }
  return null;
}

/** The arms of two constructs that belong together: their order is none. null: they do not. */
export function armsPaired(
  old: Endpoint,
  oldConstruct: number,
  now: Endpoint,
  newConstruct: number,
): readonly (readonly [number, number])[] | null {
  const [a, b] = [old.constructs[oldConstruct], now.constructs[newConstruct]];
  if (a === undefined || b === undefined || a.kind !== b.kind || a.arms.length !== b.arms.length) return null;
  if (old.headText(oldConstruct) !== now.headText(newConstruct)) return null;
  const sorted = (endpoint: Endpoint, arms: readonly number[]): readonly (readonly [string, number])[] =>
    arms.map((arm) => [endpoint.armText(arm), arm] as const).toSorted(([x], [y]) => (x < y ? -1 : x > y ? 1 : 0));
  const [left, right] = [sorted(old, a.arms), sorted(now, b.arms)];
  const isSame = left.every(([text], i) => text === right[i]?.[0]);
  return a.arms.map((arm, i) => (isSame ? [left[i]?.[1] ?? -1, right[i]?.[1] ?? -1] : [arm, b.arms[i] ?? -1]));
}

/** A counter that one of them begins anew and the other one does not. */
function countersDiffer({ edges, oldLoops, newLoops }: Search): Witness | null {
  if (oldLoops.size === 0) return null;
  for (const { to, oldEnters, newEnters } of edges) {
    const before = oldEnters.filter((loop) => oldLoops.has(loop)).map((loop) => oldLoops.get(loop));
    const after = newEnters.filter((loop) => newLoops.has(loop));
    if (before.length !== after.length || !before.every((loop) => loop !== undefined && after.includes(loop)))
      return { pair: to, problem: { kind: "loops" } };
  }
  return null;
}

/** Pairs from which the old role can come to an end of its block, and the two together cannot. */
function endless({ work, edges }: Search): Witness | null {
  const together = new Set(work.filter(({ pair, old }) => isAtEnd(old, pair)).map(({ pair }) => pair));
  const into = new Map<Pair, Pair[]>();
  for (const { from, to } of edges) {
    const known = into.get(to);
    if (known === undefined) into.set(to, [from]);
    else known.push(from);
  }
  for (const pair of together) for (const before of into.get(pair) ?? []) together.add(before);
  if (together.size === work.length) return null;
  const alone = new Map<readonly State[], ReadonlySet<number>>();
  const found = work.find(({ pair, old }) => {
    const states = old.blocks.get(pair.oldBlock) ?? [];
    const ending = alone.get(states) ?? endingStates(states);
    alone.set(states, ending);
    return !together.has(pair) && ending.has(pair.old);
  });
  return found === undefined ? null : { pair: found.pair, problem: { kind: "never ends" } };
}

function isAtEnd(old: Endpoint, pair: Pair): boolean {
  const state = old.blocks.get(pair.oldBlock)?.[pair.old];
  return state === undefined || endsHere(state);
}

/** The protocol is over, or has failed. */
function endsHere(state: State): boolean {
  return state.final || isOver(state);
}

function endingStates(states: readonly State[]): ReadonlySet<number> {
  const into: number[][] = states.map(() => []);
  states.forEach(({ acts, round, arms }, from) => {
    const ways = [...acts, ...(round === null ? [] : [round.again, round.over]), ...arms.map(({ way }) => way)];
    for (const { target } of ways) into[target]?.push(from);
  });
  const ending = new Set([...states.keys()].filter((i) => endsHere(states[i] ?? NOTHING)));
  for (const state of ending) for (const before of into[state] ?? []) ending.add(before);
  return ending;
}

const NOTHING: State = { acts: [], round: null, arms: [], final: true };
