// Which artifacts stand in which. In: types, artifacts. Out: names, and an order in which each constant is there when
// it is needed.

import type { Artifact, Type } from "../bind/program.js";

/** The artifacts that a type refers to. */
export function referencesIn(type: Type): readonly string[] {
  return type.kind === "reference" ? [type.artifact] : partsOf(type).flatMap(referencesIn);
}

/** The artifacts that are members of a union in a type. */
export function membersIn(type: Type): readonly string[] {
  const own = type.kind === "union" ? type.members.map(({ artifact }) => artifact) : [];
  return [...own, ...partsOf(type).flatMap(membersIn)];
}

/** Those that others contain come first, else the order of the source. No artifact contains itself. */
export function containedFirst(all: readonly Artifact[], artifacts: ReadonlyMap<string, Artifact>): Artifact[] {
  const sorted = new Set<Artifact>();
  const visit = (artifact: Artifact): void => {
    if (sorted.has(artifact)) return;
    for (const name of [...referencesIn(artifact.type), ...membersIn(artifact.type)]) {
      const inner = artifacts.get(name);
      if (inner !== undefined) visit(inner);
    }
    sorted.add(artifact);
  };
  for (const artifact of all) visit(artifact);
  return [...sorted];
}

/** The types directly inside a type; members of unions are no parts: they stand there with their label. */
function partsOf(type: Type): readonly Type[] {
  switch (type.kind) {
    case "list":
      return [type.item];
    case "map":
      return [type.value];
    case "nullable":
      return [type.of];
    case "record":
      return type.fields.map((field) => field.type);
    default:
      return [];
  }
}
