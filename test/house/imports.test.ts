// The house rules of ARCHITECTURE.md that a machine can check: imports go one way, the runtime depends on
// nothing, and its core reads neither clock nor chance nor files.

import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * The rooms of the compiler, a folder or a file of `src` each, in the order of the line of stages: a room imports from
 * rooms before it.
 */
const rooms = [
  "version.ts",
  "package.ts",
  "disk",
  "report",
  "lost.ts",
  "modules",
  "bind",
  "core",
  "figures",
  "carried",
  "automaton",
  "knowledge",
  "coherence",
  "arms",
  "project",
  "reference",
  "team",
  "check.ts",
  "check-files.ts",
  "mends",
  "lints",
  "emit",
  "difference",
  "diagram",
  "simulate",
  "verify",
  "config",
  "explain",
  "init",
  "lsp",
  "cli",
  "index.ts",
];

/** Libraries and the only places that may load them: most take longer to load than a check takes to run. */
const homes: Readonly<Record<string, readonly string[]>> = {
  chevrotain: ["grammar/src/"],
  prettier: ["grammar/src/print/", "compiler/src/emit/", "compiler/src/cli/fmt.ts", "compiler/src/lsp/format.ts"],
  "ts-morph": ["compiler/src/emit/"],
  "@dagrejs/dagre": ["compiler/src/diagram/svg-graph.ts"],
  "vscode-languageserver": ["compiler/src/lsp/"],
  chokidar: ["compiler/src/cli/watch.ts"],
  commander: ["compiler/src/cli/"],
  tinyglobby: ["compiler/src/cli/inputs.ts"],
  diff: ["compiler/src/report/render/differences.ts"],
};

/** Rooms that know no file, no process and no clock: text in, values out. */
const pure = new Set([
  "report",
  "lost.ts",
  "bind",
  "core",
  "figures",
  "carried",
  "automaton",
  "knowledge",
  "coherence",
  "arms",
  "project",
  "reference",
  "team",
  "check.ts",
  "check-files.ts",
  "mends",
  "lints",
  "simulate",
  "difference",
]);

/** What in the runtime is the edge: the only files that may touch the world. */
const edge = ["journal/sqlite.ts", "journal/driver.ts", "run/world.ts"];

describe("imports go one way", () => {
  const allowed: Record<string, readonly string[]> = {
    grammar: ["chevrotain", "prettier"],
    compiler: ["@chor/grammar", ...Object.keys(homes).filter((name) => name !== "chevrotain"), "node:"],
    runtime: [],
  };
  for (const [house, names] of Object.entries(allowed)) {
    test(`${house} imports ${names.length === 0 ? "nothing" : `only ${names.join(", ")}`}`, () => {
      const strangers = files(house).flatMap((file) =>
        imports(file)
          .filter((name) => !name.startsWith("."))
          .filter(
            (name) =>
              !names.some((prefix) => name === prefix || name.startsWith(prefix.endsWith(":") ? prefix : `${prefix}/`)),
          )
          .filter((name) => house !== "runtime" || !allowedInRuntime(file, name))
          .map((name) => `${file} imports ${name}`),
      );
      expect(strangers).toEqual([]);
    });
  }

  test("no file reaches into another package by a path", () => {
    const reaching = Object.keys(allowed).flatMap((house) =>
      files(house).flatMap((file) =>
        imports(file)
          .filter((name) => name.startsWith(".") && !inside(house, file, name))
          .map((name) => `${file} imports ${name}`),
      ),
    );
    expect(reaching).toEqual([]);
  });

  test("every room of the compiler has its place in the order", () => {
    const found = new Set(files("compiler").map((file) => room("compiler", file)));
    expect([...found].toSorted()).toEqual(rooms.toSorted());
  });

  test("a room of the compiler imports from rooms before it", () => {
    const backwards = files("compiler").flatMap((file) => {
      const own = room("compiler", file);
      // What can go wrong in a stage is told in its terms: `report` takes types from the stages, and nothing that runs.
      return (own === "report" ? loads(file) : imports(file))
        .filter((name) => name.startsWith("."))
        .map((name) => room("compiler", join(dirname(file), name.replace(/\.js$/, ".ts"))))
        .filter((other) => rooms.indexOf(other) > rooms.indexOf(own))
        .map((other) => `${file} imports from ${other}`);
    });
    expect(backwards).toEqual([]);
  });

  test("a library is loaded only where it is at home", () => {
    const astray = ["grammar", "compiler"].flatMap((house) =>
      files(house).flatMap((file) =>
        imports(file)
          .filter((name) => {
            const library = Object.keys(homes).find((known) => name === known || name.startsWith(`${known}/`));
            return library !== undefined && !homes[library]?.some((home) => slashed(file).startsWith(home));
          })
          .map((name) => `${file} imports ${name}`),
      ),
    );
    expect(astray).toEqual([]);
  });

  test("the stages of a check touch neither files nor processes", () => {
    const touching = files("compiler")
      .filter((file) => pure.has(room("compiler", file)))
      .flatMap((file) =>
        imports(file)
          .filter((name) => name.startsWith("node:"))
          .map((name) => `${file} imports ${name}`),
      );
    expect(touching).toEqual([]);
  });

  test("what generated code names of the runtime is all it imports", () => {
    const generated = typescriptFiles(join(root, "examples")).filter((file) => file.includes(`${sep}gen${sep}`));
    expect(generated.length).toBeGreaterThan(3);
    const strangers = generated.flatMap((file) =>
      imports(relative(root, file)).filter((name) => !name.startsWith(".") && name !== "@chor/runtime"),
    );
    expect(strangers).toEqual([]);
  });
});

