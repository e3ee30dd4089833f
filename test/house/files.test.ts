// The house rules for files and manifests: a file opens by saying what it is, stays short, and what a package depends on
// it uses.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Files over 300 lines, which are one subject all the same. A new one is to be split, or to be put here with a reason. */
const long = [
  // The whole tree, the whole program, all tokens: a table of types each, read by looking something up.
  "compiler/src/bind/program.ts",
  "grammar/src/tokens.ts",
  "grammar/src/tree.ts",
  // All that can be wrong at one stage, a function each.
  "compiler/src/report/arms.ts",
  "compiler/src/report/coherence.ts",
  "compiler/src/report/expressions.ts",
  "grammar/src/syntax-errors.ts",
  // One interpreter, one grammar of highlighting.
  "compiler/src/reference/meaning.ts",
  "grammar/textmate/grammar.mjs",
  // Layers of one parser.
  "grammar/src/parse-control.ts",
  "grammar/src/parse-expressions.ts",
  "grammar/src/parse-interactions.ts",
];

const sources = ["grammar/src", "grammar/textmate", "grammar/vscode/src", "compiler/src", "runtime/src", "scripts"]
  .flatMap(filesBelow)
  .filter((file) => /\.m?ts$|\.mjs$/.test(file));

describe("files", () => {
  test("open with what they are", () => {
    expect(sources.length).toBeGreaterThan(200);
    expect(sources.filter((file) => !/^\/\/ [^\n]{20,}/.test(read(file)))).toEqual([]);
  });

  test("have at most 300 lines, but for those that are named here", () => {
    const found = sources.filter((file) => read(file).split("\n").length - 1 > 300);
    expect(found.filter((file) => !long.includes(file))).toEqual([]);
    expect(long.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  test("hold no note to do something later", () => {
    expect(sources.filter((file) => /\b(?:TODO|FIXME|XXX)\b/.test(read(file)))).toEqual([]);
  });
});

describe("packages", () => {
  for (const [folder, rooms] of [
    ["grammar", ["grammar/src"]],
    ["compiler", ["compiler/src"]],
  ] as const) {
    test(`${folder} uses all that it depends on`, () => {
      const text = rooms.flatMap(filesBelow).map(read).join("\n");
      const unused = Object.keys(manifest(folder).dependencies ?? {}).filter(
        (name) => !text.includes(`"${name}"`) && !text.includes(`"${name}/`),
      );
      expect(unused).toEqual([]);
    });
  }

  for (const folder of ["grammar", "compiler", "runtime"]) {
    test(`${folder} ships what stands beside its code, and says so`, () => {
      const { files = [] } = manifest(folder);
      const kept = new Set(["src", "node_modules", "dist", "vscode", "package.json", "tsconfig.json"]);
      const beside = readdirSync(join(root, folder)).filter((name) => !kept.has(name));
      expect(beside.filter((name) => !files.some((file) => file === name || file.startsWith(`${name}/`)))).toEqual([]);
      expect(files.filter((file) => !/[!*]|^dist$/.test(file) && !existsSync(join(root, folder, file)))).toEqual([]);
    });
  }
});

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly files?: readonly string[];
}

function manifest(folder: string): Manifest {
  return JSON.parse(read(`${folder}/package.json`)) as Manifest;
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll(sep, "/"));
}

function read(file: string): string {
  return readFileSync(join(root, file), "utf8");
}
