// What is reported of one file: the input of both renderings.

import type { Diagnostic, Source } from "@chor/grammar";

export interface Reported {
  /** The name that messages show. */
  readonly file: string;
  /** null: it could not be read; its diagnostics then have no place in it. */
  readonly source: Source | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** How many errors and warnings there are in all. */
export function count(files: readonly Reported[]): { readonly errors: number; readonly warnings: number } {
  let errors = 0;
  let warnings = 0;
  for (const { diagnostics } of files) {
    for (const { severity } of diagnostics) {
      if (severity === "error") errors++;
      else warnings++;
    }
  }
  return { errors, warnings };
}
