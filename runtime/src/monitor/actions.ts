// What a role may do in a state: for reports, prompts and tools. In: the machine, a state, and where its
// interactions stand. Out: the actions, in the order of the table.

import type { Action } from "../endpoint/agent.js";
import type { Machine, Receive, Send, State, Step } from "./machine.js";

/** Where each interaction stands in the source: `{ "Missing#2": "build.chor:43:7" }`. */
export type Places = { readonly [interaction: string]: string };

/** The messages that are in protocol in a state: its sends, or its receives; none where the role is over. */
export function actions(machine: Machine, state: number, places: Places = {}): readonly Action[] {
  return actionsOf(machine.role, machine.states[state], places);
}

/** The place of a step where it is known, else its interaction; all of them where runs have been merged. */
export function placeOf(at: Step["at"], places: Places = {}): string {
  const ids = typeof at === "string" ? [at] : at;
  return ids.map((id) => (Object.hasOwn(places, id) ? places[id] : id)).join(", ");
}

function actionsOf(role: string, state: State | undefined, places: Places): readonly Action[] {
  if (state === undefined) return [];
  if ("sends" in state) return state.sends.map((step) => action(step, role, step.to, places));
  if ("receives" in state) return state.receives.map((step) => action(step, step.from, role, places));
  return [];
}

function action(step: Send | Receive, from: string, to: string, places: Places): Action {
  return {
    label: step.label,
    from,
    to,
    artifact: step.artifact ?? null,
    ...("computes" in step ? { passedOn: true } : {}),
    doc: step.doc ?? "",
    at: placeOf(step.at, places),
  };
}
