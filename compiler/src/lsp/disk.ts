// The `.chor` files on disk that the server may read: inside the folders of the workspace and bounded in number and
// size. In: folders and paths. Out: texts, read again when they change; null for what may not be read.

import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { parse } from "@chor/grammar";
import type { FileView } from "./files.js";

export interface Disk {
  /** The file at a path, as one and the same object until it changes. */
  readonly read: (path: string) => FileView | null;
  /** The paths of all `.chor` files, in the order of their names, folder by folder. */
  readonly list: () => readonly string[];
}

const maxSize = 1_048_576;
const maxFiles = 2_000;
const maxFolders = 5_000;
const maxDepth = 16;
/** How long a list of files stays true, in milliseconds. */
const freshness = 2_000;
const SKIPPED: ReadonlySet<string> = new Set(["node_modules", "dist", ".git"]);

interface Kept {
  readonly stamp: string;
  readonly view: FileView;
}

/** Takes the folders that may be read; they may change. */
export function disk(folders: () => readonly string[]): Disk {
  const kept = new Map<string, Kept>();
  let listed: { readonly at: number; readonly roots: string; readonly paths: readonly string[] } | null = null;
  return {
    read: (path) => {
      const real = allowed(path, folders());
      if (real === null) return null;
      try {
        const { size, mtimeMs } = statSync(real);
        const stamp = `${size} ${mtimeMs}`;
        const known = kept.get(path);
        if (known?.stamp === stamp) return known.view;
        if (size > maxSize) return null;
        const text = readFileSync(real, "utf8");
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
      if (listed === null || listed.roots !== roots || now - listed.at > freshness)
        listed = { at: now, roots, paths: listFiles(folders()) };
      return listed.paths;
    },
  };
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
