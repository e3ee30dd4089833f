// `chorc`: words in, exit code out. Reads, checks, reports and, for `compile`, writes; whatever goes wrong is told
// in one place each, and nothing that a user can do ends in a stack trace.

import { join } from "node:path";
import { renderPretty, plural, summary } from "../report/render/pretty.js";
import { toJson } from "../report/render/json.js";
import { paint } from "../report/render/paint.js";
import { count } from "../report/render/reported.js";
import type { Reported } from "../report/render/reported.js";
import { escape } from "../report/render/text.js";
import { internal } from "../report/reading.js";
import type { Checked } from "../check.js";
import type { Options, Request } from "./arguments.js";
import { describe, stackOf } from "./bug.js";
import type { Outcome } from "./compile.js";
import { plainCheck } from "./plain.js";
import { readSources } from "./read.js";
import { wantsColor } from "./shell.js";
import type { Output, Shell } from "./shell.js";

/** No errors; errors in the files; wrong use, or a file that cannot be read or written, or a bug in chorc. */
export type ExitCode = 0 | 1 | 2;

/** Runs `chorc` with the words behind its name. Never throws. */
export async function main(words: readonly string[], shell: Shell): Promise<ExitCode> {
  try {
    return await run(plainCheck(words) ?? (await understand(words)), shell);
  } catch (problem) {
    complain(
      shell,
      `this is a bug in chorc: ${describe(problem)}`,
      "report it; `CHORC_DEBUG=1` prints where it happened",
    );
    debug(shell, problem);
    return 2;
  }
}

async function understand(words: readonly string[]): Promise<Request> {
  return (await import("./arguments.js")).understand(words);
}

async function run(request: Request, shell: Shell): Promise<ExitCode> {
  switch (request.kind) {
    case "print":
      shell.out.write(request.text);
      return 0;
    case "wrong":
      complain(shell, request.message, request.hint);
      return 2;
    case "check": {
      const { reported, code } = await checkAll(request.files, shell);
      report(reported, request.options, shell);
      return code;
    }
    case "compile": {
      if (request.files.includes("-")) {
        complain(shell, "`compile` does not read standard input", "name the file: its name becomes that of a folder");
        return 2;
      }
      const { reported, checked, code } = await checkAll(request.files, shell);
      if (code !== 0) {
        report(reported, request.options, shell);
        return code;
      }
      const { compile } = await import("./compile.js");
      const outcome = await compile(checked, request.out);
      const all = reported.map((each) => withMore(each, outcome));
      report(all, request.options, shell, outcome);
      return outcome.problems.length > 0 ? 2 : count(all).errors > 0 ? 1 : 0;
    }
  }
}

interface CheckedAll {
  /** Every file once. */
  readonly reported: readonly Reported[];
  /** Those that could be read. */
  readonly checked: readonly Checked[];
  readonly code: ExitCode;
}

/** Reads and checks every file, whatever the others are like. */
async function checkAll(files: readonly string[], shell: Shell): Promise<CheckedAll> {
  const { check } = await import("../check.js");
  const reported: Reported[] = [];
  const checked: Checked[] = [];
  for (const read of await readSources(files, shell)) {
    if ("diagnostic" in read) {
      reported.push({ file: read.file, source: null, diagnostics: [read.diagnostic] });
      continue;
    }
    try {
      const result = check(read.source);
      checked.push(result);
      reported.push({ file: read.file, source: read.source, diagnostics: result.diagnostics });
    } catch (problem) {
      debug(shell, problem);
      reported.push({ file: read.file, source: null, diagnostics: [internal(read.file, describe(problem))] });
    }
  }
  const unread = reported.some((each) => each.source === null);
  return { reported, checked, code: unread ? 2 : count(reported).errors > 0 ? 1 : 0 };
}

function withMore(reported: Reported, outcome: Outcome): Reported {
  const more = outcome.diagnostics.get(reported.file) ?? [];
  return more.length === 0 ? reported : { ...reported, diagnostics: [...reported.diagnostics, ...more] };
}

/** Diagnostics to standard output, files that could not be read to standard error; as JSON everything to standard output. */
function report(reported: readonly Reported[], options: Options, shell: Shell, outcome: Outcome | null = null): void {
  if (options.format === "json") {
    const output = outcome === null ? {} : { output: outcome.output };
    shell.out.write(`${JSON.stringify({ ...toJson(reported), ...output }, null, 2)}\n`);
    complainOf(outcome, shell);
    return;
  }
  const unread = reported.filter((each) => each.source === null);
  const read = reported.filter((each) => each.source !== null);
  shell.error.write(renderPretty(unread, look(shell.error, options, shell)));
  const { width, color } = look(shell.out, options, shell);
  shell.out.write(renderPretty(read, { width, color }));
  const missing = unread.length === 0 ? "" : `; ${plural(unread.length, "file")} not checked`;
  if (read.length > 0) shell.out.write(`${summary(read, color)}${missing}\n`);
  if (outcome !== null && outcome.problems.length === 0 && count(reported).errors === 0) {
    shell.out.write(written(outcome, color));
  }
  complainOf(outcome, shell);
}

function look(output: Output, options: Options, shell: Shell): { readonly width: number; readonly color: boolean } {
  return { width: output.columns ?? 100, color: wantsColor(options.color, output, shell.environment) };
}

/** What has become of the output folder: a line for each file that has changed, and how many there are of each. */
function written({ out, output }: Outcome, color: boolean): string {
  const style = paint(color);
  const shown = (file: string): string => escape(join(out, file));
  const lines = [
    ...output.written.map((file) => `${style("green", "wrote")}   ${shown(file)}`),
    ...output.removed.map((file) => `${style("yellow", "removed")} ${shown(file)}`),
  ];
  const counts = `${plural(output.written.length, "file")} written, ${output.unchanged.length} unchanged, ${output.removed.length} removed`;
  return [...lines, counts, ""].join("\n");
}

function complainOf(outcome: Outcome | null, shell: Shell): void {
  for (const problem of outcome?.problems ?? []) complain(shell, problem, null);
}

/** Wrong use, or a failure outside of any file: one line, and what to do. */
function complain(shell: Shell, message: string, hint: string | null): void {
  const style = paint(wantsColor("auto", shell.error, shell.environment));
  shell.error.write(`${style("bold", style("red", "chorc:"))} ${escape(message)}\n`);
  if (hint !== null) shell.error.write(`  ${style("green", "mend:")} ${escape(hint)}\n`);
}

function debug(shell: Shell, problem: unknown): void {
  if (shell.environment["CHORC_DEBUG"] === "1") shell.error.write(`${stackOf(problem)}\n`);
}
