// The verdict of the check on a core, without its diagnostics: as fast as it can be had, for tests that ask for many.

import { armsCoherence } from "../../compiler/src/arms/arms.js";
import { globalAutomaton } from "../../compiler/src/automaton/build.js";
import { formOf } from "../../compiler/src/automaton/form.js";
import { observe } from "../../compiler/src/automaton/observe.js";
import { conditions } from "../../compiler/src/coherence/problems.js";
import { tablesOf, viewOf } from "../../compiler/src/coherence/tables.js";
import type { Core } from "../../compiler/src/core/core.js";
import { hasArms } from "../../compiler/src/core/holds.js";

/** `misformed`: its form is wrong, so that nothing else was asked. */
export type Verdict = "right" | "wrong" | "misformed";

export function verdictOf(core: Core): Verdict {
  if (hasArms(core)) {
    if (formOf(core).diagnostics.some(({ severity }) => severity === "error")) return "misformed";
    return armsCoherence(core).diagnostics.some(({ severity }) => severity === "error") ? "wrong" : "right";
  }
  const { automaton } = globalAutomaton(core);
  if (automaton === null) return "misformed";
  const tables = tablesOf(automaton);
  const isCoherent = (role: number): boolean => {
    if (tables.announces[role] === 1) return true;
    const observation = observe(automaton, role);
    if (observation.diagnostics.length > 0) return false;
    const view = viewOf(tables, observation);
    const asked = conditions();
    return view.sets.every((_, index) => asked.every((condition) => condition(view, index).length === 0));
  };
  return core.roles.every((_, role) => isCoherent(role)) ? "right" : "wrong";
}
