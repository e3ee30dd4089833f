// The shape of a local automaton: its loops, and where ways that part come together again. In: the states. Out: sets
// and numbers of states. Loops are natural loops, joins are post-dominators (Aho, Sethi, Ullman, chapter 10).

import { targetsOf, type LocalState } from "../project/local.js";

/** A part of the automaton with one way out; for the rounds of a loop, `exit` is in it: where the next round begins. */
export interface Region {
  readonly nodes: ReadonlySet<number>;
  readonly exit: number;
  /** By node: all that every way to the exit passes, itself and the exit included. A node without a way has no entry. */
  readonly passed: ReadonlyMap<number, ReadonlySet<number>>;
}

/** Where the whole automaton leads: no state. */
export const OUTSIDE = -1;

/** The loops that are reached from `start`: by first state, all their states. */
export function loopsOf(states: readonly LocalState[], start: number): ReadonlyMap<number, ReadonlySet<number>> {
  const sources = sourcesOf(states);
  const loops = new Map<number, Set<number>>();
  for (const [source, head] of backEdges(states, start)) {
    const body = loops.get(head) ?? new Set([head]);
    loops.set(head, body);
    const work = [source];
    for (let at = work.pop(); at !== undefined; at = work.pop()) {
      if (body.has(at)) continue;
      body.add(at);
      work.push(...(sources[at] ?? []));
    }
  }
  return loops;
}

/** The whole automaton; its ends lead outside. */
export function wholeRegion(states: readonly LocalState[]): Region {
  const nodes = new Set(states.keys());
  return regionOf(nodes, OUTSIDE, (node) => (states[node]?.kind === "end" ? [OUTSIDE] : targetsOf(states[node])));
}

/** The rounds of a loop, which end before `again`: what leaves it for good is no way to the next round. */
export function roundRegion(states: readonly LocalState[], again: number, nodes: ReadonlySet<number>): Region {
  return regionOf(nodes, again, (node) => targetsOf(states[node]).filter((target) => nodes.has(target)));
}

/** The first state that every way from all of `from` to the exit passes; null: there is none. */
export function joinOf({ passed }: Region, from: readonly number[]): number | null {
  const [first, ...others] = from.flatMap((node) => passed.get(node) ?? []);
  if (first === undefined) return null;
  const common = [...first].filter((node) => others.every((set) => set.has(node)));
  const size = (node: number): number => passed.get(node)?.size ?? 0;
  return common.reduce<number | null>((best, node) => (best === null || size(node) > size(best) ? node : best), null);
}

function regionOf(nodes: ReadonlySet<number>, exit: number, next: (node: number) => readonly number[]): Region {
  const passed = new Map<number, ReadonlySet<number>>([[exit, new Set([exit])]]);
  const order = [...nodes].filter((node) => node !== exit).toSorted((a, b) => b - a);
  let changed = true;
  while (changed) {
    changed = false;
    for (const node of order) {
      const sets = next(node).flatMap((target) => passed.get(target) ?? []);
      const [first, ...others] = sets;
      if (first === undefined) continue;
      const all = new Set([node, ...[...first].filter((one) => others.every((set) => set.has(one)))]);
      if (passed.get(node)?.size === all.size) continue;
      passed.set(node, all);
      changed = true;
    }
  }
  return { nodes, exit, passed };
}

function sourcesOf(states: readonly LocalState[]): number[][] {
  const sources: number[][] = states.map(() => []);
  states.forEach((state, source) => targetsOf(state).forEach((target) => sources[target]?.push(source)));
  return sources;
}

/** Edges to a state on the way to themselves, found depth first. */
function backEdges(states: readonly LocalState[], start: number): [source: number, head: number][] {
  const found: [number, number][] = [];
  const done = new Set<number>();
  const way = new Set([start]);
  const work = [{ node: start, next: 0 }];
  for (let top = work.at(-1); top !== undefined; top = work.at(-1)) {
    const target = targetsOf(states[top.node])[top.next++];
    if (target === undefined) {
      way.delete(top.node);
      done.add(top.node);
      work.pop();
    } else if (way.has(target)) found.push([top.node, target]);
    else if (!done.has(target)) {
      way.add(target);
      work.push({ node: target, next: 0 });
    }
  }
  return found;
}
