// The files that a language server knows, as trees, and what a name at the top of one of them stands for. In: a file
// and the world around it. Out: declarations, looked up through imports.

import type { ArtifactTree, DeclarationTree, FileTree, Name } from "@chor/grammar";

/** One version of one file. Two of them are the same version iff they are the same object. */
export interface FileView {
  /** In one spelling: what two URIs of one file have in common. */
  readonly uri: string;
  readonly text: string;
  readonly tree: FileTree;
}

/** What lies around a file. */
export interface World {
  /** The file that `path` means in `file`, as an import writes it; null where there is none that may be read. */
  readonly imported: (file: FileView, path: string) => FileView | null;
}

/** What a name at the top of a file stands for. */
export interface Declared {
  readonly file: FileView;
  readonly tree: DeclarationTree;
  readonly key: string;
}

/** A name that an import brings in. */
export interface ImportedName {
  readonly name: Name;
  /** What it is called in this file. */
  readonly local: Name;
  readonly from: string;
}

/** The key of a declaration: the same in every file that refers to it. */
export function topKey(uri: string, name: string): string {
  return `${uri}#${name}`;
}

/** All names that the imports of a file bring in, in the order of the source. */
export function importedNames({ imports }: FileTree): readonly ImportedName[] {
  return imports.flatMap(({ names, from }) =>
    names.map(({ name, as }) => ({ name, local: as ?? name, from: from.value })),
  );
}

/** Takes a file and a name that is written in it; gives the declaration, in this file or the one it is imported from. */
export function declared(world: World, file: FileView, name: string): Declared | null {
  const own = ownDeclaration(file, name);
  if (own !== null) return own;
  const imported = importedNames(file.tree).find(({ local }) => local.text === name);
  if (imported === undefined) return null;
  const other = world.imported(file, imported.from);
  return other === null ? null : ownDeclaration(other, imported.name.text);
}

/** What a file itself declares under a name; null where it declares nothing. */
export function ownDeclaration(file: FileView, name: string): Declared | null {
  const tree = byName(file.tree).get(name);
  return tree === undefined ? null : { file, tree, key: topKey(file.uri, name) };
}

const named = new WeakMap<FileTree, ReadonlyMap<string, DeclarationTree>>();

/** The declarations of a tree by name, of two with one name the first; made once for a tree. */
function byName(tree: FileTree): ReadonlyMap<string, DeclarationTree> {
  const known = named.get(tree);
  if (known !== undefined) return known;
  const made = new Map(tree.declarations.toReversed().map((each) => [each.name.text, each]));
  named.set(tree, made);
  return made;
}

/** Like `declared`, for artifacts only. */
export function artifactNamed(world: World, file: FileView, name: string): (Declared & { tree: ArtifactTree }) | null {
  const found = declared(world, file, name);
  return found?.tree.kind === "artifact" ? { ...found, tree: found.tree } : null;
}
