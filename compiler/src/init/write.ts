// Writing a new project. In: a folder and the files of the template. Out: what was written and what stayed, or what is in
// the way. No file that exists is ever changed, not even one that appears meanwhile.

import { lstat, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { TemplateFile } from "./template.js";

export interface Initialised {
  readonly written: readonly string[];
  /** Files of the template that were there already. */
  readonly kept: readonly string[];
  /** Sentences; if there are any, nothing was written, or (the disk failed) not everything. */
  readonly problems: readonly string[];
}

/** Writes the template below `folder`. Where a file is there already: nothing is written, or, `force`, all but that. */
export async function writeStarter(
  folder: string,
  files: readonly TemplateFile[],
  force: boolean,
): Promise<Initialised> {
  const blocked = new Set<string>();
  const kept: string[] = [];
  try {
    for (const { path } of files) {
      const found = await inTheWay(folder, path);
      if (found === path) kept.push(path);
      else if (found !== null) blocked.add(found);
    }
    const problems = [...blocked].map((path) => `\`${join(folder, path)}\` is in the way: it is no folder.`);
    if (problems.length > 0 || (kept.length > 0 && !force)) return { written: [], kept, problems };
    const written: string[] = [];
    for (const { path, text } of files.filter((file) => !kept.includes(file.path))) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text, { flag: "wx" });
      written.push(path);
    }
    return { written, kept, problems: [] };
  } catch (problem) {
    const reason = problem instanceof Error ? problem.message : String(problem);
    return { written: [], kept, problems: [`The project could not be written to \`${folder}\`: ${reason}.`] };
  }
}

/** The path itself where something is there; else the first part on the way that is no folder (a link is none). */
async function inTheWay(folder: string, path: string): Promise<string | null> {
  const parts = path.split("/");
  // The folder itself may be a link: the user has named it.
  for (let length = 1; length <= parts.length; length++) {
    const part = parts.slice(0, length).join("/");
    const kind = await kindOf(join(folder, part));
    if (kind === "nothing") return null;
    if (length === parts.length || kind !== "folder") return part;
  }
  return null;
}

async function kindOf(path: string): Promise<"nothing" | "folder" | "other"> {
  try {
    return (await lstat(path)).isDirectory() ? "folder" : "other";
  } catch (problem) {
    const code = problem instanceof Error && "code" in problem ? problem.code : undefined;
    if (code === "ENOENT") return "nothing";
    throw problem;
  }
}
