// Types of fields: what a type expression means. In: a type's tree and the names of the file. Out: the type,
// or null where something is wrong with it (it is in the sink then), and the artifacts that it refers to.

import { nearest } from "@chor/grammar";
import type { Diagnostic, FieldTree, Name, Span, TypeTree } from "@chor/grammar";
import { fieldTwice, unknownArtifact, wrongKind } from "../report/names.js";
import { literalTwice, patternMisplaced, rangeMisplaced, takesNoArguments, tooDeep } from "../report/types.js";
import { unsupported } from "../report/unsupported.js";
import type { Declarations } from "./declarations.js";
import { DEPTH_LIMIT, LIST_DEFAULT, LIST_LIMIT, STRING_DEFAULT, STRING_LIMIT } from "./limits.js";
import { bindPattern } from "./pattern.js";
import type { Field, LiteralsType, RecordType, Type } from "./program.js";
import { countsOf, integersOf, numbersOf } from "./range.js";

/** Where types are bound: the names they may use, and what is found on the way. */
export interface TypeContext {
  readonly declarations: Declarations;
  readonly sink: Diagnostic[];
  /** Every use of an artifact, with the number of records and lists around it. */
  readonly references: Reference[];
}

export interface Reference {
  readonly artifact: string;
  readonly depth: number;
  readonly span: Span;
}

type NamedTree = Extract<TypeTree, { readonly kind: "named" }>;
type UnionTree = Extract<TypeTree, { readonly kind: "union" }>;

const PRIMITIVES: ReadonlySet<string> = new Set(["string", "int", "number", "boolean"]);

/** Types that the language has and this compiler does not know yet. */
const LATER: ReadonlySet<string> = new Set([
  "uuid",
  "datetime",
  "url",
  "path",
  "json",
  "bytes",
  "duration",
  "typescript",
  "map",
  "digest",
]);

/** Takes the fields of a record that is itself `depth` deep, gives its type; null if any field is wrong. */
export function bindFields(fields: readonly FieldTree[], depth: number, context: TypeContext): RecordType | null {
  const first = new Map<string, Span>();
  const bound: Field[] = [];
  let sound = true;
  for (const { name, doc, optional, type: tree } of fields) {
    const before = first.get(name.text);
    const type = bindType(tree, depth + 1, context);
    if (before !== undefined) context.sink.push(fieldTwice(name, before));
    else first.set(name.text, name.span);
    if (type === null || before !== undefined) sound = false;
    else bound.push({ name: name.text, doc, optional, type });
  }
  return sound ? { kind: "record", fields: bound } : null;
}

/** Takes a type's tree that is `depth` records and lists deep, gives the type; null: an error is in the sink. */
export function bindType(tree: TypeTree, depth: number, context: TypeContext): Type | null {
  if (depth > DEPTH_LIMIT) {
    context.sink.push(tooDeep(DEPTH_LIMIT, tree.span));
    return null;
  }
  switch (tree.kind) {
    case "named":
      return bindNamed(tree, depth, context);
    case "record":
      return bindFields(tree.fields, depth, context);
    case "literal":
      return tree.value === null ? refuse(unsupported("type", tree.span, "null"), context) : literals([tree], context);
    case "union":
      return bindUnion(tree, context);
    case "list": {
      const item = bindType(tree.item, depth + 1, context);
      const range = countsOf(tree.range, "a list", LIST_DEFAULT, LIST_LIMIT, context.sink);
      return item === null || range === null ? null : { kind: "list", item, ...range };
    }
  }
}

