// The names that an expression speaks of: not the parameters of its functions. In: a typed expression. Out: each use
// with its place, in the order of the source.

import type { Span } from "@chor/grammar";
import type { Expression } from "../program.js";

export interface NameUse {
  readonly name: string;
  readonly span: Span;
}

/** Takes a typed expression, gives every use of a name that is bound outside of it. */
export function namesIn(expression: Expression): readonly NameUse[] {
  const found: NameUse[] = [];
  collect(expression, new Set(), found);
  return found;
}

/** The parts of an expression, in the order of the source. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "name":
    case "literal":
      return [];
    case "list":
      return expression.items;
    case "record":
      return expression.entries.map(({ value }) => value);
    case "field":
    case "digest":
      return [expression.of];
    case "index":
      return [expression.of, expression.index];
    case "method":
      return [expression.of, ...expression.arguments];
    case "unary":
    case "is":
      return [expression.operand];
    case "binary":
      return [expression.left, expression.right];
    case "conditional":
      return [expression.test, expression.then, expression.otherwise];
    case "function":
      return [expression.body];
  }
}

/** As deep as the tree, which is bounded. */
function collect(expression: Expression, hidden: ReadonlySet<string>, found: NameUse[]): void {
  if (expression.kind === "name" && !hidden.has(expression.name))
    found.push({ name: expression.name, span: expression.span });
  const inside =
    expression.kind === "function" ? new Set([...hidden, ...expression.parameters.map(({ name }) => name)]) : hidden;
  for (const part of partsOf(expression)) collect(part, inside, found);
}
