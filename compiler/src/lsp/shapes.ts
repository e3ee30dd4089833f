// What a value looks like, as far as a tree shows it: enough to know its fields. In: types and expressions as trees.
// Out: shapes; null where nothing is evident. The checker knows more; this also answers for files with errors.

import { lowerCamel } from "@chor/grammar";
import type { ChoreographyTree, FieldTree, InteractionTree, TypeTree } from "@chor/grammar";
import { artifactNamed } from "./files.js";
import { interactionsIn } from "./walk.js";
import type { FileView, World } from "./files.js";

export type Shape =
  | {
      readonly kind: "record";
      readonly file: FileView;
      /** What the keys of its fields begin with. */
      readonly owner: string;
      /** null: a record without a name. */
      readonly name: string | null;
      readonly fields: readonly FieldTree[];
    }
  | { readonly kind: "union"; readonly name: string | null; readonly members: readonly Shape[] }
  | { readonly kind: "list"; readonly item: Shape | null }
  | { readonly kind: "map"; readonly value: Shape | null }
  /** The names of an inner choreography: `pact` in `do Agree(…) as pact`. */
  | {
      readonly kind: "names";
      readonly file: FileView;
      readonly choreography: ChoreographyTree;
      readonly types: ReadonlyMap<string, Shape | null>;
    }
  | { readonly kind: "plain"; readonly name: string };

export interface FieldFound {
  readonly key: string;
  readonly name: string;
  readonly shape: Shape | null;
  readonly doc: string;
  readonly optional: boolean;
  /** How the type is written; `""` where there is none. */
  readonly type: string;
}

/** Artifacts that stand for one another are followed so far: more would be a circle. */
const maxAliases = 16;

export const plain = (name: string): Shape => ({ kind: "plain", name });

/** What the judge knows in the `else` of an interaction. */
export const failure: Shape = plain("failure");

const FAILURE_FIELDS: readonly FieldFound[] = [
  {
    key: "failure.reason",
    name: "reason",
    shape: plain("string"),
    doc: "Why: `late`, `rejected`, `gone` or `cancelled`.",
    optional: false,
    type: "string",
  },
  {
    key: "failure.report",
    name: "report",
    shape: plain("report"),
    doc: "What was refused, and why.",
    optional: true,
    type: "report",
  },
];

/** The shape of a type. `owner`: what the keys of the fields of a record that is written in place begin with. */
export function shapeOfType(world: World, file: FileView, type: TypeTree, owner: string, depth = 0): Shape | null {
  switch (type.kind) {
    case "named": {
      const item = type.arguments[0];
      if (type.name.text === "map")
        return { kind: "map", value: item === undefined ? null : shapeOfType(world, file, item, owner, depth) };
      return /^[A-Z]/.test(type.name.text)
        ? shapeOfArtifact(world, file, type.name.text, depth)
        : plain(type.name.text);
    }
    case "list":
      return { kind: "list", item: shapeOfType(world, file, type.item, owner, depth) };
    case "record":
      return { kind: "record", file, owner, name: null, fields: type.fields };
    case "union": {
      const members = type.members.flatMap((member) => shapeOfType(world, file, member, owner, depth) ?? []);
      const others = members.filter((member) => member.kind !== "plain" || member.name !== "null");
      return others.length === 1 ? (others[0] ?? null) : { kind: "union", name: null, members: others };
    }
    case "literal":
      return plain(type.value === null ? "null" : typeof type.value);
  }
}

/** The shape of an artifact by the name that it has in `file`. */
export function shapeOfArtifact(world: World, file: FileView, name: string, depth = 0): Shape | null {
  const found = artifactNamed(world, file, name);
  if (found === null || depth > maxAliases) return null;
  const { body } = found.tree;
  switch (body.kind) {
    case "record":
      return { kind: "record", file: found.file, owner: found.key, name, fields: body.fields };
    case "alias": {
      const shape = shapeOfType(world, found.file, body.type, found.key, depth + 1);
      return shape?.kind === "union" ? { ...shape, name } : shape;
    }
    case "schema":
    case "typescript":
      return plain(name);
  }
}

/** All fields of a value; of a union those that any member has. */
export function fieldsOf(world: World, shape: Shape | null): readonly FieldFound[] {
  switch (shape?.kind) {
    case "record":
      return shape.fields.map((field) => ({
        key: `${shape.owner}.${field.name.text}`,
        name: field.name.text,
        shape: shapeOfType(world, shape.file, field.type, `${shape.owner}.${field.name.text}`),
        doc: field.doc,
        optional: field.optional,
        type: shape.file.text.slice(field.type.span.start, field.type.span.end),
      }));
    case "union": {
      const all = new Map<string, FieldFound>();
      for (const member of shape.members)
        for (const field of fieldsOf(world, member)) if (!all.has(field.name)) all.set(field.name, field);
      return [...all.values()];
    }
    case "names":
      return namesOf(world, shape);
    case "plain":
      return shape === failure ? FAILURE_FIELDS : [];
    default:
      return [];
  }
}

/** The field of that name; null where there is none, or it is not evident. */
export function fieldOf(world: World, shape: Shape | null, name: string): FieldFound | null {
  return fieldsOf(world, shape).find((field) => field.name === name) ?? null;
}

/** The name that an interaction binds; null: it carries nothing. */
export function boundName({ as, message }: InteractionTree): string | null {
  if (message.payload.kind === "none") return null;
  return as?.name.text ?? lowerCamel(message.label.text);
}

/** The shape of what an interaction carries, where that is written; null for what is computed. */
export function writtenShape(world: World, file: FileView, { message }: InteractionTree): Shape | null {
  const { payload, label } = message;
  switch (payload.kind) {
    case "same":
      return shapeOfArtifact(world, file, label.text);
    case "asked":
    case "filled":
      return shapeOfArtifact(world, file, payload.artifact.text);
    default:
      return null;
  }
}

/** A shape as a type is written: `Module`, `Vote[]`. */
export function shownShape(shape: Shape | null): string {
  switch (shape?.kind) {
    case "record":
      return shape.name ?? `{ ${shape.fields.map(({ name }) => name.text).join(", ")} }`;
    case "union":
      return shape.name ?? shape.members.map(shownShape).join(" | ");
    case "list":
      return `${shownShape(shape.item)}[]`;
    case "map":
      return `map<${shownShape(shape.value)}>`;
    case "names":
      return `do ${shape.choreography.name.text}`;
    case "plain":
      return shape.name;
    default:
      return "…";
  }
}

function namesOf(world: World, shape: Extract<Shape, { kind: "names" }>): readonly FieldFound[] {
  const { file, choreography, types } = shape;
  const names = new Map<string, FieldFound>();
  for (const interaction of interactionsIn(choreography.body)) {
    const name = boundName(interaction);
    if (name === null || names.has(name)) continue;
    const { payload, label } = interaction.message;
    const artifact = payload.kind === "asked" || payload.kind === "filled" ? payload.artifact.text : label.text;
    const single = types.has(artifact) ? (types.get(artifact) ?? null) : writtenShape(world, file, interaction);
    const item: Shape | null = single;
    const list = interaction.as?.collects === true;
    names.set(name, {
      key: `${file.uri}#${choreography.name.text}/value/${name}`,
      name,
      shape: list ? { kind: "list", item } : item,
      doc: interaction.doc,
      optional: false,
      type: shownShape(list ? { kind: "list", item } : item),
    });
  }
  return [...names.values()];
}
