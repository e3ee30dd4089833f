// The protocol around the features: how clients count, cancel, offer less, and say what makes no sense.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CancellationTokenSource } from "vscode-jsonrpc/node";
import type { DocumentSymbol, Hover, Location, LocationLink, SymbolInformation } from "vscode-languageserver-protocol";
import { bundled, find, start } from "./client.js";
import { review } from "./programs.js";

let server = { file: "", remove: (): void => {} };
beforeAll(async () => {
  server = await bundled();
});
afterAll(() => server.remove());

describe("how characters are counted", () => {
  const text =
    'artifact P { a: int }\nchoreography X(A, B) {\n  /* 😀é */ A -> B: P where p.a == 1 : "😀" A -> B: Q(p)\n}\n';
  const line = text.split("\n")[2] ?? "";

  test.each([
    ["utf-16", undefined, (before: string) => before.length],
    ["utf-16", ["utf-32", "utf-16", "utf-8"], (before: string) => before.length],
    ["utf-8", ["utf-8", "utf-16"], (before: string) => Buffer.byteLength(before)],
  ] as const)("%s for a client that offers %j", async (encoding, offered, count) => {
    const general = offered === undefined ? {} : { positionEncodings: [...offered] };
    const client = await start(server.file, { capabilities: { general } });
    expect(client.capabilities.positionEncoding).toBe(encoding);
    client.open("a.chor", text);
    const at = count(line.slice(0, line.lastIndexOf("p)")));
    const hover = await client.at<Hover>("textDocument/hover", "a.chor", { line: 2, character: at });
    expect(hover.range).toEqual({ start: { line: 2, character: at }, end: { line: 2, character: at + 1 } });
    // An edit behind the wide characters lands where it should.
    client.change("a.chor", 2, [{ range: hover.range!, text: "pp" }]);
    const found = await client.diagnostics("a.chor", 2);
    const wrong = found.find(({ code }) => code === "CHOR0205" || code === "CHOR0901");
    expect(wrong).toBeDefined();
    const again = await client.at<Hover | null>("textDocument/hover", "a.chor", { line: 2, character: at });
    expect(again).toBeNull();
    expect(client.complaints).toEqual([]);
    await client.stop();
  });
});

test("a cancelled request is answered as cancelled", async () => {
  const client = await start(server.file);
  client.open("a.chor", review);
  const source = new CancellationTokenSource();
  const params = { textDocument: { uri: client.uri("a.chor") }, position: { line: 1, character: 10 } };
  const asked = client.connection.sendRequest("textDocument/hover", params, source.token);
  source.cancel();
  await expect(asked).rejects.toMatchObject({ code: -32800 });
  expect(await client.at("textDocument/hover", "a.chor", params.position)).not.toBeNull();
  await client.stop();
});

test("clients that can do less are told less", async () => {
  const client = await start(server.file, { capabilities: {}, initializationOptions: { lens: false } });
  expect(client.capabilities.codeLensProvider).toBeUndefined();
  client.open("a.chor", review);
  const locations = await client.at<Location[]>("textDocument/definition", "a.chor", find(review, "patch)"));
  expect(locations[0]?.uri).toBe(client.uri("a.chor"));
  const textDocument = { uri: client.uri("a.chor") };
  const symbols = await client.ask<(SymbolInformation & DocumentSymbol)[]>("textDocument/documentSymbol", {
    textDocument,
  });
  expect(symbols.find(({ name }) => name === "Coder")).toMatchObject({ containerName: "Team" });
  await client.stop();
});

test("clients that ask for diagnostics are sent none, and are told when to ask again", async () => {
  const capabilities = {
    textDocument: { diagnostic: {} },
    workspace: { diagnostics: { refreshSupport: true } },
  };
  const client = await start(server.file, { capabilities });
  expect(client.capabilities.diagnosticProvider).toEqual({
    interFileDependencies: true,
    workspaceDiagnostics: false,
  });
  let refreshed = 0;
  client.connection.onRequest("workspace/diagnostic/refresh", () => void refreshed++);
  let sent = 0;
  client.connection.onNotification("textDocument/publishDiagnostics", () => void sent++);
  const pull = (name: string): Promise<{ kind: string; items: { code: string }[] }> =>
    client.ask("textDocument/diagnostic", { textDocument: { uri: client.uri(name) } });
  client.write("box.chor", "artifact Box { size: int }\n");
  client.open("box.chor", "artifact Box { size: int }\n");
  client.open(
    "a.chor",
    'import { Box } from "./box.chor"\nchoreography X(A, B) { A -> B: Box A -> B: L() where box.size > 1 }\n',
  );
  expect(await pull("a.chor")).toMatchObject({ kind: "full", items: [] });
  client.change("box.chor", 2, [{ text: "artifact Box { width: int }\n" }]);
  expect((await pull("a.chor")).items.map(({ code }) => code)).toEqual(["CHOR0210"]);
  expect(await pull("missing.chor")).toEqual({ kind: "full", items: [] });
  expect(refreshed).toBe(1);
  expect(sent).toBe(0);
  expect(client.complaints).toEqual([]);
  await client.stop();
});

