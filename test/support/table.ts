// A local automaton as a few lines of text, for tests: one line a state.

import type { LocalAutomaton, LocalState, LocalSend, LocalReceive } from "../../compiler/src/project/local.js";

export function table(local: LocalAutomaton): readonly string[] {
  return local.states.map((state, i) => `${i} ${line(state, local)}`);
}

function line(state: LocalState, local: LocalAutomaton): string {
  switch (state.kind) {
    case "sends": {
      const decision = state.decision === null ? "" : `${state.decision.name} (${state.decision.kind}) `;
      return `${decision}${state.sends.map((send) => `!${message(send)} to ${send.to}${source(send)} -> ${send.then} at ${ids(send)}`).join(" | ")}`;
    }
    case "receives":
      return state.receives
        .map((receive) => `?${message(receive)} from ${receive.from} -> ${receive.then} at ${ids(receive)}`)
        .join(" | ");
    case "enter":
      return `enter ${local.counters[state.counter]?.loop} -> ${state.then}`;
    case "repeat":
      return `repeat ${local.counters[state.counter]?.loop} -> ${state.then}, last ${state.last}`;
    case "end":
      return "end";
  }
}

function message({ label, payload, binds }: LocalSend | LocalReceive): string {
  if (payload === null) return label;
  return `${label}(${payload.kind === "reference" ? payload.artifact : payload.kind} as ${binds})`;
}

function source({ origin }: LocalSend): string {
  if (origin === "none" || origin === "asked") return "";
  if (typeof origin === "object" && "text" in origin) return ` = ${origin.text}`;
  return origin === "copy" ? " copy" : ` = ${[origin.name, ...origin.path].join(".")}`;
}

function ids({ interactions }: LocalSend | LocalReceive): string {
  return interactions.map(({ id }) => id).join(", ");
}
