// How two types stand to each other. In: two types, and the artifacts that they lead to. Out: whether they are the
// same, whether a value of one may stand where the other is needed, whether values of both can be equal.
//
// What may stand where: a payload fits its artifact statically as far as kinds and nullability go; its ranges and
// pattern are the monitor's to check, unless they exclude each other, then it never fits. So `string(1..200)` may stand
// for `string(1..40)`, and for a `path`, but not for an `int`, and `"late"` not for `string(6)`. Artifacts go by name:
// two records with the same fields are two artifacts. A member of a union may stand for the union; its `label` is
// written where the value is put (an entry, an item, an argument, a payload), and left out where `is` has made the
// union its member again. An artifact that is no record is only a name for its type.

import { keyOf, type Artifacts } from "./artifact-table.js";
import { LITERAL_LIMIT } from "./limits.js";
import type { Field, LiteralsType, RecordType, ReferenceType, Type } from "./program.js";
import {
  boundsOf,
  codePoints,
  isBoolean,
  isInteger,
  isNumeric,
  isText,
  lengthsOf,
  membersOf,
  shapeOf,
  withoutNull,
  type Bounds,
} from "./type-shapes.js";
import { isNothing } from "./type-text.js";

export { shapeOf, substitute } from "./type-shapes.js";

/** Whether two types are the same, aliases and ranges included as they are written. */
export function sameType(a: Type, b: Type): boolean {
  if (a === b) return true;
  switch (a.kind) {
    case "string":
      return b.kind === a.kind && sameRange(a, b) && a.pattern === b.pattern;
    case "int":
    case "number":
      return b.kind === a.kind && sameRange(a, b);
    case "format":
      return b.kind === a.kind && a.format === b.format && sameRange(a, b);
    case "boolean":
    case "duration":
    case "null":
      return b.kind === a.kind;
    case "json":
      return b.kind === a.kind && a.max === b.max;
    case "literals":
      return b.kind === a.kind && a.values.length === b.values.length && common(a, b) === a.values.length;
    case "digest":
      return b.kind === a.kind && (a.of === null || b.of === null ? a.of === b.of : sameType(a.of, b.of));
    case "list":
      return b.kind === a.kind && sameRange(a, b) && sameType(a.item, b.item);
    case "map":
      return b.kind === a.kind && sameRange(a, b) && sameType(a.value, b.value);
    case "record":
      return (
        b.kind === a.kind &&
        a.fields.length === b.fields.length &&
        a.fields.every((it, i) => sameField(it, b.fields[i]))
      );
    case "reference":
      return b.kind === a.kind && keyOf(a) === keyOf(b);
    case "union":
      return b.kind === a.kind && a.members.length === b.members.length && isWithin(a.members, b.members);
    case "nullable":
      return b.kind === a.kind && sameType(a.of, b.of);
    case "parameter":
      return b.kind === a.kind && a.name === b.name;
    case "foreign":
      return b.kind === a.kind && a.by === b.by && a.path === b.path;
  }
}

/** Whether a value of type `from` may stand where `to` is needed; the rules are at the top of this file. */
export function assignable(from: Type, to: Type, artifacts: Artifacts): boolean {
  if (isNothing(from)) return true;
  const target = shapeOf(to, artifacts);
  const source = shapeOf(from, artifacts);
  // One of them is broken, which is told elsewhere.
  if (target === null || source === null) return true;
  if (target.kind === "nullable")
    return source.kind === "null" || assignable(withoutNull(source), target.of, artifacts);
  switch (source.kind) {
    case "nullable":
    case "null":
      return target.kind === "json";
    case "duration":
      return target.kind === "duration";
    default:
  }
  switch (target.kind) {
    case "json":
      return true;
    case "string":
      return isText(source) && overlaps(source, target);
    case "format":
      if (target.format === "bytes")
        return source.kind === "format" && source.format === "bytes" && overlaps(source, target);
      return (
        isText(source) && (source.kind !== "format" || source.format === target.format) && overlaps(source, target)
      );
    case "int":
      return isInteger(source) && overlaps(source, target);
    case "number":
      return isNumeric(source) && overlaps(source, target);
    case "boolean":
      return isBoolean(source);
    case "literals":
      return fitsLiterals(source, target);
    case "digest":
      return source.kind === "digest" && (target.of === null || (source.of !== null && sameType(source.of, target.of)));
    case "list":
      return (
        source.kind === "list" &&
        rangesMeet(source, target) &&
        (source.max === 0 || assignable(source.item, target.item, artifacts))
      );
    case "map":
      return source.kind === "map" && rangesMeet(source, target) && assignable(source.value, target.value, artifacts);
    case "record":
      return source.kind === "record" && recordFits(source, target, artifacts);
    case "union":
      return isWithin(membersOf(source), target.members);
    case "reference":
    case "parameter":
    case "foreign":
      return sameType(source, target);
    case "duration":
    case "null":
      return false;
  }
}

