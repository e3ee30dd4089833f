// How an expression is called in a message: a path by its name, anything else by what it is. In: a typed
// expression. Out: a few words.

import type { Expression } from "../program.js";

const LONGEST = 40;

/** "`a.b`" for a path that is short enough, else "this value": of a literal the type says all. */
export function spoken(expression: Expression): string {
  const path = expression.kind === "literal" ? null : pathText(expression);
  return path === null || path.length > LONGEST ? "this value" : `\`${path}\``;
}

/** The path as it is written; null: it is none. */
function pathText(expression: Expression): string | null {
  switch (expression.kind) {
    case "name":
      return expression.name;
    case "literal":
      return JSON.stringify(expression.value);
    case "field": {
      const of = pathText(expression.of);
      return of === null ? null : `${of}.${expression.field}`;
    }
    case "index": {
      const of = pathText(expression.of);
      const index = pathText(expression.index);
      return of === null || index === null ? null : `${of}[${index}]`;
    }
    default:
      return null;
  }
}
