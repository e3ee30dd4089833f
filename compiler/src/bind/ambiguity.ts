// Exponential regular expressions: is there a repetition that can match one text in two ways? In: a pattern
// that compiles with flag `u`. Out: the repetition, or null.
//
// The pattern becomes a position automaton (Glushkov) whose edges are counted: two ways from one position to
// the next are an ambiguity already. Then the criterion of Weber and Seidl, "On the degree of ambiguity of
// finite automata" (1991): time is exponential iff in the square of a strongly connected component some
// (p, q), p != q, lies on a way from the diagonal back to it. Character sets are compared on a sample.
// Look-around counts as if it were read, back references as nothing: this warns of what can be told cheaply.

import { REPETITION_LIMIT } from "./limits.js";
import { positionAutomaton, type PositionAutomaton, type Ways } from "./positions.js";

export type Ambiguity = { readonly kind: "ambiguous"; readonly part: string } | { readonly kind: "large" };

/** Takes a valid pattern; gives the first ambiguous repetition, `large` if one is too large to be judged, else null. */
export function ambiguousRepetition(source: string): Ambiguity | null {
  const automaton = positionAutomaton(source);
  for (const component of components(automaton.edges)) {
    if (component.length > REPETITION_LIMIT) return { kind: "large" };
    if (isAmbiguous(component, automaton)) return { kind: "ambiguous", part: partOf(component, automaton) };
  }
  return null;
}

function isAmbiguous(component: readonly number[], automaton: PositionAutomaton): boolean {
  const size = component.length;
  const place = new Map(component.map((position, index) => [position, index]));
  const next: number[][] = [];
  for (const position of component) {
    const inside: number[] = [];
    for (const [target, ways] of automaton.edges[position] ?? []) {
      const index = place.get(target);
      if (index === undefined) continue;
      if (ways === 2) return true;
      inside.push(index);
    }
    next.push(inside);
  }
  const sets = component.map((position) => sampleSet(position, automaton));
  const overlaps = (a: number, b: number): boolean => (sets[a] ?? []).some((has, i) => has && sets[b]?.[i]);
  const pairs: number[][] = Array.from({ length: size * size }, () => []);
  const back: number[][] = Array.from({ length: size * size }, () => []);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < size; b++) {
      for (const x of next[a] ?? []) {
        for (const y of next[b] ?? []) {
          if (x !== y && !overlaps(x, y)) continue;
          pairs[a * size + b]?.push(x * size + y);
          back[x * size + y]?.push(a * size + b);
        }
      }
    }
  }
  const diagonal = component.map((_, index) => index * size + index);
  const from = reached(diagonal, pairs);
  const to = reached(diagonal, back);
  return from.some((yes, pair) => yes && to[pair] && Math.floor(pair / size) !== pair % size);
}

/** Letters of several scripts, all of ASCII, line ends, an emoji; with those of the pattern itself. */
const SAMPLE = [
  ...Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)),
  ..."ÄßéñжΩאع中あ한٣²　\u2028😀",
];

function sampleSet(position: number, { source, positions }: PositionAutomaton): readonly boolean[] {
  const { start = 0, end = 0 } = positions[position] ?? {};
  const atom = new RegExp(`^(?:${source.slice(start, end)})$`, "u");
  return [...SAMPLE, ...new Set(source)].map((character) => atom.test(character));
}

function reached(from: readonly number[], edges: readonly (readonly number[])[]): readonly boolean[] {
  const seen = edges.map(() => false);
  const open = [...from];
  for (const node of from) seen[node] = true;
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const target of edges[node] ?? []) {
      if (seen[target]) continue;
      seen[target] = true;
      open.push(target);
    }
  }
  return seen;
}

/** The largest repetition around all positions of a component, as it is written. */
function partOf(component: readonly number[], { source, positions, repetitions }: PositionAutomaton): string {
  const start = Math.min(...component.map((position) => positions[position]?.start ?? 0));
  const end = Math.max(...component.map((position) => positions[position]?.end ?? 0));
  const around = repetitions
    .filter((repetition) => repetition.start <= start && end <= repetition.end)
    .toSorted((a, b) => b.end - b.start - (a.end - a.start));
  return source.slice(around[0]?.start ?? start, around[0]?.end ?? end);
}

/** Strongly connected components that have an edge inside (Kosaraju, without recursion). */
function components(edges: readonly Ways[]): readonly (readonly number[])[] {
  const back: number[][] = edges.map(() => []);
  edges.forEach((targets, from) => {
    for (const target of targets.keys()) back[target]?.push(from);
  });
  const order = finishingOrder(edges);
  const seen = edges.map(() => false);
  const found: number[][] = [];
  for (const root of order.toReversed()) {
    if (seen[root]) continue;
    const component: number[] = [];
    const open = [root];
    seen[root] = true;
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      component.push(node);
      for (const source of back[node] ?? []) {
        if (seen[source]) continue;
        seen[source] = true;
        open.push(source);
      }
    }
    if (component.length > 1 || edges[root]?.has(root)) found.push(component);
  }
  return found;
}

function finishingOrder(edges: readonly Ways[]): number[] {
  const seen = edges.map(() => false);
  const order: number[] = [];
  edges.forEach((_, root) => {
    if (seen[root]) return;
    seen[root] = true;
    const path = [{ node: root, rest: (edges[root] ?? new Map()).keys() }];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const { value: target, done } = top.rest.next();
      if (done) {
        order.push(top.node);
        path.pop();
      } else if (!seen[target]) {
        seen[target] = true;
        path.push({ node: target, rest: (edges[target] ?? new Map()).keys() });
      }
    }
  });
  return order;
}
