// Writing files. In: a path and a text. Out: the file, whole or not at all. For all that write one where another may
// stand already.

import { randomUUID } from "node:crypto";
import { open, rename, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";

/** A name beside a file under which it can become whole; it says which process writes it. */
export function temporaryBeside(path: string): string {
  return join(dirname(path), `.chor-${process.pid}-${randomUUID()}.tmp`);
}

/** Our name for a file that is not whole yet; the first group is the process that writes it. */
export const TEMPORARY = /^\.chor-(\d{1,10})-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/;

/** Writes a file that is not there yet, through to the disk, with the permissions of `mode`. Throws what the disk says. */
export async function writeThrough(path: string, text: string, mode?: number): Promise<void> {
  const file = await open(path, "wx", mode);
  try {
    await file.writeFile(text, "utf8");
    if (mode !== undefined) await file.chmod(mode);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Replaces a file, whole or not at all, or makes it. Throws what the disk says, and then nothing has changed. */
export async function replaceFile(path: string, text: string, mode?: number): Promise<void> {
  const temporary = temporaryBeside(path);
  try {
    await writeThrough(temporary, text, mode);
    await rename(temporary, path);
  } catch (problem) {
    await unlink(temporary).catch(() => {});
    throw problem;
  }
}
