// A language client over standard input and output, as editors have one: it bundles the server as an extension would,
// starts it, and asks. In: texts with places marked in them. Out: what the server answers.

import { spawn } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";
import type { MessageConnection } from "vscode-jsonrpc/node";
import type {
  Diagnostic,
  InitializeParams,
  InitializeResult,
  Position,
  TextEdit,
} from "vscode-languageserver-protocol";
import { lineStarts, positionAt } from "@chor/grammar";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Bundles the server into a folder of its own; the file, and how to remove it. */
export async function bundled(): Promise<{ readonly file: string; readonly remove: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), "chor-lsp-"));
  const file = join(folder, "server.cjs");
  await build({
    absWorkingDir: root,
    entryPoints: ["compiler/src/lsp/process.ts"],
    outfile: file,
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node20",
    external: ["ts-morph"],
    banner: { js: 'const serverUrl = require("node:url").pathToFileURL(__filename).href;' },
    define: { "import.meta.url": "serverUrl" },
    alias: { "@chor/grammar": join(root, "grammar/src/index.ts") },
    logLevel: "error",
  });
  copyFileSync(join(root, "compiler/std/std.chor"), join(folder, "std.chor"));
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

interface Options {
  readonly capabilities?: InitializeParams["capabilities"];
  readonly node?: readonly string[];
  readonly initializationOptions?: unknown;
}

export interface Published {
  readonly version: number | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export interface Client {
  readonly connection: MessageConnection;
  readonly server: ChildProcessWithoutNullStreams;
  readonly capabilities: InitializeResult["capabilities"];
  /** The folder of the workspace, empty at first. */
  readonly folder: string;
  readonly uri: (name: string) => string;
  /** Writes a file without opening it. */
  readonly write: (name: string, text: string) => void;
  readonly open: (name: string, text: string) => string;
  readonly change: (name: string, version: number, changes: readonly object[]) => void;
  readonly ask: <R>(method: string, params: object) => Promise<R>;
  /** A request about a place in a document. */
  readonly at: <R>(method: string, name: string, position: Position, more?: object) => Promise<R>;
  /** The diagnostics of a version of a document, when they come. */
  readonly diagnostics: (name: string, version?: number) => Promise<readonly Diagnostic[]>;
  /** What the server has complained about: nothing, in every test. */
  readonly complaints: readonly string[];
  readonly stop: () => Promise<number | null>;
}

const everything: InitializeParams["capabilities"] = {
  workspace: { workspaceFolders: true },
  textDocument: {
    completion: { completionItem: { snippetSupport: true } },
    definition: { linkSupport: true },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
  },
};

/** Starts a server and says hello. */
export async function start(file: string, options: Options = {}): Promise<Client> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "chor-workspace-")));
  const server = spawn(process.execPath, [...(options.node ?? []), file, "--stdio"]);
  const complaints: string[] = [];
  server.stderr.on("data", (chunk: Buffer) => complaints.push(chunk.toString()));
  const connection = createMessageConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  const published = new Map<string, Published[]>();
  const waiting = new Set<() => void>();
  connection.onNotification("textDocument/publishDiagnostics", (params: { uri: string } & Published) => {
    published.set(params.uri, [...(published.get(params.uri) ?? []), params]);
    for (const wake of waiting) wake();
  });
  connection.onNotification("window/logMessage", ({ type, message }: { type: number; message: string }) => {
    if (type === 1) complaints.push(message);
  });
  connection.listen();
  const uri = (name: string): string => pathToFileURL(join(folder, name)).href;
  const { capabilities } = await connection.sendRequest<InitializeResult>("initialize", {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: [{ uri: pathToFileURL(folder).href, name: "test" }],
    capabilities: options.capabilities ?? everything,
    initializationOptions: options.initializationOptions,
  });
  await connection.sendNotification("initialized", {});
  return {
    connection,
    server,
    capabilities,
    folder,
    uri,
    complaints,
    write: (name, text) => {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    },
    open: (name, text) => {
      const textDocument = { uri: uri(name), languageId: "chor", version: 1, text };
      void connection.sendNotification("textDocument/didOpen", { textDocument });
      return textDocument.uri;
    },
    change: (name, version, contentChanges) =>
      void connection.sendNotification("textDocument/didChange", {
        textDocument: { uri: uri(name), version },
        contentChanges,
      }),
    ask: (method, params) => connection.sendRequest(method, params),
    at: (method, name, position, more = {}) =>
      connection.sendRequest(method, { textDocument: { uri: uri(name) }, position, ...more }),
    diagnostics: async (name, version = 1) => {
      for (;;) {
        const found = published.get(uri(name))?.findLast((each) => each.version === version);
        if (found !== undefined) return found.diagnostics;
        await new Promise<void>((wake) => {
          const once = (): void => {
            waiting.delete(once);
            wake();
          };
          waiting.add(once);
        });
      }
    },
    stop: async () => {
      const ended = new Promise<number | null>((resolve) => server.once("exit", (code) => resolve(code)));
      await connection.sendRequest("shutdown");
      await connection.sendNotification("exit");
      const code = await ended;
      connection.dispose();
      rmSync(folder, { recursive: true, force: true });
      return code;
    },
  };
}

/** A text without the `‸` that mark places in it, and the places. */
export function marked(text: string): { readonly text: string; readonly places: readonly Position[] } {
  const [first = "", ...rest] = text.split("‸");
  let plain = first;
  const offsets: number[] = [];
  for (const part of rest) {
    offsets.push(plain.length);
    plain += part;
  }
  return { text: plain, places: offsets.map((offset) => placeOf(plain, offset)) };
}

export function placeOf(text: string, offset: number): Position {
  const { line, column } = positionAt(lineStarts(text), offset);
  return { line: line - 1, character: column - 1 };
}

/** Where the n-th occurrence of a word begins (from 0), moved by `shift`. */
export function find(text: string, word: string, n = 0, shift = 0): Position {
  let at = -1;
  for (let i = 0; i <= n; i++) at = text.indexOf(word, at + 1);
  if (at < 0) throw new Error(`no ${word} number ${n}`);
  return placeOf(text, at + shift);
}

/** A text after edits, which do not overlap. */
export function applied(text: string, edits: readonly TextEdit[]): string {
  const starts = lineStarts(text);
  const offset = ({ line, character }: Position): number => (starts[line] ?? text.length) + character;
  return edits
    .map(({ range, newText }) => ({ start: offset(range.start), end: offset(range.end), newText }))
    .toSorted((a, b) => b.start - a.start || b.end - a.end)
    .reduce((now, { start, end, newText }) => now.slice(0, start) + newText + now.slice(end), text);
}

/** What stands in a range. */
export function textIn(text: string, { start, end }: { readonly start: Position; readonly end: Position }): string {
  const starts = lineStarts(text);
  return text.slice((starts[start.line] ?? 0) + start.character, (starts[end.line] ?? 0) + end.character);
}
