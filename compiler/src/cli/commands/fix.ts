// `chorc check --fix`: what is wrong is mended, each mend shown as a diff, then the files are written, and what is left is
// reported. In: the request. Out: text on the streams and an exit code. A file is written whole or not at all, once, and
// only if it is still what was read; with `--dry-run` nothing is.

import { resolve } from "node:path";
import type { Source } from "@chor/grammar";
import { positionAt, lineStarts } from "@chor/grammar";
import { rewriteUnchanged } from "../../disk/rewrite.js";
import { fromDisk } from "../../modules/disk.js";
import { STANDARD } from "../../modules/specifier.js";
import { standardFile } from "../../package.js";
import { renderChange, unifiedDiff } from "../../report/render/differences.js";
import { paint } from "../../report/render/paint.js";
import { plural } from "../../report/render/pretty.js";
import { count } from "../../report/render/reported.js";
import type { Reported } from "../../report/render/reported.js";
import { escape } from "../../report/render/text.js";
import { linting } from "../checking.js";
import { inputsOf } from "../inputs.js";
import type { ConfigChoice } from "../inputs.js";
import { mending } from "../mending.js";
import type { Mended, Mending } from "../mending.js";
import { progress } from "../progress.js";
import { readSources } from "../read.js";
import { complain, lookOf, report } from "../say.js";
import type { ExitCode, Format, Look } from "../say.js";
import type { Shell, When } from "../shell.js";
import { noFiles } from "./check.js";

export interface FixRequest {
  readonly kind: "fix";
  readonly files: readonly string[];
  readonly config: ConfigChoice;
  /** null: as the configuration says. */
  readonly format: Format | null;
  readonly color: When;
  /** Nothing is written. */
  readonly dryRun: boolean;
}

/** Mends the files of the request. 0: nothing is wrong any more, 1: something is, 2: as of `check`, or a file could not be written. */
export async function fix(request: FixRequest, shell: Shell): Promise<ExitCode> {
  const inputs = await inputsOf(request.files, request.config, shell);
  if (inputs.files.includes("-")) {
    complain(
      shell,
      "standard input cannot be mended: there is no file to write",
      "name a file, or check it without `--fix`",
    );
    return 2;
  }
  if (inputs.files.length === 0 && inputs.problems.length === 0) return noFiles(shell);
  const look: Look = { format: request.format ?? inputs.config.format ?? "pretty", color: request.color };
  const reads = await readSources(inputs.files, shell);
  const named = reads.flatMap((read) => ("source" in read ? [read.source] : []));
  const unread = reads.flatMap((read): readonly Reported[] =>
    "source" in read ? [] : [{ file: read.file, source: null, diagnostics: [read.diagnostic] }],
  );
  const show = progress("mending", named.length, shell);
  const made = mending(
    named,
    (known) => fromDisk({ cwd: shell.folder, standard: standardFile(), known }),
    worked,
    (done, file) => show.at(done, file),
  );
  show.done();
  const left = [...inputs.problems, ...unread, ...reportedOf(made, await linting(inputs.config))];
  const outcome = request.dryRun ? { written: [], unwritten: [] } : await write(named, made, shell);
  if (look.format === "json") report(left, look, shell, asJson(made, outcome));
  else tell(made, outcome, left, request, look, shell);
  const strayed = left.some(({ source }) => source === null) || outcome.unwritten.length > 0;
  return strayed ? 2 : isClean(left, made, request) ? 0 : 1;
}

/** With `--dry-run` the files still are as wrong as they were. */
function isClean(left: readonly Reported[], { mends }: Mending, { dryRun }: FixRequest): boolean {
  return count(left).errors === 0 && !(dryRun && mends.length > 0);
}

/** What this process has worked, in milliseconds: how busy the machine is otherwise does not matter. */
function worked(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

function reportedOf({ checked }: Mending, diagnosticsOf: Awaited<ReturnType<typeof linting>>): readonly Reported[] {
  return checked
    .filter(({ source }) => source.file !== STANDARD)
    .map(({ source, checked: one }) => ({
      file: source.file,
      source,
      diagnostics: one === null ? [] : diagnosticsOf(one),
    }));
}

interface Outcome {
  readonly written: readonly string[];
  readonly unwritten: readonly { readonly file: string; readonly problem: string }[];
}

async function write(named: readonly Source[], { sources }: Mending, shell: Shell): Promise<Outcome> {
  const written: string[] = [];
  const unwritten: { readonly file: string; readonly problem: string }[] = [];
  for (const [index, { file, text }] of sources.entries()) {
    const before = named[index]?.text ?? text;
    if (before === text) continue;
    const problem = await rewriteUnchanged(resolve(shell.folder, file), before, text);
    if (problem === null) written.push(file);
    else unwritten.push({ file, problem });
  }
  return { written, unwritten };
}

// ---- telling ---------------------------------------------------------------------------------------------

function asJson({ mends, cut }: Mending, { written }: Outcome): Readonly<Record<string, unknown>> {
  return {
    mends: mends.map((each) => ({
      file: each.file,
      code: each.diagnostic.code,
      message: each.diagnostic.message,
      title: each.title,
      diff: unifiedDiff({ file: each.file, before: each.before.text, after: each.after.text }),
    })),
    cut,
    written,
  };
}

function tell(
  { mends, cut }: Mending,
  { written, unwritten }: Outcome,
  left: readonly Reported[],
  { dryRun }: FixRequest,
  look: Look,
  shell: Shell,
): void {
  const { color } = lookOf(shell.out, look.color, shell);
  const style = paint(color);
  for (const each of mends) shell.out.write(`${shownMend(each, color)}\n`);
  report(left, look, shell);
  for (const file of cut)
    shell.out.write(`The search for mends in ${escape(file)} was cut short; what is left there may have one.\n`);
  const files = new Set(mends.map(({ file }) => file)).size;
  const done = dryRun ? style("yellow", "could be made") : style("green", "made");
  shell.out.write(
    mends.length === 0 ? "no mends\n" : `${plural(mends.length, "mend")} ${done} in ${plural(files, "file")}\n`,
  );
  for (const file of written) shell.out.write(`${style("green", "wrote")} ${escape(file)}\n`);
  if (written.length > 0)
    shell.out.write("Nothing is kept of how they were: your version control undoes it (`git checkout -- FILE`).\n");
  for (const { file, problem } of unwritten) complain(shell, `\`${file}\` is not mended. ${problem}`, "run it again");
}

function shownMend({ file, diagnostic, title, before, after }: Mended, color: boolean): string {
  const style = paint(color);
  const { line, column } = positionAt(lineStarts(before.text), diagnostic.span.start);
  const place = style("blue", `${escape(file)}:${line}:${column}`);
  const head = `${style("bold", style("green", `mend[${diagnostic.code}]`))} ${place}`;
  return `${head}\n${style("bold", `${escape(title)}.`)}\n\n${renderChange({ file, before: before.text, after: after.text }, color)}`;
}
