// What a type expression means. In: a type's tree and the names that it may use. Out: the type, or null where
// something is wrong with it (it is in the sink then), and every artifact that it names.

import type { FieldTree, Name, Span, TypeTree } from "@chor/grammar";
import { fieldTwice, unknownArtifact } from "../report/names.js";
import {
  digestArguments,
  durationMisplaced,
  jsonRange,
  mapArguments,
  nullAlone,
  patternMisplaced,
  rangeMisplaced,
  takesNoArguments,
  tooDeep,
} from "../report/types.js";
import {
  DEPTH_LIMIT,
  JSON_DEFAULT,
  LIST_DEFAULT,
  LIST_LIMIT,
  MAP_DEFAULT,
  MAP_LIMIT,
  STRING_DEFAULT,
  STRING_LIMIT,
} from "./limits.js";
import { bindPattern } from "./pattern.js";
import type { Field, FormatType, RecordType, Type } from "./program.js";
import { countsOf, integersOf, numbersOf } from "./range.js";
import { refuse, resolveArtifact, type TypeContext } from "./type-context.js";
import { FORMAT_DEFAULTS } from "./type-text.js";
import { typesElsewhere } from "./types-elsewhere.js";
import { bindUnion, literalsOf } from "./unions.js";

export { artifactOf, artifactsOf, keyOf, referenceTo, type Artifacts } from "./artifact-table.js";
export { refuse, resolveArtifact, type Reference, type TypeContext } from "./type-context.js";
export { assignable, comparable, sameType } from "./type-relations.js";
export { fieldsOf, shapeOf, substitute } from "./type-shapes.js";
export { shownType, typeText } from "./type-text.js";

type NamedTree = Extract<TypeTree, { readonly kind: "named" }>;

/** The types that the language has by itself, for suggestions. */
const OWN_TYPES: readonly string[] = [
  "string",
  "int",
  "number",
  "boolean",
  ...Object.keys(FORMAT_DEFAULTS),
  "json",
  "duration",
  "map",
  "digest",
];

/** Takes the fields of a record that is itself `depth` deep, gives its type; null if any field is wrong. */
export function bindFields(fields: readonly FieldTree[], depth: number, context: TypeContext): RecordType | null {
  const first = new Map<string, Span>();
  const bound: Field[] = [];
  let sound = true;
  for (const { name, doc, optional, type: tree, span } of fields) {
    const before = first.get(name.text);
    const type = bindType(tree, depth + 1, context);
    if (before !== undefined) context.sink.push(fieldTwice(name, before));
    else first.set(name.text, name.span);
    if (type === null || before !== undefined) sound = false;
    else bound.push({ name: name.text, doc, optional, type, span });
  }
  return sound ? { kind: "record", fields: bound } : null;
}

/** Takes the type of a parameter, which may be a `duration`, too; null: an error is in the sink. */
export function bindParameterType(tree: TypeTree, context: TypeContext): Type | null {
  if (tree.kind !== "named" || tree.name.text !== "duration") return bindType(tree, 1, context);
  return bare(tree, { kind: "duration" }, context);
}

/** Takes a type's tree that is `depth` records and lists deep, gives the type; null: an error is in the sink. */
export function bindType(tree: TypeTree, depth: number, context: TypeContext): Type | null {
  if (depth > DEPTH_LIMIT) return refuse(tooDeep(DEPTH_LIMIT, tree.span), context);
  switch (tree.kind) {
    case "named":
      return bindNamed(tree, depth, context);
    case "record":
      return bindFields(tree.fields, depth, context);
    case "literal":
      return tree.value === null ? refuse(nullAlone(tree.span), context) : literalsOf([tree], context);
    case "union":
      return bindUnion(tree, (member) => bindType(member, depth, context), context);
    case "list": {
      const item = bindType(tree.item, depth + 1, context);
      const range = countsOf(tree.range, "a list", { min: 0, max: LIST_DEFAULT }, LIST_LIMIT, context.sink);
      return item === null || range === null ? null : { kind: "list", item, ...range };
    }
  }
}

