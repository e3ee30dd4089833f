// The built extension in a stand-in for the editor, with the language server that comes with it.

import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { compileFunction } from "node:vm";
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type MessageConnection,
} from "vscode-jsonrpc/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../../grammar/vscode/src/run.js";
import { build, folder, remove } from "./built.js";
import { editor } from "./editor.js";

interface Extension {
  readonly activate: (context: object) => Promise<void>;
  readonly deactivate: () => Promise<void>;
}

const manifest = JSON.parse(readFileSync(`${folder}/package.json`, "utf8")) as {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
};

let place = "";
beforeAll(() => {
  place = build();
});
afterAll(() => remove(place));

describe("the extension", () => {
  test("starts with its own server, registers its commands, and stops", async () => {
    const { vscode, commands, messages, status } = editor(null);
    const extension = load(vscode);
    const subscriptions: { dispose: () => void }[] = [];
    await extension.activate({ subscriptions, extensionUri: { fsPath: place } });
    expect(messages).toEqual([]);
    expect(status.text).toBe("chorc of the extension");
    expect(status.severity).toBe("LanguageStatusSeverity.Information");
    expect([...commands.keys()].toSorted()).toEqual(
      manifest.contributes.commands.map(({ command }) => command).toSorted(),
    );
    await commands.get("chor.restartServer")?.();
    await commands.get("chor.diagram")?.();
    expect(messages).toEqual(["Open a .chor file that is saved on the disk first."]);
    await extension.deactivate();
    for (const each of subscriptions) each.dispose();
  });

  test("works without its server, and says so", async () => {
    const { vscode, commands, messages, status } = editor(null);
    const extension = load(vscode);
    await extension.activate({ subscriptions: [], extensionUri: { fsPath: "/there/is/none" } });
    expect(status.severity).toBe("LanguageStatusSeverity.Error");
    expect(messages.join("\n")).toContain("The language server of Chor did not start.");
    expect(commands.size).toBe(manifest.contributes.commands.length);
    await extension.deactivate();
  });
});

describe("the server that comes with it", () => {
  test("finds what is wrong", async () => {
    const { diagnosed, connection, end } = await serve();
    await open(connection, "choreografy X(A, B) { }");
    expect((await diagnosed).map(({ code }) => code)).toContain("CHOR0136");
    expect(await end()).toBe(0);
  });

  test("names in its lenses the commands of the extension", async () => {
    const { connection, end } = await serve();
    const textDocument = await open(connection, "choreography X(A, B) { A -> B: Go() }");
    const lenses = await connection.sendRequest<readonly Lens[]>("textDocument/codeLens", { textDocument });
    const named = lenses.map(({ command }) => command.command);
    const known = new Set(manifest.contributes.commands.map(({ command }) => command));
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !known.has(name))).toEqual([]);
    await end();
  });

  test("knows the standard library, and shows what stands in it", async () => {
    const { diagnosed, connection, end } = await serve();
    const text = 'import { Objection } from "chor:std"\nchoreography X(A, B) { A -> B: Judge(Objection) }\n';
    const textDocument = await open(connection, text);
    expect(await diagnosed).toEqual([]);
    const position = { line: 1, character: text.split("\n")[1]?.indexOf("Objection") ?? 0 };
    const hover = await connection.sendRequest<{ readonly contents: unknown }>("textDocument/hover", {
      textDocument,
      position,
    });
    expect(JSON.stringify(hover.contents)).toContain("reasons");
    expect(await end()).toBe(0);
  });

  test("lays out as wide as the settings say, or as the project says", async () => {
    const { connection, end } = await serve();
    const text = "contract C(first: First, second: Second, third: Third) external\n";
    const options = { tabSize: 2, insertSpaces: true, printWidth: 40 };
    const laidOut = async (uri: string, width: object): Promise<unknown> => {
      const textDocument = await open(connection, text, uri);
      return connection.sendRequest("textDocument/formatting", { textDocument, options: { ...options, ...width } });
    };
    expect(await laidOut("untitled:a.chor", { printWidth: 80 })).toEqual([]);
    expect(await laidOut("untitled:b.chor", {})).not.toEqual([]);
    writeFileSync(join(place, ".prettierrc"), "printWidth: 100\n");
    expect(await laidOut(pathToFileURL(join(place, "c.chor")).href, {})).toEqual([]);
    await end();
  });
});

test("the chorc that comes with it draws", async () => {
  const file = join(place, "two.chor");
  writeFileSync(file, "choreography X(A, B) { A -> B: Go() }\n");
  const chorc = { kind: "script", path: `${place}/dist/chorc.cjs`, from: "extension" } as const;
  expect(await run(chorc, ["diagram", file, "--as", "svg", "--choreography", "X"], place)).toMatchObject({
    kind: "output",
    text: expect.stringMatching(/^<svg [^]*<\/svg>\s*$/) as string,
  });
});

interface Lens {
  readonly command: { readonly command: string };
}

interface Serving {
  readonly connection: MessageConnection;
  /** What the server first says of a text. */
  readonly diagnosed: Promise<readonly { readonly code: string }[]>;
  /** Ends the server: its exit code. */
  readonly end: () => Promise<number | null>;
}

/** Starts the bundled server as an editor does. */
async function serve(): Promise<Serving> {
  const server = spawn(process.execPath, [`${place}/dist/chorc.cjs`, "lsp", "--stdio"], { stdio: "pipe" });
  const connection = createMessageConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  const diagnosed = new Promise<readonly { readonly code: string }[]>((resolve) => {
    connection.onNotification(
      "textDocument/publishDiagnostics",
      ({ diagnostics }: { readonly diagnostics: readonly { readonly code: string }[] }) => resolve(diagnostics),
    );
  });
  connection.onRequest("client/registerCapability", () => null);
  connection.listen();
  await connection.sendRequest("initialize", { processId: process.pid, rootUri: null, capabilities: {} });
  await connection.sendNotification("initialized", {});
  const end = async (): Promise<number | null> => {
    const code = new Promise<number | null>((resolve) => server.once("exit", resolve));
    await connection.sendRequest("shutdown");
    await connection.sendNotification("exit");
    connection.dispose();
    return code;
  };
  return { connection, diagnosed, end };
}

async function open(connection: MessageConnection, text: string, uri = "untitled:a.chor"): Promise<{ uri: string }> {
  const textDocument = { uri, languageId: "chor", version: 1, text };
  await connection.sendNotification("textDocument/didOpen", { textDocument });
  return { uri };
}

/** Loads the bundle as the editor does: `vscode` is given to it. */
function load(vscode: object): Extension {
  const filename = join(place, "dist", "extension.cjs");
  const require = createRequire(filename);
  const loaded = { exports: {} };
  const words = ["exports", "require", "module", "__filename", "__dirname"];
  const run = compileFunction(readFileSync(filename, "utf8"), words, { filename }) as (...given: unknown[]) => void;
  const given = (name: string): unknown => (name === "vscode" ? vscode : require(name));
  run(loaded.exports, given, loaded, filename, join(place, "dist"));
  return loaded.exports as Extension;
}
