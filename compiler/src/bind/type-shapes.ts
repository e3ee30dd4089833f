// What a type is made of: what stands behind a name, its fields, its members, its kind, its bounds. In: a type, and the
// artifacts that it leads to. Out: a type, or what a rule needs to know of one.

import { artifactOf, type Artifacts } from "./artifact-table.js";
import type { Field, LiteralsType, RecordType, ReferenceType, Type, UnionType } from "./program.js";
import { isNothing } from "./type-text.js";

export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** Aliases are followed so far; binding refuses longer rows. */
const ALIASES = 64;

/** The type behind an artifact that is no record: `artifact Names = string[]` is a list. Null: it has errors. */
export function shapeOf(type: Type, artifacts: Artifacts): Type | null {
  let shape = type;
  for (let i = 0; i < ALIASES && shape.kind === "reference"; i++) {
    const artifact = artifactOf(shape, artifacts);
    if (artifact === null) return null;
    if (artifact.type.kind === "record" || artifact.type.kind === "foreign") return shape;
    shape = artifact.type;
  }
  return shape;
}

/** The fields of a record or of an artifact that is one; null: it has none, or they are not known. */
export function fieldsOf(type: Type, artifacts: Artifacts): readonly Field[] | null {
  return recordOf(type, artifacts)?.fields ?? null;
}

/** The record behind a type; null: it is none, or broken. */
export function recordOf(type: Type, artifacts: Artifacts): RecordType | null {
  const shape = shapeOf(type, artifacts);
  if (shape?.kind === "record") return shape;
  const artifact = shape?.kind === "reference" ? artifactOf(shape, artifacts) : null;
  return artifact?.type.kind === "record" ? artifact.type : null;
}

/** The type of a value that is there. */
export function withoutNull(type: Type): Type {
  return type.kind === "nullable" ? type.of : type;
}

/** The type of a value that may be missing. */
export function orNull(type: Type): Type {
  return type.kind === "nullable" || type.kind === "null" ? type : { kind: "nullable", of: type };
}

/** `type` with what stands for its type parameters. */
export function substitute(type: Type, types: ReadonlyMap<string, Type>): Type {
  switch (type.kind) {
    case "parameter":
      return types.get(type.name) ?? type;
    case "digest":
      return type.of === null ? type : { ...type, of: substitute(type.of, types) };
    case "list":
      return { ...type, item: substitute(type.item, types) };
    case "map":
      return { ...type, value: substitute(type.value, types) };
    case "nullable":
      return orNull(substitute(type.of, types));
    case "record":
      return { ...type, fields: type.fields.map((field) => ({ ...field, type: substitute(field.type, types) })) };
    default:
      return type;
  }
}

/** A string, or what is written as one: not `bytes` (the bytes count, not their Base64) and no digest. */
export function isText(type: Type): boolean {
  if (type.kind === "format") return type.format !== "bytes";
  return type.kind === "string" || (type.kind === "literals" && literalKind(type) === "string");
}

/** `int`, or literals that are safe integers. */
export function isInteger(type: Type): boolean {
  return (
    type.kind === "int" || (type.kind === "literals" && !isNothing(type) && type.values.every(Number.isSafeInteger))
  );
}

/** `int`, `number`, or literals that are numbers. */
export function isNumeric(type: Type): boolean {
  return type.kind === "int" || type.kind === "number" || (type.kind === "literals" && literalKind(type) === "number");
}

/** `boolean`, or literals that are. */
export function isBoolean(type: Type): boolean {
  return type.kind === "boolean" || (type.kind === "literals" && literalKind(type) === "boolean");
}

/** The bounds of a number; infinite where it has none. */
export function boundsOf(type: Type): Bounds {
  if (type.kind === "int") return type;
  if (type.kind === "number") return { min: type.min ?? -Infinity, max: type.max ?? Infinity };
  return type.kind === "literals" ? spread(type.values.map(Number)) : { min: -Infinity, max: Infinity };
}

/** How many code points a text has, at least and at most. */
export function lengthsOf(type: Type): Bounds {
  if (type.kind === "string" || type.kind === "format") return { min: type.min, max: type.max };
  return type.kind === "literals" ? spread(type.values.map((value) => codePoints(String(value)))) : { min: 0, max: 0 };
}

/** How many code points a string has. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** The members of a union; of an artifact, itself; of anything else none. */
export function membersOf(type: Type): readonly ReferenceType[] {
  if (type.kind === "union") return type.members;
  return type.kind === "reference" ? [type] : [];
}

/** The union of these; one alone is no union. */
export function unionOf(members: readonly ReferenceType[]): UnionType | ReferenceType | null {
  const [only] = members;
  return members.length === 1 && only !== undefined ? only : members.length === 0 ? null : { kind: "union", members };
}

/** What kind of values a literal type has; null: several kinds, or none at all. */
export function literalKind({ values }: LiteralsType): "string" | "number" | "boolean" | null {
  const kinds = new Set(values.map((value) => typeof value as "string" | "number" | "boolean"));
  const [only] = kinds;
  return kinds.size === 1 && only !== undefined ? only : null;
}

function spread(values: readonly number[]): Bounds {
  let [min, max] = [Infinity, -Infinity];
  for (const value of values) [min, max] = [Math.min(min, value), Math.max(max, value)];
  return { min, max };
}
