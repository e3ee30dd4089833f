// The runs of a choreography as a plain automaton, for the oracle: silent steps are kept, and a counted loop is
// really unrolled, a copy for each round. In: a core. Out: states with silent steps and messages. Written without
// the compiler's automaton, so that a mistake in one is not a mistake in both.

import type { Core, Node } from "../../compiler/src/core/core.js";

export interface Runs {
  readonly start: number;
  readonly states: readonly RunState[];
  readonly cyclic: boolean;
}

export interface RunState {
  readonly silent: number[];
  readonly messages: Message[];
  readonly end: boolean;
}

export interface Message {
  readonly from: number;
  readonly to: number;
  readonly label: string;
  readonly target: number;
}

/** Takes a core and gives its runs; null where the copies are more than `most` states. */
export function runsOf(core: Core, most: number): Runs | null {
  const states: RunState[] = [];
  const state = (end: boolean): number => states.push({ silent: [], messages: [], end }) - 1;
  const compile = (node: Node, next: number, exits: Exits): number => {
    if (states.length > most) return next;
    switch (node.kind) {
      case "send": {
        const here = state(false);
        states[here]?.messages.push({ from: node.from, to: node.to, label: node.label, target: next });
        return here;
      }
      case "sequence":
        return node.nodes.reduceRight((behind, inner) => compile(inner, behind, exits), next);
      case "choice": {
        const here = state(false);
        states[here]?.silent.push(...node.branches.map((branch) => compile(branch, next, exits)));
        return here;
      }
      case "loop": {
        const { max } = core.loops[node.loop] ?? { max: null };
        if (max === null) {
          const head = state(false);
          states[head]?.silent.push(compile(node.body, head, { ...exits, [node.loop]: { leave: next, again: head } }));
          return head;
        }
        let behind = compile(node.otherwise, next, exits);
        for (let round = 0; round < max; round++)
          behind = compile(node.body, behind, { ...exits, [node.loop]: { leave: next, again: behind } });
        return behind;
      }
      case "break":
        return exits[node.loop]?.leave ?? next;
      case "continue":
        return exits[node.loop]?.again ?? next;
      case "block":
        return compile(node.body, next, { ...exits, [blockKey(node.block)]: { leave: next, again: next } });
      case "exit":
        return exits[blockKey(node.block)]?.leave ?? next;
      default:
        throw new Error(`The oracle has no ${node.kind}.`);
    }
  };
  const start = compile(core.body, state(true), {});
  return states.length > most ? null : { start, states, cyclic: core.loops.some((loop) => loop.max === null) };
}

/** Where the ways out lead: of loops by their number, of blocks by numbers below zero. */
type Exits = Readonly<Record<number, { readonly leave: number; readonly again: number }>>;

function blockKey(block: number): number {
  return -1 - block;
}

/**
 * Whether the words of the roles, each its own sends and receptions in its own order, are the parts of one run: of
 * a complete one, or of a run that may go on (`prefix`), in which other roles may be ahead of what they have done.
 */
export function isRun(runs: Runs, words: readonly (readonly string[])[], prefix: boolean): boolean {
  const seen = new Set<string>();
  const work: { state: number; at: readonly number[] }[] = [{ state: runs.start, at: words.map(() => 0) }];
  for (let here = work.pop(); here !== undefined; here = work.pop()) {
    const key = `${here.state}:${here.at.join()}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const { state, at } = here;
    const done = at.every((position, role) => position === words[role]?.length);
    if (done && (prefix || runs.states[state]?.end === true)) return true;
    for (const target of runs.states[state]?.silent ?? []) work.push({ state: target, at });
    for (const { from, to, label, target } of runs.states[state]?.messages ?? []) {
      const moved = [...at];
      if (
        advance(words, moved, from, action("!", from, to, label), prefix) &&
        advance(words, moved, to, action("?", from, to, label), prefix)
      ) {
        work.push({ state: target, at: moved });
      }
    }
  }
  return false;
}

function advance(
  words: readonly (readonly string[])[],
  at: number[],
  role: number,
  own: string,
  prefix: boolean,
): boolean {
  const position = at[role] ?? 0;
  const word = words[role] ?? [];
  if (position === word.length) return prefix;
  at[role] = position + 1;
  return word[position] === own;
}

/** How a send (`!`) or a reception (`?`) is written in a word. */
export function action(kind: "!" | "?", from: number, to: number, label: string): string {
  return `${from}${kind}${to}:${label}`;
}
