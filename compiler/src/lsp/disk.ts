// The `.chor` files on disk that the server may read: inside the folders of the workspace and bounded in number and
// size. In: folders and paths. Out: texts, read again when they change; null for what may not be read.

import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { parse } from "@chor/grammar";
import { decodeUtf8 } from "../disk/utf8.js";
import { STANDARD } from "../modules/specifier.js";
import { standardFile } from "../package.js";
import { MAXIMAL_BYTES } from "../report/reading.js";
import type { FileView } from "./files.js";

export interface Disk {
  /** The standard library, which is the same for ever; null where it is not shipped with this program. */
  readonly standard: () => FileView | null;
  /** The file at a path, as one and the same object until it changes. */
  readonly read: (path: string) => FileView | null;
  /** The paths of all `.chor` files, in the order of their names, folder by folder. */
  readonly list: () => readonly string[];
}

const maxFiles = 2_000;
const maxFolders = 5_000;
const maxDepth = 16;
/** How long a list of files stays true, in milliseconds; one that took long stays true so many times longer. */
const freshness = 2_000;
const leisure = 100;
const SKIPPED: ReadonlySet<string> = new Set(["node_modules", "dist", ".git"]);

interface Kept {
  readonly stamp: string;
  readonly view: FileView;
}

/** Takes the folders that may be read; they may change. */
export function disk(folders: () => readonly string[]): Disk {
  const kept = new Map<string, Kept>();
  let standard: FileView | null = null;
  let listed: { readonly until: number; readonly roots: string; readonly paths: readonly string[] } | null = null;
  return {
    standard: () => (standard ??= readStandard()),
    read: (path) => {
      const real = allowed(path, folders());
      if (real === null) return null;
      try {
        const { size, mtimeMs } = statSync(real);
        const stamp = `${size} ${mtimeMs}`;
        const known = kept.get(path);
        if (known?.stamp === stamp) return known.view;
        if (size > MAXIMAL_BYTES) return null;
        const text = decodeUtf8(readFileSync(real));
        if (text === null) return null;
        const view = { uri: pathToFileURL(path).href, text, tree: parse({ file: path, text }).tree };
        kept.set(path, { stamp, view });
        return view;
      } catch {
        return null;
      }
    },
    list: () => {
      const roots = folders().join("\0");
      const now = performance.now();
      if (listed !== null && listed.roots === roots && now < listed.until) return listed.paths;
      const paths = listFiles(folders());
      const done = performance.now();
      listed = { until: done + Math.max(freshness, leisure * (done - now)), roots, paths };
      return paths;
    },
  };
}

function readStandard(): FileView | null {
  try {
    const file = standardFile();
    const text = readFileSync(file, "utf8");
    return { uri: pathToFileURL(file).href, text, tree: parse({ file: STANDARD, text }).tree };
  } catch {
    return null;
  }
}

/** The real path of a file if it lies in one of the folders, whatever links lead there. */
function allowed(path: string, folders: readonly string[]): string | null {
  try {
    const real = realpathSync(resolve(path));
    const inside = folders.some((folder) => real.startsWith(`${realpathSync(folder)}${sep}`));
    return inside && statSync(real).isFile() ? real : null;
  } catch {
    return null;
  }
}

function listFiles(roots: readonly string[]): readonly string[] {
  const found = new Set<string>();
  const waiting = roots.map((folder) => ({ folder, depth: 0 }));
  for (let seen = 0; seen < waiting.length && seen < maxFolders && found.size < maxFiles; seen++) {
    const { folder, depth } = waiting[seen] ?? { folder: "", depth: maxDepth };
    for (const entry of entriesOf(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && depth < maxDepth && !SKIPPED.has(entry.name))
        waiting.push({ folder: path, depth: depth + 1 });
      if (entry.isFile() && entry.name.endsWith(".chor") && found.size < maxFiles) found.add(path);
    }
  }
  return [...found];
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}