function bindNamed(tree: NamedTree, depth: number, context: TypeContext): Type | null {
  const { name, range, matches, span } = tree;
  const { sink } = context;
  if (name.text !== "string" && matches !== null) sink.push(patternMisplaced(name.text, matches.span));
  if (name.text === "map" || name.text === "digest") return bindGeneric(tree, depth, context);
  if (tree.arguments.length > 0) {
    const foreign = context.declarations.byName.has(name.text) ? undefined : typesElsewhere.get(name.text);
    return refuse(foreign === undefined ? takesNoArguments(name) : unknownArtifact(name, null, foreign), context);
  }
  const sound = <T extends Type>(type: T | null): T | null =>
    name.text !== "string" && matches !== null ? null : type;
  switch (name.text) {
    case "string": {
      const counts = countsOf(range, "a string", { min: 0, max: STRING_DEFAULT }, STRING_LIMIT, sink);
      const pattern = matches === null ? null : bindPattern(matches, counts, sink);
      return counts === null || (matches !== null && pattern === null) ? null : { kind: "string", ...counts, pattern };
    }
    case "int": {
      const bounds = integersOf(range, sink);
      return sound(bounds === null ? null : { kind: "int", ...bounds });
    }
    case "number": {
      const bounds = numbersOf(range, sink);
      return sound(bounds === null ? null : { kind: "number", ...bounds });
    }
    case "url":
    case "path":
    case "bytes":
    case "typescript": {
      const format: FormatType["format"] = name.text;
      const counts = countsOf(range, `\`${format}\``, FORMAT_DEFAULTS[format], STRING_LIMIT, sink);
      return sound(counts === null ? null : { kind: "format", format, ...counts });
    }
    case "uuid":
    case "datetime":
      return bare(tree, { kind: "format", format: name.text, ...FORMAT_DEFAULTS[name.text] }, context);
    case "boolean":
      return bare(tree, { kind: "boolean" }, context);
    case "json": {
      if (range !== null && (range.low !== null || range.exact)) return refuse(jsonRange(range.span), context);
      const counts = countsOf(range, "`json`", { min: 0, max: JSON_DEFAULT }, STRING_LIMIT, sink);
      return sound(counts === null ? null : { kind: "json", max: counts.max });
    }
    case "duration":
      return refuse(durationMisplaced(span), context);
    default:
      return bare(tree, bindName(name, depth, context), context);
  }
}

/** `map<T>(1..5)`, `digest`, `digest<T>`. */
function bindGeneric(tree: NamedTree, depth: number, context: TypeContext): Type | null {
  const { name, range, matches } = tree;
  const [of, ...others] = tree.arguments;
  if (name.text === "map") {
    if (of === undefined || others.length > 0) return refuse(mapArguments(name.span, tree.arguments.length), context);
    const value = bindType(of, depth + 1, context);
    const counts = countsOf(range, "a map", { min: 0, max: MAP_DEFAULT }, MAP_LIMIT, context.sink);
    return value === null || counts === null || matches !== null ? null : { kind: "map", value, ...counts };
  }
  if (others.length > 0) return refuse(digestArguments(name.span), context);
  if (of === undefined) return bare(tree, { kind: "digest", of: null }, context);
  // A digest contains nothing of what it is of: `digest<Block>` in a `Block` is a chain, no circle.
  const inside: TypeContext = { ...context, references: [] };
  const type = bindType(of, 1, inside);
  for (const reference of inside.references) context.references.push({ ...reference, depth: null });
  return bare(tree, type === null ? null : { kind: "digest", of: type }, context);
}

/** The type, if it has neither range nor pattern; neither fits it. */
function bare<T extends Type>({ name, range, matches }: NamedTree, type: T | null, { sink }: TypeContext): T | null {
  if (range !== null) sink.push(rangeMisplaced(name.text, range.span));
  return range === null && matches === null ? type : null;
}

function bindName(name: Name, depth: number, context: TypeContext): Type | null {
  if (context.declarations.byName.get(name.text)?.kind === "type parameter")
    return { kind: "parameter", name: name.text };
  const foreign = context.declarations.byName.has(name.text) ? undefined : typesElsewhere.get(name.text);
  if (foreign !== undefined) return refuse(unknownArtifact(name, null, foreign), context);
  return resolveArtifact(name, OWN_TYPES, context, depth);
}