/** Whether a value of one type can be equal to one of the other. */
export function comparable(a: Type, b: Type, artifacts: Artifacts): boolean {
  if (isNothing(a) || isNothing(b)) return true;
  const left = shapeOf(a, artifacts);
  const right = shapeOf(b, artifacts);
  if (left === null || right === null) return true;
  if (left.kind === "nullable" || right.kind === "nullable") {
    if (left.kind === right.kind || left.kind === "null" || right.kind === "null") return true;
    return comparable(withoutNull(left), withoutNull(right), artifacts);
  }
  if (left.kind === "duration" || right.kind === "duration") return left.kind === right.kind;
  if (left.kind === "json" || right.kind === "json") return true;
  if (isNumeric(left) && isNumeric(right)) return overlaps(left, right);
  if (isText(left) && isText(right)) {
    if (left.kind === "format" && right.kind === "format" && left.format !== right.format) return false;
    return overlaps(left, right);
  }
  if (isBoolean(left) && isBoolean(right)) return left.kind !== right.kind || overlaps(left, right);
  if (left.kind === "literals" || right.kind === "literals") return overlaps(left, right);
  if (left.kind === "digest" && right.kind === "digest")
    return left.of === null || right.of === null || comparable(left.of, right.of, artifacts);
  if (left.kind === "list" && right.kind === "list") {
    if (!rangesMeet(left, right)) return false;
    return left.max === 0 || right.max === 0 || comparable(left.item, right.item, artifacts);
  }
  if (left.kind === "map" && right.kind === "map")
    return rangesMeet(left, right) && comparable(left.value, right.value, artifacts);
  if (left.kind === "record" && right.kind === "record") return recordsMeet(left, right, artifacts);
  if (left.kind === "union" || right.kind === "union") {
    const others = new Set(membersOf(right).map(keyOf));
    return membersOf(left).some((member) => others.has(keyOf(member)));
  }
  if (left.kind === "format" && right.kind === "format") return left.format === right.format && rangesMeet(left, right);
  return left.kind === "null" ? right.kind === "null" : sameType(left, right);
}

interface Range {
  readonly min: number | null;
  readonly max: number | null;
}

function sameRange(a: Range, b: Range): boolean {
  return a.min === b.min && a.max === b.max;
}

function sameField(a: Field, b: Field | undefined): boolean {
  return b !== undefined && a.name === b.name && a.optional === b.optional && sameType(a.type, b.type);
}

/** How many values both have. */
function common(a: LiteralsType, b: LiteralsType): number {
  const others = new Set(b.values);
  return a.values.filter((value) => others.has(value)).length;
}

function rangesMeet(a: Bounds, b: Bounds): boolean {
  return a.min <= b.max && b.min <= a.max;
}

/** Whether two types of one kind have a value in common, as far as ranges and patterns of literals tell. */
function overlaps(a: Type, b: Type): boolean {
  if (a.kind === "literals" && b.kind === "literals") return common(a, b) > 0;
  if (a.kind === "literals") return a.values.some((value) => holds(b, value));
  if (b.kind === "literals") return b.values.some((value) => holds(a, value));
  if (isNumeric(a)) return rangesMeet(boundsOf(a), boundsOf(b));
  return isBoolean(a) || rangesMeet(lengthsOf(a), lengthsOf(b));
}

/** Whether a literal is a value of the type, as far as it can be told cheaply. */
function holds(type: Type, value: string | number | boolean): boolean {
  switch (type.kind) {
    case "string": {
      if (typeof value !== "string") return false;
      const length = codePoints(value);
      if (length < type.min || length > type.max) return false;
      return type.pattern === null || !isCheap(type.pattern, value) || new RegExp(type.pattern, "u").test(value);
    }
    case "format":
      if (typeof value !== "string" || type.format === "bytes") return false;
      return codePoints(value) >= type.min && codePoints(value) <= type.max;
    case "int":
      return typeof value === "number" && Number.isSafeInteger(value) && value >= type.min && value <= type.max;
    case "number":
      return typeof value === "number" && value >= (type.min ?? -Infinity) && value <= (type.max ?? Infinity);
    case "boolean":
      return typeof value === "boolean";
    default:
      return false;
  }
}

/**
 * Whether a pattern may be tried while compiling. Its time is the length to the power of its repetitions at worst, for
 * none of them is ambiguous in itself; what is counted by `{n,m}` may be.
 */
function isCheap(pattern: string, text: string): boolean {
  return text.length <= LITERAL_LIMIT && /^[^*+?{]*(?:[*+?][^*+?{]*){0,3}$/.test(pattern);
}

/** Text may stand for literals of text, numbers for literals of numbers, if one of them is possible. */
function fitsLiterals(source: Type, target: LiteralsType): boolean {
  if (!isText(source) && !isNumeric(source) && !isBoolean(source) && source.kind !== "literals") return false;
  if (source.kind === "literals") return common(source, target) > 0;
  return target.values.some((value) => holds(source, value));
}

function recordFits(source: RecordType, target: RecordType, artifacts: Artifacts): boolean {
  const given = new Map(source.fields.map((field) => [field.name, field]));
  const wanted = new Set(target.fields.map(({ name }) => name));
  if (source.fields.some(({ name }) => !wanted.has(name))) return false;
  return target.fields.every(({ name, optional, type }) => {
    const field = given.get(name);
    if (field === undefined) return optional;
    return (optional || !field.optional) && assignable(field.type, type, artifacts);
  });
}

function recordsMeet(left: RecordType, right: RecordType, artifacts: Artifacts): boolean {
  const others = new Map(right.fields.map((field) => [field.name, field]));
  const names = new Set(left.fields.map(({ name }) => name));
  if (right.fields.some(({ name, optional }) => !optional && !names.has(name))) return false;
  return left.fields.every(({ name, optional, type }) => {
    const other = others.get(name);
    if (other === undefined) return optional;
    return (optional && other.optional) || comparable(type, other.type, artifacts);
  });
}

/** Whether all of these are among those. */
export function isWithin(members: readonly ReferenceType[], of: readonly ReferenceType[]): boolean {
  const known = new Set(of.map(keyOf));
  return members.length > 0 && members.every((member) => known.has(keyOf(member)));
}
