// The machine of a role whose local automaton is emitted. In: the local automaton. Out: its machine, state by state.

import type { Core } from "../core/core.js";
import type { LocalAutomaton, LocalReceive, LocalSend, LocalState } from "../project/local.js";
import type { Machine, State, Step } from "./team.js";

const quiet = { steps: [], final: false, passes: null, choice: null } as const;

/** Takes the local automaton of a role of the core, and numbers for labels. */
export function emittedMachine(
  core: Core,
  local: LocalAutomaton,
  role: number,
  labelOf: (label: string) => number,
): Machine {
  const roleOf = new Map(core.roles.map(({ name }, i) => [name, i]));
  const step = (kind: "send" | "receive", from: string, to: string, own: LocalSend | LocalReceive): Step => ({
    kind,
    peer: roleOf.get(kind === "send" ? to : from) ?? -1,
    label: labelOf(own.label),
    then: own.then,
    span: own.interactions[0]?.span ?? core.end,
    text: `${from} -> ${to}: ${own.label}`,
  });
  const state = (of: LocalState): State => {
    switch (of.kind) {
      case "sends":
        return {
          ...quiet,
          steps: of.sends.map((send) => step("send", local.role, send.to, send)),
          choice:
            of.decision?.kind === "choice"
              ? { name: of.decision.name, span: of.sends[0]?.interactions[0]?.span ?? core.end }
              : null,
        };
      case "receives":
        return { ...quiet, steps: of.receives.map((one) => step("receive", one.from, local.role, one)) };
      case "enter":
      case "repeat":
        return { ...quiet, passes: of };
      case "end":
        return { ...quiet, final: true };
    }
  };
  return { role, block: 0, states: local.states.map(state), counters: local.counters };
}
