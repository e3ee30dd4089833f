// `chorc fmt`: formats files in place, or says which are not formatted. In: names of files, `-` for standard input. Out:
// an exit code; files with syntax errors and files that cannot be read are told and stay as they are. The layout is what
// the project asks of Prettier, by `.prettierrc` and `.editorconfig`; files in `.prettierignore` are passed over.

import { join, resolve } from "node:path";
import { format, type FormatOptions } from "@chor/grammar";
import { firstLine, rewrite } from "../disk/rewrite.js";
import { internal } from "../report/reading.js";
import { toJson } from "../report/render/json.js";
import { paint } from "../report/render/paint.js";
import { plural, renderPretty } from "../report/render/pretty.js";
import type { Reported } from "../report/render/reported.js";
import { escape } from "../report/render/text.js";
import { describe, stackOf } from "./bug.js";
import { readSources, type Read } from "./read.js";
import { complain, lookOf, type ExitCode, type Look } from "./say.js";
import type { Shell } from "./shell.js";

export interface FmtOptions extends Look {
  /** Nothing is written; a file that is not formatted is a failure. */
  readonly check: boolean;
}

/**
 * Formats every file once. 0: all are formatted now; 1: syntax errors, or, with `check`, files that are not formatted;
 * 2: files that cannot be read or written, or a configuration that Prettier cannot read. Does not throw.
 */
export async function fmt(files: readonly string[], options: FmtOptions, shell: Shell): Promise<ExitCode> {
  const results: Result[] = [];
  for (const read of await readSources(files, shell)) results.push(await formatOne(read, options, shell));
  say(results, options, shell);
  const is = (...kinds: readonly Result["kind"][]): boolean => results.some(({ kind }) => kinds.includes(kind));
  if (is("unread", "unwritten")) return 2;
  return is("wrong") || (options.check && is("changed")) ? 1 : 0;
}

type Result =
  | { readonly kind: "unread" | "wrong"; readonly file: string; readonly reported: Reported }
  | { readonly kind: "unwritten"; readonly file: string; readonly problem: string }
  | { readonly kind: "changed" | "unchanged"; readonly file: string; readonly text: string }
  | { readonly kind: "ignored"; readonly file: string; readonly text: string };

const STANDARD_INPUT = "<stdin>";

async function formatOne(read: Read, { check }: FmtOptions, shell: Shell): Promise<Result> {
  const { file } = read;
  if ("diagnostic" in read) {
    return { kind: "unread", file, reported: { file, source: null, diagnostics: [read.diagnostic] } };
  }
  const { source } = read;
  const path = resolve(shell.folder, file === STANDARD_INPUT ? "stdin.chor" : file);
  try {
    const wish = await wishOf(path, shell);
    if (wish === "ignored") return { kind: "ignored", file, text: source.text };
    if ("problem" in wish) return { kind: "unwritten", file, problem: wish.problem };
    const result = await format(source.text, wish.options);
    if ("diagnostics" in result)
      return { kind: "wrong", file, reported: { file, source, diagnostics: result.diagnostics } };
    const { formatted } = result;
    if (formatted === source.text) return { kind: "unchanged", file, text: formatted };
    const problem = check || file === STANDARD_INPUT ? null : await rewrite(path, formatted);
    return problem === null ? { kind: "changed", file, text: formatted } : { kind: "unwritten", file, problem };
  } catch (problem) {
    if (shell.environment["CHORC_DEBUG"] === "1") shell.error.write(`${stackOf(problem)}\n`);
    return { kind: "unread", file, reported: { file, source: null, diagnostics: [internal(file, describe(problem))] } };
  }
}

// ---- what the project wants ------------------------------------------------------------------------------

type Wish = "ignored" | { readonly options: FormatOptions } | { readonly problem: string };

async function wishOf(path: string, shell: Shell): Promise<Wish> {
  const prettier = await import("prettier");
  try {
    const { ignored } = await prettier.getFileInfo(path, { ignorePath: join(shell.folder, ".prettierignore") });
    if (ignored) return "ignored";
    const found = (await prettier.resolveConfig(path, { editorconfig: true, useCache: false })) ?? {};
    const { printWidth, tabWidth, useTabs, endOfLine } = found;
    return {
      options: {
        ...(printWidth === undefined ? {} : { printWidth }),
        ...(tabWidth === undefined ? {} : { tabWidth }),
        ...(useTabs === undefined ? {} : { useTabs }),
        ...(endOfLine === undefined ? {} : { endOfLine }),
      },
    };
  } catch (problem) {
    return { problem: `The configuration of Prettier cannot be read: ${firstLine(problem)}` };
  }
}

// ---- telling ---------------------------------------------------------------------------------------------

/** Diagnostics and a line for each file that is not as it should be, or was not; the text of standard input as it is. */
function say(results: readonly Result[], { check, format: shape, color }: FmtOptions, shell: Shell): void {
  const input = results.find(({ file }) => file === STANDARD_INPUT);
  const text = input !== undefined && "text" in input && !check ? input.text : null;
  const named = (kind: Result["kind"]): readonly string[] =>
    results.filter((one) => one.kind === kind).map(({ file }) => file);
  const unwritten = results.filter((one) => one.kind === "unwritten");
  const tellUnwritten = (): void =>
    unwritten.forEach(({ file, problem }) => complain(shell, `\`${file}\` is not formatted. ${problem}`, null));
  if (shape === "json") {
    const reported = results.map((one) =>
      "reported" in one ? one.reported : { file: one.file, source: null, diagnostics: [] },
    );
    const output = { changed: named("changed"), unchanged: named("unchanged"), ignored: named("ignored") };
    shell.out.write(
      `${JSON.stringify({ ...toJson(reported), format: { ...output, ...(text === null ? {} : { text }) } }, null, 2)}\n`,
    );
    tellUnwritten();
    return;
  }
  const reported = results.flatMap((one) => ("reported" in one ? [one.reported] : []));
  const [strayed, wrong] = [
    reported.filter(({ source }) => source === null),
    reported.filter(({ source }) => source !== null),
  ];
  // Where standard output is the formatted text, everything else goes to the other stream.
  const other = input === undefined || check ? shell.out : shell.error;
  shell.error.write(renderPretty(strayed, lookOf(shell.error, color, shell)));
  other.write(renderPretty(wrong, lookOf(other, color, shell)));
  if (text !== null) shell.out.write(text);
  tellUnwritten();
  const told = results.filter(({ file }) => check || file !== STANDARD_INPUT);
  if (told.length > 0) other.write(listed(told, check, lookOf(other, color, shell).color));
}

function listed(results: readonly Result[], check: boolean, color: boolean): string {
  const style = paint(color);
  const changed = results.filter(({ kind }) => kind === "changed");
  const word = check ? style("yellow", "not formatted") : style("green", "formatted");
  const lines = changed.map(({ file }) => `${word} ${escape(file)}`);
  const count = (...kinds: readonly Result["kind"][]): number =>
    results.filter(({ kind }) => kinds.includes(kind)).length;
  const rest = [
    `${count("unchanged")} unchanged`,
    ...(count("ignored") > 0 ? [`${count("ignored")} ignored`] : []),
    ...(count("wrong", "unread", "unwritten") > 0 ? [`${count("wrong", "unread", "unwritten")} left as they are`] : []),
  ];
  return [
    ...lines,
    `${plural(changed.length, "file")} ${check ? "not formatted" : "formatted"}, ${rest.join(", ")}`,
    "",
  ].join("\n");
}
