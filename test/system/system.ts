// A random program projected into a system of monitors, without the detour over generated text. In: a seed. Out:
// the core, the local automata and a monitor for each role, or null where the program is refused.

import { coherence } from "../../compiler/src/coherence/coherent.js";
import { globalAutomaton } from "../../compiler/src/automaton/build.js";
import { observe } from "../../compiler/src/automaton/observe.js";
import type { Core } from "../../compiler/src/core/core.js";
import type { LocalAutomaton, LocalReceive, LocalSend, LocalState } from "../../compiler/src/project/local.js";
import { project } from "../../compiler/src/project/project.js";
import type { Machine, Receive, Send, State } from "../../runtime/src/monitor/machine.js";
import { monitor, type Monitor } from "../../runtime/src/monitor/monitor.js";
import type { Schema } from "../../runtime/src/schema/schema.js";
import { randomCore, type Sizes } from "../support/random-core.js";

export interface System {
  readonly core: Core;
  readonly locals: readonly LocalAutomaton[];
  readonly monitors: readonly Monitor[];
}

/** The only payload: a record with one whole number. */
export const payload = { number: 1 };
export const wrongPayloads: readonly unknown[] = [
  { number: "1" },
  {},
  { number: 1, more: 1 },
  null,
  1,
  [payload],
  undefined,
];

/** The system of a seed; null where the check refuses the program. */
export function randomSystem(seed: number, sizes: Sizes): System | null {
  return systemOf(randomCore(seed, sizes));
}

export function systemOf(core: Core): System | null {
  const { automaton, diagnostics } = globalAutomaton(core);
  if (automaton === null || diagnostics.length > 0) return null;
  const observations = core.roles.map((_, role) => observe(automaton, role));
  if (coherence(automaton, observations).some(({ severity }) => severity === "error")) return null;
  const projected = observations.map((observation) => project(automaton, observation, () => []));
  if (projected.some((each) => each.diagnostics.length > 0)) return null;
  const locals = projected.map(({ local }) => local);
  return { core, locals, monitors: locals.map((local) => monitor(machineOf(local))) };
}

const schema = {
  name: "Payload",
  is: (value: unknown): value is typeof payload =>
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(value).length === 1 &&
    Number.isInteger((value as { number?: unknown }).number),
} as Schema<typeof payload>;

/** The table of a local automaton, as generated code would state it. */
export function machineOf(local: LocalAutomaton): Machine {
  return {
    role: local.role,
    choreography: "Random",
    states: local.states.map((state) => stateOf(state, local)),
    counters: local.counters,
  };
}

function stateOf(state: LocalState, local: LocalAutomaton): State {
  switch (state.kind) {
    case "sends":
      return { sends: state.sends.map(sendOf) };
    case "receives":
      return { receives: state.receives.map(receiveOf) };
    case "enter":
      return { enter: loopOf(local, state.counter).loop, then: state.then };
    case "repeat":
      return {
        repeat: loopOf(local, state.counter).loop,
        max: loopOf(local, state.counter).max,
        then: state.then,
        last: state.last,
      };
    case "end":
      return { ends: true };
  }
}

function loopOf(local: LocalAutomaton, counter: number): LocalAutomaton["counters"][number] {
  const found = local.counters[counter];
  if (found === undefined) throw new Error(`${local.role} has no counter ${counter}`);
  return found;
}

function sendOf(send: LocalSend): Send {
  return {
    label: send.label,
    to: send.to,
    then: send.then,
    at: send.interactions.map(({ id }) => id),
    ...carried(send),
  };
}

function receiveOf(receive: LocalReceive): Receive {
  return {
    label: receive.label,
    from: receive.from,
    then: receive.then,
    at: receive.interactions.map(({ id }) => id),
    ...carried(receive),
  };
}

function carried(step: LocalSend | LocalReceive): { readonly artifact?: Schema<typeof payload> } {
  return step.payload === null ? {} : { artifact: schema };
}
