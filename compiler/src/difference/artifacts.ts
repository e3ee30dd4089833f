// Two types of two versions, side by side: which values one lets through and the other does not. In: types, and the
// artifacts that they lead to. Out: changes by path (`Brief/goals`), each with its direction: the new type has more
// values, fewer, or both and what cannot be told. Nothing is known here of roles and messages.

import { artifactOf, type Artifacts } from "../bind/artifact-table.js";
import { shownType } from "../bind/type-text.js";
import type { Artifact, Field, RecordType, Type, UnionType } from "../bind/program.js";
import { conditionsChanged } from "./conditions.js";
import type { Place } from "./difference.js";
import { allFit, change, literals, pattern, range, was, type At, type TypeChange } from "./leaves.js";

export { directionOf, type Direction, type TypeChange } from "./leaves.js";

export type Comparing = (old: Type, now: Type) => readonly TypeChange[];

/**
 * Compares types of two versions, each pair of artifacts once. A record of another name with the same fields is the same
 * on the wire, but in a union, where the name travels. Regular expressions are equal or not compared further. Takes the
 * artifacts of both sides. Recursive over nesting, which the parser bounds, and over artifacts, which contain no circles.
 */
export function comparing(old: Artifacts, now: Artifacts): Comparing {
  const context: Context = { old, now, known: new Map() };
  return (a, b) => types(a, b, { context, path: "", old: null, now: null });
}

interface Context {
  readonly old: Artifacts;
  readonly now: Artifacts;
  /** By pair of artifacts, with paths from there. */
  readonly known: Map<string, readonly TypeChange[]>;
}

interface Within extends At {
  readonly context: Context;
}

function inside(at: Within, step: string): Within {
  return { ...at, path: `${at.path}/${step}` };
}

function types(a: Type, b: Type, at: Within): readonly TypeChange[] {
  if (a.kind === "nullable" || b.kind === "nullable") return nullables(a, b, at);
  if (a.kind === "reference" && b.kind === "reference") return references(a, b, at);
  // A name for a type that is no record is that type.
  if (a.kind === "reference" || b.kind === "reference") {
    const left = aliased(a, at.context.old);
    const right = aliased(b, at.context.now);
    return left === a && right === b ? changed(a, b, at) : types(left, right, at);
  }
  switch (a.kind) {
    case "string":
      if (b.kind === "string") return [...range(a, b, at, "characters"), ...pattern(a.pattern, b.pattern, at)];
      break;
    case "int":
    case "number":
      if (b.kind === "int" || b.kind === "number") {
        const kinds =
          a.kind === b.kind
            ? []
            : [change(at, "type-changed", b.kind === "int" ? "narrower" : "wider", false, was(b, a))];
        return [...kinds, ...range(a, b, at, "")];
      }
      break;
    case "boolean":
    case "duration":
    case "null":
      if (b.kind === a.kind) return [];
      break;
    case "literals":
      if (b.kind === "literals") return literals(a, b, at);
      if (allFit(a, b)) return [change(at, "type-changed", "wider", true, was(b, a))];
      break;
    case "format":
      if (b.kind === "format" && b.format === a.format)
        return range(a, b, at, a.format === "bytes" ? "bytes" : "characters");
      break;
    case "json":
      if (b.kind === "json") return range({ min: 0, max: a.max }, { min: 0, max: b.max }, at, "bytes");
      break;
    case "digest":
      if (b.kind === "digest") return digests(a.of, b.of, at);
      break;
    case "list":
      if (b.kind === "list") return [...range(a, b, at, "items"), ...types(a.item, b.item, inside(at, "0"))];
      break;
    case "map":
      if (b.kind === "map") return [...range(a, b, at, "entries"), ...types(a.value, b.value, inside(at, "*"))];
      break;
    case "record":
      if (b.kind === "record") return records(a, b, false, false, at);
      break;
    case "union":
      if (b.kind === "union") return unions(a, b, at);
      break;
    case "parameter":
      if (b.kind === "parameter" && b.name === a.name) return [];
      break;
    case "foreign":
      if (b.kind === "foreign" && b.by === a.by && b.path === a.path) return [];
      break;
  }
  if (b.kind === "literals" && allFit(b, a)) return [change(at, "type-changed", "narrower", true, was(b, a))];
  return changed(a, b, at);
}

function changed(a: Type, b: Type, at: Within): readonly TypeChange[] {
  const visible = !(isText(a) && isText(b));
  return [change(at, "type-changed", "other", visible, was(b, a))];
}

function isText({ kind }: Type): boolean {
  return kind === "string" || kind === "format" || kind === "digest";
}

function aliased(type: Type, artifacts: Artifacts): Type {
  const artifact = type.kind === "reference" ? artifactOf(type, artifacts) : null;
  return artifact === null || artifact.type.kind === "record" ? type : artifact.type;
}

function nullables(a: Type, b: Type, at: Within): readonly TypeChange[] {
  const inner = types(a.kind === "nullable" ? a.of : a, b.kind === "nullable" ? b.of : b, at);
  if (a.kind === b.kind) return inner;
  const more = b.kind === "nullable";
  const text = more ? "may be `null`" : "may not be `null` any more";
  return [change(at, more ? "null-allowed" : "null-refused", more ? "wider" : "narrower", true, text), ...inner];
}

