// `gate Contract(argument, …)`: a contract that a message must fulfil. In: its tree and a scope. Out: the gate, or null
// where something is wrong with it (it is in the sink then).

import { nearest } from "@chor/grammar";
import type { CheckTree, Name } from "@chor/grammar";
import { unknownContract, wrongKind } from "../report/names.js";
import { namesOf } from "./declarations.js";
import { checkArguments, typeExpression } from "./expressions/type-expression.js";
import type { ExpressionScope } from "./expressions/scope.js";
import type { Contract, Gate } from "./program.js";
import type { Surroundings } from "./surroundings.js";

/** Takes one check of a `gate`. */
export function bindGate(tree: CheckTree, scope: ExpressionScope, surroundings: Surroundings): Gate | null {
  const contract = contractNamed(tree.contract, surroundings);
  if (contract === null) {
    for (const argument of tree.arguments) typeExpression(argument, scope, null);
    return null;
  }
  const given = checkArguments(tree.contract, contract.parameters, tree.arguments, scope);
  return given === null ? null : { contract, arguments: given, span: tree.span };
}

/** The contract of that name; null: there is none, and the sink says so, or it has errors, which is told there. */
function contractNamed(name: Name, { declarations, contracts, sink }: Surroundings): Contract | null {
  const declaration = declarations.byName.get(name.text);
  if (declaration === undefined) {
    sink.push(unknownContract(name, nearest(name.text, namesOf("contract", declarations))));
    return null;
  }
  const { imported, kind } = declaration;
  if (imported === "unknown") return null;
  if (imported?.kind === "contract") return imported.contract;
  if (kind === "contract") return contracts.get(name.text) ?? null;
  sink.push(wrongKind(name, "a contract", kind, declaration.name.span));
  return null;
}
