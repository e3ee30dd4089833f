// A file that is there already gets another text. In: its path, what was read, what it is to be. Out: it is done, or why
// not; then nothing has changed. Behind a link it is the file that the link leads to.

import { constants } from "node:fs";
import { access, readFile, realpath, stat } from "node:fs/promises";
import { replaceFile } from "./replace.js";
import { decodeUtf8 } from "./utf8.js";

/** Replaces the text of a file, whole or not at all, its permissions staying. Gives null, or why it could not. */
export async function rewrite(path: string, text: string): Promise<string | null> {
  try {
    const target = await realpath(path);
    await access(target, constants.W_OK);
    await replaceFile(target, text, (await stat(target)).mode);
    return null;
  } catch (problem) {
    return `It could not be written: ${firstLine(problem)}`;
  }
}

/** The same, if the file still has the text that was read; a byte order mark stays. */
export async function rewriteUnchanged(path: string, before: string, text: string): Promise<string | null> {
  try {
    const bytes = await readFile(path);
    if (decodeUtf8(bytes) !== before) return "It has changed since it was read.";
    const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? "\ufeff" : "";
    return await rewrite(path, mark + text);
  } catch (problem) {
    return `It could not be read again: ${firstLine(problem)}`;
  }
}

/** The first line of what went wrong, as a sentence. */
export function firstLine(problem: unknown): string {
  const [line = ""] = (problem instanceof Error ? problem.message : String(problem)).split("\n");
  return line.endsWith(".") ? line : `${line}.`;
}
