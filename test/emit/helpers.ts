// What the tests of the emitter share: the chain from text to generated files, the TypeScript compiler over them
// (against the real types of the runtime), and a loader that runs them (against the real runtime).

import { check } from "@chor/compiler";
import type { Program } from "@chor/compiler";
import type { Artifact, Field, Type } from "../../compiler/src/bind/program.js";
import * as runtime from "@chor/runtime";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { emit, type EmittedFile } from "../../compiler/src/emit/emit.js";

export type { EmittedFile } from "../../compiler/src/emit/emit.js";

/** The generated files of a source; fails the test if it has errors. */
export async function emitText(text: string, file: string): Promise<readonly EmittedFile[]> {
  const { program, choreographies, diagnostics } = check({ file, text });
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(errors.map(({ code, message }) => `${code}: ${message}`).join("\n"));
  return emit(program, choreographies);
}

/** A program of artifacts alone. */
export function artifactsOnly(artifacts: Program["artifacts"]): Program {
  return { source, artifacts, contracts: [], choreographies: [], broken: [], imports: [], otherArtifacts: [] };
}

const source = { file: "types.chor", text: "" };
const nowhere = { start: 0, end: 0 };

/** An artifact without a place. */
export function artifact(name: string, type: Artifact["type"]): Artifact {
  const bound = { source, open: false, invariants: [], bytes: null, nameSpan: nowhere, span: nowhere };
  return { name, doc: "", type, ...bound };
}

/** A field without a place. */
export function field(name: string, type: Type, optional = false, doc = ""): Field {
  return { name, doc, optional, type, span: nowhere };
}

/** A reference to an artifact of `artifactsOnly`. */
export function referenceTo(name: string): Type {
  return { kind: "reference", artifact: name, file: source.file };
}

/** The text of one of the files. */
export function textOf(files: readonly EmittedFile[], path: string): string {
  const file = files.find((one) => one.path === path);
  if (file === undefined) throw new Error(`No ${path} among ${files.map((one) => one.path).join(", ")}`);
  return file.text;
}

const folder = "/generated";
const runtimeIndex = fileURLToPath(new URL("../../runtime/src/index.ts", import.meta.url));
const nodeTypes = fileURLToPath(new URL("../../node_modules/@types", import.meta.url));

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  lib: ["lib.es2023.d.ts"],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  isolatedDeclarations: true,
  declaration: true,
  erasableSyntaxOnly: true,
  verbatimModuleSyntax: true,
  noUnusedLocals: true,
  noEmit: true,
  skipLibCheck: true,
  types: ["node"],
  typeRoots: [nodeTypes],
  paths: { "@chor/runtime": [runtimeIndex] },
};

/** Parsed once for all tests: the libraries and the runtime. */
const parsed = new Map<string, ts.SourceFile | undefined>();

/**
 * What the compiler says of the files and of others beside them (`user.ts`), as `path:line: TS2741: message`, one line
 * for each; of a message with several lines only the first. What it says of the runtime itself is not told.
 */
export function typeErrors(files: readonly { readonly path: string; readonly text: string }[]): readonly string[] {
  const texts = new Map(files.map(({ path, text }) => [`${folder}/${path}`, text]));
  texts.set(`${folder}/package.json`, `{ "type": "module" }`);
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile, directoryExists } = host;
  host.getCurrentDirectory = () => folder;
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  host.directoryExists = (path) =>
    [...texts.keys()].some((one) => one.startsWith(`${path}/`)) || directoryExists!(path);
  host.getSourceFile = (path, version) => {
    const text = texts.get(path);
    if (text !== undefined) return ts.createSourceFile(path, text, version, true);
    if (!parsed.has(path)) parsed.set(path, getSourceFile(path, version));
    return parsed.get(path);
  };
  const program = ts.createProgram(
    [...texts.keys()].filter((path) => path.endsWith(".ts")),
    options,
    host,
  );
  const own = program.getSourceFiles().filter(({ fileName }) => texts.has(fileName));
  const found = own.flatMap((file) => [
    ...program.getSyntacticDiagnostics(file),
    ...program.getSemanticDiagnostics(file),
    ...program.getDeclarationDiagnostics(file),
  ]);
  return [...program.getOptionsDiagnostics(), ...found].map(({ file, start, code, messageText }) => {
    const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start ?? 0).line + 1;
    const text = typeof messageText === "string" ? messageText : messageText.messageText;
    return `${file?.fileName.slice(folder.length + 1) ?? ""}:${line}: TS${code}: ${text}`;
  });
}

/** Runs generated files; gives what each exports, by path. */
export function load(files: readonly EmittedFile[]): (path: string) => any {
  const scripts = new Map(files.map(({ path, text }) => [path, script(text)]));
  const modules = new Map<string, object>();
  const loadAt = (path: string): object => {
    const known = modules.get(path);
    if (known !== undefined) return known;
    const code = scripts.get(path);
    if (code === undefined) throw new Error(`No ${path}`);
    const exports = {};
    modules.set(path, exports);
    const require = (name: string): object => (name === "@chor/runtime" ? runtime : loadAt(resolved(path, name)));
    // eslint-disable-next-line no-new-func
    new Function("exports", "require", code)(exports, require);
    return exports;
  };
  return loadAt;
}

function script(text: string): string {
  return ts.transpileModule(text, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS },
  }).outputText;
}

function resolved(from: string, name: string): string {
  return new URL(name, `file:///${from}`).pathname.slice(1).replace(/\.js$/, ".ts");
}
