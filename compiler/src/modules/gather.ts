// All files that a run is about: those that were named, and those that they import, directly or not. In: the named
// sources and a way to load others. Out: every file once, parsed, imported ones before those that import them, with
// what is wrong with the imports themselves. Depth first without recursion.

import { parse } from "@chor/grammar";
import type { Diagnostic, ImportTree, Parsed, Source } from "@chor/grammar";
import { importCycle, importNotLoaded, tooManyFiles, wrongSpecifier } from "../report/modules.js";
import { targetOf } from "./specifier.js";

/** One run reads at most so many files. */
export const FILES_LIMIT = 1000;

export interface Module {
  readonly source: Source;
  readonly parsed: Parsed;
  /** By specifier as it is written: which file it means; null where there is none to be had. */
  readonly imports: ReadonlyMap<string, string | null>;
  /** What is wrong with its imports. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Loads a file that is imported. `from` is the file that imports it. Must not throw. */
export type Load = (target: LoadTarget, from: string) => Loaded;

export type LoadTarget = { readonly kind: "file"; readonly file: string } | { readonly kind: "standard" };

export type Loaded =
  | { readonly kind: "source"; readonly source: Source }
  /** `what` goes on behind "It cannot be imported: ". */
  | { readonly kind: "problem"; readonly what: string; readonly hint: string };

/**
 * Gathers the files of a run. A file is known by `Source.file`: whoever loads gives one file one name, however it
 * is reached. Files of a cycle import each other all the same, but for the import that closes it.
 */
export function gather(entries: readonly Source[], load: Load): readonly Module[] {
  const run: Run = { load, parsed: new Map(), done: new Map(), path: new Map() };
  for (const entry of entries) if (!run.parsed.has(entry.file)) run.parsed.set(entry.file, read(entry));
  for (const entry of entries) visit(entry.file, run);
  return [...run.done.values()];
}

interface Run {
  readonly load: Load;
  readonly parsed: Map<string, Visit>;
  /** Finished, imported ones first. */
  readonly done: Map<string, Module>;
  /** The files that are being visited, outermost first. */
  readonly path: Map<string, Visit>;
}

/** A file on the way. */
interface Visit {
  readonly source: Source;
  readonly parsed: Parsed;
  readonly imports: Map<string, string | null>;
  readonly diagnostics: Diagnostic[];
  next: number;
}

function read(source: Source): Visit {
  return { source, parsed: parse(source), imports: new Map(), diagnostics: [], next: 0 };
}

function visit(root: string, run: Run): void {
  if (!run.done.has(root)) enter(root, run);
  for (let file = [...run.path.keys()].at(-1); file !== undefined; file = [...run.path.keys()].at(-1)) {
    const at = run.path.get(file);
    if (at === undefined) return;
    const tree = at.parsed.tree.imports[at.next++];
    if (tree === undefined) {
      run.path.delete(file);
      const { source, parsed, imports, diagnostics } = at;
      run.done.set(file, { source, parsed, imports, diagnostics });
      continue;
    }
    const target = follow(tree, at, run);
    if (target !== null && !run.done.has(target)) enter(target, run);
  }
}

function enter(file: string, run: Run): void {
  const found = run.parsed.get(file);
  if (found !== undefined) run.path.set(file, found);
}

/** The file that an import means, and that is to be visited before the one that imports it; null: there is none. */
function follow(tree: ImportTree, at: Visit, run: Run): string | null {
  const specifier = tree.from.value;
  const known = at.imports.get(specifier);
  if (known !== undefined) return known;
  const file = fileOf(tree, at, run);
  at.imports.set(specifier, file);
  return file;
}

function fileOf(tree: ImportTree, at: Visit, run: Run): string | null {
  const { value, span } = tree.from;
  const target = targetOf(at.source.file, value);
  if (target.kind === "wrong") {
    at.diagnostics.push(wrongSpecifier(value, target.why, span));
    return null;
  }
  const loaded = run.load(target, at.source.file);
  if (loaded.kind === "problem") {
    at.diagnostics.push(importNotLoaded(value, loaded.what, loaded.hint, span));
    return null;
  }
  const { file } = loaded.source;
  if (run.path.has(file)) {
    const names = [...run.path.keys()];
    at.diagnostics.push(importCycle(value, [...names.slice(names.indexOf(file)), file], span));
    return null;
  }
  if (!run.parsed.has(file)) {
    if (run.parsed.size >= FILES_LIMIT) {
      at.diagnostics.push(tooManyFiles(value, FILES_LIMIT, span));
      return null;
    }
    run.parsed.set(file, read(loaded.source));
  }
  return file;
}