test("other clients are not offered to ask for diagnostics", async () => {
  const client = await start(server.file);
  expect(client.capabilities.diagnosticProvider).toBeUndefined();
  await client.stop();
});

test("what makes no sense is answered with nothing", async () => {
  const client = await start(server.file);
  client.open("a.chor", review);
  client.open("a.chor", review);
  const far = { line: 1e9, character: -5 };
  for (const position of [far, { line: -1, character: 1e9 }, { line: 0.5, character: Number.MAX_SAFE_INTEGER }])
    for (const method of ["hover", "completion", "definition", "signatureHelp", "prepareRename", "documentHighlight"])
      await client.at(`textDocument/${method}`, "a.chor", position);
  expect(await client.at("textDocument/hover", "nowhere.chor", { line: 0, character: 0 })).toBeNull();
  await client.connection.sendNotification("textDocument/didChange", {
    textDocument: { uri: client.uri("nowhere.chor"), version: 3 },
    contentChanges: [{ text: "x" }],
  });
  await client.connection.sendNotification("textDocument/didClose", { textDocument: { uri: "no uri at all" } });
  await client.connection.sendNotification("no/such", { a: 1 });
  await expect(client.ask("no/such", {})).rejects.toMatchObject({ code: -32601 });
  client.change("a.chor", 9, [
    { range: { start: { line: 3, character: 0 }, end: { line: 1, character: 2 } }, text: "x" },
  ]);
  expect(await client.at("textDocument/hover", "a.chor", { line: 0, character: 0 })).toBeNull();
  await client.connection.sendNotification("textDocument/didOpen", {
    textDocument: {
      uri: "untitled:Untitled-1",
      languageId: "chor",
      version: 1,
      text: 'import { A } from "./a.chor"\n',
    },
  });
  const links = await client.ask("textDocument/documentLink", { textDocument: { uri: "untitled:Untitled-1" } });
  expect(links).toEqual([]);
  expect(client.complaints).toEqual([]);
  expect(await client.stop()).toBe(0);
});

test("imports read nothing outside of the workspace", async () => {
  const client = await start(server.file);
  const source =
    'import { Root } from "../../../../../../etc/passwd"\nimport { Task } from "./inside.chor"\nchoreography X(A, B) { A -> B: Take(Task) }\n';
  client.write("inside.chor", "artifact Task { a: int }\n");
  client.open("a.chor", source);
  const outside = await client.at("textDocument/definition", "a.chor", { line: 0, character: 30 });
  expect(outside).toBeNull();
  const inside = await client.at("textDocument/definition", "a.chor", { line: 1, character: 30 });
  expect(inside).toMatchObject([{ targetUri: client.uri("inside.chor") }]);
  // A file that changes on disk is read again.
  client.write("inside.chor", "\n\nartifact Task { other: int }\n");
  const moved = await client.at("textDocument/definition", "a.chor", { line: 1, character: 9 });
  expect(moved).toMatchObject([{ targetSelectionRange: { start: { line: 2 } } }]);
  await client.stop();
});

test("names of the standard library lead to its file", async () => {
  const client = await start(server.file);
  const source = 'import { Frozen } from "chor:std"\nchoreography X(A, B) { A -> B: Frozen }\n';
  client.open("a.chor", source);
  const hovered = await client.at<Hover | null>("textDocument/hover", "a.chor", { line: 1, character: 32 });
  expect(JSON.stringify(hovered?.contents)).toContain("The proposal with this digest");
  const found = await client.at<LocationLink[]>("textDocument/definition", "a.chor", { line: 1, character: 32 });
  expect(found?.[0]?.targetUri).toMatch(/\/std\.chor$/);
  const file = await client.at<LocationLink[]>("textDocument/definition", "a.chor", { line: 0, character: 26 });
  expect(file?.[0]?.targetUri).toBe(found?.[0]?.targetUri);
  const diagnostics = await client.diagnostics("a.chor");
  expect(diagnostics.filter(({ severity }) => severity === 1)).toEqual([]);
  await client.stop();
});

test("the server ends with its client", async () => {
  const client = await start(server.file);
  client.open("a.chor", review);
  await client.at("textDocument/hover", "a.chor", { line: 0, character: 0 });
  const ended = new Promise<number | null>((resolve) => client.server.once("exit", (code) => resolve(code)));
  client.server.stdin.end();
  expect(await ended).toBe(1);
});
