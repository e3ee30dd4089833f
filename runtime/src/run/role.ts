// A role as generated code exports it.

import type { Agent } from "../endpoint/agent.js";
import type { Machine } from "../monitor/machine.js";
import type { Role } from "./run.js";

/** The role of a machine. `A` is the generated type of its agents. */
export function role<A>(machine: Machine): Role<A> {
  return {
    name: machine.role,
    machine,
    by: (agent: Agent) => Object.fromEntries(decisions(machine).map((name) => [name, agent])) as A,
  };
}

/** The handlers that a role cannot do without: each answers with something. */
export function decisions(machine: Machine): readonly string[] {
  return handlerNames(machine, (asks) => asks !== "forced");
}

/** The handlers that a role may have, beside the notifications. */
export function handlers(machine: Machine): readonly string[] {
  return handlerNames(machine, () => true);
}

/** The labels that a role may be notified of. */
export function labels(machine: Machine): readonly string[] {
  const steps = machine.states.flatMap((state) => ("receives" in state ? state.receives : []));
  return [...new Set(steps.map((step) => step.label))];
}

function handlerNames(
  machine: Machine,
  isWanted: (asks: "choice" | "payload" | "forced") => boolean,
): readonly string[] {
  const names = machine.states.flatMap((state) =>
    "sends" in state && state.handler !== undefined && isWanted(state.asks ?? "payload") ? [state.handler] : [],
  );
  return [...new Set(names)];
}
