// The names at the top of a file and in the heads of its choreographies: one namespace, for they all become
// names of generated code and of files. In: the tree. Out: what each name stands for, and the clashes.

import type { ChoreographyTree, Diagnostic, FileTree, Name } from "@chor/grammar";
import { nameTaken, nameTakenButForCase, type NameKind } from "../report/names.js";

export interface Declaration {
  readonly name: Name;
  readonly kind: NameKind;
}

export interface Declarations {
  readonly byName: ReadonlyMap<string, Declaration>;
  /** By name in small letters; the first of each. */
  readonly byLowerCase: ReadonlyMap<string, Declaration>;
  /** The names of all artifacts, for suggestions. */
  readonly artifacts: readonly string[];
}

/** Takes a file's tree, gives what its names stand for. Of two with one name the first counts; `sink` gets the clash. */
export function declarationsOf(tree: FileTree, sink: Diagnostic[]): Declarations {
  const byName = new Map<string, Declaration>();
  const byLowerCase = new Map<string, Declaration>();
  const declare = (name: Name, kind: NameKind): void => {
    const clash = clashOf({ name, kind }, byName, byLowerCase);
    if (clash !== null) sink.push(clash);
    if (!byName.has(name.text)) byName.set(name.text, { name, kind });
    const lower = name.text.toLowerCase();
    if (!byLowerCase.has(lower)) byLowerCase.set(lower, { name, kind });
  };
  for (const { names } of tree.imports) for (const { name, as } of names) declare(as ?? name, "imported name");
  for (const { name, kind } of tree.declarations) declare(name, kind);
  const artifacts = [...byName.values()].filter(({ kind }) => kind === "artifact").map(({ name }) => name.text);
  return { byName, byLowerCase, artifacts };
}

export interface Roles {
  /** In the order of the source; each once. */
  readonly names: readonly string[];
  readonly byName: ReadonlyMap<string, Name>;
}

/** Takes the head of a choreography, gives its roles; `sink` gets clashes with each other and with the file's names. */
export function rolesOf(tree: ChoreographyTree, declarations: Declarations, sink: Diagnostic[]): Roles {
  const byName = new Map<string, Name>();
  const roles = new Map<string, Declaration>();
  const byLowerCase = new Map<string, Declaration>();
  for (const parameter of tree.parameters) {
    if (parameter.kind !== "role") continue;
    const role: Declaration = { name: parameter.name, kind: "role" };
    const clash = clashOf(role, roles, byLowerCase) ?? clashOf(role, declarations.byName, declarations.byLowerCase);
    if (clash !== null) sink.push(clash);
    const { text } = parameter.name;
    if (!byName.has(text)) byName.set(text, parameter.name);
    if (!roles.has(text)) roles.set(text, role);
    if (!byLowerCase.has(text.toLowerCase())) byLowerCase.set(text.toLowerCase(), role);
  }
  return { names: [...byName.keys()], byName };
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
