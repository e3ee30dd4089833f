// Where the reviewer works: a module is compiled by TypeScript under strict rules, then its examples are run
// in a process of their own. What comes out is what the tools said, word for word.

import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import type { Design, Problem } from "../gen/feature-team/index.js";

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  lib: ["lib.es2023.d.ts"],
  skipLibCheck: true,
  strict: true,
  noUncheckedIndexedAccess: true,
  noEmitOnError: true,
  types: [],
};

/** Writes `source` into `folder`, compiles and runs it. Gives the problems found, at most 20; none: it is as designed. */
export async function inspect(source: string, design: Design, folder: string): Promise<readonly Problem[]> {
  await mkdir(folder, { recursive: true });
  const module = join(folder, `${design.name}.ts`);
  const contract = join(folder, "contract.ts");
  await writeFile(join(folder, "package.json"), '{ "type": "module" }\n');
  await writeFile(module, source);
  await writeFile(contract, contractOf(design));
  const compiled = compile([module, contract]);
  const problems = compiled.length > 0 ? compiled : await run(design, folder);
  return problems.slice(0, 20);
}

/** A file that compiles if the module exports what the design says. */
function contractOf(design: Design): string {
  const lines = design.exports.map(({ name, type }) => `export const ${name}: ${type} = built.${name};`);
  return [`import * as built from "./${design.name}.js";`, ...lines, ""].join("\n");
}

function compile(files: readonly string[]): readonly Problem[] {
  const program = ts.createProgram([...files], options, host());
  const emitted = program.emit();
  return [
    ...ts.getPreEmitDiagnostics(program),
    ...emitted.diagnostics.filter((d) => d.category === ts.DiagnosticCategory.Error),
  ]
    .filter(
      (diagnostic, index, all) =>
        all.findIndex((other) => other.start === diagnostic.start && other.code === diagnostic.code) === index,
    )
    .map((diagnostic) => {
      const words = `TS${diagnostic.code}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, " ")}`.slice(
        0,
        500,
      );
      const { file, start } = diagnostic;
      if (file === undefined || start === undefined) return { found: "by the compiler", words };
      return { found: "by the compiler", line: file.getLineAndCharacterOfPosition(start).line + 1, words };
    });
}

/** Reads TypeScript's own libraries once: they are most of the work of a compilation. */
function host(): ts.CompilerHost {
  const fresh = ts.createCompilerHost(options);
  const getSourceFile: ts.CompilerHost["getSourceFile"] = (file, version) => {
    if (!file.startsWith(libraries)) return fresh.getSourceFile(file, version);
    const known = read.get(file) ?? fresh.getSourceFile(file, version);
    if (known !== undefined) read.set(file, known);
    return known;
  };
  return { ...fresh, getSourceFile };
}

const libraries = dirname(ts.getDefaultLibFilePath(options));
const read = new Map<string, ts.SourceFile>();

/** Runs each example in one process without environment, for five seconds at most. */
async function run(design: Design, folder: string): Promise<readonly Problem[]> {
  const script = `
    const built = await import(${JSON.stringify(pathToFileURL(join(folder, `${design.name}.js`)).href)});
    const problems = [];
    for (const { call, gives } of ${JSON.stringify(design.examples)}) {
      let came;
      try { came = JSON.stringify(new Function("built", "with (built) { return " + call + "; }")(built)) ?? "undefined"; }
      catch (error) { came = "the error " + error; }
      if (came !== gives) problems.push({ found: "by running it", words: (call + " gives " + came + ", not " + gives).slice(0, 500) });
    }
    process.stdout.write(JSON.stringify(problems));
  `;
  return new Promise((resolve) => {
    execFile(process.execPath, ["--input-type=module", "-e", script], { timeout: 5_000, env: {} }, (error, stdout) => {
      if (error === null) resolve(JSON.parse(stdout) as Problem[]);
      else resolve([{ found: "by running it", words: `the examples do not run: ${error.message}`.slice(0, 500) }]);
    });
  });
}
