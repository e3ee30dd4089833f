// Imports from the disk: the only part of the modules stage that reads files. In: the path of an import and the file
// that it stands in. Out: the source, under one name however it is reached, or why it cannot be had. What leads out
// of the project, by `..` or by a symbolic link, is not read.

import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join, parse as parsePath, relative, resolve, sep } from "node:path";
import type { Source } from "@chor/grammar";
import { decodeUtf8 } from "../disk/utf8.js";
import { MAXIMAL_BYTES } from "../report/reading.js";
import type { Load, Loaded } from "./gather.js";
import { STANDARD } from "./specifier.js";

/** What makes a folder the root of a project. */
const MARKS = ["chor.config.json", "package.json", ".git"];

export interface DiskOptions {
  /** The folder that relative paths begin from. */
  readonly cwd: string;
  /** The path of the standard library's file. */
  readonly standard: string;
  /** Sources that are already read, or are being edited: they stand for what is on the disk. */
  readonly known: readonly Source[];
}

/** Loads imports from the disk. The project of a file is the nearest folder above it with one of the marks, else its own. */
export function fromDisk({ cwd, standard, known }: DiskOptions): Load {
  const byIdentity = new Map<string, Source>();
  for (const source of known) {
    const path = identityOf(resolve(cwd, source.file));
    if (path !== null) byIdentity.set(path, source);
  }
  const roots = new Map<string, string>();
  return (target, from) => {
    if (target.kind === "standard") return readOnce(standard, STANDARD, byIdentity);
    const path = resolve(cwd, target.file);
    const real = identityOf(path);
    if (real === null)
      return problem("there is no such file", `Check the path; it is looked for as \`${target.file}\`.`);
    const importer = identityOf(resolve(cwd, from)) ?? resolve(cwd, from);
    const folder = dirname(importer);
    const root = roots.get(folder) ?? rootOf(folder);
    roots.set(folder, root);
    if (!isInside(root, real)) {
      const how = isInside(root, path) ? "it is a link that leads out of the project" : "it is outside of the project";
      return problem(how, `Move it below \`${shown(cwd, root)}\`, the folder with the project's configuration.`);
    }
    return readOnce(real, shown(cwd, isInside(root, path) ? path : real), byIdentity);
  };
}

function readOnce(path: string, name: string, byIdentity: Map<string, Source>): Loaded {
  const identity = identityOf(path) ?? path;
  const known = byIdentity.get(identity);
  if (known !== undefined) return { kind: "source", source: known };
  const loaded = read(path, name);
  if (loaded.kind === "source") byIdentity.set(identity, loaded.source);
  return loaded;
}

function read(path: string, name: string): Loaded {
  try {
    const { size } = statSync(path);
    if (!statSync(path).isFile()) return problem("it is no file", "Name a file in it.");
    if (size > MAXIMAL_BYTES) return problem("it is larger than 1 MiB", "Split it.");
    const text = decodeUtf8(readFileSync(path));
    if (text === null) return problem("it is not UTF-8", "Save it as UTF-8.");
    return { kind: "source", source: { file: name, text } };
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown";
    return problem(`it cannot be read (${code})`, "Make it readable.");
  }
}

function problem(what: string, hint: string): Loaded {
  return { kind: "problem", what, hint };
}

function identityOf(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

function rootOf(folder: string): string {
  const top = parsePath(folder).root;
  for (let at = folder; at !== top; at = dirname(at)) if (MARKS.some((mark) => existsSync(join(at, mark)))) return at;
  return folder;
}

function isInside(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

/** A path as messages show it: relative to where `chorc` runs. */
function shown(cwd: string, path: string): string {
  const short = relative(cwd, path);
  return (short === "" ? "." : short).replaceAll(sep, "/");
}
