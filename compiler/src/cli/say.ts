// What the commands print: diagnostics, the list of what was written, and complaints. In: results. Out: text on the
// streams of the shell; diagnostics on standard output, wrong use and unreadable files on standard error.

import { join, relative } from "node:path";
import { plural, renderPretty, summary } from "../report/render/pretty.js";
import { toJson } from "../report/render/json.js";
import { paint } from "../report/render/paint.js";
import type { Reported } from "../report/render/reported.js";
import { escape } from "../report/render/text.js";
import { wantsColor } from "./shell.js";
import type { Output, Shell, When } from "./shell.js";

/** No errors; errors in the files; wrong use, or a file that cannot be read or written, or a bug in chorc. */
export type ExitCode = 0 | 1 | 2;

export type Format = "pretty" | "json";

export interface Look {
  readonly format: Format;
  readonly color: When;
}

/** How one output is to be written. */
export function lookOf(output: Output, color: When, shell: Shell): { readonly width: number; readonly color: boolean } {
  return { width: output.columns ?? 100, color: wantsColor(color, output, shell.environment) };
}

/** Wrong use, or a failure outside of any file: one line, and what to do. */
export function complain(shell: Shell, message: string, hint: string | null): void {
  const style = paint(wantsColor("auto", shell.error, shell.environment));
  shell.error.write(`${style("bold", style("red", "chorc:"))} ${escape(message)}\n`);
  if (hint !== null) shell.error.write(`  ${style("green", "mend:")} ${escape(hint)}\n`);
}

/** Wrong use; the exit code that says so. */
export function wrongly(
  { message, hint }: { readonly message: string; readonly hint: string },
  shell: Shell,
): ExitCode {
  complain(shell, message, hint);
  return 2;
}

/**
 * Reports on files. `more`: further keys of the JSON object. As JSON everything goes to standard output, on one line
 * where many reports follow each other.
 */
export function report(
  reported: readonly Reported[],
  look: Look,
  shell: Shell,
  more: Readonly<Record<string, unknown>> = {},
  isOneOfMany = false,
): void {
  if (look.format === "json") {
    shell.out.write(`${JSON.stringify({ ...toJson(reported), ...more }, null, isOneOfMany ? 0 : 2)}\n`);
    return;
  }
  const strayed = reported.filter(({ source }) => source === null);
  const read = reported.filter(({ source }) => source !== null);
  shell.error.write(renderPretty(strayed, lookOf(shell.error, look.color, shell)));
  const out = lookOf(shell.out, look.color, shell);
  shell.out.write(renderPretty(read, out));
  const missing = strayed.length === 0 ? "" : `; ${plural(strayed.length, "file")} not checked`;
  if (read.length > 0) shell.out.write(`${summary(read, out.color)}${missing}\n`);
}

/** What has become of the output folder, below `out`. */
export interface Written {
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
  readonly removed: readonly string[];
}

/** A line for each file that has changed, and how many there are of each. */
export function renderWritten(out: string, output: Written, color: boolean): string {
  const style = paint(color);
  const shown = (file: string): string => escape(join(out, file));
  const lines = [
    ...output.written.map((file) => `${style("green", "wrote")}   ${shown(file)}`),
    ...output.removed.map((file) => `${style("yellow", "removed")} ${shown(file)}`),
  ];
  const counts = `${plural(output.written.length, "file")} written, ${output.unchanged.length} unchanged, ${output.removed.length} removed`;
  return [...lines, counts, ""].join("\n");
}

/** A path as a user of the working folder would write it. */
export function shownPath(path: string, shell: Shell): string {
  const near = relative(shell.folder, path);
  return near === "" ? "." : near.startsWith("../../..") ? path : near;
}
