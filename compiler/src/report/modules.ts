// What can be wrong with an import as such: the text behind `from`, the file that it names, the circle that it
// closes. CHOR0010 to CHOR0019. In: the text and its place. Out: diagnostics.

import type { Diagnostic, Span } from "@chor/grammar";
import type { Wrong } from "../modules/specifier.js";
import { error } from "./diagnostic.js";

const REASONS: Record<Wrong, readonly [why: string, mend: string]> = {
  empty: ["it is empty", 'Name a file: `from "./shared.chor"`.'],
  bare: [
    "a path begins with `./` or `../`",
    "Write the path from the folder of this file, or `chor:std` for the standard library.",
  ],
  absolute: ["a path is relative to the file that imports", "Write it from the folder of this file: `./…` or `../…`."],
  scheme: ["only `chor:std` is not a path", "Write a path: `./…` or `../…`, or `chor:std` for the standard library."],
  backslash: ["folders are separated by `/`, on every system", "Write `/` for `\\`."],
  control: ["it has a control character", "Leave it out."],
  extension: ["a file of choreographies ends with `.chor`", "Write the whole name of the file: `./shared.chor`."],
  folder: ["it names a folder", "Name a file in it: `./shared/team.chor`."],
};

/** The text behind `from` cannot name a file. */
export function wrongSpecifier(specifier: string, why: Wrong, span: Span): Diagnostic {
  const [reason, mend] = REASONS[why];
  return error("CHOR0010", `${shown(specifier)} cannot be imported: ${reason}.`, span, { hint: mend });
}

/** The file is not there, cannot be read, or does not belong to the project. */
export function importNotLoaded(specifier: string, what: string, hint: string, span: Span): Diagnostic {
  return error("CHOR0011", `${shown(specifier)} cannot be imported: ${what}.`, span, { hint });
}

/** Files that import each other in a circle; `files` begins and ends with the same. */
export function importCycle(specifier: string, files: readonly string[], span: Span): Diagnostic {
  const circle = files.map((file) => `\`${file}\``).join(" imports ");
  return error("CHOR0012", `${shown(specifier)} closes a circle: ${circle}.`, span, {
    hint: "Move what both need into a file that imports neither.",
  });
}

/** One run reads a bounded number of files. */
export function tooManyFiles(specifier: string, limit: number, span: Span): Diagnostic {
  return error("CHOR0013", `${shown(specifier)} is not read: one run reads at most ${limit} files.`, span, {
    hint: "Check fewer files at once, or gather what is imported into fewer files.",
  });
}

const LONGEST = 80;

function shown(specifier: string): string {
  const text = JSON.stringify(specifier.length > LONGEST ? `${specifier.slice(0, LONGEST)}…` : specifier);
  return `\`${text}\``;
}
