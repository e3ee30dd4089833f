// The names at the top of a file and in the heads of its choreographies: one namespace, for they all become
// names of generated code and of files. In: the tree, and what it imports. Out: what each name stands for, and the
// clashes.

import { lowerCamel, nearest } from "@chor/grammar";
import type { ChoreographyTree, Diagnostic, FileTree, ImportTree, Name } from "@chor/grammar";
import { nameTaken, nameTakenButForCase, unknownImport, type NameKind } from "../report/names.js";
import type * as program from "./program.js";
import type { Program } from "./program.js";

export interface Declaration {
  readonly name: Name;
  readonly kind: NameKind;
  /** null: of this file. `unknown`: its file could not be loaded, or it has errors; both are told elsewhere. */
  readonly imported: program.Declaration | "unknown" | null;
}

export interface Declarations {
  readonly byName: ReadonlyMap<string, Declaration>;
  /** By name in small letters; the first of each. */
  readonly byLowerCase: ReadonlyMap<string, Declaration>;
  /** The names of all artifacts, imported ones too, for suggestions. */
  readonly artifacts: readonly string[];
  /** By the name that a message of that label would bind. */
  readonly artifactOf: ReadonlyMap<string, string>;
}

/**
 * Takes a file's tree and the programs that it imports by specifier (null: could not be had, which is told), gives
 * what its names stand for. Of two with one name the first counts; `sink` gets the clash.
 */
export function declarationsOf(
  tree: FileTree,
  imports: ReadonlyMap<string, Program | null>,
  sink: Diagnostic[],
): Declarations {
  const byName = new Map<string, Declaration>();
  const byLowerCase = new Map<string, Declaration>();
  const declare = (declaration: Declaration): void => {
    const { text } = declaration.name;
    const clash = clashOf(declaration, byName, byLowerCase);
    if (clash !== null) sink.push(clash);
    if (!byName.has(text)) byName.set(text, declaration);
    if (!byLowerCase.has(text.toLowerCase())) byLowerCase.set(text.toLowerCase(), declaration);
  };
  for (const each of tree.imports) for (const declaration of importedBy(each, imports, sink)) declare(declaration);
  for (const { name, kind } of tree.declarations) declare({ name, kind, imported: null });
  const artifacts = [...byName.values()].filter(({ kind }) => kind === "artifact").map(({ name }) => name.text);
  const artifactOf = new Map(artifacts.map((artifact) => [lowerCamel(artifact), artifact]));
  return { byName, byLowerCase, artifacts, artifactOf };
}

function importedBy(
  tree: ImportTree,
  imports: ReadonlyMap<string, Program | null>,
  sink: Diagnostic[],
): readonly Declaration[] {
  const file = imports.get(tree.from.value) ?? null;
  const known = file === null ? null : exportsOf(file);
  return tree.names.map(({ name, as }): Declaration => {
    const declaration = known?.get(name.text) ?? "unknown";
    if (file !== null && known?.has(name.text) === false) {
      const names = [...known.keys()];
      sink.push(unknownImport(name, tree.from.value, names, nearest(name.text, names)));
    }
    const kind = declaration === "unknown" ? "imported name" : declaration.kind;
    return { name: as ?? name, kind, imported: declaration };
  });
}

/** The names of a kind, for suggestions. */
export function* namesOf(kind: NameKind, { byName }: Declarations): Generator<string> {
  for (const [name, declaration] of byName) if (declaration.kind === kind) yield name;
}

/** What a file declares; null: it has errors there. */
function exportsOf(file: Program): ReadonlyMap<string, program.Declaration | "unknown"> {
  return new Map<string, program.Declaration | "unknown">([
    ...file.broken.map((name) => [name, "unknown"] as const),
    ...file.artifacts.map((artifact) => [artifact.name, { kind: "artifact", artifact }] as const),
    ...file.contracts.map((contract) => [contract.name, { kind: "contract", contract }] as const),
    ...file.choreographies.map((choreography) => [choreography.name, { kind: "choreography", choreography }] as const),
  ]);
}

/**
 * The names of a file together with the type parameters and roles in the head of a choreography. `sink` gets their
 * clashes, with each other and with the file's names.
 */
export function withHead(tree: ChoreographyTree, file: Declarations, sink: Diagnostic[]): Declarations {
  const byName = new Map<string, Declaration>();
  const byLowerCase = new Map<string, Declaration>();
  const declare = (declaration: Declaration): void => {
    const { text } = declaration.name;
    const clash = clashOf(declaration, byName, byLowerCase) ?? clashOf(declaration, file.byName, file.byLowerCase);
    if (clash !== null) sink.push(clash);
    if (!byName.has(text)) byName.set(text, declaration);
    if (!byLowerCase.has(text.toLowerCase())) byLowerCase.set(text.toLowerCase(), declaration);
  };
  for (const name of tree.typeParameters) declare({ name, kind: "type parameter", imported: null });
  for (const parameter of tree.parameters) {
    if (parameter.kind === "role") declare({ name: parameter.name, kind: "role", imported: null });
  }
  // A role that has the name of something in the file is told of; there the name means what it means in the file.
  const own = [...byName].filter(([name, { kind }]) => kind !== "role" || !file.byName.has(name));
  return { ...file, byName: new Layered(file.byName, new Map(own)) };
}

/** A map over another, which it hides where both have a key. Copying that for each choreography would be quadratic. */
class Layered<K, V> implements ReadonlyMap<K, V> {
  readonly #below: ReadonlyMap<K, V>;
  readonly #above: ReadonlyMap<K, V>;

  constructor(below: ReadonlyMap<K, V>, above: ReadonlyMap<K, V>) {
    this.#below = below;
    this.#above = above;
  }

  get size(): number {
    return [...this.keys()].length;
  }

  get(key: K): V | undefined {
    return this.#above.has(key) ? this.#above.get(key) : this.#below.get(key);
  }

  has(key: K): boolean {
    return this.#above.has(key) || this.#below.has(key);
  }

  forEach(visit: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
    for (const [key, value] of this.entries()) visit(value, key, this);
  }

  *entries(): MapIterator<[K, V]> {
    for (const entry of this.#below) if (!this.#above.has(entry[0])) yield entry;
    yield* this.#above;
  }

  *keys(): MapIterator<K> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): MapIterator<V> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries();
  }
}

function clashOf(
  { name, kind }: Declaration,
  byName: ReadonlyMap<string, Declaration>,
  byLowerCase: ReadonlyMap<string, Declaration>,
): Diagnostic | null {
  const same = byName.get(name.text);
  if (same !== undefined) return nameTaken(name, kind, same.kind, same.name.span);
  const similar = byLowerCase.get(name.text.toLowerCase());
  return similar === undefined ? null : nameTakenButForCase(name, kind, similar.name, similar.kind);
}
