// What all lints say of a text, for tests. In: a text, and perhaps what it imports. Out: what `check` says, and the warnings of the lints.

import type { Diagnostic, Source } from "@chor/grammar";
import { check, inOrder } from "../../compiler/src/check.js";
import { lint, LINT_CODES } from "../../compiler/src/lints/lint.js";

/** By place; of the lints only those with these codes. */
export function told(source: Source, codes: readonly string[] = LINT_CODES): readonly Diagnostic[] {
  const checked = check(source);
  return inOrder([...checked.diagnostics, ...lint(checked, new Set(codes))]);
}
