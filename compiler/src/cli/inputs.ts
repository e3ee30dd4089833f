// Which files a command is about, and what the project wants of it. In: the words of the command line and the choice of
// a configuration. Out: the files as messages name them, the configuration, and where to watch for changes.

import { existsSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import type { Diagnostic } from "@chor/grammar";
import { DEFAULTS, parseConfig } from "../config/config.js";
import type { Config } from "../config/config.js";
import { noChorFile, noMatch } from "../report/config.js";
import type { Reported } from "../report/render/reported.js";
import { readSource } from "./read.js";
import type { Shell } from "./shell.js";

/** A file; `null`: the one that is found upwards from the working folder, if any; `false`: none. */
export type ConfigChoice = string | null | false;

export interface Inputs {
  /** As messages show them; `-` is standard input. They need not exist. */
  readonly files: readonly string[];
  /** Patterns and folders that hold nothing, and a configuration that is wrong. */
  readonly problems: readonly Reported[];
  readonly config: Config;
  /** Absolute; null: there is none. */
  readonly configFile: string | null;
  /** The files are those of the configuration: there are no others in this project. */
  readonly whole: boolean;
  readonly roots: readonly Root[];
}

/** A folder in which a change may matter: `deep` with all below it. Absolute. */
export interface Root {
  readonly folder: string;
  readonly deep: boolean;
}

export const CONFIG_NAME = "chor.config.json";

/** Finds the files and the configuration. Without words the configuration names the files; without both there are none. */
export async function inputsOf(words: readonly string[], choice: ConfigChoice, shell: Shell): Promise<Inputs> {
  const found = readConfig(choice, shell);
  const base = found.file === null ? shell.folder : dirname(found.file);
  const configRoot = found.file === null ? [] : [{ folder: base, deep: false }];
  const shared = { config: found.config, configFile: found.file };
  if (found.problem !== null) {
    return { ...shared, files: [], problems: [found.problem], whole: false, roots: configRoot };
  }
  if (words.length > 0) {
    const { files, problems, roots } = await expandAll(words, shell.folder, (_path, name) => name);
    return { ...shared, files, problems, whole: false, roots: [...roots, ...configRoot] };
  }
  if (found.file === null) return { ...shared, files: [], problems: [], whole: false, roots: [] };
  const shown = (path: string): string => relative(shell.folder, path) || path;
  const { files, problems, roots } = await expandAll(found.config.files, base, shown);
  return { ...shared, files, problems, whole: true, roots: [...roots, ...configRoot] };
}

// ---- the configuration -----------------------------------------------------------------------------------

interface Found {
  readonly file: string | null;
  readonly config: Config;
  readonly problem: Reported | null;
}

function readConfig(choice: ConfigChoice, shell: Shell): Found {
  const file = choice === false ? null : choice === null ? findUpwards(shell.folder) : resolve(shell.folder, choice);
  if (file === null) return { file, config: DEFAULTS, problem: null };
  const name = choice === null || choice === false ? relative(shell.folder, file) : choice;
  const read = readSource(name, file);
  if ("diagnostic" in read) {
    return { file, config: DEFAULTS, problem: { file: name, source: null, diagnostics: [read.diagnostic] } };
  }
  const { config, diagnostics } = parseConfig(read.source);
  return { file, config, problem: diagnostics.length === 0 ? null : { file: name, source: read.source, diagnostics } };
}

function findUpwards(folder: string): string | null {
  for (let at = folder; ; at = dirname(at)) {
    const file = join(at, CONFIG_NAME);
    if (existsSync(file)) return file;
    if (dirname(at) === at) return null;
  }
}

// ---- words to files --------------------------------------------------------------------------------------

interface Expanded {
  readonly files: readonly string[];
  readonly problems: readonly Reported[];
  readonly roots: readonly Root[];
}

/** `shown` names a file that was found: from its absolute path, and from the name that the word gives it. */
async function expandAll(
  words: readonly string[],
  folder: string,
  shown: (path: string, name: string) => string,
): Promise<Expanded> {
  const taken = new Set<string>();
  for (const word of words.filter(isNegative)) {
    for (const { path } of (await expand(word.slice(1), folder)).files) taken.add(path);
  }
  const each = await Promise.all(words.filter((word) => !isNegative(word)).map((word) => expand(word, folder)));
  const files = each.flatMap((one) => one.files).filter(({ path }) => !taken.has(path));
  return {
    files: [...new Set(files.map(({ path, name }) => (name === "-" ? name : shown(path, name))))],
    problems: each.flatMap(({ problem }) => (problem === null ? [] : [problem])),
    roots: each.flatMap(({ root }) => (root === null ? [] : [root])),
  };
}

interface ExpandedOne {
  readonly files: readonly { readonly path: string; readonly name: string }[];
  readonly problem: Reported | null;
  readonly root: Root | null;
}

/** A file is itself, even one that is missing: reading it says so. A name that exists is never a pattern. */
async function expand(word: string, folder: string): Promise<ExpandedOne> {
  if (word === "-") return { files: [{ path: "-", name: "-" }], problem: null, root: null };
  const path = resolve(folder, word);
  const kind = kindOf(path);
  if (kind === "folder") {
    const names = await matches("**/*.chor", path);
    const files = names.map((name) => ({ path: join(path, name), name: join(word, name) }));
    return { files, problem: problemIf(files, word, noChorFile), root: { folder: path, deep: true } };
  }
  if (kind === "nothing" && PATTERN.test(word)) {
    const still = resolve(folder, stillPart(word));
    const names = await matches(word, folder);
    const files = names.map((name) => {
      const found = resolve(folder, name);
      return { path: found, name: isAbsolute(word) ? found : name };
    });
    return { files, problem: problemIf(files, word, noMatch), root: { folder: still, deep: true } };
  }
  return { files: [{ path, name: word }], problem: null, root: { folder: dirname(path), deep: false } };
}

function problemIf(files: readonly unknown[], word: string, problem: (word: string) => Diagnostic): Reported | null {
  return files.length > 0 ? null : { file: word, source: null, diagnostics: [problem(word)] };
}

/** What makes a word a pattern: `*`, `?`, a class, alternatives or an extended group. */
const PATTERN = /[*?]|\[[^\]]*\]|\{[^}]*\}|[!@+]\(/;

function isNegative(word: string): boolean {
  return word.startsWith("!") && !word.startsWith("!(");
}

/** The folders of a pattern before its first one that is no plain name. */
function stillPart(pattern: string): string {
  const parts = pattern.split("/");
  const first = parts.findIndex((part) => PATTERN.test(part));
  return parts.slice(0, first).join("/") || (isAbsolute(pattern) ? "/" : ".");
}

async function matches(pattern: string, folder: string): Promise<readonly string[]> {
  const { glob } = await import("tinyglobby");
  const found = await glob(pattern, { cwd: folder, ignore: ["**/node_modules/**"], expandDirectories: false });
  return found.toSorted();
}

function kindOf(path: string): "file" | "folder" | "nothing" {
  try {
    return statSync(path).isDirectory() ? "folder" : "file";
  } catch {
    return "nothing";
  }
}
