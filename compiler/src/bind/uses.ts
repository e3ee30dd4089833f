// What is used: which names of the file's top, and which parameters, a declaration speaks of. In: a declaration's
// tree. Out: sets of names, whether or not they stand for something. From them come the warnings of what nothing uses.

import type { BoundTree, DeclarationTree, ExpressionTree, RangeTree, StatementTree, TypeTree } from "@chor/grammar";
import { expressionsIn, filledArtifacts, namesInTrees, parametersIn, statementsIn } from "./trees.js";

export interface Uses {
  /** Names in upper camel case: artifacts, contracts, choreographies, type parameters. */
  readonly declarations: ReadonlySet<string>;
  /** Names of values. */
  readonly values: ReadonlySet<string>;
}

/** Takes a declaration, gives the names that it uses. */
export function usesOf(tree: DeclarationTree): Uses {
  const uses = { declarations: new Set<string>(), values: new Set<string>() };
  switch (tree.kind) {
    case "artifact":
      if (tree.body.kind === "alias") addType(tree.body.type, uses);
      if (tree.body.kind !== "record") break;
      for (const { type } of tree.body.fields) addType(type, uses);
      addExpressions(
        tree.body.invariants.map(({ expression }) => expression),
        uses,
      );
      break;
    case "contract":
      for (const { type } of tree.parameters) addType(type, uses);
      addExpressions(
        (tree.requires ?? []).map(({ expression }) => expression),
        uses,
      );
      break;
    case "choreography":
      if (tree.within?.kind === "value") uses.values.add(tree.within.name);
      for (const parameter of tree.parameters) if (parameter.kind === "value") addType(parameter.type, uses);
      for (const statement of statementsIn(tree.body)) addStatement(statement, uses);
      break;
  }
  return uses;
}

interface Found {
  readonly declarations: Set<string>;
  readonly values: Set<string>;
}

function addStatement(statement: StatementTree, uses: Found): void {
  addExpressions(expressionsIn(statement), uses);
  for (const name of parametersIn(statement)) uses.values.add(name);
  if (statement.kind === "do") {
    uses.declarations.add(statement.choreography.text);
    for (const { text } of statement.typeArguments) uses.declarations.add(text);
  }
  if (statement.kind !== "interaction") return;
  const { payload, label } = statement.message;
  if (payload.kind === "same") uses.declarations.add(label.text);
  if (payload.kind === "asked") uses.declarations.add(payload.artifact.text);
  for (const { text } of filledArtifacts(statement)) uses.declarations.add(text);
  for (const { contract } of statement.gates) uses.declarations.add(contract.text);
}

function addExpressions(trees: readonly ExpressionTree[], uses: Found): void {
  const { free, artifacts } = namesInTrees(trees);
  for (const { text } of free) uses.values.add(text);
  for (const { text } of artifacts) uses.declarations.add(text);
}

/** Recursive over nesting, which the parser bounds. */
function addType(tree: TypeTree, uses: Found): void {
  switch (tree.kind) {
    case "named":
      uses.declarations.add(tree.name.text);
      for (const argument of tree.arguments) addType(argument, uses);
      addRange(tree.range, uses);
      return;
    case "literal":
      return;
    case "list":
      addType(tree.item, uses);
      addRange(tree.range, uses);
      return;
    case "record":
      for (const { type } of tree.fields) addType(type, uses);
      return;
    case "union":
      for (const member of tree.members) addType(member, uses);
      return;
  }
}

function addRange(range: RangeTree | null, uses: Found): void {
  const add = (bound: BoundTree | null): void => {
    if (bound?.kind === "value") uses.values.add(bound.name);
  };
  add(range?.low ?? null);
  add(range?.high ?? null);
}
