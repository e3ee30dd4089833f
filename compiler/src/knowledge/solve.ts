// What reaches every node of a flow: a forward dataflow problem, solved by passes in the order of the source
// (Kildall 1973; Kam and Ullman, "Global data flow analysis and iterative algorithms", 1976: as many passes as
// loops are nested, and two). In: a flow. Out: the environment before each node, or null where it is too much.

import {
  EMPTY,
  heightFor,
  joined,
  lookUp,
  replaced,
  together,
  type Environment,
  type NameState,
} from "./environment.js";
import type { BoundName, Flow, FlowNode } from "./flow.js";
import { union, type Effort } from "./sets.js";

export interface Solution {
  /** Behind each node; null: nothing comes there. */
  readonly behind: readonly (Environment | null)[];
  /** Before each node: the meeting of what comes in. */
  readonly before: readonly (Environment | null)[];
  readonly heights: Heights;
}

export interface Heights {
  readonly singles: number;
  readonly lists: number;
}

/** Steps of one choreography: a second or two. Larger ones are refused. */
const EFFORT = 20_000_000;

/** Takes a flow, gives what reaches its nodes; null: it takes too long to tell. */
export function solve(flow: Flow): Solution | null {
  const { nodes, counts } = flow;
  const heights = { singles: heightFor(counts.singles), lists: heightFor(counts.lists) };
  const before: (Environment | null)[] = nodes.map(() => null);
  const behind: (Environment | null)[] = nodes.map(() => null);
  const dependents = dependentsOf(nodes);
  const waiting = new Uint8Array(nodes.length).fill(1);
  const effort: Effort = { left: EFFORT };
  for (let again = true; again;) {
    again = false;
    for (const [index, node] of nodes.entries()) {
      if (waiting[index] === 0) continue;
      waiting[index] = 0;
      if (effort.left-- < 0) return null;
      const came = comesIn(index, node, before, behind, effort);
      if (came === null || (came === before[index] && behind[index] !== null && !hasStart(node))) continue;
      before[index] = came;
      const goes = stepped(node, came, behind, { names: flow.names, heights, effort });
      if (goes === behind[index]) continue;
      behind[index] = goes;
      for (const dependent of dependents[index] ?? []) {
        waiting[dependent] = 1;
        if (dependent <= index) again = true;
      }
    }
  }
  return { before, behind, heights };
}

/** What is bound under a name at an environment. */
export function stateOf(environment: Environment, { index, collects }: BoundName, heights: Heights): NameState {
  return collects
    ? lookUp(environment.lists, index, heights.lists)
    : lookUp(environment.singles, index, heights.singles);
}

function comesIn(
  index: number,
  { inputs, step }: FlowNode,
  before: readonly (Environment | null)[],
  behind: readonly (Environment | null)[],
  effort: Effort,
): Environment | null {
  if (index === 0) return EMPTY;
  if (step.kind === "arms") {
    const base = behind[step.start] ?? null;
    let all = base;
    for (const input of inputs) {
      const arm = behind[input] ?? null;
      if (base === null || all === null || arm === null) return null;
      all = together(base, all, arm, effort);
    }
    return all;
  }
  if (inputs.length === 1) return behind[inputs[0] ?? 0] ?? null;
  const met = meetingOf(
    inputs.flatMap((input) => behind[input] ?? []),
    effort,
  );
  const had = before[index] ?? null;
  return met === null || had === null ? met : joined(had, met, effort);
}

/** What reaches a place to which many ways lead. Neighbours first: of all, they have most in common. */
function meetingOf(ways: readonly Environment[], effort: Effort): Environment | null {
  let open = ways;
  while (open.length > 1) {
    const pairs: Environment[] = [];
    for (let i = 0; i < open.length; i += 2) {
      const [one, other] = open.slice(i, i + 2);
      if (one !== undefined) pairs.push(other === undefined ? one : joined(one, other, effort));
    }
    open = pairs;
  }
  return open[0] ?? null;
}

function hasStart({ step }: FlowNode): boolean {
  return step.kind === "leave" || step.kind === "arms";
}

interface Means {
  readonly names: ReadonlyMap<string, BoundName>;
  readonly heights: Heights;
  readonly effort: Effort;
}

function stepped(
  { step }: FlowNode,
  came: Environment,
  behind: readonly (Environment | null)[],
  { names, heights, effort }: Means,
): Environment | null {
  switch (step.kind) {
    case "join":
    case "arms":
      return came;
    case "fail":
      return null;
    case "leave": {
      const start = behind[step.start] ?? null;
      if (start === null) return null;
      return came.singles === start.singles ? came : { singles: start.singles, lists: came.lists };
    }
    case "bind":
      return bound(came, names.get(step.name), step.binding, false, heights, effort);
    case "call": {
      let after = came;
      for (const { name, binding, maybe } of step.results)
        after = bound(after, names.get(name), binding, maybe, heights, effort);
      return after;
    }
    case "narrow": {
      let { singles } = came;
      for (const text of step.names) {
        const name = names.get(text);
        if (name === undefined || name.collects) continue;
        const state = lookUp(singles, name.index, heights.singles);
        if (state.unbound) singles = replaced(singles, name.index, { ...state, unbound: false }, heights.singles);
      }
      return singles === came.singles ? came : { ...came, singles };
    }
  }
}

/** `maybe`: what was bound before may be in force still. */
function bound(
  environment: Environment,
  name: BoundName | undefined,
  binding: number,
  maybe: boolean,
  heights: Heights,
  effort: Effort,
): Environment {
  if (name === undefined) return environment;
  const { index, collects } = name;
  const before = stateOf(environment, name, heights);
  const bindings = maybe || collects ? union(before.bindings, binding, effort) : binding;
  const state = { bindings, unbound: maybe && before.unbound };
  return collects
    ? { ...environment, lists: replaced(environment.lists, index, state, heights.lists) }
    : { ...environment, singles: replaced(environment.singles, index, state, heights.singles) };
}

/** For each node those that have to be looked at again when it changes. */
function dependentsOf(nodes: readonly FlowNode[]): readonly (readonly number[])[] {
  const dependents: number[][] = nodes.map(() => []);
  for (const [index, { inputs, step }] of nodes.entries()) {
    for (const input of inputs) dependents[input]?.push(index);
    if (step.kind === "leave" || step.kind === "arms") dependents[step.start]?.push(index);
  }
  return dependents;
}
