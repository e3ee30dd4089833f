// What need not be emitted again. In: what the output depends on, as a key. Out: the files that were emitted for it, in
// this process or in an earlier one. An earlier one's are on the disk: they are taken only as the very bytes they were.

import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rename, unlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Source } from "@chor/grammar";
import type { EmittedFile } from "../emit/emit.js";
import { textOf } from "../emit/write.js";

export interface Emitted {
  /** Files that were emitted for this key, if they are known and, on the disk, unchanged. Sources by absolute path. */
  readonly find: (source: string, key: string) => Promise<readonly EmittedFile[] | null>;
  readonly add: (source: string, key: string, files: readonly EmittedFile[]) => void;
  /** Remembers all of it for later processes, where there is a place for that. */
  readonly save: () => Promise<void>;
}

/** What the output of a source depends on: this chorc, the options, the source and everything that it imports. */
export function keyOf(identity: string, options: unknown, sources: readonly Source[]): string {
  const parts = [identity, JSON.stringify(options), ...sources.flatMap(({ file, text }) => [file, text])];
  return digest(parts.map((part) => `${part.length}:${part}`).join(""));
}

/**
 * The files emitted below `out`, an absolute path. What earlier processes know is kept in the nearest
 * `node_modules/.cache/chorc`, as other tools do: it is of no worth to anybody else, and is never committed.
 */
export async function emittedBelow(out: string): Promise<Emitted> {
  const place = placeOf(out);
  const known = place === null ? new Map<string, Known>() : await load(place);
  const files = new Map<string, readonly EmittedFile[]>();
  let isChanged = false;
  return {
    async find(source, key) {
      const before = known.get(source);
      if (before?.key !== key) return null;
      return files.get(source) ?? (await fromDisk(out, before));
    },
    add(source, key, emitted) {
      isChanged = true;
      known.set(source, { key, files: emitted.map(({ path, text }) => [path, digest(text)] as const) });
      files.set(source, emitted);
    },
    async save() {
      for (const source of known.keys()) if (!existsSync(source)) known.delete(source);
      if (place !== null && isChanged) await store(place, known);
      isChanged = false;
    },
  };
}

interface Known {
  readonly key: string;
  /** Path below the output folder, and digest. */
  readonly files: readonly (readonly [path: string, digest: string])[];
}

async function fromDisk(out: string, { files }: Known): Promise<readonly EmittedFile[] | null> {
  const found: EmittedFile[] = [];
  for (const [path, expected] of files) {
    const text = await textOf(join(out, path)).catch(() => null);
    if (text === null || digest(text) !== expected) return null;
    found.push({ path, text });
  }
  return found;
}

/** null: there is no `node_modules` above, and so no place that nobody else looks at. */
function placeOf(out: string): string | null {
  for (let at = out; ; at = dirname(at)) {
    if (existsSync(join(at, "node_modules"))) {
      return join(at, "node_modules", ".cache", "chorc", `${digest(out).slice(0, 16)}.json`);
    }
    if (dirname(at) === at) return null;
  }
}

async function load(place: string): Promise<Map<string, Known>> {
  try {
    const entries = JSON.parse((await textOf(place)) ?? "[]") as unknown;
    return new Map(Array.isArray(entries) ? entries.filter(isEntry) : []);
  } catch {
    return new Map();
  }
}

function isEntry(value: unknown): value is readonly [string, Known] {
  if (!Array.isArray(value) || value.length !== 2 || typeof value[0] !== "string") return false;
  const known = value[1] as Partial<Known> | null;
  return (
    typeof known?.key === "string" &&
    Array.isArray(known.files) &&
    known.files.every((file) => Array.isArray(file) && file.length === 2 && file.every((part) => isText(part)))
  );
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

/** A cache that cannot be written is none. */
async function store(place: string, known: ReadonlyMap<string, Known>): Promise<void> {
  const temporary = `${place}.${randomUUID()}.tmp`;
  try {
    await mkdir(dirname(place), { recursive: true });
    await writeFile(temporary, JSON.stringify([...known]));
    await rename(temporary, place);
  } catch {
    await unlink(temporary).catch(() => {});
  }
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
