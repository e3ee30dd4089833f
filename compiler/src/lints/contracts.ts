// `empty-contract`: a contract that asks for nothing, so that its gate lets everything pass. In: a program. Out: a warning
// for each.

import type { Diagnostic } from "@chor/grammar";
import { emptyContract } from "../report/lints.js";
import type { Subject } from "./lint.js";

/** Contracts with a body and no `require` in it. */
export function emptyContracts({ program }: Subject): readonly Diagnostic[] {
  return program.contracts.flatMap(({ name, requires, nameSpan }) =>
    requires !== null && requires.length === 0 ? [emptyContract(name, nameSpan)] : [],
  );
}
