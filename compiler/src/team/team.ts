// A team: the endpoints of all roles of a choreography as machines that can be run against each other. In: a core, and
// where there are some, its local automata. Out: plain data, which situation.ts, moves.ts and after.ts make steps with.
//
// A machine stands for one role in one block (the body, or an arm). What a role does in arms is a thread for each of
// them, on a path of its own. The roles of the network, which the waits with an `else` are translated with, are machines
// like all others, but act by themselves; nothing here takes coherence for granted.

import type { Diagnostic, Span } from "@chor/grammar";
import { blocksOf, type Construct } from "../arms/blocks.js";
import { stageOf, type Built } from "../arms/views.js";
import type { Core } from "../core/core.js";
import type { LocalAutomaton } from "../project/local.js";
import { roleName } from "../report/waits.js";
import { emittedMachine } from "./emitted.js";
import { observedMachine } from "./observed.js";
import { networkOf, type Network } from "./network.js";
import { tableOf } from "./table.js";

export interface Team {
  readonly core: Core;
  /** By role of the core. */
  readonly roles: readonly TeamRole[];
  /** Labels of messages, branches and reasons, by number. */
  readonly labels: readonly string[];
  readonly machines: readonly Machine[];
  /** Block 0 is the body; in it and in each arm, by role, the machine of the role; -1: it does not take part. */
  readonly blocks: readonly (readonly number[])[];
  readonly constructs: readonly TeamConstruct[];
  /** How many elements the list of every scatter has. */
  readonly elements: number;
}

export interface TeamRole {
  readonly name: string;
  /** `within`: stands for a family inside a scatter, and acts only through the member that has claimed. */
  readonly kind: "plain" | "optional" | "network" | "within";
  /** Of a role of the network; null for all others. */
  readonly network: Network | null;
}

export interface TeamConstruct {
  readonly kind: Construct["kind"];
  /** Blocks. */
  readonly arms: readonly number[];
  /** By role: the role that it is inside, where it may claim; -1 for all others. */
  readonly claims: readonly number[];
  readonly span: Span;
}

/** A deterministic automaton; state 0 is the initial one. */
export interface Machine {
  readonly role: number;
  readonly block: number;
  readonly states: readonly State[];
  /** The counted loops that it keeps a counter of. */
  readonly counters: readonly { readonly loop: string; readonly max: number }[];
}

export interface State {
  readonly steps: readonly Step[];
  /** Its part may be over here. A coherent plain role has no steps then. */
  readonly final: boolean;
  /** What it passes through at once, without a step; null: it stays here. */
  readonly passes: Pass | null;
  /** The decision that is taken here, if one is. */
  readonly choice: { readonly name: string; readonly span: Span } | null;
}

export type Pass =
  /** The counter begins anew. */
  | { readonly kind: "enter"; readonly counter: number; readonly then: number }
  /** A round is over: `then` for another one, `last` after the last of them, where the counter begins anew. */
  | { readonly kind: "repeat"; readonly counter: number; readonly then: number; readonly last: number };

export interface Step {
  /** `decide`: takes a branch of a `choice when`. `begin`: the letter of a construct. */
  readonly kind: "send" | "receive" | "decide" | "begin" | "fail";
  /** The other role; who announces the branches; the construct; -1 of a `fail`. */
  readonly peer: number;
  readonly label: number;
  readonly then: number;
  /** In the source. */
  readonly span: Span;
  /** How it is shown to people; null: it is not, since what follows says it. */
  readonly text: string | null;
}

export interface TeamOptions {
  /** The local automata of the roles of the core, in their order: what is emitted. Without them all is built anew. */
  readonly locals?: readonly LocalAutomaton[];
  /** How many elements the list of every scatter has; 2 if nothing is said. */
  readonly elements?: number;
}

/**
 * Makes the team of a core, coherent or not. Errors: those of form (the automaton of a block cannot be built), and a
 * subset construction that is too large; then there is no team. With local automata there are none.
 */
export function teamOf(
  core: Core,
  options: TeamOptions = {},
): { readonly team: Team | null; readonly diagnostics: readonly Diagnostic[] } {
  const { elements = 2, locals } = options;
  return locals === undefined || locals.length < core.roles.length
    ? fromAutomata(core, elements)
    : { team: fromLocals(core, locals, elements), diagnostics: [] };
}

function fromLocals(core: Core, locals: readonly LocalAutomaton[], elements: number): Team {
  const labels = tableOf<string>();
  const machines = locals.map((local, role) => emittedMachine(core, local, role, labels.numberOf));
  return {
    core,
    roles: core.roles.map(({ name, kind }) => ({ name, kind, network: null })),
    labels: labels.items,
    machines,
    blocks: [machines.map((_, role) => role)],
    constructs: [],
    elements,
  };
}

function fromAutomata(core: Core, elements: number): ReturnType<typeof teamOf> {
  const { stage, diagnostics } = stageOf(blocksOf(core));
  if (stage === null) return { team: null, diagnostics };
  const labels = tableOf<string>();
  const machines: Machine[] = [];
  const blocks = stage.built.map((built, block) => {
    const own = core.roles.map(() => -1);
    for (const [role, view] of built.views) {
      if (!takesPart(built, role, core)) continue;
      own[role] = machines.push(observedMachine(built, view, block, labels.numberOf)) - 1;
    }
    return own;
  });
  const within = new Set(stage.blocks.constructs.flatMap(({ claims }) => [...claims.values()]));
  const networks = networkOf(stage, core);
  const automaton = stage.built[0]?.tables.automaton;
  const team: Team = {
    core,
    roles: core.roles.map(({ name, kind }, role) => ({
      name: automaton === undefined ? name : roleName(automaton, role),
      kind: within.has(role) ? "within" : kind,
      network: networks.get(role) ?? null,
    })),
    labels: labels.items,
    machines,
    blocks,
    constructs: stage.blocks.constructs.map(({ kind, arms, claims, span }) => ({
      kind,
      arms,
      claims: core.roles.map((_, role) => claims.get(role) ?? -1),
      span,
    })),
    elements,
  };
  return { team, diagnostics };
}

/** Whoever is in a block, and the network of the waits that stand in it. */
function takesPart(built: Built, role: number, core: Core): boolean {
  return built.roles.includes(role) || core.roles[role]?.kind === "network";
}
