// Artifacts over files: what a reference means. In: the artifacts of a file and the programs that it imports.
// Out: a table by file and name, which also has what an imported type leads to without being imported itself.

import type { Artifact, Program, ReferenceType } from "./program.js";

/** By file and name; null: it has errors, which are told where it is declared. */
export type Artifacts = ReadonlyMap<string, Artifact | null>;

/** Takes the imported programs, gives all artifacts that their types can lead to, each once. */
export function artifactsOf(programs: Iterable<Program | null>): ReadonlyMap<string, Artifact> {
  const found = new Map<string, Artifact>();
  for (const program of programs) {
    if (program === null) continue;
    for (const artifact of [...program.artifacts, ...program.otherArtifacts])
      found.set(keyOf(referenceTo(artifact)), artifact);
  }
  return found;
}

/** The artifact that a reference means; null: it has errors. */
export function artifactOf(reference: ReferenceType, artifacts: Artifacts): Artifact | null {
  return artifacts.get(keyOf(reference)) ?? null;
}

/** The type that means this artifact. */
export function referenceTo(artifact: Artifact): ReferenceType {
  return { kind: "reference", artifact: artifact.name, file: artifact.source.file };
}

/** The key of a reference: two mean the same artifact iff their keys are the same. */
export function keyOf({ artifact, file }: ReferenceType): string {
  return `${file}\0${artifact}`;
}
