// `bottleneck`: a role through whom nearly everything goes. In: a program. Out: a warning for each choreography whose
// busiest role takes part in more than a given share of the messages of its heaviest run.

import type { Diagnostic } from "@chor/grammar";
import { figuresOf } from "../figures/figures.js";
import { bottleneck } from "../report/lints.js";
import type { Subject } from "./lint.js";

/** With fewer roles somebody always is in most messages. */
const fewestRoles = 4;

/** Choreographies with four roles or more (a family is one) that have a bottleneck. */
export function bottlenecks({ program, artifacts, options }: Subject): readonly Diagnostic[] {
  return program.choreographies.flatMap((choreography) => {
    if (choreography.roles.length < fewestRoles) return [];
    const busiest = figuresOf(choreography, artifacts)?.busiest ?? null;
    if (busiest === null || busiest.share <= options.bottleneckShare) return [];
    const role = choreography.roles.find(({ name }) => name === busiest.role);
    return [bottleneck(choreography.name, busiest.role, busiest.share, role?.span ?? choreography.nameSpan)];
  });
}
