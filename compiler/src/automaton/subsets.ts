// The subset construction: the states that can be told apart by some letters of a global automaton. In: the
// automaton as arrays, and which letters are seen. Out: sets of global states, joined by these letters.

import type { GlobalAutomaton, Transition } from "./global.js";

/** Bounds on the subset construction, which is exponential for hostile input. */
const maximalSets = 200_000;
const maximalSize = 20_000_000;

/** The transitions of all states in a row; those of state `s` are `first[s]` up to `first[s + 1]`. */
export interface Graph {
  readonly first: Int32Array;
  readonly letter: Int32Array;
  readonly target: Int32Array;
  readonly transitions: readonly Transition[];
  /** By letter: sender and receiver; of a `fail`, who fails and -1; of a letter of a loop, -1 and -1. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** By letter: the loop that it counts; of all others, -1. */
  readonly loop: Int32Array;
  /** By state: the loop whose end of round it is, -1 for all others. */
  readonly tails: Int32Array;
  /** Whether any transition enters a counted loop anew. */
  readonly enters: boolean;
  /** By loop: whether there are letters of it. */
  readonly counted: readonly boolean[];
}

/** An automaton as arrays. It is made once for each, since every role looks at the same. */
export function graphOf(automaton: GlobalAutomaton): Graph {
  const graph = graphs.get(automaton) ?? flatten(automaton);
  graphs.set(automaton, graph);
  return graph;
}

const graphs = new WeakMap<GlobalAutomaton, Graph>();

function flatten({ core, states, letters }: GlobalAutomaton): Graph {
  const transitions = states.flatMap((state) => state.transitions);
  const first = new Int32Array(states.length + 1);
  states.forEach((state, i) => (first[i + 1] = (first[i] ?? 0) + state.transitions.length));
  const loop = Int32Array.from(letters, (letter) => ("loop" in letter ? letter.loop : -1));
  return {
    first,
    letter: Int32Array.from(transitions, (transition) => transition.letter),
    target: Int32Array.from(transitions, (transition) => transition.target),
    transitions,
    from: Int32Array.from(letters, (letter) => ("from" in letter ? letter.from : -1)),
    to: Int32Array.from(letters, (letter) => (letter.kind === "message" ? letter.to : -1)),
    loop,
    tails: Int32Array.from(states, (state) => loop[state.transitions[0]?.letter ?? -1] ?? -1),
    enters: transitions.some(({ enters }) => enters.length > 0),
    counted: core.loops.map((_, number) => loop.includes(number)),
  };
}

/** By letter, 1 where it is a letter of the role: a message that it sends or receives, of a loop that it counts, or one of `joins`. */
export function concerning(
  graph: Graph,
  role: number,
  counts: readonly boolean[],
  joins: ReadonlySet<number>,
): Uint8Array {
  const concerns = new Uint8Array(graph.loop.length);
  for (let letter = 0; letter < concerns.length; letter++) {
    const loop = graph.loop[letter] ?? -1;
    const own = loop >= 0 ? counts[loop] === true : graph.from[letter] === role || graph.to[letter] === role;
    if (own || joins.has(letter)) concerns[letter] = 1;
  }
  return concerns;
}

export interface DraftSet {
  readonly states: Int32Array;
  readonly kernel: Int32Array;
  readonly parent: number;
  readonly letter: number;
  /** Loops entered by the silent transitions of its states. */
  readonly silentEnters: readonly number[];
  edges: readonly DraftEdge[];
}

export interface DraftEdge {
  readonly letter: number;
  readonly target: number;
  /** The global transitions that it stands for, as indices into the graph. */
  readonly transitions: readonly number[];
}

