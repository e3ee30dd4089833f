// Unions: of literals, of artifacts (told apart by their label), of a type and `null`. In: a union's tree. Out: the
// type, or null where its members cannot be told apart (the sink says why then).

import type { Name, TypeTree } from "@chor/grammar";
import {
  literalTwice,
  memberHasLabel,
  memberIsNoRecord,
  memberTwice,
  nullableJson,
  nullTwice,
  unionMixed,
} from "../report/types.js";
import { artifactOf, keyOf } from "./artifact-table.js";
import type { LiteralsType, ReferenceType, Type } from "./program.js";
import { shapeOf } from "./type-shapes.js";
import { shownType } from "./type-text.js";
import { refuse, resolveArtifact, type TypeContext } from "./type-context.js";

type LiteralTree = Extract<TypeTree, { readonly kind: "literal" }>;
type UnionTree = Extract<TypeTree, { readonly kind: "union" }>;

/** Binds a member of a union; null: an error is in the sink. */
type BindMember = (member: TypeTree) => Type | null;

/** Takes a union and how its members are bound, gives the type; null: an error is in the sink. */
export function bindUnion(tree: UnionTree, bindMember: BindMember, context: TypeContext): Type | null {
  const members = flattened(tree);
  const nulls = members.filter((member) => isNull(member));
  const [, secondNull] = nulls;
  if (secondNull !== undefined) return refuse(nullTwice(secondNull.span), context);
  const values = members.filter((member) => !isNull(member));
  const [only] = values;
  const type =
    values.length === 1 && only !== undefined ? bindMember(only) : ofSeveral(values, tree, bindMember, context);
  if (type === null || nulls.length === 0) return type;
  if (type.kind === "json") return refuse(nullableJson(tree.span), context);
  if (isNullable(type, context)) return refuse(nullTwice(nulls[0]?.span ?? tree.span), context);
  return { kind: "nullable", of: type };
}

/** The type of these literals, in their order; null: one is there twice, and the sink says so. */
export function literalsOf(trees: readonly LiteralTree[], { sink }: Pick<TypeContext, "sink">): LiteralsType | null {
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

/** The members of a union, those of unions in parentheses in their place. */
function flattened(tree: UnionTree): readonly Exclude<TypeTree, UnionTree>[] {
  const members: Exclude<TypeTree, UnionTree>[] = [];
  const open: TypeTree[] = [tree];
  for (let member = open.pop(); member !== undefined; member = open.pop()) {
    if (member.kind !== "union") members.push(member);
    else for (const inner of member.members.toReversed()) open.push(inner);
  }
  return members;
}

function isNull(tree: TypeTree): boolean {
  return tree.kind === "literal" && tree.value === null;
}

function ofSeveral(
  members: readonly Exclude<TypeTree, UnionTree>[],
  tree: UnionTree,
  bindMember: BindMember,
  context: TypeContext,
): Type | null {
  const literals = members.filter((member) => member.kind === "literal");
  if (literals.length === members.length) return literalsOf(literals, context);
  const named = members.filter((member) => member.kind === "named" && isUpper(member.name.text));
  if (named.length === members.length) return ofArtifacts(members, bindMember, context);
  // What is wrong inside of the members is of interest all the same.
  const types = members.map((member) => bindMember(member));
  if (types.some((type) => type === null)) return null;
  return refuse(
    unionMixed(
      types.flatMap((type) => (type === null ? [] : [shownType(type)])),
      tree.span,
    ),
    context,
  );
}

function ofArtifacts(members: readonly TypeTree[], bindMember: BindMember, context: TypeContext): Type | null {
  const found = new Map<string, ReferenceType>();
  const { length } = context.sink;
  let broken = false;
  for (const member of members) {
    if (member.kind !== "named") continue;
    const { name, span } = member;
    const type = bindMember(member);
    if (type?.kind === "parameter") context.sink.push(memberIsNoRecord(name, "a type parameter"));
    const leaves = type?.kind === "reference" ? leavesOf(type, name, context) : null;
    if (leaves === null) broken = true;
    for (const leaf of leaves ?? []) {
      if (found.has(keyOf(leaf))) context.sink.push(memberTwice(leaf.artifact, span));
      found.set(keyOf(leaf), leaf);
    }
  }
  return broken || context.sink.length > length ? null : { kind: "union", members: [...found.values()] };
}

/** The records that an artifact stands for: itself, or the members of the union whose name it is. Null: the sink says why, or another artifact's error does. */
function leavesOf(reference: ReferenceType, name: Name, context: TypeContext): readonly ReferenceType[] | null {
  const leaves: ReferenceType[] = [];
  const seen = new Set<string>();
  const open = [reference];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    // A circle of names is told where the artifacts are bound.
    if (seen.has(keyOf(next))) continue;
    seen.add(keyOf(next));
    const content = contentOf(next, context);
    if (content.kind === "unknown") return null;
    if (content.kind === "other") return refuse(memberIsNoRecord(name, content.what), context);
    if (content.kind === "union") for (const part of content.members.toReversed()) open.push(part);
    else if (content.fields.includes("label")) return refuse(memberHasLabel(name, next.artifact), context);
    else leaves.push(next);
  }
  return leaves;
}