function bindNamed(tree: NamedTree, depth: number, context: TypeContext): Type | null {
  const { name, range, matches, span } = tree;
  const { sink } = context;
  if (LATER.has(name.text)) return refuse(unsupported("type", span, name.text), context);
  if (tree.arguments.length > 0) return refuse(takesNoArguments(name), context);
  if (name.text !== "string" && matches !== null) sink.push(patternMisplaced(name.text, matches.span));
  switch (name.text) {
    case "string": {
      const counts = countsOf(range, "a string", STRING_DEFAULT, STRING_LIMIT, sink);
      const pattern = matches === null ? null : bindPattern(matches, sink);
      return counts === null || (matches !== null && pattern === null) ? null : { kind: "string", ...counts, pattern };
    }
    case "int": {
      const bounds = integersOf(range, sink);
      return bounds === null || matches !== null ? null : { kind: "int", ...bounds };
    }
    case "number": {
      const bounds = numbersOf(range, sink);
      return bounds === null || matches !== null ? null : { kind: "number", ...bounds };
    }
    default: {
      if (range !== null) sink.push(rangeMisplaced(name.text, range.span));
      const type = name.text === "boolean" ? ({ kind: "boolean" } as const) : bindReference(name, depth, context);
      return range !== null || matches !== null ? null : type;
    }
  }
}

function bindReference(name: Name, depth: number, context: TypeContext): Type | null {
  if (!resolveArtifact(name, PRIMITIVES, context)) return null;
  context.references.push({ artifact: name.text, depth, span: name.span });
  return { kind: "reference", artifact: name.text };
}

/**
 * Whether `name` is an artifact of this file; if not, the sink says why. `others` may be suggested too. An
 * imported name is none, but said to be unsupported where it is imported.
 */
export function resolveArtifact(
  name: Name,
  others: Iterable<string>,
  { declarations, sink }: Pick<TypeContext, "declarations" | "sink">,
): boolean {
  const declaration = declarations.byName.get(name.text);
  if (declaration?.kind === "artifact") return true;
  if (declaration === undefined) {
    const suggestion = nearest(name.text, others) ?? nearest(name.text, declarations.artifacts);
    sink.push(unknownArtifact(name, suggestion, `Declare it: \`artifact ${name.text} { … }\`.`));
  } else if (declaration.kind !== "imported name") {
    sink.push(wrongKind(name, "an artifact", declaration.kind, declaration.name.span));
  }
  return false;
}

function bindUnion(tree: UnionTree, context: TypeContext): Type | null {
  const members: Extract<TypeTree, { readonly kind: "literal" }>[] = [];
  const open: TypeTree[] = [tree];
  for (let member = open.pop(); member !== undefined; member = open.pop()) {
    if (member.kind === "union") for (const inner of member.members.toReversed()) open.push(inner);
    else if (member.kind === "literal" && member.value !== null) members.push(member);
    else return refuse(unsupported("union", tree.span), context);
  }
  return literals(members, context);
}

function literals(
  trees: readonly Extract<TypeTree, { readonly kind: "literal" }>[],
  { sink }: TypeContext,
): LiteralsType | null {
  const values = new Set<string | number | boolean>();
  const before = sink.length;
  for (const { value, span } of trees) {
    if (value === null) continue;
    // `-0` travels as `0`, and a set holds them for the same.
    if (values.has(value)) sink.push(literalTwice(`\`${JSON.stringify(value)}\``, span));
    else values.add(value === 0 ? 0 : value);
  }
  return sink.length > before ? null : { kind: "literals", values: [...values] };
}

function refuse(diagnostic: Diagnostic, { sink }: TypeContext): null {
  sink.push(diagnostic);
  return null;
}

/** The type as a reader writes it, exact: two types are the same iff their texts are. */
export function typeText(type: Type): string {
  switch (type.kind) {
    case "string":
      return `string(${type.min}..${type.max})${type.pattern === null ? "" : ` matches /${type.pattern}/`}`;
    case "int":
      return `int(${type.min}..${type.max})`;
    case "number":
      return type.min === null && type.max === null ? "number" : `number(${type.min ?? ""}..${type.max ?? ""})`;
    case "boolean":
      return "boolean";
    case "literals":
      return type.values.map((value) => JSON.stringify(value)).join(" | ");
    case "list":
      return `${type.item.kind === "literals" ? `(${typeText(type.item)})` : typeText(type.item)}[${type.min}..${type.max}]`;
    case "record":
      return `{ ${type.fields.map((field) => `${field.name}${field.optional ? "?" : ""}: ${typeText(field.type)}`).join("  ")} }`;
    case "reference":
      return type.artifact;
  }
}
