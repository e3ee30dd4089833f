// Fields and items: `a.b`, `xs.length`, `xs[i]`, `map[key]`. In: typed parts. Out: the typed access, or null and a
// diagnostic. An optional field is null where it is absent. So is an item or entry that may not be there: it is there
// for sure if the list's least length says so, behind `xs.length > 0` or `i < xs.length` or `key in map`, and in
// `(x, i) => …` of a method of that list.

import { nearest } from "@chor/grammar";
import type { Name, Span } from "@chor/grammar";
import {
  indexNeverThere,
  indexNotWhole,
  keyNoText,
  methodNotCalled,
  noFields,
  noItems,
  someLackField,
  unknownField,
} from "../../report/expressions.js";
import { artifactOf } from "../artifact-table.js";
import type { Expression, Type, UnionType } from "../program.js";
import { joined } from "../type-join.js";
import { boundsOf, fieldsOf, isInteger, isText, lengthsOf, orNull, shapeOf } from "../type-shapes.js";
import { shownType } from "../type-text.js";
import { refuse } from "../type-context.js";
import { isMethod } from "./methods.js";
import { present } from "./require.js";
import { itemKey, pathKey, type Environment } from "./scope.js";
import { spoken } from "./spoken.js";

/** `of.field`; null: an error was told. */
export function fieldOf(of: Expression, field: Name, span: Span, environment: Environment): Expression | null {
  const { types } = environment.scope;
  if (!present(of, environment)) return null;
  const shape = shapeOf(of.type, types.artifacts);
  if (shape === null) return null;
  const type = lengthOf(shape, of, field, environment) ?? declaredField(shape, of, field, environment);
  return type === null
    ? null
    : narrowed({ kind: "field", of, field: field.text, fieldSpan: field.span, type, span }, environment);
}

/** `of[index]`; null: an error was told. */
export function itemOf(of: Expression, index: Expression, span: Span, environment: Environment): Expression | null {
  const { types } = environment.scope;
  const isThere = present(of, environment);
  if (!present(index, environment) || !isThere) return null;
  const list = shapeOf(of.type, types.artifacts);
  const key = shapeOf(index.type, types.artifacts);
  if (list === null || key === null) return null;
  if (list.kind === "map") {
    if (!isText(key)) return refuse(keyNoText(shownType(index.type), index.span), types);
    const type = isPresent(of, index, environment) ? list.value : orNull(list.value);
    return narrowed({ kind: "index", of, index, type, span }, environment);
  }
  if (list.kind !== "list") return refuse(noItems(spoken(of), shownType(of.type), isText(list), of.span), types);
  if (!isInteger(key)) return refuse(indexNotWhole(shownType(index.type), index.span), types);
  const { min, max } = boundsOf(key);
  if (min >= list.max || max < 0) return refuse(indexNeverThere(spoken(of), list.max, index.span), types);
  const isThereForSure = min >= 0 && (max < leastLength(of, environment) || isPresent(of, index, environment));
  const type = isThereForSure ? list.item : orNull(list.item);
  return narrowed({ kind: "index", of, index, type, span }, environment);
}

/** How many items a list has at least, as far as its type and the tests around tell. */
function leastLength(list: Expression, environment: Environment): number {
  const shape = shapeOf(list.type, environment.scope.types.artifacts);
  const declared =
    shape?.kind === "list" || shape?.kind === "map" ? shape.min : shape === null ? 0 : lengthsOf(shape).min;
  const key = pathKey(list, environment);
  return Math.max(declared, key === null ? 0 : (environment.facts.lengths.get(key) ?? 0));
}

/** The expression with the type that the tests around have shown. */
function narrowed(expression: Expression, environment: Environment): Expression {
  const key = pathKey(expression, environment);
  const type = key === null ? undefined : environment.facts.types.get(key);
  return type === undefined ? expression : { ...expression, type };
}

function isPresent(of: Expression, index: Expression, environment: Environment): boolean {
  const list = pathKey(of, environment);
  const key = pathKey(index, environment);
  return list !== null && key !== null && environment.facts.present.has(itemKey(list, key));
}

/** The type of `.length`, of what has one. */
function lengthOf(shape: Type, of: Expression, field: Name, environment: Environment): Type | null {
  if (field.text !== "length") return null;
  const min = leastLength(of, environment);
  if (shape.kind === "list" || shape.kind === "map" || shape.kind === "string" || shape.kind === "format")
    return { kind: "int", min, max: Math.max(min, shape.max) };
  return isText(shape) ? { kind: "int", min, max: Math.max(min, lengthsOf(shape).max) } : null;
}

/** The type of a declared field; null: there is none, and the sink says so. */
function declaredField(shape: Type, of: Expression, field: Name, { scope }: Environment): Type | null {
  const { types } = scope;
  if (shape.kind === "union") return unionField(shape, of, field, scope.types);
  const fields = fieldsOf(shape, types.artifacts);
  if (fields === null) {
    const type = shownType(of.type);
    if (isMethod(field.text)) return refuse(methodNotCalled(field), types);
    const artifact = shape.kind === "reference" ? artifactOf(shape, types.artifacts) : null;
    const isHidden = artifact?.type.kind === "foreign" || shape.kind === "json" || shape.kind === "parameter";
    return refuse(noFields(field, spoken(of), type, hintFor(shape, field, isHidden)), types);
  }
  const found = fields.find(({ name }) => name === field.text);
  if (found !== undefined) return found.optional ? orNull(found.type) : found.type;
  const names = fields.map(({ name }) => name);
  return refuse(unknownField(field, spoken(of), names, nearest(field.text, names)), types);
}

function hintFor(shape: Type, field: Name, isHidden: boolean): string {
  if (shape.kind === "map") return `Write \`["${field.text}"]\`: the entries of a map are named by strings.`;
  if (shape.kind === "list")
    return "Speak of its items: `.every(x => …)`, `.some(x => …)`, `.map(x => …)`, or of its `length`.";
  if (isHidden) return "Declare an artifact with the fields that the choreography speaks of.";
  return "Remove the field.";
}

/** A field that all members of a union have, in types that can be joined. */
function unionField(union: UnionType, of: Expression, field: Name, types: Environment["scope"]["types"]): Type | null {
  let common: Type | null = null;
  const lacking: string[] = [];
  const known = new Set<string>();
  for (const member of union.members) {
    const fields = fieldsOf(member, types.artifacts);
    // It is broken, which is told elsewhere.
    if (fields === null) return null;
    for (const { name } of fields) known.add(name);
    const found = fields.find(({ name }) => name === field.text);
    if (found === undefined) {
      lacking.push(member.artifact);
      continue;
    }
    const type: Type = found.optional ? orNull(found.type) : found.type;
    const both: Type | null = common === null ? type : joined(common, type, types.artifacts);
    if (both === null)
      return refuse(
        someLackField(
          field,
          spoken(of),
          union.members.map(({ artifact }) => artifact),
          true,
        ),
        types,
      );
    common = both;
  }
  if (lacking.length === 0) return common;
  if (lacking.length < union.members.length) return refuse(someLackField(field, spoken(of), lacking, false), types);
  return refuse(unknownField(field, spoken(of), [...known], nearest(field.text, known)), types);
}
