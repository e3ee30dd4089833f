// Where types are bound: the names that they may use, and what is found on the way. In: a name. Out: the artifact that
// it means, of this file or imported.

import { nearest, upperCamel } from "@chor/grammar";
import type { ArtifactBody, Diagnostic, Name, Span } from "@chor/grammar";
import { unknownArtifact, wrongKind } from "../report/names.js";
import { referenceTo, type Artifacts } from "./artifact-table.js";
import type { Declarations } from "./declarations.js";
import type { ReferenceType } from "./program.js";

/** Where types are bound: the names they may use, and what is found on the way. */
export interface TypeContext {
  /** The file that the types stand in. */
  readonly file: string;
  /** In a choreography with its type parameters. */
  readonly declarations: Declarations;
  readonly artifacts: Artifacts;
  /** What each artifact of this file is made of, by name: unions are bound before their members. */
  readonly bodies: ReadonlyMap<string, ArtifactBody>;
  readonly sink: Diagnostic[];
  /** Every use of an artifact is added. */
  readonly references: Reference[];
}

export interface Reference {
  /** As it is called in this file. */
  readonly name: string;
  readonly artifact: ReferenceType;
  /** The number of records and lists around it; null: it is only spoken of, not contained (`digest<T>`, `is T`). */
  readonly depth: number | null;
  readonly span: Span;
}

/**
 * The artifact that `name` means, of this file or imported; null: there is none, and the sink says why, unless that
 * was said where it is imported. `others` may be suggested too.
 */
export function resolveArtifact(
  name: Name,
  others: Iterable<string>,
  context: Pick<TypeContext, "declarations" | "file" | "references" | "sink">,
  depth: number | null = null,
): ReferenceType | null {
  const { declarations, file, references, sink } = context;
  const declaration = declarations.byName.get(name.text);
  if (declaration === undefined) {
    const suggestion = nearest(name.text, others) ?? nearest(name.text, declarations.artifacts);
    // Artifacts begin with a capital: what does not, is no artifact that could be declared.
    const hint = /^[A-Z]/.test(name.text)
      ? `Declare it: \`artifact ${name.text} { … }\`.`
      : `Write \`string\`, \`int\`, \`number\`, \`boolean\`, \`json\`, or an artifact: \`${upperCamel(name.text)}\`.`;
    sink.push(unknownArtifact(name, suggestion, hint));
    return null;
  }
  const { imported } = declaration;
  if (imported === "unknown") return null;
  if (declaration.kind !== "artifact" || (imported !== null && imported.kind !== "artifact")) {
    sink.push(wrongKind(name, "an artifact", declaration.kind, declaration.name.span));
    return null;
  }
  const artifact: ReferenceType =
    imported === null ? { kind: "reference", artifact: name.text, file } : referenceTo(imported.artifact);
  references.push({ name: name.text, artifact, depth, span: name.span });
  return artifact;
}

/** Sends the diagnostic, gives null. */
export function refuse(diagnostic: Diagnostic, { sink }: Pick<TypeContext, "sink">): null {
  sink.push(diagnostic);
  return null;
}
