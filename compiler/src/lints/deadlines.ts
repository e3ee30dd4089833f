// `late-deadline`: a wait that may last longer than the whole session. In: a program. Out: a warning for each.

import type { Diagnostic } from "@chor/grammar";
import { statementsIn } from "../bind/walk.js";
import { lateDeadline } from "../report/lints.js";
import type { Subject } from "./lint.js";

/** Deadlines of interactions and choices, and times that are given to a `do`, that never come. */
export function lateDeadlines({ program, limits }: Subject): readonly Diagnostic[] {
  return program.choreographies.flatMap((choreography) => {
    const limit = limits.get(choreography) ?? null;
    if (limit === null) return [];
    return statementsIn(choreography.body).flatMap((statement): readonly Diagnostic[] => {
      switch (statement.kind) {
        case "interaction": {
          const { within, labelSpan } = statement.interaction;
          return typeof within === "number" && within >= limit ? [lateDeadline(within, limit, labelSpan)] : [];
        }
        case "choice": {
          const { within, headSpan } = statement;
          return typeof within === "number" && within >= limit ? [lateDeadline(within, limit, headSpan)] : [];
        }
        case "do":
          return statement.values.flatMap((value) =>
            value.kind === "literal" && value.type.kind === "duration" && Number(value.value) >= limit
              ? [lateDeadline(Number(value.value), limit, value.span)]
              : [],
          );
        default:
          return [];
      }
    });
  });
}
