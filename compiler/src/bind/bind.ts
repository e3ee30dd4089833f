// Binding: what a file's tree means. In: the source and its tree. Out: the program, with every name resolved
// and every payload typed, and all that is wrong. An artifact or a choreography with errors is left out of the
// program; everything else is bound all the same, so that all errors of a file come at once.

import type { Diagnostic, FileTree, Source } from "@chor/grammar";
import { unusedArtifact } from "../report/names.js";
import { unsupported } from "../report/unsupported.js";
import { bindArtifacts } from "./artifacts.js";
import { bindChoreography } from "./choreography.js";
import { declarationsOf } from "./declarations.js";
import type { Artifact, Choreography, Program } from "./program.js";

/** Takes a source and its tree, gives the program and the diagnostics in the order of their places. Never throws. */
export function bind(
  source: Source,
  tree: FileTree,
): { readonly program: Program; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  for (const { span } of tree.imports) diagnostics.push(unsupported("import", span));
  const declarations = declarationsOf(tree, diagnostics);
  const bound = bindArtifacts(tree, declarations, diagnostics);
  const used = new Set(bound.used);
  const choreographies: Choreography[] = [];
  for (const declaration of tree.declarations) {
    if (declaration.kind === "contract")
      diagnostics.push(unsupported("contract", declaration.name.span, declaration.name.text));
    if (declaration.kind !== "choreography") continue;
    const { choreography, used: carried } = bindChoreography(
      declaration,
      source,
      declarations,
      bound.byName,
      diagnostics,
    );
    for (const artifact of carried) used.add(artifact);
    if (choreography !== null && declarations.byName.get(choreography.name)?.name === declaration.name)
      choreographies.push(choreography);
  }
  for (const unused of unusedArtifacts(tree, used, diagnostics)) diagnostics.push(unused);
  const artifacts = [...bound.byName.values()].filter((artifact): artifact is Artifact => artifact !== null);
  diagnostics.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  return { program: { source, artifacts, choreographies }, diagnostics };
}

/** Only where all is well: what an unsupported construct or a misspelt name uses is not known. */
function unusedArtifacts(
  tree: FileTree,
  used: ReadonlySet<string>,
  diagnostics: readonly Diagnostic[],
): readonly Diagnostic[] {
  if (diagnostics.some(({ severity }) => severity === "error")) return [];
  if (!tree.declarations.some(({ kind }) => kind === "choreography")) return [];
  return tree.declarations.flatMap(({ kind, name }) =>
    kind === "artifact" && !used.has(name.text) ? [unusedArtifact(name)] : [],
  );
}
