// `never-holds`, `always-holds`: conditions that ranges, enumerations and the conditions before them decide. In: a program.
// Out: a warning for each such `where`, `require`, invariant and `when`.

import type { Diagnostic, Span } from "@chor/grammar";
import type { Condition, Expression } from "../bind/program.js";
import { statementsIn } from "../bind/walk.js";
import { alwaysHolds, alwaysTaken, neverHolds, neverTaken } from "../report/lints.js";
import { assume, type Facts } from "./facts.js";
import type { Subject } from "./lint.js";

/** Conditions of messages, contracts and artifacts, of which all must hold; and of branches, of which the first is taken. */
export function conditions(subject: Subject): readonly Diagnostic[] {
  const { artifacts, contracts, choreographies } = subject.program;
  return [
    ...artifacts.flatMap(({ invariants }) => together(invariants, subject)),
    ...contracts.flatMap(({ requires }) => together(requires ?? [], subject)),
    ...choreographies.flatMap(({ interactions }) => interactions.flatMap(({ where }) => together(where, subject))),
    ...choreographies.flatMap(({ body }) =>
      statementsIn(body).flatMap((statement) =>
        statement.kind === "choice"
          ? inTurn(
              statement.branches.flatMap(({ when }) => when ?? []),
              subject,
            )
          : [],
      ),
    ),
  ];
}

const NOTHING: Facts = new Map();

/** Conditions of which all must hold, each told against those before it. */
function together(all: readonly Condition[], { artifacts, constant }: Subject): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  let facts = NOTHING;
  for (const { expression, span } of all) {
    if (isTold(span, constant)) continue;
    const known = assume(expression, true, facts, artifacts);
    if (known === null) {
      const alone = assume(expression, true, NOTHING, artifacts) === null;
      found.push(neverHolds(alone, span));
      // What stands behind it would be told for the same reason.
      return found;
    }
    if (assume(expression, false, facts, artifacts) === null)
      found.push(alwaysHolds(assume(expression, false, NOTHING, artifacts) === null, span));
    facts = known;
  }
  return found;
}

/** Conditions that are asked one after the other until one is true. */
function inTurn(all: readonly Expression[], { artifacts, constant }: Subject): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  let facts = NOTHING;
  for (const expression of all) {
    const { span } = expression;
    if (isTold(span, constant)) continue;
    if (assume(expression, true, facts, artifacts) === null) {
      found.push(neverTaken(span));
      continue;
    }
    const known = assume(expression, false, facts, artifacts);
    if (known === null) {
      found.push(alwaysTaken(span));
      return found;
    }
    facts = known;
  }
  return found;
}

/** Whether a comparison in it is told to be constant already. */
function isTold({ start, end }: Span, constant: ReadonlySet<number>): boolean {
  return [...constant].some((at) => start <= at && at < end);
}