type Content =
  | { readonly kind: "record"; readonly fields: readonly string[] }
  | { readonly kind: "union"; readonly members: readonly ReferenceType[] }
  /** What it is, to go on behind "is". */
  | { readonly kind: "other"; readonly what: string }
  /** It has errors, which are told elsewhere. */
  | { readonly kind: "unknown" };

/** What an artifact is made of. Of this file only the trees are known: a union is bound before its members. */
function contentOf(reference: ReferenceType, context: TypeContext): Content {
  const body = reference.file === context.file ? context.bodies.get(reference.artifact) : undefined;
  if (body === undefined) return boundContent(artifactOf(reference, context.artifacts)?.type);
  if (body.kind === "record") return { kind: "record", fields: body.fields.map((field) => field.name.text) };
  if (body.kind !== "alias") return { kind: "other", what: "declared elsewhere" };
  if (body.type.kind === "record") return { kind: "record", fields: body.type.fields.map((field) => field.name.text) };
  const parts = body.type.kind === "union" ? flattened(body.type) : [body.type];
  const names = parts.filter((part) => part.kind === "named" && isUpper(part.name.text));
  if (names.length < parts.length) return { kind: "other", what: "no record" };
  const members: ReferenceType[] = [];
  for (const part of names) {
    // The errors of that artifact are told there.
    const member =
      part.kind === "named" ? resolveArtifact(part.name, [], { ...context, sink: [], references: [] }) : null;
    if (member === null) return { kind: "unknown" };
    members.push(member);
  }
  return { kind: "union", members };
}

function boundContent(type: Type | undefined): Content {
  if (type === undefined) return { kind: "unknown" };
  switch (type.kind) {
    case "record":
      return { kind: "record", fields: type.fields.map(({ name }) => name) };
    case "union":
      return { kind: "union", members: type.members };
    case "reference":
      return { kind: "union", members: [type] };
    default:
      return { kind: "other", what: type.kind === "foreign" ? "declared elsewhere" : "no record" };
  }
}

/** Whether the type is a name for something that may be null: `json` may. */
function isNullable(type: Type, context: TypeContext): boolean {
  const seen = new Set<string>();
  let next = type;
  while (next.kind === "reference" && next.file === context.file && !seen.has(next.artifact)) {
    seen.add(next.artifact);
    const body = context.bodies.get(next.artifact);
    if (body?.kind !== "alias") return false;
    if (body.type.kind === "union") return flattened(body.type).some(isNull);
    if (body.type.kind !== "named") return false;
    if (body.type.name.text === "json") return true;
    const inner = resolveArtifact(body.type.name, [], { ...context, sink: [], references: [] });
    if (inner === null) return false;
    next = inner;
  }
  const kind = shapeOf(next, context.artifacts)?.kind;
  return kind === "nullable" || kind === "json";
}

function isUpper(name: string): boolean {
  return /^[A-Z]/.test(name);
}
