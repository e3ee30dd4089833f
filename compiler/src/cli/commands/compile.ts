// `chorc compile`: files in, TypeScript out. All is checked first; if anything has an error, nothing is written. With
// `--check` the output is compared instead, with `--watch` made again whenever something changes.

import { join, resolve } from "node:path";
import type { Target } from "../../config/config.js";
import { baseName } from "../../emit/names.js";
import { count } from "../../report/render/reported.js";
import type { Reported } from "../../report/render/reported.js";
import { checkAll, withImports } from "../checking.js";
import type { CheckedAll, Memory } from "../checking.js";
import type { Clashes, Compilation } from "../compile.js";
import type { Emitted } from "../emitted.js";
import { inputsOf } from "../inputs.js";
import type { ConfigChoice, Inputs } from "../inputs.js";
import { progress } from "../progress.js";
import { complain, lookOf, renderWritten, report, shownPath } from "../say.js";
import type { ExitCode, Format, Look } from "../say.js";
import type { Shell, When } from "../shell.js";
import type { Round } from "../watch.js";
import { noFiles } from "./check.js";

export interface CompileRequest {
  readonly kind: "compile";
  readonly files: readonly string[];
  readonly config: ConfigChoice;
  /** null, these three: as the configuration says. */
  readonly out: string | null;
  readonly targets: readonly Target[] | null;
  readonly format: Format | null;
  readonly color: When;
  readonly watch: boolean;
  readonly check: boolean;
}

/** Compiles the files of the request and reports. */
export async function compile(request: CompileRequest, shell: Shell): Promise<ExitCode> {
  if (request.files.includes("-")) {
    complain(shell, "`compile` does not read standard input", "name the file: its name becomes that of a folder");
    return 2;
  }
  const session: Session = { memory: new Map(), emitted: new Map(), sources: new Set() };
  if (!request.watch) return (await round(request, session, shell)).code;
  const { watch } = await import("../watch.js");
  return watch(
    () => inputsOf(request.files, request.config, shell),
    () => round(request, session, shell),
    shell,
  );
}

/** What one round of watching leaves to the next. */
interface Session {
  readonly memory: Memory;
  /** By output folder. */
  readonly emitted: Map<string, Emitted>;
  /** The names of all sources that have been compiled. */
  readonly sources: Set<string>;
}

async function round(request: CompileRequest, session: Session, shell: Shell): Promise<Round> {
  const inputs = await inputsOf(request.files, request.config, shell);
  const look = { format: request.format ?? inputs.config.format ?? "pretty", color: request.color };
  const out = outOf(request, inputs, shell);
  if (inputs.problems.length === 0) {
    if (inputs.files.length === 0) return { inputs, code: noFiles(shell) };
    if (out === null) {
      complain(shell, "`compile` has to know where to write", "add `--out DIR`, or `out` to `chor.config.json`");
      return { inputs, code: 2 };
    }
  }
  const checked = await checkAll(inputs, shell, session.memory);
  const watched = withImports(inputs, checked, shell);
  if (checked.code !== 0 || out === null) {
    report(checked.reported, look, shell, {}, request.watch);
    return { inputs: watched, code: checked.code };
  }
  const compilation = await prepare(request, inputs, out, session, checked, shell);
  const shown = request.out ?? shownPath(out, shell);
  const code = request.check
    ? await compare(checked, compilation, shown, look, shell)
    : await write(checked, compilation, shown, look, request.watch, shell);
  for (const { program } of checked.checked) session.sources.add(baseName(program.source.file));
  return { inputs: watched, code };
}

function outOf(request: CompileRequest, { config, configFile }: Inputs, shell: Shell): string | null {
  if (request.out !== null) return resolve(shell.folder, request.out);
  return config.out === null || configFile === null ? null : resolve(configFile, "..", config.out);
}

async function prepare(
  request: CompileRequest,
  inputs: Inputs,
  out: string,
  session: Session,
  { checked, sources }: CheckedAll,
  shell: Shell,
): Promise<Compilation & { readonly done: () => void }> {
  const { emittedBelow } = await import("../emitted.js");
  const emitted = session.emitted.get(out) ?? (await emittedBelow(out));
  session.emitted.set(out, emitted);
  const current = new Set(checked.map(({ program }) => baseName(program.source.file)));
  const ownsOut = inputs.whole && request.out === null;
  const { at, done } = progress("compiling", checked.length, shell);
  return {
    out,
    targets: request.targets ?? inputs.config.targets,
    folder: shell.folder,
    emitted,
    sources,
    // A whole project owns its output folder; else only what this session has seen may be known to be gone.
    isGone: (source) => !current.has(source) && (ownsOut || session.sources.has(source)),
    at,
    done,
  };
}

async function write(
  { reported, checked }: CheckedAll,
  compilation: Compilation & { readonly done: () => void },
  folder: string,
  look: Look,
  isOneOfMany: boolean,
  shell: Shell,
): Promise<ExitCode> {
  const { compile } = await import("../compile.js");
  const { clashes, problems, written, unchanged, removed } = await compile(checked, compilation);
  compilation.done();
  const all = withClashes(reported, clashes);
  report(all, look, shell, { output: { written, unchanged, removed } }, isOneOfMany);
  const { errors } = count(all);
  if (look.format === "pretty" && problems.length === 0 && errors === 0) {
    const { color } = lookOf(shell.out, look.color, shell);
    shell.out.write(renderWritten(folder, { written, unchanged, removed }, color));
  }
  for (const problem of problems) complain(shell, problem, null);
  return problems.length > 0 ? 2 : errors > 0 ? 1 : 0;
}

/** `--check`: exit code 1 and a diff where the output is not what it would be. */
async function compare(
  { reported, checked }: CheckedAll,
  compilation: Compilation & { readonly done: () => void },
  folder: string,
  look: Look,
  shell: Shell,
): Promise<ExitCode> {
  const { compare: compareAll } = await import("../compile.js");
  const { renderDifferences, unifiedDiff } = await import("../../report/render/differences.js");
  const { clashes, differences } = await compareAll(checked, compilation);
  compilation.done();
  const all = withClashes(reported, clashes);
  const stale = differences.map(({ path, before, after }) => ({ file: join(folder, path), before, after }));
  const json = stale.map((each) => ({ file: each.file, diff: unifiedDiff(each) }));
  report(all, look, shell, { stale: json });
  if (count(all).errors > 0) return 1;
  if (look.format === "pretty") {
    if (stale.length > 0) shell.out.write(`${renderDifferences(stale, lookOf(shell.out, look.color, shell).color)}\n`);
    shell.out.write(
      stale.length === 0
        ? `\`${folder}\` is up to date\n`
        : `\`${folder}\` is not up to date: run \`chorc compile\` again, and commit what it writes\n`,
    );
  }
  return stale.length > 0 ? 1 : 0;
}

function withClashes(reported: readonly Reported[], clashes: Clashes): readonly Reported[] {
  return reported.map((each) => {
    const more = clashes.get(each.file) ?? [];
    return more.length === 0 ? each : { ...each, diagnostics: [...each.diagnostics, ...more] };
  });
}
