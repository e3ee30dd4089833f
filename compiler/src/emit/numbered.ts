// The local protocol of a role as a list of its states, for where it has no shape that reads like a program. In: the
// local automaton. Out: lines of text, each state with its number.

import type { LocalAutomaton, LocalReceive, LocalSend, LocalState } from "../project/local.js";
import { counterNames } from "./names.js";
import { stepText } from "./step.js";

/** The states, in order: `3  ? Draft from Writer, then 4`. The protocol begins at 0. */
export function numberedLines({ states, counters }: LocalAutomaton): string[] {
  const width = String(states.length - 1).length;
  const loops = counterNames(counters);
  return states.flatMap((state, index) =>
    stateLines(state).map((line, way) => `${(way === 0 ? String(index) : "").padStart(width)}  ${line}`),
  );

  function stateLines(state: LocalState): string[] {
    switch (state.kind) {
      case "sends":
      case "receives": {
        const steps: readonly (LocalSend | LocalReceive)[] = state.kind === "sends" ? state.sends : state.receives;
        return steps.map(
          (step, way) =>
            `${way === 0 ? stepText(step) : `| ${stepText(step).slice(state.kind === "sends" ? 0 : 2)}`}, then ${step.then}`,
        );
      }
      case "enter":
        return [`loop ${loops(state.counter)} begins, then ${state.then}`];
      case "repeat":
        return [
          `loop ${loops(state.counter)} again: then ${state.then}, after ${counters[state.counter]?.max} rounds then ${state.last}`,
        ];
      case "end":
        return ["end"];
    }
  }
}
