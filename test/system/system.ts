// A random program projected into a system of machines, without the detour over generated text. In: a seed. Out:
// the core, the local automata, a machine and its monitor for each role, or null where the program is refused.

import { coherence } from "../../compiler/src/coherence/coherent.js";
import { globalAutomaton } from "../../compiler/src/automaton/build.js";
import { observe } from "../../compiler/src/automaton/observe.js";
import type { Core } from "../../compiler/src/core/core.js";
import { desugar } from "../../compiler/src/core/desugar.js";
import { member } from "../../compiler/src/emit/names.js";
import { roleModel, type RoleModel } from "../../compiler/src/emit/role-model.js";
import { forwardedBy } from "../../compiler/src/core/message.js";
import type { GlobalAutomaton } from "../../compiler/src/automaton/global.js";
import { reachingBindings, type Reaching } from "../../compiler/src/knowledge/reaching.js";
import type { Known, LocalAutomaton, LocalReceive, LocalSend, LocalState } from "../../compiler/src/project/local.js";
import { project } from "../../compiler/src/project/project.js";
import type { Machine, Receive, Send, State } from "../../runtime/src/monitor/machine.js";
import { monitor, type Monitor } from "../../runtime/src/monitor/monitor.js";
import { schema } from "../../runtime/src/schema/artifact.js";
import { wrong } from "../../runtime/src/schema/generated.js";
import type { Schema } from "../../runtime/src/schema/schema.js";
import { build, send, seq, type Part, type Sketch } from "../support/build.js";
import { pick, randomFrom, type Random } from "../support/random.js";
import { randomCore, randomSketch, type Sizes } from "../support/random-core.js";

export interface System {
  readonly core: Core;
  readonly locals: readonly LocalAutomaton[];
  readonly machines: readonly Machine[];
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

/** The same, but that about half of the payloads are not asked for: they are passed on. */
export function forwardingSystem(seed: number, sizes: Sizes): System | null {
  const sketch = randomSketch(seed, sizes);
  const random = randomFrom(seed);
  // What somebody does not know cannot be passed on: then the sketch is tried with fewer such messages.
  for (const share of [0.6, 0.4, 0.2]) {
    const system = systemOf(desugar(build(forwarding(sketch, random, share)).choreography));
    if (system !== null) return system;
  }
  return systemOf(desugar(build(sketch).choreography));
}

/**
 * A sketch in which a share of what is asked for is passed on instead, under names that its sender may know. Every
 * other one begins with a message to all, so that there is something that everybody knows.
 */
function forwarding(sketch: Sketch, random: Random, share: number): Sketch {
  const [first = "", ...others] = sketch.roles;
  const brief = send(first, others, "Brief", { asked: "Payload" });
  /** Who took part in the last message above that binds the name. */
  const parties = new Map<string, readonly string[]>();
  const rewrite = (part: Part): Part => {
    switch (part.kind) {
      case "send": {
        if (part.options.asked === undefined) return part;
        const names = [...parties.keys()].filter((name) => parties.get(name)?.includes(part.from));
        const forwarded = names.length > 0 && random() < share ? pick(random, names) : null;
        parties.set(part.label.charAt(0).toLowerCase() + part.label.slice(1), [part.from, ...part.to]);
        return { ...part, options: forwarded === null ? { asked: "Payload" } : { forwarded } };
      }
      case "seq":
        return { ...part, parts: part.parts.map(rewrite) };
      case "choice":
        return { ...part, branches: part.branches.map(rewrite) };
      case "loop": {
        const body = rewrite(part.body);
        const { otherwise } = part.options;
        return otherwise === undefined
          ? { ...part, body }
          : { ...part, body, options: { ...part.options, otherwise: rewrite(otherwise) } };
      }
      default:
        return part;
    }
  };
  const body = random() < 0.5 ? seq(brief, sketch.body) : sketch.body;
  return { ...sketch, body: rewrite(body) };
}

/** The system of a core; null where the check refuses it. */
export function systemOf(core: Core): System | null {
  const { automaton, diagnostics } = globalAutomaton(core);
  if (automaton === null || diagnostics.length > 0) return null;
  const observations = core.roles.map((_, role) => observe(automaton, role));
  if (coherence(automaton, observations).some(({ severity }) => severity === "error")) return null;
  const reaching = reachingBindings(automaton);
  if (!passesOnWhatIsKnown(automaton, reaching)) return null;
  const projected = observations.map((observation) => project(automaton, observation, reaching.knows));
  if (projected.some((each) => each.diagnostics.length > 0)) return null;
  const locals = projected.map(({ local }) => local);
  const machines = locals.map(machineOf);
  return { core, locals, machines, monitors: machines.map(monitor) };
}

/** Whether every sender knows for certain what it passes on. */
function passesOnWhatIsKnown({ core, states }: GlobalAutomaton, { knows }: Reaching): boolean {
  return states.every(({ transitions }, state) =>
    transitions.every(({ send }) => {
      const passed = send === null || send.copy > 0 ? null : forwardedBy(core.messages[send.message]?.interaction);
      if (send === null || passed === null) return true;
      return knows(send.from, state).some(({ name, definite }) => definite && name === passed.name);
    }),
  );
}

const Payload: Schema<typeof payload> = schema(
  "Payload",
  "",
  isPayload,
  (value, at, issues) => {
    if (!isPayload(value)) wrong(issues, at, "type", "Payload", value);
  },
  {
    type: "object",
    properties: { number: { type: "integer" } },
    required: ["number"],
    additionalProperties: false,
  },
);

function isPayload(value: unknown): value is typeof payload {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(value).length === 1 &&
    Number.isInteger((value as { number?: unknown }).number)
  );
}

/** The table of a local automaton, as generated code would state it. */
export function machineOf(local: LocalAutomaton): Machine {
  const model = roleModel(local);
  return {
    role: local.role,
    choreography: "Random",
    states: local.states.map((state, index) => stateOf(state, index, local, model)),
    counters: local.counters,
  };
}

function stateOf(state: LocalState, index: number, local: LocalAutomaton, { handlerAt }: RoleModel): State {
  switch (state.kind) {
    case "sends": {
      const { decision } = state;
      const handler = handlerAt.get(index);
      const sends = state.sends.map(sendOf);
      if (decision === null || handler === undefined) return { sends };
      return { handler: member(handler), asks: decision.kind, knows: namesOf(decision.knows), sends };
    }
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
      return { ends: true, knows: namesOf(local.knowsAtEnd) };
  }
}

function namesOf(known: readonly Known[]): readonly string[] {
  return known.map(({ name }) => member(name));
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
    ...computed(send),
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

function carried(step: LocalSend | LocalReceive): Pick<Send, "artifact" | "as"> {
  if (step.payload === null) return {};
  return { artifact: Payload, ...(step.binds === null ? {} : { as: member(step.binds) }) };
}

function computed({ origin, binds }: LocalSend): Pick<Send, "computes"> {
  if (origin === "none" || origin === "asked") return {};
  if (typeof origin === "object" && "text" in origin) throw new Error("Sketches compute nothing.");
  const { name, path } = origin === "copy" ? { name: binds ?? "", path: [] } : origin;
  return { computes: (known) => path.reduce((value, field) => value[field], known[member(name)]) };
}
