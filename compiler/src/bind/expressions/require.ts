// What a place asks of a value: that it is there, that it is true or false, that it fits a type. In: a typed
// expression. Out: whether it does; if not, the sink says why.

import { doesNotFit, mayBeNull, notBoolean, unfitFor, type Missing } from "../../report/expressions.js";
import type { Expression, Type } from "../program.js";
import { assignable } from "../type-relations.js";
import { isBoolean, shapeOf } from "../type-shapes.js";
import { shownType } from "../type-text.js";
import type { Environment } from "./scope.js";
import { spoken } from "./spoken.js";

/** Whether the value is there: neither null nor perhaps null, and no time. */
export function present(value: Expression, { scope }: Environment): boolean {
  const { artifacts, sink } = scope.types;
  const shape = shapeOf(value.type, artifacts);
  if (shape?.kind !== "nullable" && shape?.kind !== "null") return shape !== null;
  sink.push(mayBeNull(spoken(value), whyMissing(value, shape), value.span));
  return false;
}

/** Whether the value is true or false. */
export function truth(value: Expression, environment: Environment): boolean {
  if (!present(value, environment)) return false;
  const { artifacts, sink } = environment.scope.types;
  const shape = shapeOf(value.type, artifacts);
  if (shape !== null && isBoolean(shape)) return true;
  sink.push(notBoolean(spoken(value), shownType(value.type), value.span));
  return false;
}

/** Whether the value may stand where `type` is needed. `what` is: "The field `x` of `Y`". */
export function fits(value: Expression, type: Type, what: string, environment: Environment): boolean {
  const { artifacts, sink } = environment.scope.types;
  if (assignable(value.type, type, artifacts)) return true;
  const to = shapeOf(type, artifacts);
  const from = shapeOf(value.type, artifacts);
  if (to?.kind !== "nullable" && (from?.kind === "nullable" || from?.kind === "null"))
    sink.push(mayBeNull(spoken(value), whyMissing(value, from), value.span));
  else
    sink.push(doesNotFit(what, shownType(type), spoken(value), shownType(value.type), unfitFor(from, to), value.span));
  return false;
}

function whyMissing(value: Expression, shape: Type): Missing {
  if (shape.kind === "null") return "null";
  if (value.kind === "index") return "item";
  return value.kind === "method" && (value.method === "min" || value.method === "max") ? "extreme" : "absent";
}
