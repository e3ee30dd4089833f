// The runs of a choreography with arms, for the oracle: a plain automaton for the body and for each arm, in which a
// construct is one step. Silent steps are kept, counted loops are really unrolled. In: a core. Out: its blocks. Written
// without the compiler's blocks and automata, so that a mistake in one is not a mistake in both.

import type { Core, Node } from "../../compiler/src/core/core.js";

export interface ArmsRuns {
  /** Block 0 is the body. */
  readonly blocks: readonly BlockRuns[];
  readonly constructs: readonly ConstructRuns[];
  readonly cyclic: boolean;
}

export interface BlockRuns {
  readonly start: number;
  readonly states: readonly { readonly silent: number[]; readonly steps: Step[]; readonly end: boolean }[];
}

export interface Step {
  readonly from: number;
  readonly to: number;
  readonly label: string;
  /** A construct instead of a message; -1: a message. */
  readonly construct: number;
  readonly target: number;
}

export interface ConstructRuns {
  readonly scatter: boolean;
  readonly arms: readonly number[];
  /** By arm: who is in it. */
  readonly inArm: readonly ReadonlySet<number>[];
  /** Who sees the construct from outside. */
  readonly parts: ReadonlySet<number>;
  /** Of a scatter: by member, the role that it is inside. */
  readonly claims: ReadonlyMap<number, number>;
}

/** Takes a core and gives its runs; null where the copies are more than `most` states. */
export function armsRunsOf(core: Core, most: number): ArmsRuns | null {
  const blocks: BlockRuns[] = [];
  const constructs: ConstructRuns[] = [];
  const numbers = new Map<Node, number>();
  let count = 0;

  const block = (body: Node): number => {
    const states: { silent: number[]; steps: Step[]; end: boolean }[] = [];
    const index = blocks.push({ start: 0, states }) - 1;
    const state = (end: boolean): number => {
      count++;
      return states.push({ silent: [], steps: [], end }) - 1;
    };
    type Exits = Readonly<Record<string, { readonly leave: number; readonly again: number }>>;
    const compile = (node: Node, next: number, exits: Exits): number => {
      if (count > most) return next;
      switch (node.kind) {
        case "send": {
          const here = state(false);
          const { from, to, label } = node;
          states[here]?.steps.push({ from, to, label, construct: -1, target: next });
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
          const key = `loop ${node.loop}`;
          if (max === null) {
            const head = state(false);
            states[head]?.silent.push(compile(node.body, head, { ...exits, [key]: { leave: next, again: head } }));
            return head;
          }
          let behind = compile(node.otherwise, next, exits);
          for (let round = 0; round < max; round++)
            behind = compile(node.body, behind, { ...exits, [key]: { leave: next, again: behind } });
          return behind;
        }
        case "break":
          return exits[`loop ${node.loop}`]?.leave ?? next;
        case "continue":
          return exits[`loop ${node.loop}`]?.again ?? next;
        case "block":
          return compile(node.body, next, { ...exits, [`block ${node.block}`]: { leave: next, again: next } });
        case "exit":
          return exits[`block ${node.block}`]?.leave ?? next;
        case "par":
        case "scatter": {
          const here = state(false);
          states[here]?.steps.push({ from: -1, to: -1, label: "", construct: construct(node), target: next });
          return here;
        }
        default:
          throw new Error(`The oracle has no ${node.kind}.`);
      }
    };
    const start = compile(body, state(true), {});
    blocks[index] = { start, states };
    return index;
  };

  const construct = (node: Extract<Node, { kind: "par" | "scatter" }>): number => {
    const known = numbers.get(node);
    if (known !== undefined) return known;
    const index = constructs.push({ scatter: false, arms: [], inArm: [], parts: new Set(), claims: new Map() }) - 1;
    numbers.set(node, index);
    const bodies = node.kind === "par" ? node.arms : [node.body];
    const arms = bodies.map(block);
    const claims = new Map<number, number>();
    if (node.kind === "scatter")
      node.over.forEach((over, i) => node.members[i]?.forEach((member) => claims.set(member, over)));
    const inArm = arms.map((arm) => rolesIn(blocks[arm] ?? { start: 0, states: [] }, constructs));
    const inside = new Set(claims.values());
    const parts = new Set([...claims.keys(), ...inArm.flatMap((roles) => [...roles])].filter((r) => !inside.has(r)));
    constructs[index] = { scatter: node.kind === "scatter", arms, inArm, parts, claims };
    return index;
  };

  block(core.body);
  return count > most ? null : { blocks, constructs, cyclic: core.loops.some((loop) => loop.max === null) };
}

/** Who takes part in some run of a block. */
function rolesIn({ start, states }: BlockRuns, constructs: readonly ConstructRuns[]): ReadonlySet<number> {
  const reached = new Set([start]);
  const roles = new Set<number>();
  for (const state of reached) {
    for (const target of states[state]?.silent ?? []) reached.add(target);
    for (const { from, to, construct, target } of states[state]?.steps ?? []) {
      reached.add(target);
      for (const role of construct >= 0 ? (constructs[construct]?.parts ?? []) : [from, to]) roles.add(role);
    }
  }
  return roles;
}
