// The normal form of an expression. In: a bound expression. Out: a text that is the same for two expressions if and only
// if they are the same but for how they are laid out and what the parameters of functions are called.

import type { Expression } from "../program.js";

/** By name: what it stands for. Names that stand for the same in both versions have the same text. */
export type Meant = (name: string) => string;

/** The text of an expression, wherever it stands: without places, types and files. */
export function expressionForm(expression: Expression, meant: Meant): string {
  return JSON.stringify(plain(expression, meant, []));
}

/** `bound`: the parameters of the functions around, outermost first. Recursive over nesting, which the parser bounds. */
function plain(expression: Expression, meant: Meant, bound: readonly string[]): unknown {
  const inner = (each: Expression): unknown => plain(each, meant, bound);
  const { kind } = expression;
  switch (kind) {
    case "name": {
      const at = bound.lastIndexOf(expression.name);
      return at >= 0 ? [kind, at] : [kind, meant(expression.name)];
    }
    case "literal":
      // `20m` and the number of its milliseconds are two things.
      return [kind, expression.type.kind === "duration", expression.value];
    case "list":
      return [kind, expression.items.map(inner)];
    case "record": {
      const entries = expression.entries.map(({ name, value }) => [name, inner(value)] as const);
      return [kind, expression.artifact.artifact, entries.toSorted(([a], [b]) => (a < b ? -1 : 1))];
    }
    case "field":
      return [kind, inner(expression.of), expression.field];
    case "index":
      return [kind, inner(expression.of), inner(expression.index)];
    case "method":
      return [kind, inner(expression.of), expression.method, expression.arguments.map(inner)];
    case "digest":
      return [kind, inner(expression.of)];
    case "unary":
      return [kind, expression.operator, inner(expression.operand)];
    case "binary":
      return [kind, expression.operator, inner(expression.left), inner(expression.right)];
    case "is":
      return [kind, inner(expression.operand), expression.artifact.artifact];
    case "conditional":
      return [kind, inner(expression.test), inner(expression.then), inner(expression.otherwise)];
    case "function": {
      const parameters = expression.parameters.map(({ name }) => name);
      return [kind, parameters.length, plain(expression.body, meant, [...bound, ...parameters])];
    }
  }
}
