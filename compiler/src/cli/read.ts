// File names to source texts. In: names as they stand on the command line. Out: each file once, with its text
// or with the one diagnostic that says why there is none. Reads at most 1 MiB of each, whatever it is.

import { closeSync, fstatSync, openSync, readSync, realpathSync } from "node:fs";
import { resolve } from "node:path";
import type { Diagnostic, Source } from "@chor/grammar";
import { decodeUtf8 } from "../disk/utf8.js";
import { isFolder, MAXIMAL_BYTES, noSuchFile, notUtf8, tooLarge, unreadable } from "../report/reading.js";
import type { Shell } from "./shell.js";

export type Read =
  { readonly file: string; readonly source: Source } | { readonly file: string; readonly diagnostic: Diagnostic };

/** Reads every file once, in the order of its first name; `-` is standard input. Never throws. */
export async function readSources(files: readonly string[], shell: Shell): Promise<readonly Read[]> {
  const seen = new Set<string>();
  const out: Read[] = [];
  for (const file of files) {
    const path = resolve(shell.folder, file);
    const key = file === "-" ? "-" : identity(path);
    if (seen.has(key)) continue;
    seen.add(key);
    out.push(file === "-" ? decode("<stdin>", await shell.readInput(MAXIMAL_BYTES)) : readSource(file, path));
  }
  return out;
}

/** Reads one file; `file` is the name that messages show. Never throws. */
export function readSource(file: string, path: string): Read {
  let handle: number | null = null;
  try {
    handle = openSync(path, "r");
    if (fstatSync(handle).isDirectory()) return { file, diagnostic: isFolder(file) };
    return decode(file, readBytes(handle));
  } catch (problem) {
    return { file, diagnostic: whyNot(file, problem) };
  } finally {
    if (handle !== null) closeSync(handle);
  }
}

/** To the end, or to one byte more than is allowed: a device may have no end. */
function readBytes(handle: number): Uint8Array {
  const buffer = new Uint8Array(MAXIMAL_BYTES + 1);
  let length = 0;
  while (length < buffer.length) {
    const read = readSync(handle, buffer, length, buffer.length - length, null);
    if (read === 0) break;
    length += read;
  }
  return buffer.subarray(0, length);
}

function decode(file: string, bytes: Uint8Array): Read {
  if (bytes.length > MAXIMAL_BYTES) return { file, diagnostic: tooLarge(file) };
  const text = decodeUtf8(bytes);
  return text === null ? { file, diagnostic: notUtf8(file, firstWrongByte(bytes)) } : { file, source: { file, text } };
}

/** The length of the longest beginning that is UTF-8: what a lenient decoder replaces first stands there. */
function firstWrongByte(bytes: Uint8Array): number {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const encoder = new TextEncoder();
  for (let at = text.indexOf("\ufffd"); at >= 0; at = text.indexOf("\ufffd", at + 1)) {
    const before = encoder.encode(text.slice(0, at)).length;
    // A replacement character that is really written there is three bytes: EF BF BD.
    if (bytes[before] !== 0xef || bytes[before + 1] !== 0xbf || bytes[before + 2] !== 0xbd) return before;
  }
  return 0;
}

function whyNot(file: string, problem: unknown): Diagnostic {
  const code = problem instanceof Error && "code" in problem ? problem.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR") return noSuchFile(file);
  if (code === "EISDIR") return isFolder(file);
  if (code === "EACCES" || code === "EPERM") return unreadable(file, "permission denied");
  if (code === "ENAMETOOLONG") return unreadable(file, "its name is too long");
  if (code === "ELOOP") return unreadable(file, "its links go in a circle");
  return unreadable(file, problem instanceof Error ? problem.message : String(problem));
}

/** What tells two files apart: `a.chor`, `./a.chor` and a link to it are one. */
function identity(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return `no file: ${path}`;
  }
}