function digests(a: Type | null, b: Type | null, at: Within): readonly TypeChange[] {
  if (a === null && b === null) return [];
  if (b === null) return [change(at, "type-changed", "wider", false, "`digest` of anything")];
  if (a === null)
    return [change(at, "type-changed", "narrower", false, `\`digest<${shownType(b)}>\`, was of anything`)];
  const inner = types(a, b, inside(at, "digest"));
  return inner.length === 0
    ? []
    : [change(at, "type-changed", "other", false, `a digest of \`${shownType(b)}\`, which has changed`)];
}

type Reference = Extract<Type, { kind: "reference" }>;

function references(a: Reference, b: Reference, at: Within): readonly TypeChange[] {
  const { context } = at;
  const old = artifactOf(a, context.old);
  const now = artifactOf(b, context.now);
  if (old === null || now === null) return old === now ? [] : changed(a, b, at);
  const key = `${a.file}\0${a.artifact}\0${b.file}\0${b.artifact}`;
  const own = context.known.get(key) ?? artifacts(old, now, context);
  context.known.set(key, own);
  // An artifact in another one is a name of its own: the path begins there.
  return own;
}

function artifacts(old: Artifact, now: Artifact, context: Context): readonly TypeChange[] {
  const places = { old: placeOf(old), now: placeOf(now) };
  const at: Within = { context, path: now.name, ...places };
  const inner =
    old.type.kind === "record" && now.type.kind === "record"
      ? records(old.type, now.type, old.open, now.open, at)
      : types(old.type, now.type, at);
  const renamed = old.name === now.name ? [] : [change(at, "artifact-renamed", "same", true, `was \`${old.name}\``)];
  const opened =
    old.open === now.open
      ? []
      : [
          change(
            at,
            now.open ? "opened" : "closed",
            now.open ? "wider" : "narrower",
            false,
            now.open ? "lets other fields through" : "lets no other fields through",
          ),
        ];
  const conditions = conditionsChanged(old.invariants, now.invariants).map(({ added, condition }) => {
    const { source } = added ? now : old;
    const text = source.text.slice(condition.span.start, condition.span.end).replaceAll(/\s+/g, " ");
    const place = { source, span: condition.span };
    const where = added ? { ...at, now: place } : { ...at, old: place };
    return change(
      where,
      added ? "invariant-added" : "invariant-removed",
      added ? "narrower" : "wider",
      false,
      `\`${text}\``,
    );
  });
  return [...new Set([...renamed, ...opened, ...inner, ...conditions])];
}

function placeOf({ source, nameSpan }: Artifact): Place {
  return { source, span: nameSpan };
}

function records(a: RecordType, b: RecordType, wasOpen: boolean, isOpen: boolean, at: Within): readonly TypeChange[] {
  const before = new Map(a.fields.map((field) => [field.name, field]));
  const after = new Map(b.fields.map((field) => [field.name, field]));
  const removed = a.fields
    .filter(({ name }) => !after.has(name))
    .map((field) => {
      const direction = isOpen ? "wider" : field.optional ? "narrower" : "other";
      return change(atField(at, field, null), "field-removed", direction, true, fieldText(field));
    });
  const rest = b.fields.flatMap((field) => {
    const old = before.get(field.name);
    if (old !== undefined) return fields(old, field, atField(at, old, field));
    const direction = wasOpen ? "narrower" : field.optional ? "wider" : "other";
    return [change(atField(at, null, field), "field-added", direction, true, fieldText(field))];
  });
  return [...removed, ...rest];
}

function fields(old: Field, now: Field, at: Within): readonly TypeChange[] {
  const inner = types(old.type, now.type, at);
  if (old.optional === now.optional) return inner;
  return now.optional
    ? [change(at, "field-optional", "wider", true, "may be left out"), ...inner]
    : [change(at, "field-required", "narrower", true, "may not be left out any more"), ...inner];
}

function fieldText({ optional, type }: Field): string {
  return `${optional ? "optional " : ""}\`${shownType(type)}\``;
}

/** A field of an artifact has a place; one of a record without a name inherits it. */
function atField(at: Within, old: Field | null, now: Field | null): Within {
  const place = (side: Place | null, field: Field | null): Place | null =>
    side === null || field === null ? null : { source: side.source, span: field.span };
  return { ...inside(at, (now ?? old)?.name ?? ""), old: place(at.old, old), now: place(at.now, now) };
}

/** The name of a member travels: one that is renamed is another one. */
function unions(a: UnionType, b: UnionType, at: Within): readonly TypeChange[] {
  const before = new Map(a.members.map((member) => [member.artifact, member]));
  const after = new Set(b.members.map(({ artifact }) => artifact));
  const removed = a.members.filter(({ artifact }) => !after.has(artifact));
  return [
    ...removed.map(({ artifact }) => change(at, "member-removed", "narrower", true, `\`${artifact}\``)),
    ...b.members.flatMap((member) => {
      const old = before.get(member.artifact);
      if (old === undefined) return [change(at, "member-added", "wider", true, `\`${member.artifact}\``)];
      return references(old, member, at);
    }),
  ];
}