describe("the runtime", () => {
  test("has no dependency", () => {
    const manifest = JSON.parse(readFileSync(join(root, "runtime/package.json"), "utf8")) as Record<string, unknown>;
    expect(manifest["dependencies"]).toBeUndefined();
  });

  test("reads clock, chance, timers and files only at its edge", () => {
    const touching = files("runtime")
      .filter((file) => !isEdge(file))
      .flatMap((file) => worldly(file).map((what) => `${file} uses ${what}`));
    expect(touching).toEqual([]);
  });

  test("is caught when it does", () => {
    expect(worldlyIn("const now = Date.now();")).toEqual(["Date.now"]);
    expect(worldlyIn("setTimeout(() => Math.random(), 5);")).toEqual(["Math.random", "setTimeout"]);
    expect(worldlyIn("const d = new Date(); await import('node:fs');")).toEqual(["new Date()", "node:fs"]);
    expect(worldlyIn("process.exit(performance.now())")).toEqual(["performance", "process"]);
  });
});

function allowedInRuntime(file: string, name: string): boolean {
  return (name === "node:crypto" && file.endsWith("canonical/digest.ts")) || (isEdge(file) && name.startsWith("node:"));
}

function isEdge(file: string): boolean {
  return edge.some((end) => file.endsWith(end.replaceAll("/", sep)));
}

/** What of the outside world a file of the runtime touches, sorted. */
function worldly(file: string): readonly string[] {
  return worldlyIn(readFileSync(join(root, file), "utf8")).filter((what) => !allowedInRuntime(file, what));
}

function worldlyIn(text: string): readonly string[] {
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node)) {
      const name = `${node.expression.getText()}.${node.name.text}`;
      if (name === "Date.now" || name === "Math.random" || name.endsWith("crypto.getRandomValues")) found.add(name);
    }
    if (ts.isNewExpression(node) && node.expression.getText() === "Date" && (node.arguments?.length ?? 0) === 0)
      found.add("new Date()");
    if (
      ts.isIdentifier(node) &&
      ["setTimeout", "setInterval", "setImmediate", "process", "performance"].includes(node.text) &&
      isFree(node)
    )
      found.add(node.text);
    if (ts.isStringLiteral(node) && node.text.startsWith("node:")) found.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("x.ts", text, ts.ScriptTarget.Latest, true));
  return [...found].toSorted();
}

/** Whether an identifier stands for the global of its name, not for a property or a parameter's type. */
function isFree(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  return !(ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isMethodSignature(parent));
}

function imports(file: string): readonly string[] {
  const text = readFileSync(join(root, file), "utf8");
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
}

/** What a file loads when it is run: not the types. */
function loads(file: string): readonly string[] {
  return ts
    .createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.Latest)
    .statements.flatMap((statement) => {
      const isType =
        ts.isImportDeclaration(statement) && statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
      if (isType || !(ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement))) return [];
      const { moduleSpecifier } = statement;
      return moduleSpecifier !== undefined && ts.isStringLiteral(moduleSpecifier) ? [moduleSpecifier.text] : [];
    });
}

function slashed(path: string): string {
  return path.replaceAll(sep, "/");
}

function files(house: string): readonly string[] {
  return typescriptFiles(join(root, house, "src")).map((file) => relative(root, file));
}

function typescriptFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(
      (entry) =>
        entry.isFile() &&
        entry.name.endsWith(".ts") &&
        !entry.parentPath.includes("node_modules") &&
        !entry.parentPath.includes(`${sep}dist`),
    )
    .map((entry) => join(entry.parentPath, entry.name));
}

function inside(house: string, file: string, name: string): boolean {
  return resolve(root, dirname(file), name).startsWith(join(root, house, "src") + sep);
}

/** The folder below `src` in which a file stands. */
function room(house: string, file: string): string {
  return relative(join(house, "src"), file).split(sep)[0] ?? "";
}
