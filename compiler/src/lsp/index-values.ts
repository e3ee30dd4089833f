// The names of a choreography that are the same everywhere in it: roles, and the values that its messages bind. In: its
// tree and the builder of an index. Out: occurrences in the index, and what each value is.

import { lowerCamel } from "@chor/grammar";
import type {
  BoundTree,
  ChoreographyTree,
  DoTree,
  InteractionTree,
  Name,
  RoleTree,
  Span,
  StatementTree,
  TimeTree,
} from "@chor/grammar";
import { occur, ownName, partKey, refer } from "./builder.js";
import type { Builder, Sym } from "./builder.js";
import { artifactNamed, declared } from "./files.js";
import type { Scoped } from "./index-types.js";
import { boundName, shapeOfArtifact, writtenShape } from "./shapes.js";
import type { Shape } from "./shapes.js";

/** What is the same everywhere in one choreography. */
export interface Around {
  readonly builder: Builder;
  readonly tree: ChoreographyTree;
  readonly key: string;
  readonly types: ReadonlyMap<string, string>;
  readonly roles: ReadonlySet<string>;
  /** The values that messages bind, and parameters. */
  readonly values: Map<string, Scoped>;
}

/** Makes the values that a statement binds known, before anything refers to them. */
export function announce(around: Around, statement: StatementTree): void {
  const { builder, values, key } = around;
  if (statement.kind === "do") {
    const name = statement.as?.text ?? ownPrefix(statement);
    values.set(name, { key: partKey(key, "value", name), kind: "value", shape: shapeOfDo(around, statement) });
  }
  if (statement.kind !== "interaction") return;
  const name = boundName(statement);
  if (name === null) return;
  const single = writtenShape(builder.world, builder.file, statement);
  if (statement.as?.collects === true) note(ownName(statement), single);
  note(name, statement.as?.collects === true ? { kind: "list", item: single } : single);

  function note(text: string, shape: Shape | null): void {
    const known = values.get(text);
    if (known?.kind === "parameter" || (known !== undefined && !isVague(known.shape))) return;
    values.set(text, { key: partKey(key, "value", text), kind: "value", shape });
  }
}

function shapeOfDo({ builder }: Around, { choreography, typeArguments }: DoTree): Shape | null {
  const found = declared(builder.world, builder.file, choreography.text);
  if (found?.tree.kind !== "choreography") return null;
  const types = new Map(
    found.tree.typeParameters.map(({ text }, i) => {
      const argument = typeArguments[i];
      return [text, argument === undefined ? null : shapeOfArtifact(builder.world, builder.file, argument.text)];
    }),
  );
  return { kind: "names", file: found.file, choreography: found.tree, types };
}

/** The prefix of the names of a `do` that has no `as`. */
export function ownPrefix({ choreography }: DoTree): string {
  return lowerCamel(choreography.text);
}

/** `place`: where the name is written; null where it follows from the label. */
export function bindValue(
  around: Around,
  tree: InteractionTree,
  name: string,
  place: Span | null,
  shape: Shape | null,
): void {
  const { builder, values, key } = around;
  const label = tree.message.label.span;
  const known = values.get(name);
  const own = known?.key ?? partKey(key, "value", name);
  if (known?.kind === "value" && isVague(known.shape)) values.set(name, { ...known, shape });
  const symbol = symbolOf(around, own, name, place ?? label, tree.span, shape);
  if (isVague(symbol.shape)) symbol.shape = shape;
  symbol.bindings.push(tree);
  occur(builder, place ?? label, own, "value", "bind", { implicit: place === null });
}

/** What is computed has no shape before it is visited. */
function isVague(shape: Shape | null): boolean {
  return shape === null || (shape.kind === "list" && shape.item === null);
}

/** The symbol of a value, made where there is none yet. */
export function symbolOf(
  { builder, tree }: Around,
  key: string,
  name: string,
  span: Span,
  whole: Span,
  shape: Shape | null,
): Sym {
  const known = builder.symbols.get(key);
  if (known !== undefined) return known;
  const scope = tree.span;
  const symbol: Sym = { key, kind: "value", name, span, whole, scope, doc: "", detail: name, shape, bindings: [] };
  builder.symbols.set(key, symbol);
  return symbol;
}

/** Notes a role, if the head of the choreography has it. */
export function role({ builder, roles, key }: Around, name: Name): void {
  if (roles.has(name.text)) occur(builder, name.span, partKey(key, "role", name.text), "role");
}

/** Notes the role of a sender, receiver or argument. */
export function roleReference(around: Around, { name }: RoleTree): void {
  role(around, name);
}

/** An artifact or a type parameter. */
export function artifact({ builder, types }: Around, name: Name): void {
  const parameter = types.get(name.text);
  if (parameter !== undefined) occur(builder, name.span, parameter, "typeParameter");
  else if (artifactNamed(builder.world, builder.file, name.text) !== null) refer(builder, name);
}

/** Notes a value parameter that is a bound. */
export function bound({ builder, values }: Pick<Around, "builder" | "values">, tree: BoundTree | null): void {
  if (tree?.kind !== "value") return;
  const found = values.get(tree.name);
  if (found !== undefined) occur(builder, tree.span, found.key, found.kind);
}

/** Notes a value parameter that is a time. */
export function time({ builder, values }: Around, tree: TimeTree | null): void {
  if (tree?.kind !== "value") return;
  const found = values.get(tree.name);
  if (found !== undefined) occur(builder, tree.span, found.key, found.kind);
}
