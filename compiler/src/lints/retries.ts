// `needless-retry`: a `retry` of a message that nobody can refuse. In: a program. Out: a warning for each.

import type { Diagnostic } from "@chor/grammar";
import { needlessRetry } from "../report/lints.js";
import type { Subject } from "./lint.js";

/** Messages that no agent makes and that nothing checks, with a `retry`. */
export function needlessRetries({ program }: Subject): readonly Diagnostic[] {
  return program.choreographies.flatMap(({ interactions }) =>
    interactions.flatMap(({ payload, where, gates, retry, label, labelSpan }) =>
      payload.kind !== "asked" && where.length + gates.length === 0 && retry !== null
        ? [needlessRetry(label, labelSpan)]
        : [],
    ),
  );
}
