// Which counted loops a role can count. In: the local sets of a role that counts some loops. Out: those of them
// whose count is not to be relied on. It is compared with real counters in the tests.

import type { DraftEdge, DraftSet, Graph } from "./subsets.js";

/**
 * The loops whose letters the role cannot keep. Either a set holds the end of a round and something else that the
 * role may have to do (then it is not certain that the round is over); or a round can pass without the role; or an
 * edge begins a visit of the loop in one run and goes on with an older visit in another.
 */
export function miscounted(graph: Graph, sets: readonly DraftSet[], counts: readonly boolean[]): number[] {
  if (!counts.includes(true)) return [];
  const lost = new Set<number>();
  const { tails } = graph;
  for (const set of sets) {
    const held = new Set<number>();
    for (const state of set.states) {
      const loop = tails[state] ?? -1;
      if (loop >= 0 && counts[loop] === true) held.add(loop);
    }
    const [only = -1] = held;
    if (held.size === 0 || (held.size === 1 && nothingElse(graph, set, only))) continue;
    for (const loop of held) lost.add(loop);
  }
  for (const set of sets) {
    for (const edge of set.edges) {
      const loop = graph.loop[edge.letter] ?? -1;
      // Behind the end of a round is the end of another one: a round can pass without the role.
      if (loop >= 0 && sets[edge.target]?.states.some((state) => tails[state] === loop)) lost.add(loop);
    }
  }
  const inside = new Map<number, Uint8Array>();
  for (const set of sets) {
    for (const edge of set.edges) {
      // With one transition there is one run of the kernel: it enters the loop or it does not.
      if (edge.transitions.length < 2 && (sets[edge.target]?.silentEnters.length ?? 0) === 0) continue;
      for (const loop of entered(edge, graph, sets, counts)) {
        if (lost.has(loop)) continue;
        const live = inside.get(loop) ?? reachesTail(graph, loop);
        inside.set(loop, live);
        const stale = edge.transitions.some(
          (t) => live[graph.target[t] ?? 0] === 1 && !graph.transitions[t]?.enters.includes(loop),
        );
        if (stale) lost.add(loop);
      }
    }
  }
  return [...lost];
}

/**
 * Whether all that can happen in a set is that the round of the loop is over: the role has nothing else to do there,
 * and the others, whatever they still say, come to the end of the round in every run.
 */
function nothingElse(graph: Graph, set: DraftSet, loop: number): boolean {
  const foreign = set.edges.some(({ letter }) => graph.loop[letter] !== loop);
  if (foreign) return false;
  const into = new Map<number, number[]>();
  const reaching = new Set<number>();
  for (const state of set.states) {
    if (graph.tails[state] === loop) {
      reaching.add(state);
      continue;
    }
    for (let t = graph.first[state] ?? 0; t < (graph.first[state + 1] ?? 0); t++) {
      const target = graph.target[t] ?? 0;
      const before = into.get(target);
      if (before === undefined) into.set(target, [state]);
      else before.push(state);
    }
  }
  for (const state of reaching) for (const before of into.get(state) ?? []) reaching.add(before);
  return reaching.size === set.states.length;
}

/** By state, 1 where the counter of the loop still matters: the end of its round can be reached without entering it anew. */
function reachesTail(graph: Graph, loop: number): Uint8Array {
  const sources = graph.first.length - 1;
  const into: number[][] = Array.from({ length: sources }, () => []);
  for (let state = 0; state < sources; state++) {
    for (let t = graph.first[state] ?? 0; t < (graph.first[state + 1] ?? 0); t++) {
      if (!graph.transitions[t]?.enters.includes(loop)) into[graph.target[t] ?? 0]?.push(state);
    }
  }
  const live = new Uint8Array(sources);
  const work = [...graph.tails.keys()].filter((state) => graph.tails[state] === loop);
  for (const state of work) live[state] = 1;
  for (let state = work.pop(); state !== undefined; state = work.pop()) {
    for (const before of into[state] ?? []) {
      if (live[before] === 1) continue;
      live[before] = 1;
      work.push(before);
    }
  }
  return live;
}

/** The loops that the role counts and whose counter begins anew on an edge, ascending. */
export function entered(
  edge: DraftEdge,
  graph: Graph,
  sets: readonly DraftSet[],
  counts: readonly boolean[],
): readonly number[] {
  if (!graph.enters) return [];
  const loops = new Set(sets[edge.target]?.silentEnters);
  for (const t of edge.transitions) for (const loop of graph.transitions[t]?.enters ?? []) loops.add(loop);
  return [...loops].filter((loop) => counts[loop] === true).sort((a, b) => a - b);
}