/** All reachable sets, breadth first; null where they are too many. */
export function subsets(graph: Graph, concerns: Uint8Array): DraftSet[] | null {
  const sets: DraftSet[] = [];
  /** By set: the transitions that concern the role, by letter, ascending. */
  const steps: (readonly [number, readonly number[]])[][] = [];
  const byHash = new Map<number, number[]>();
  const seen = new Int32Array(graph.first.length - 1);
  let stamp = 0;
  let size = 0;

  const found = new Int32Array(seen.length);
  /** All states that are reached from some without the role, ascending; and the transitions out of them that concern it. */
  const close = (kernel: Int32Array): { readonly states: Int32Array; readonly own: readonly number[] } => {
    stamp++;
    let count = 0;
    for (const state of kernel) {
      seen[state] = stamp;
      found[count++] = state;
    }
    const own: number[] = [];
    for (let i = 0; i < count; i++) {
      const state = found[i] ?? 0;
      const last = graph.first[state + 1] ?? 0;
      for (let t = graph.first[state] ?? 0; t < last; t++) {
        if (concerns[graph.letter[t] ?? 0] === 1) {
          own.push(t);
          continue;
        }
        const target = graph.target[t] ?? 0;
        if (seen[target] === stamp) continue;
        seen[target] = stamp;
        found[count++] = target;
      }
    }
    return { states: found.slice(0, count).sort(), own };
  };

  const intern = (kernel: Int32Array, parent: number, letter: number): number => {
    const { states, own } = close(kernel);
    const hash = hashOf(states);
    const bucket = byHash.get(hash) ?? [];
    const known = bucket.find((i) => sameStates(sets[i]?.states, states));
    if (known !== undefined) return known;
    byHash.set(hash, [...bucket, sets.length]);
    size += states.length;
    steps.push(byLetter(graph, own));
    const entered = silentEnters(graph, concerns, states);
    return sets.push({ states, kernel, parent, letter, silentEnters: entered, edges: [] }) - 1;
  };

  intern(Int32Array.of(0), -1, -1);
  for (let i = 0; i < sets.length; i++) {
    if (sets.length > maximalSets || size > maximalSize) return null;
    const set = sets[i];
    if (set === undefined) break;
    set.edges = (steps[i] ?? []).map(([letter, transitions]) => {
      const kernel = targetsOf(graph, transitions);
      return { letter, transitions, target: intern(kernel, i, letter) };
    });
  }
  return sets;
}

/** Transitions by their letters, ascending. */
function byLetter({ letter }: Graph, transitions: readonly number[]): [number, readonly number[]][] {
  const [only] = transitions;
  if (only === undefined) return [];
  if (transitions.length === 1) return [[letter[only] ?? 0, transitions]];
  const found = new Map<number, number[]>();
  for (const t of transitions.toSorted((a, b) => a - b)) {
    const own = letter[t] ?? 0;
    const known = found.get(own);
    if (known === undefined) found.set(own, [t]);
    else known.push(t);
  }
  return [...found].sort(([a], [b]) => a - b);
}

/** Where transitions lead, ascending, without doubles. */
function targetsOf({ target }: Graph, transitions: readonly number[]): Int32Array {
  const [only] = transitions;
  if (only !== undefined && transitions.length === 1) return Int32Array.of(target[only] ?? 0);
  return Int32Array.from(new Set(transitions.map((t) => target[t] ?? 0))).sort();
}

function silentEnters(graph: Graph, concerns: Uint8Array, states: Int32Array): readonly number[] {
  if (!graph.enters) return [];
  const loops = new Set<number>();
  for (const state of states) {
    for (let t = graph.first[state] ?? 0; t < (graph.first[state + 1] ?? 0); t++) {
      if (concerns[graph.letter[t] ?? 0] === 0) for (const loop of graph.transitions[t]?.enters ?? []) loops.add(loop);
    }
  }
  return [...loops];
}

function hashOf(states: Int32Array): number {
  let hash = 0x811c9dc5;
  for (const state of states) hash = Math.imul(hash ^ state, 0x01000193) + (hash >>> 15);
  return hash | 0;
}

function sameStates(a: Int32Array | undefined, b: Int32Array): boolean {
  if (a === undefined || a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
