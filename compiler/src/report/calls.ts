// What can be wrong with a `do`, and with `abort`. CHOR0340 to CHOR0348, CHOR0327, CHOR0239. In: the pieces and their places.
// Out: diagnostics.

import type { Diagnostic, Name, Span } from "@chor/grammar";
import { error, listed, warning } from "./diagnostic.js";

/** A choreography that does itself. `path`: the choreographies on the way, from the first to the last. */
export function doesItself(name: Name, path: readonly string[]): Diagnostic {
  const way = path.length > 1 ? ` (by way of ${listed(path.slice(1))})` : "";
  return error("CHOR0340", `\`${path[0] ?? name.text}\` would do itself${way}: there is no recursion.`, name.span, {
    hint: "Write a loop: `loop name max 5 { … }`.",
  });
}

/** Too few or too many arguments. */
export function argumentCount(callee: string, parameters: readonly string[], count: number, span: Span): Diagnostic {
  return error(
    "CHOR0341",
    `\`${callee}\` takes ${counted(parameters.length, "argument")} (${listed(parameters)}); here ${count === 1 ? "is" : "are"} ${count}.`,
    span,
    { hint: "Give one argument for each, in this order." },
  );
}

/** A value for a role, a role for a value, all of a family for one role. */
export function argumentOfAnotherKind(
  parameter: string,
  wanted: string,
  found: string,
  span: Span,
  hint: string,
): Diagnostic {
  return error("CHOR0342", `\`${parameter}\` is ${wanted}, but this is ${found}.`, span, { hint });
}

/** A family that is filled with too few or too many. */
export function familyFilled(parameter: string, wanted: string, found: string, span: Span): Diagnostic {
  return error("CHOR0343", `\`${parameter}\` needs ${wanted} members; these are ${found}.`, span, {
    hint: "Give other roles, or change the bounds of one of the families.",
  });
}

/** One role in two parts. */
export function roleTwice(role: string, span: Span, first: Span): Diagnostic {
  return error("CHOR0344", `\`${role}\` would play two parts at once.`, span, {
    related: [{ message: "the first of them", span: first }],
    hint: "Give every part to another role.",
  });
}

/** A role that may never take part, in a part that must. */
export function optionalForCompulsory(parameter: string, role: Name): Diagnostic {
  return error("CHOR0345", `\`${role.text}\` is optional, but \`${parameter}\` always takes part.`, role.span, {
    hint: `Give another role, or make the parameter optional: \`${parameter}?\`.`,
  });
}

/** `do Agree(…)`, where `Agree<T>` has a type parameter. */
export function typeArgumentCount(
  callee: string,
  parameters: readonly string[],
  count: number,
  span: Span,
): Diagnostic {
  const takes =
    parameters.length === 0
      ? "takes no type arguments"
      : `takes ${counted(parameters.length, "type argument")} (${listed(parameters)})`;
  return error("CHOR0346", `\`${callee}\` ${takes}; here ${count === 1 ? "is" : "are"} ${count}.`, span, {
    hint: parameters.length === 0 ? "Remove the `<…>`." : `Name an artifact for each: \`do ${callee}<…>(…)\`.`,
  });
}

/** A callee that may abort, and nothing that catches it. */
export function abortUncaught(callee: string, span: Span): Diagnostic {
  return error("CHOR0347", `\`${callee}\` may \`abort\`, and nothing here goes on when it does.`, span, {
    hint: "Add an `else { … }` to the `do`.",
  });
}

/** The `else` of a `do` that never aborts. */
export function neverAborts(callee: string, span: Span): Diagnostic {
  return warning("CHOR0348", `\`${callee}\` never aborts, so this \`else\` never runs.`, span, {
    hint: "Remove the `else`.",
  });
}

/** A saga in which no step aborts. */
export function sagaNeverAborts(span: Span): Diagnostic {
  return warning("CHOR0239", "No step of this saga aborts, so nothing of it is ever undone.", span, {
    hint: "Write its steps one after the other, or let one `abort`.",
  });
}

/** `saga { }`. */
export function sagaWithoutSteps(span: Span): Diagnostic {
  return error("CHOR0327", "This saga has no steps.", span, { hint: "Add one: `step { … } undo { … }`." });
}

function counted(count: number, noun: string): string {
  return `${count === 0 ? "no" : count} ${noun}${count === 1 ? "" : "s"}`;
}
