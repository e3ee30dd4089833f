// Reading and checking all files of a command. In: the inputs, and what an earlier round remembers. Out: what is to be
// reported of every file, what was checked, and the exit code. Nothing is printed but progress, on a terminal.

import type { Source } from "@chor/grammar";
import type { Checked } from "../check.js";
import { applyLints } from "../config/lints.js";
import { internal } from "../report/reading.js";
import { count } from "../report/render/reported.js";
import type { Reported } from "../report/render/reported.js";
import { describe, stackOf } from "./bug.js";
import type { Inputs } from "./inputs.js";
import { progress } from "./progress.js";
import { readSources } from "./read.js";
import type { ExitCode } from "./say.js";
import type { Shell } from "./shell.js";

export interface CheckedAll {
  /** Every file once, and what has no files. */
  readonly reported: readonly Reported[];
  /** Those that could be read. */
  readonly checked: readonly Checked[];
  readonly code: ExitCode;
}

/** What was checked before, by file; taken again while the text is the same. */
export type Memory = Map<string, Checked>;

/** Reads and checks every file, whatever the others are like. A wrong configuration is reported alone. */
export async function checkAll(inputs: Inputs, shell: Shell, memory: Memory = new Map()): Promise<CheckedAll> {
  const reported: Reported[] = [...inputs.problems];
  const checked: Checked[] = [];
  const reads = await readSources(inputs.files, shell);
  const { check } = await import("../check.js");
  const show = progress("checking", reads.length, shell);
  for (const [index, read] of reads.entries()) {
    show.at(index, read.file);
    if ("diagnostic" in read) {
      reported.push({ file: read.file, source: null, diagnostics: [read.diagnostic] });
      continue;
    }
    try {
      const result = remembered(read.source, memory) ?? check(read.source);
      memory.set(read.file, result);
      checked.push(result);
      const diagnostics = applyLints(result.diagnostics, inputs.config.lints);
      reported.push({ file: read.file, source: read.source, diagnostics });
    } catch (problem) {
      debug(shell, problem);
      reported.push({ file: read.file, source: null, diagnostics: [internal(read.file, describe(problem))] });
    }
  }
  show.done();
  const strayed = inputs.problems.length > 0 || reported.some((each) => each.source === null);
  return { reported, checked, code: strayed ? 2 : count(reported).errors > 0 ? 1 : 0 };
}

function remembered(source: Source, memory: Memory): Checked | null {
  const before = memory.get(source.file);
  return before !== undefined && before.program.source.text === source.text ? before : null;
}

/** The stack of an internal error, for `CHORC_DEBUG=1`. */
export function debug(shell: Shell, problem: unknown): void {
  if (shell.environment["CHORC_DEBUG"] === "1") shell.error.write(`${stackOf(problem)}\n`);
}
