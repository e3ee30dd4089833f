// Files that are not as they should be, as a unified diff. In: what stands there and what should. Out: text, made
// printable; long diffs are cut. Loads the diff library when it is used.

import { createTwoFilesPatch } from "diff";
import { paint } from "./paint.js";
import type { Paint } from "./paint.js";
import { plural } from "./pretty.js";
import { escape } from "./text.js";

export interface StaleFile {
  /** As messages show it. */
  readonly file: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Of one file at most so many lines are shown. */
const PER_FILE = 120;

/** Unified diffs from what stands there to what should, a file after the other. */
export function renderDifferences(files: readonly StaleFile[], color: boolean): string {
  const style = paint(color);
  return files
    .map((file) => {
      const lines = unifiedDiff(file).trimEnd().split("\n");
      const rest = lines.length - PER_FILE;
      const shown = lines.slice(0, PER_FILE).map((line) => painted(escape(line), style));
      return [...shown, ...(rest > 0 ? [`... ${plural(rest, "more line")}`] : []), ""].join("\n");
    })
    .join("\n");
}

/** What one file becomes, without the name of the file. */
export function renderChange(file: StaleFile, color: boolean): string {
  const style = paint(color);
  const lines = unifiedDiff(file).trimEnd().split("\n");
  const hunks = lines.slice(lines.findIndex((line) => line.startsWith("@@")));
  return hunks.map((line) => `${painted(escape(line), style)}\n`).join("");
}

/** The diff of one file, as `diff -u` and `git apply` write it. */
export function unifiedDiff({ file, before, after }: StaleFile): string {
  return createTwoFilesPatch(
    before === null ? "/dev/null" : file,
    after === null ? "/dev/null" : file,
    before?.replaceAll("\r\n", "\n") ?? "",
    after ?? "",
    undefined,
    undefined,
    { context: 3 },
  ).replace(/^(?:Index: .*\n)?=+\n/, "");
}

function painted(line: string, style: Paint): string {
  if (line.startsWith("---") || line.startsWith("+++")) return style("bold", line);
  if (line.startsWith("@@")) return style("blue", line);
  if (line.startsWith("+")) return style("green", line);
  return line.startsWith("-") ? style("red", line) : line;
}
