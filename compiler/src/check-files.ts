// Several files at once: those that are named and those that they import. In: sources, and a way to load others. Out:
// every file checked, imported ones first, each with all that is wrong with it.

import type { Parsed, Source } from "@chor/grammar";
import type { Declaration, Program } from "./bind/program.js";
import { check, inOrder, type Checked } from "./check.js";
import { gather, type Load } from "./modules/gather.js";

export interface CheckedFile {
  readonly source: Source;
  /** null: `checkOne` gave nothing. */
  readonly checked: Checked | null;
  /** The files that it imports, by `Source.file`. */
  readonly imports: readonly string[];
}

/** Checks one file: what `check` does, or somebody who remembers what it has done. */
export type CheckOne = (
  source: Source,
  options: { readonly parsed: Parsed; readonly imports: ReadonlyMap<string, Program | null> },
) => Checked | null;

/** Checks the sources and what they import, each file once. Throws only what `load` and `checkOne` throw. */
export function checkFiles(sources: readonly Source[], load: Load, checkOne: CheckOne = check): readonly CheckedFile[] {
  /** null: what a syntax error has taken away is not known, so nothing is said of names from there. */
  const programs = new Map<string, Program | null>();
  const files = gather(sources, load).map(({ source, parsed, imports, diagnostics }) => {
    const bound = new Map([...imports].map(([specifier, file]) => [specifier, programs.get(file ?? "") ?? null]));
    const result = checkOne(source, { imports: bound, parsed });
    const isWhole = parsed.diagnostics.every(({ severity }) => severity !== "error");
    programs.set(source.file, isWhole ? (result?.program ?? null) : null);
    const checked =
      result === null || diagnostics.length === 0
        ? result
        : { ...result, diagnostics: inOrder([...diagnostics, ...result.diagnostics]) };
    return { source, checked, imports: [...imports.values()].filter((file) => file !== null) };
  });
  return files.map((file) => usedElsewhere(file, programs.values()));
}

const UNUSED: ReadonlySet<string> = new Set(["CHOR0217", "CHOR0221"]);

/** What another file imports is used. */
function usedElsewhere(file: CheckedFile, programs: Iterable<Program | null>): CheckedFile {
  const { source, checked } = file;
  if (checked === null || checked.diagnostics.every(({ code }) => !UNUSED.has(code))) return file;
  const wanted = new Set<string>();
  for (const program of programs)
    for (const { declaration } of program?.imports ?? []) {
      const found = declaredBy(declaration);
      if (found.source.file === source.file) wanted.add(found.name);
    }
  const diagnostics = checked.diagnostics.filter(
    ({ code, span }) => !UNUSED.has(code) || !wanted.has(source.text.slice(span.start, span.end)),
  );
  return { ...file, checked: { ...checked, diagnostics } };
}

function declaredBy(declaration: Declaration): { readonly name: string; readonly source: Source } {
  switch (declaration.kind) {
    case "artifact":
      return declaration.artifact;
    case "contract":
      return declaration.contract;
    case "choreography":
      return declaration.choreography;
  }
}
