// Writing a file that only its own kind may overwrite. In: a path, a text, the mark that stands in what was written before.
// Out: the exit code; what was written is told on standard output.

import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { replaceFile } from "../disk/replace.js";
import { complain, type ExitCode, type Look } from "./say.js";
import type { Shell } from "./shell.js";

/** Writes; 2 where something stands there without the mark, or it cannot be written. */
export async function writeOwn(
  out: string,
  text: string,
  mark: string,
  { format }: Look,
  shell: Shell,
): Promise<ExitCode> {
  const path = resolve(shell.folder, out);
  const before = await contentOf(path);
  if (before !== null && !before.includes(mark)) {
    complain(
      shell,
      `\`${out}\` is there already, and is not what chorc has written`,
      "name another file, or remove it",
    );
    return 2;
  }
  try {
    if (before !== text) await replaceFile(path, text);
  } catch (problem) {
    const why = problem instanceof Error && "code" in problem ? String(problem.code) : "it is not known why";
    complain(shell, `\`${out}\` cannot be written (${why})`, "check the folder");
    return 2;
  }
  const output = { written: before === text ? [] : [out], unchanged: before === text ? [out] : [] };
  shell.out.write(
    format === "json"
      ? `${JSON.stringify({ output }, null, 2)}\n`
      : `${before === text ? "unchanged" : "wrote"} ${out}\n`,
  );
  return 0;
}

/** null: there is no such file. What cannot be read counts as somebody else's. */
async function contentOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (problem) {
    return problem instanceof Error && "code" in problem && problem.code === "ENOENT" ? null : "";
  }
}
