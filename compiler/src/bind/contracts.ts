// The contracts of a file: pure ones, which are conditions over their parameters, and external ones, which the host
// answers. In: the tree and where its types are bound. Out: every contract by name (null: it has errors).

import { nearest } from "@chor/grammar";
import type { ContractTree, FileTree, Source, Span } from "@chor/grammar";
import { parameterTwice, unknownParameter } from "../report/expressions.js";
import { plus } from "./bytes.js";
import { typeConditions, type ExpressionScope } from "./expressions/type-expression.js";
import type { Contract, Type, Value } from "./program.js";
import { bindParameterType, type TypeContext } from "./types.js";

/** Takes a file's tree, gives its contracts in the order of the source; the errors of all of them go to the sink. */
export function bindContracts(
  tree: FileTree,
  source: Source,
  context: TypeContext,
): ReadonlyMap<string, Contract | null> {
  const byName = new Map<string, Contract | null>();
  for (const declaration of tree.declarations) {
    if (declaration.kind !== "contract") continue;
    const contract = bindContract(declaration, source, context);
    const { name } = declaration;
    if (context.declarations.byName.get(name.text)?.name === name) byName.set(name.text, contract);
  }
  return byName;
}

function bindContract(tree: ContractTree, source: Source, context: TypeContext): Contract | null {
  const { name, doc, span } = tree;
  const first = new Map<string, Span>();
  const types = new Map<string, Type | null>();
  const parameters: Value[] = [];
  for (const { name: parameter, type: written, span: place } of tree.parameters) {
    const type = bindParameterType(written, context);
    const before = first.get(parameter.text);
    if (before !== undefined) {
      context.sink.push(parameterTwice(parameter, name.text, before));
      continue;
    }
    first.set(parameter.text, parameter.span);
    types.set(parameter.text, type);
    if (type !== null) parameters.push({ name: parameter.text, type, span: place });
  }
  const scope: ExpressionScope = {
    lookup: (known) => types.get(known),
    names: () => types.keys(),
    unknown: (unknown) => {
      const names = [...types.keys()];
      context.sink.push(unknownParameter(unknown, name.text, names, nearest(unknown.text, names)));
    },
    types: context,
    assumed: [],
  };
  const conditions = tree.requires === null ? null : typeConditions(tree.requires, scope).conditions;
  const requires = conditions?.filter((condition) => condition !== null) ?? null;
  const isSound = parameters.length === tree.parameters.length && requires?.length === conditions?.length;
  if (!isSound) return null;
  const steps = requires === null ? null : plus(...requires.map((condition) => condition.steps));
  return { name: name.text, source, doc, parameters, requires, steps, span, nameSpan: name.span };
}
