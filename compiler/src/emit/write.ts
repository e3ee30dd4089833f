// Writing generated files. In: the output folder and all files of one or several sources. Out: what was written, or why
// nothing was. Each file appears whole or not at all; what is not ours, or no longer as we wrote it, stays as it is.

import { lstat, mkdir, open, readdir, readFile, rename, rmdir, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { TEMPORARY, temporaryBeside, writeThrough } from "../disk/replace.js";
import { originOf, sourceNamedIn } from "./mark.js";
import type { EmittedFile } from "./module.js";
import { baseName } from "./names.js";

/** What was done. */
export interface WriteResult {
  /** Paths relative to the output folder, like those that came in; sorted. */
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
  /** Files that were generated from these sources before, and are no more. */
  readonly removed: readonly string[];
  /** Sentences for the user. If there are any, nothing was written, or (the disk failed) not everything. */
  readonly problems: readonly string[];
}

/** Whether what was generated from a source, which is not among those at hand, is to go. */
export type IsGone = (source: string) => boolean;

/**
 * Writes the files of one or several sources below `out`, which is made if need be. All is looked at before anything is
 * written: a file that is in the way (not generated, changed by hand, generated from another source, a symbolic link)
 * is a problem, and then nothing is written.
 */
export async function writeFiles(
  out: string,
  files: readonly EmittedFile[],
  isGone: IsGone = () => false,
): Promise<WriteResult> {
  const nothing: WriteResult = { written: [], unchanged: [], removed: [], problems: [] };
  const misplaced = misplacedPaths(files);
  if (misplaced.length > 0) return { ...nothing, problems: misplaced };
  try {
    const looks = await Promise.all(files.map(async (file) => ({ file, look: await lookAt(out, file, isGone) })));
    const problems = looks.flatMap(({ look }) => (typeof look === "object" ? [look.problem] : []));
    if (problems.length > 0) return { ...nothing, problems };
    const stale = await staleFiles(out, files, isGone);
    const wanted = looks.filter(({ look }) => look === "write").map(({ file }) => file);
    await sweep(out);
    await writeAll(out, wanted);
    for (const path of stale) await remove(out, path);
    return {
      ...nothing,
      written: sorted(wanted.map(({ path }) => path)),
      unchanged: sorted(looks.filter(({ look }) => look === "unchanged").map(({ file }) => file.path)),
      removed: sorted(stale),
    };
  } catch (error) {
    return { ...nothing, problems: [`The files could not be written to \`${out}\`: ${reason(error)}.`] };
  }
}

/** A file that is not what it would be if it were written now; null where there is none, or none is wanted. */
export interface Difference {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What `writeFiles` would change below `out`, sorted; nothing is written. Ends of line are all the same here. */
export async function compareFiles(
  out: string,
  files: readonly EmittedFile[],
  isGone: IsGone = () => false,
): Promise<readonly Difference[]> {
  const found: Difference[] = [];
  for (const { path, text } of files) {
    const before = await textOf(join(out, path));
    if (before?.replaceAll("\r\n", "\n") !== text) found.push({ path, before, after: text });
  }
  for (const path of await staleFiles(out, files, isGone)) {
    found.push({ path, before: await textOf(join(out, path)), after: null });
  }
  return found.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** What stands in a file; null where there is no file. */
export async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "EISDIR"].includes(String(codeOf(error)))) return null;
    throw error;
  }
}

// ---- looking first ---------------------------------------------------------------------------------------

/** Paths that lead out of the folder, or would be one file on some disks. */
function misplacedPaths(files: readonly EmittedFile[]): string[] {
  const seen = new Set<string>();
  return files.flatMap(({ path }) => {
    const folded = path.toLowerCase();
    const isDouble = seen.has(folded);
    seen.add(folded);
    if (!/^(?:[\w$-][\w$.-]*\/)*[\w$-][\w$.-]*$/.test(path)) return [`\`${path}\` is no path below the output folder.`];
    return isDouble
      ? [`Two files would be written to \`${path}\`. Compile sources of one name to different folders.`]
      : [];
  });
}

type Look = "write" | "unchanged" | { readonly problem: string };

