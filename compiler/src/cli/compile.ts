// `chorc compile` behind the check: emits, and writes or compares. In: sources without errors, and the output folder.
// Out: what has become of the folder, or why nothing was written. Loaded only when it is used, for what it loads itself.

import { resolve } from "node:path";
import type { Diagnostic, Source } from "@chor/grammar";
import { unwrittenIn } from "../carried/written.js";
import type { Checked } from "../check.js";
import type { Target } from "../config/config.js";
import type { EmittedFile } from "../emit/emit.js";
import { kebab } from "../emit/names.js";
import { compareFiles, writeFiles } from "../emit/write.js";
import type { Difference, IsGone } from "../emit/write.js";
import { choreographyFolderTaken, sourceFolderTaken } from "../report/output.js";
import { keyOf } from "./emitted.js";
import type { Emitted } from "./emitted.js";
import { chorcIdentity } from "./identity.js";
import type { Written } from "./say.js";

/** Errors that only show when sources are compiled, by file: what cannot be written yet, and what clashes. */
export type Clashes = ReadonlyMap<string, readonly Diagnostic[]>;

export interface Outcome extends Written {
  readonly clashes: Clashes;
  /** Sentences: why nothing, or not everything, was written. */
  readonly problems: readonly string[];
}

export interface Compilation {
  /** Absolute. */
  readonly out: string;
  readonly targets: readonly Target[];
  /** The folder that the names of sources are relative to. */
  readonly folder: string;
  readonly emitted: Emitted;
  readonly isGone: IsGone;
  /** By file: its source and those that it imports, directly or not. */
  readonly sources: ReadonlyMap<string, readonly Source[]>;
  /** Hears of every source before it is emitted. */
  readonly at: (index: number, file: string) => void;
}

/**
 * Emits all sources and writes them. Writes nothing where generated code does not carry something yet, or where two
 * sources would share a folder.
 */
export async function compile(sources: readonly Checked[], compilation: Compilation): Promise<Outcome> {
  const refused = unwrittenBySource(sources);
  if (refused.size > 0) return { clashes: refused, written: [], unchanged: [], removed: [], problems: [] };
  const pieces = await emitAll(sources, compilation);
  const clashes = clashesOf(pieces);
  if (clashes.size > 0) return { clashes, written: [], unchanged: [], removed: [], problems: [] };
  const files = pieces.flatMap((piece) => piece.files);
  const outcome = await writeFiles(compilation.out, files, compilation.isGone);
  if (outcome.problems.length === 0) await compilation.emitted.save();
  return { ...outcome, clashes };
}

export interface Comparison {
  readonly clashes: Clashes;
  readonly differences: readonly Difference[];
}

/** Emits all sources and compares them with what stands in the output folder; writes nothing. */
export async function compare(sources: readonly Checked[], compilation: Compilation): Promise<Comparison> {
  const refused = unwrittenBySource(sources);
  if (refused.size > 0) return { clashes: refused, differences: [] };
  const pieces = await emitAll(sources, compilation);
  const clashes = clashesOf(pieces);
  const files = pieces.flatMap((piece) => piece.files);
  return {
    clashes,
    differences: clashes.size > 0 ? [] : await compareFiles(compilation.out, files, compilation.isGone),
  };
}

function unwrittenBySource(sources: readonly Checked[]): Clashes {
  return new Map(
    sources.flatMap(({ program }) => {
      const found = unwrittenIn(program);
      return found.length === 0 ? [] : [[program.source.file, found] as const];
    }),
  );
}

interface Piece {
  readonly source: Checked;
  readonly files: readonly EmittedFile[];
}

async function emitAll(sources: readonly Checked[], compilation: Compilation): Promise<readonly Piece[]> {
  const { emitted, targets, folder, sources: needed } = compilation;
  const identity = chorcIdentity();
  const pieces: Piece[] = [];
  for (const [index, source] of sources.entries()) {
    const { program } = source;
    compilation.at(index, program.source.file);
    const path = resolve(folder, program.source.file);
    const key =
      identity === null ? null : keyOf(identity, { targets }, needed.get(program.source.file) ?? [program.source]);
    const known = key === null ? null : await emitted.find(path, key);
    if (known !== null) {
      pieces.push({ source, files: known });
      continue;
    }
    const { emit } = await import("../emit/emit.js");
    const files = await emit(program, source.choreographies);
    if (key !== null) emitted.add(path, key, files);
    pieces.push({ source, files });
  }
  return pieces;
}

/** A folder belongs to one source: what is no longer generated from it can then be removed. */
function clashesOf(pieces: readonly Piece[]): Clashes {
  const owners = new Map<string, string>();
  const found = new Map<string, Diagnostic[]>();
  for (const { source, files } of pieces) {
    const { file } = source.program.source;
    for (const folder of new Set(files.map(({ path }) => path.slice(0, path.indexOf("/"))))) {
      const owner = owners.get(folder) ?? file;
      owners.set(folder, owner);
      if (owner === file) continue;
      found.set(file, [...(found.get(file) ?? []), taken(source, folder, owner)]);
    }
  }
  return found;
}

function taken({ program }: Checked, folder: string, owner: string): Diagnostic {
  const choreography = program.choreographies.find(({ name }) => kebab(name) === folder);
  if (choreography === undefined) return sourceFolderTaken(folder, owner);
  const { text } = program.source;
  const start = text.lastIndexOf("choreography", choreography.body.span.start);
  return choreographyFolderTaken(choreography.name, folder, owner, { start, end: text.indexOf("(", start) });
}
