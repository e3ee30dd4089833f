// Reading and checking all files of a command, and what they import. In: the inputs, and what an earlier round remembers.
// Out: what is to be reported of every file, what was checked, and the exit code. Nothing is printed but progress, on a
// terminal.

import { dirname, resolve, sep } from "node:path";
import type { Diagnostic, Source } from "@chor/grammar";
import type { Program } from "../bind/program.js";
import type { CheckedFile, CheckOne } from "../check-files.js";
import type { Checked } from "../check.js";
import { applyLints, wantedLints } from "../config/lints.js";
import { STANDARD } from "../modules/specifier.js";
import { standardFile } from "../package.js";
import { internal } from "../report/reading.js";
import { count } from "../report/render/reported.js";
import type { Reported } from "../report/render/reported.js";
import { describe, stackOf } from "./bug.js";
import type { Inputs, Root } from "./inputs.js";
import { progress } from "./progress.js";
import { readSources } from "./read.js";
import type { ExitCode } from "./say.js";
import type { Shell } from "./shell.js";

export interface CheckedAll {
  /** Every file that was named, once; then those that they import; and what has no files. */
  readonly reported: readonly Reported[];
  /** Those that could be read, in the same order, without the standard library. */
  readonly checked: readonly Checked[];
  /** All sources that each of them depends on, itself first, by file. */
  readonly sources: ReadonlyMap<string, readonly Source[]>;
  readonly code: ExitCode;
}

/** What was checked before, by file; taken again while the text and what it imports are the same. */
export type Memory = Map<string, Remembered>;

interface Remembered {
  readonly source: Source;
  readonly imports: ReadonlyMap<string, Program | null>;
  readonly result: Checked;
}

/** Reads and checks every file, whatever the others are like. A wrong configuration is reported alone. */
export async function checkAll(inputs: Inputs, shell: Shell, memory: Memory = new Map()): Promise<CheckedAll> {
  const reads = await readSources(inputs.files, shell);
  const named = reads.flatMap((read) => ("source" in read ? [read.source] : []));
  const { check } = await import("../check.js");
  const { checkFiles } = await import("../check-files.js");
  const { fromDisk } = await import("../modules/disk.js");
  const load = fromDisk({ cwd: shell.folder, standard: standardFile(), known: named });
  const bugs = new Map<string, Diagnostic>();
  const show = progress("checking", named.length, shell);
  let done = 0;
  const checkRemembering = remembering(memory, check);
  const checkOne: CheckOne = (source, options) => {
    show.at(Math.min(done++, named.length), source.file);
    try {
      return checkRemembering(source, options);
    } catch (problem) {
      debug(shell, problem);
      bugs.set(source.file, internal(source.file, describe(problem)));
      return null;
    }
  };
  const files = new Map(checkFiles(named, load, checkOne).map((file) => [file.source.file, file]));
  show.done();
  const diagnosticsOf = await linting(inputs.config);
  const order = [...new Set([...named.map(({ file }) => file), ...files.keys()])].filter((file) => file !== STANDARD);
  const reported: Reported[] = [...inputs.problems];
  for (const read of reads) {
    if ("diagnostic" in read) reported.push({ file: read.file, source: null, diagnostics: [read.diagnostic] });
    else reported.push(reportOf(read.file, files, bugs, diagnosticsOf));
  }
  const shown = new Set(named.map(({ file }) => file));
  for (const file of order) if (!shown.has(file)) reported.push(reportOf(file, files, bugs, diagnosticsOf));
  const strayed = inputs.problems.length > 0 || reported.some((each) => each.source === null);
  return {
    reported,
    checked: order.flatMap((file) => files.get(file)?.checked ?? []),
    sources: new Map(order.map((file) => [file, sourcesOf(file, files)])),
    code: strayed ? 2 : count(reported).errors > 0 ? 1 : 0,
  };
}

/** What is told of a checked file: with the warnings that the project wants, each at the level that it wants. */
export async function linting({
  lints,
  lintOptions,
}: Inputs["config"]): Promise<(checked: Checked) => readonly Diagnostic[]> {
  const { inOrder } = await import("../check.js");
  const { lint } = await import("../lints/lint.js");
  const wanted = wantedLints(lints);
  return (checked) => {
    const linted = lint(checked, wanted, lintOptions);
    return applyLints(linted.length === 0 ? checked.diagnostics : inOrder([...checked.diagnostics, ...linted]), lints);
  };
}

function reportOf(
  file: string,
  files: ReadonlyMap<string, CheckedFile>,
  bugs: ReadonlyMap<string, Diagnostic>,
  diagnosticsOf: (checked: Checked) => readonly Diagnostic[],
): Reported {
  const found = files.get(file);
  const bug = bugs.get(file);
  if (found === undefined || found.checked === null)
    return { file, source: null, diagnostics: bug === undefined ? [] : [bug] };
  return { file, source: found.source, diagnostics: diagnosticsOf(found.checked) };
}

/** A check that takes again what it has found before, while the text and what it imports are the same. */
export function remembering(memory: Memory, check: (...of: Parameters<CheckOne>) => Checked): CheckOne {
  return (source, options) => {
    const before = memory.get(source.file);
    if (before !== undefined && isSame(before, source, options.imports)) return before.result;
    const result = check(source, options);
    memory.set(source.file, { source, imports: options.imports, result });
    return result;
  };
}

function isSame(before: Remembered, source: Source, imports: Remembered["imports"]): boolean {
  return (
    before.source.text === source.text &&
    before.imports.size === imports.size &&
    [...imports].every(([specifier, program]) => before.imports.get(specifier) === program)
  );
}

/** A file and all that it imports, directly or not. */
function sourcesOf(file: string, files: ReadonlyMap<string, CheckedFile>): readonly Source[] {
  const seen = new Set([file]);
  for (const each of seen) for (const other of files.get(each)?.imports ?? []) seen.add(other);
  return [...seen].flatMap((each) => files.get(each)?.source ?? []);
}

/** The inputs with the folders of all files that are imported: a change there matters, too. */
export function withImports(inputs: Inputs, { sources }: CheckedAll, shell: Shell): Inputs {
  const folders = new Set([...sources.keys()].map((file) => dirname(resolve(shell.folder, file))));
  const covers = (root: Root, folder: string): boolean =>
    root.folder === folder || (root.deep && folder.startsWith(root.folder + sep));
  const roots = [...folders]
    .filter((folder) => !inputs.roots.some((root) => covers(root, folder)))
    .toSorted()
    .map((folder) => ({ folder, deep: false }));
  return { ...inputs, roots: [...inputs.roots, ...roots] };
}

/** The stack of an internal error, for `CHORC_DEBUG=1`. */
export function debug(shell: Shell, problem: unknown): void {
  if (shell.environment["CHORC_DEBUG"] === "1") shell.error.write(`${stackOf(problem)}\n`);
}
