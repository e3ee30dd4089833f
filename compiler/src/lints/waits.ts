// `may-wait-for-ever`: a session without a deadline waits for agents without one. In: a program. Out: a warning for each
// choreography, with its first such waits.

import type { Diagnostic, Span } from "@chor/grammar";
import type { Block, Choreography } from "../bind/program.js";
import { blocksIn } from "../bind/walk.js";
import { waitsForEver } from "../report/lints.js";
import type { Subject } from "./lint.js";

/** One root cause, one warning: the choreography has no deadline, and neither have these waits. */
export function endlessWaits({ program, limits }: Subject): readonly Diagnostic[] {
  return program.choreographies.flatMap((choreography) => {
    const waits = limits.get(choreography) === null ? waitsIn(choreography) : [];
    return waits.length === 0 ? [] : [waitsForEver(choreography.name, waits, choreography.nameSpan)];
  });
}

/** Where an agent is asked and nobody gives up waiting for it. */
function waitsIn({ body }: Choreography): readonly Span[] {
  const found: Span[] = [];
  const visit = (block: Block, decided: string | null): void => {
    for (const [i, statement] of block.statements.entries()) {
      // The first message of a branch is part of the decision.
      const isDecided = (role: string): boolean => i === 0 && role === decided;
      let decides: string | null = null;
      if (statement.kind === "interaction") {
        const { payload, from, within, labelSpan } = statement.interaction;
        if (payload.kind === "asked" && within === null && !isDecided(from.role)) found.push(labelSpan);
      } else if (statement.kind === "choice" && statement.at !== null) {
        const byAgent = statement.branches.every(({ when }) => when === null);
        if (byAgent && statement.within === null && !isDecided(statement.at)) found.push(statement.headSpan);
        if (byAgent) decides = statement.at;
      } else if (statement.kind === "pick") {
        if (!isDecided(statement.at)) found.push(statement.headSpan);
        decides = statement.at;
      }
      for (const inner of blocksIn(statement)) visit(inner, decides);
    }
  };
  visit(body, null);
  return found;
}
