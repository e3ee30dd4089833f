// Binding: what a file's tree means. In: the source, its tree, and the programs that it imports. Out: the program, with
// every name resolved and every expression typed, and all that is wrong. What has errors is left out of the program;
// everything else is bound all the same, so that all errors of a file come at once.

import type { Diagnostic, FileTree, Source } from "@chor/grammar";
import { unusedArtifact, unusedContract, unusedImport } from "../report/names.js";
import { bindArtifacts } from "./artifacts.js";
import { bindChoreography } from "./choreography.js";
import { bindContracts } from "./contracts.js";
import { declarationsOf, type Declarations } from "./declarations.js";
import { callOrder } from "./order.js";
import type { Choreography, Import, Program } from "./program.js";
import { usesOf } from "./uses.js";

/**
 * Takes a source, its tree, and by specifier the programs that it imports (null: could not be had, which is told
 * elsewhere). Gives the program and the diagnostics in the order of their places. Never throws.
 */
export function bind(
  source: Source,
  tree: FileTree,
  imports: ReadonlyMap<string, Program | null>,
): { readonly program: Program; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const declarations = declarationsOf(tree, imports, diagnostics);
  const artifacts = bindArtifacts(tree, source, declarations, imports, diagnostics);
  const contracts = bindContracts(tree, source, artifacts.context);
  const choreographies = new Map<string, Choreography | null>();
  const file = {
    source,
    declarations,
    artifacts: artifacts.context.artifacts,
    contracts,
    choreographies,
    callees: new Map(),
    types: artifacts.context,
    sink: diagnostics,
  };
  for (const choreography of callOrder(tree, diagnostics)) {
    const bound = bindChoreography(choreography, file);
    const { name } = choreography;
    if (declarations.byName.get(name.text)?.name === name) choreographies.set(name.text, bound);
  }
  for (const unused of unusedNames(tree, diagnostics)) diagnostics.push(unused);
  diagnostics.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const all = [artifacts.byName, contracts, choreographies];
  return {
    program: {
      source,
      artifacts: present(artifacts.byName.values()),
      contracts: present(contracts.values()),
      choreographies: present(
        tree.declarations.map(({ name }) =>
          declarations.byName.get(name.text)?.name === name ? choreographies.get(name.text) : null,
        ),
      ),
      broken: all.flatMap((byName) => [...byName].flatMap(([name, bound]) => (bound === null ? name : []))),
      imports: importsOf(tree, declarations),
      otherArtifacts: artifacts.others,
    },
    diagnostics,
  };
}

function importsOf(tree: FileTree, { byName }: Declarations): readonly Import[] {
  return tree.imports.flatMap(({ names }) =>
    names.flatMap(({ name, as }): readonly Import[] => {
      const own = as ?? name;
      const declaration = byName.get(own.text);
      if (declaration?.name !== own || declaration.imported === null || declaration.imported === "unknown") return [];
      return [{ name: own.text, declaration: declaration.imported, span: own.span }];
    }),
  );
}

/** Only where all is well: what a misspelt name was to use is not known. A file without choreographies is a library. */
function unusedNames(tree: FileTree, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (diagnostics.some(({ severity }) => severity === "error")) return [];
  const used = new Set<string>();
  for (const declaration of tree.declarations) {
    for (const name of usesOf(declaration).declarations) if (name !== declaration.name.text) used.add(name);
  }
  const imported = tree.imports.flatMap(({ names }) => names.map(({ name, as }) => as ?? name));
  const unused = imported.filter(({ text }) => !used.has(text)).map(unusedImport);
  if (!tree.declarations.some(({ kind }) => kind === "choreography")) return unused;
  for (const { kind, name } of tree.declarations) {
    if (used.has(name.text)) continue;
    if (kind === "artifact") unused.push(unusedArtifact(name));
    if (kind === "contract") unused.push(unusedContract(name));
  }
  return unused;
}

function present<T>(items: Iterable<T | null | undefined>): readonly T[] {
  return [...items].filter((item): item is T => item !== null && item !== undefined);
}
