// The language client: starts the server, says which one it is, starts it again. In: the context of the extension.
// Out: what the commands need of it.

import { existsSync } from "node:fs";
import {
  languages,
  LanguageStatusSeverity,
  window,
  workspace,
  type ExtensionContext,
  type FileSystemWatcher,
  type LogOutputChannel,
  type Uri,
} from "vscode";
import {
  DocumentFormattingRequest,
  LanguageClient,
  TransportKind,
  type LanguageClientOptions,
  type Middleware,
  type ServerOptions,
} from "vscode-languageclient/node";
import { chorcFor, type Chorc } from "./server.js";

/** Files on the disk and texts that have no file yet. */
const selector = [
  { scheme: "file", language: "chor" },
  { scheme: "untitled", language: "chor" },
];

export interface Server {
  /** The `chorc` of now, for what is run beside the server. */
  readonly chorc: () => Chorc;
  readonly restart: () => Promise<void>;
  readonly showOutput: () => void;
  readonly stop: () => Promise<void>;
}

/** Starts the server; a server that does not start is told to the user, and the rest of the extension works. */
export async function startServer(context: ExtensionContext): Promise<Server> {
  const output = window.createOutputChannel("Chor", { log: true });
  const status = languages.createLanguageStatusItem("chor.server", selector);
  status.name = "Chor";
  status.command = { command: "chor.showOutput", title: "Output" };
  const files = workspace.createFileSystemWatcher("**/{*.chor,chor.config.json}");
  context.subscriptions.push(output, status, files);
  let client: LanguageClient | null = null;

  const middleware: Middleware = {
    // The protocol's own way drops what it does not know of the options, and the width is such a thing.
    provideDocumentFormattingEdits: async (document, { tabSize, insertSpaces }, token) => {
      if (client === null) return [];
      const printWidth = workspace.getConfiguration("chor", document).get<number>("format.width", 80);
      const edits = await client.sendRequest(
        DocumentFormattingRequest.type,
        {
          textDocument: client.code2ProtocolConverter.asTextDocumentIdentifier(document),
          options: { tabSize, insertSpaces, printWidth },
        },
        token,
      );
      return client.protocol2CodeConverter.asTextEdits(edits, token);
    },
  };
  const start = async (): Promise<void> => {
    const chorc = chorcOf(context);
    status.text = `chorc of the ${chorc.from}`;
    status.detail = chorc.path;
    status.busy = true;
    client = new LanguageClient("chor", "Chor", serverOptions(chorc), { ...clientOptions(output, files), middleware });
    try {
      await client.start();
      status.severity = LanguageStatusSeverity.Information;
    } catch (problem) {
      status.severity = LanguageStatusSeverity.Error;
      output.error(`The language server did not start: ${chorc.path}: ${String(problem)}`);
      void tell();
    } finally {
      status.busy = false;
    }
  };
  const stop = async (): Promise<void> => {
    const running = client;
    client = null;
    // One that never ran, or has crashed, cannot be asked to stop.
    if (running?.isRunning()) await running.stop();
  };
  const tell = async (): Promise<void> => {
    const answer = await window.showErrorMessage("The language server of Chor did not start.", "Show Output");
    if (answer !== undefined) output.show();
  };
  const restart = async (): Promise<void> => {
    await stop();
    await start();
  };

  context.subscriptions.push(
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("chor.server")) void restart();
    }),
    workspace.onDidGrantWorkspaceTrust(() => void restart()),
  );
  await start();
  return { chorc: () => chorcOf(context), restart, showOutput: () => output.show(), stop };
}

function chorcOf({ extensionUri }: ExtensionContext): Chorc {
  const folders = (workspace.workspaceFolders ?? []).map(({ uri }) => uri).filter(isOnDisk);
  return chorcFor(
    {
      path: workspace.getConfiguration("chor").get<string>("server.path", "").trim(),
      trusted: workspace.isTrusted,
      folders: folders.map(({ fsPath }) => fsPath),
      own: `${extensionUri.fsPath}/dist/chorc.cjs`,
    },
    existsSync,
  );
}

function isOnDisk({ scheme }: Uri): boolean {
  return scheme === "file";
}

/** The client adds `--stdio` to the words itself. */
function serverOptions({ kind, path }: Chorc): ServerOptions {
  const transport = TransportKind.stdio;
  return kind === "script" ? { module: path, transport, args: ["lsp"] } : { command: path, transport, args: ["lsp"] };
}

function clientOptions(outputChannel: LogOutputChannel, fileEvents: FileSystemWatcher): LanguageClientOptions {
  return {
    documentSelector: selector,
    outputChannel,
    synchronize: { configurationSection: "chor", fileEvents },
    markdown: { isTrusted: false, supportHtml: false },
  };
}