/** What is to be done with one file. */
async function lookAt(out: string, { path, text }: EmittedFile, isGone: IsGone): Promise<Look> {
  const target = join(out, path);
  const link = await linkIn(out, path);
  if (link !== null)
    return {
      problem: `\`${link}\` is a symbolic link, and is not followed. Remove it, or choose another output folder.`,
    };
  const kind = await kindOf(target);
  if (kind === "nothing") return "write";
  if (kind !== "file")
    return { problem: `\`${target}\` is in the way: it is no file. Move it, or choose another output folder.` };
  const before = await readFile(target, "utf8");
  switch (originOf(before)) {
    case "foreign":
      return {
        problem: `\`${target}\` was not generated by chorc, so it is not overwritten. Move it, or choose another output folder.`,
      };
    case "edited":
      return {
        problem: `\`${target}\` was changed by hand, so it is not overwritten. Move the changes elsewhere and delete the file.`,
      };
    case "ours": {
      const source = sourceNamedIn(before);
      if (source !== sourceNamedIn(text) && !(source !== null && isGone(source))) {
        return {
          problem: `\`${target}\` was generated from \`${source}\`. Compile that source to another folder, or delete the file.`,
        };
      }
      return before === text ? "unchanged" : "write";
    }
  }
}

/** The first symbolic link on the way from `out` to a file, itself included; null: none. */
async function linkIn(out: string, path: string): Promise<string | null> {
  let way = out;
  for (const part of path.split("/")) {
    way = join(way, part);
    if ((await kindOf(way)) === "link") return way;
  }
  return null;
}

async function kindOf(path: string): Promise<"nothing" | "file" | "folder" | "link" | "other"> {
  try {
    const found = await lstat(path);
    if (found.isSymbolicLink()) return "link";
    return found.isFile() ? "file" : found.isDirectory() ? "folder" : "other";
  } catch (error) {
    if (codeOf(error) === "ENOENT") return "nothing";
    throw error;
  }
}

/** Files below `out` that are as chorc generated them from one of the sources, and not among the files. */
async function staleFiles(out: string, files: readonly EmittedFile[], isGone: IsGone): Promise<string[]> {
  const sources = new Set(files.map(({ text }) => sourceNamedIn(text)));
  const current = new Set(files.map(({ path }) => path));
  const stale: string[] = [];
  for (const path of await filesBelow(out)) {
    if (!path.endsWith(".ts") || current.has(path)) continue;
    const text = await readFile(join(out, path), "utf8");
    const source = sourceNamedIn(text);
    if (source === null || !(sources.has(source) || isGone(source))) continue;
    if (originOf(text) === "ours") stale.push(path);
  }
  return stale;
}

/** The files in the folders directly below `out`: where generated files are. No links are followed. */
async function filesBelow(out: string): Promise<string[]> {
  if ((await kindOf(out)) === "nothing") return [];
  const paths: string[] = [];
  for (const folder of await readdir(out, { withFileTypes: true })) {
    if (!folder.isDirectory()) continue;
    const inside = await readdir(join(out, folder.name), { withFileTypes: true });
    paths.push(...inside.filter((file) => file.isFile()).map((file) => `${folder.name}/${file.name}`));
  }
  return paths;
}

// ---- writing ---------------------------------------------------------------------------------------------

/** All files are on the disk under other names before the first gets its own: a full disk changes nothing. */
async function writeAll(out: string, files: readonly EmittedFile[]): Promise<void> {
  const staged: { readonly temporary: string; readonly target: string }[] = [];
  try {
    for (const { path, text } of files) {
      const target = join(out, path);
      const temporary = temporaryBeside(target);
      await mkdir(dirname(target), { recursive: true });
      staged.push({ temporary, target });
      await writeThrough(temporary, text);
    }
    for (const { temporary, target } of staged) await rename(temporary, target);
  } catch (error) {
    await Promise.all(staged.map(({ temporary }) => unlink(temporary).catch(() => {})));
    throw error;
  }
  const folders = new Set(staged.map(({ target }) => dirname(target)));
  await Promise.all([...folders].map(syncFolder));
}

/** Removes what a run left behind that was killed while it wrote, and folders that are empty then. */
async function sweep(out: string): Promise<void> {
  for (const path of await filesBelow(out)) {
    const [, writer] = TEMPORARY.exec(baseName(path)) ?? [];
    if (writer !== undefined && !isRunning(Number(writer))) await remove(out, path);
  }
}

/** Another run may be writing here at this moment. A process that may not be asked is one that runs. */
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) !== "ESRCH";
  }
}

/** Makes the new names durable, where folders can be synced; elsewhere the system does as it likes. */
async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, "r");
    await folder.sync().finally(() => folder.close());
  } catch {
    return;
  }
}

/** Removes a file, and its folder if that was the last one. */
async function remove(out: string, path: string): Promise<void> {
  const target = join(out, path);
  await unlink(target);
  await rmdir(dirname(target)).catch(() => {});
}

function sorted(paths: readonly string[]): string[] {
  return paths.toSorted();
}

function codeOf(error: unknown): unknown {
  return typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
