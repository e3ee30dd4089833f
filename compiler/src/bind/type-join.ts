// The type of what is one or the other: an item of a list, a branch of `? :`. In: two types. Out: the least type that
// has the values of both, as far as there is one.

import type { Artifacts } from "./artifact-table.js";
import type { ListType, Type } from "./program.js";
import { isWithin, sameType } from "./type-relations.js";
import {
  boundsOf,
  isBoolean,
  isInteger,
  isNumeric,
  isText,
  lengthsOf,
  literalKind,
  membersOf,
  orNull,
  shapeOf,
  withoutNull,
  type Bounds,
} from "./type-shapes.js";
import { isNothing } from "./type-text.js";

/** The type of what is one or the other: an item of a list, a branch of `? :`. Null: there is none. */
export function joined(a: Type, b: Type, artifacts: Artifacts): Type | null {
  if (isNothing(a)) return b;
  if (isNothing(b) || sameType(a, b)) return a;
  if (a.kind === "null") return orNull(b);
  if (b.kind === "null") return orNull(a);
  if (a.kind === "nullable" || b.kind === "nullable") {
    const both = joined(withoutNull(a), withoutNull(b), artifacts);
    return both === null ? null : orNull(both);
  }
  const left = shapeOf(a, artifacts);
  const right = shapeOf(b, artifacts);
  if (left === null || right === null) return null;
  if (left.kind === "literals" && right.kind === "literals" && literalKind(left) === literalKind(right))
    return { kind: "literals", values: [...new Set([...left.values, ...right.values])] };
  if (isBoolean(left) && isBoolean(right)) return { kind: "boolean" };
  if (isNumeric(left) && isNumeric(right)) return joinedNumbers(left, right);
  if (isText(left) && isText(right)) {
    const range = hull(lengthsOf(left), lengthsOf(right));
    if (left.kind === "format" && right.kind === "format" && left.format === right.format) return { ...left, ...range };
    return { kind: "string", ...range, pattern: null };
  }
  if (left.kind === "format" && right.kind === "format" && left.format === right.format)
    return { ...left, ...hull(left, right) };
  if (left.kind === "digest" && right.kind === "digest") return { kind: "digest", of: null };
  if (left.kind === "list" && right.kind === "list") return joinedLists(left, right, artifacts);
  if (left.kind === "map" && right.kind === "map") {
    const value = joined(left.value, right.value, artifacts);
    return value === null ? null : { kind: "map", value, ...hull(left, right) };
  }
  if (left.kind === "json" && right.kind === "json") return { kind: "json", max: Math.max(left.max, right.max) };
  if (left.kind === "union" && isWithin(membersOf(right), left.members)) return left;
  if (right.kind === "union" && isWithin(membersOf(left), right.members)) return right;
  return sameType(left, right) ? left : null;
}

function joinedNumbers(a: Type, b: Type): Type {
  const range = hull(boundsOf(a), boundsOf(b));
  if (isInteger(a) && isInteger(b)) return { kind: "int", ...range };
  return {
    kind: "number",
    min: Number.isFinite(range.min) ? range.min : null,
    max: Number.isFinite(range.max) ? range.max : null,
  };
}

function joinedLists(a: ListType, b: ListType, artifacts: Artifacts): Type | null {
  const item = joined(a.item, b.item, artifacts);
  return item === null ? null : { kind: "list", item, ...hull(a, b) };
}

function hull(a: Bounds, b: Bounds): Bounds {
  return { min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) };
}
