// The connection: requests in, answers of the features out. It keeps the documents, answers each request from the version
// that was there when it came, honours cancellation, and turns a failure of its own into a log entry and no answer.

import { setImmediate } from "node:timers/promises";
import { LSPErrorCodes, ResponseError } from "vscode-languageserver";
import type {
  CancellationToken,
  Connection,
  Diagnostic as Shown,
  DiagnosticServerCancellationData,
  DocumentSymbol,
  Location,
  LocationLink,
  Position,
  Range,
  SymbolInformation,
} from "vscode-languageserver";
import { capabilitiesFor, clientOf } from "./capabilities.js";
import type { Client } from "./capabilities.js";
import { codeActions } from "./code-actions.js";
import { completion } from "./completion.js";
import { shownDiagnostics } from "./diagnostics.js";
import { foldingRanges } from "./folding.js";
import { formatted, formattedWithin } from "./format.js";
import { hover } from "./hover.js";
import { inlayHints } from "./inlay.js";
import { codeLenses } from "./lens.js";
import { documentLinks } from "./links.js";
import { definition, highlights, references } from "./navigate.js";
import { mended, questionOf } from "./questions.js";
import { prepareRename, rename } from "./rename.js";
import { selectionRanges } from "./selection.js";
import { semanticTokens } from "./semantic-tokens.js";
import { signatureHelp } from "./signature.js";
import { documentSymbols, flatSymbols, workspaceSymbols } from "./symbols.js";
import { offsetOf, spanOfRange } from "./text.js";
import { tokenMemory } from "./token-memory.js";
import { warmUp } from "./warm.js";
import { keyOf, workspace } from "./workspace.js";
import type { Analysis } from "./analysis.js";
import type { Checker } from "./checker.js";
import type { Document, Open, Workspace } from "./workspace.js";

/** How long nothing must be typed before a document is checked, in milliseconds. */
const pause = 200;

/** Serves a connection, which has to be told to listen afterwards. */
export function serveConnection(connection: Connection, checker: Checker, log: (problem: unknown) => void): void {
  let client: Client = clientOf({ capabilities: {}, processId: null, rootUri: null });
  let files: Workspace = workspace(client.encoding);
  const timers = new Map<string, NodeJS.Timeout>();
  const analyses = new WeakMap<Document, Promise<Analysis | null>>();
  const finished = new WeakMap<Document, Analysis>();
  const tokens = tokenMemory();
  let folders: readonly string[] = [];

  connection.onInitialize((params) => {
    client = clientOf(params);
    files = workspace(client.encoding);
    const roots = params.workspaceFolders?.map(({ uri }) => uri) ?? (params.rootUri ? [params.rootUri] : []);
    folders = roots;
    files.setFolders(folders);
    return capabilitiesFor(client);
  });
  connection.onInitialized(() => {
    checker.warm();
    warmUp();
    if (!client.folders) return;
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      const gone = new Set(removed.map(({ uri }) => uri));
      folders = [...folders.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
      files.setFolders(folders);
    });
  });
  connection.onShutdown(() => {
    for (const timer of timers.values()) clearTimeout(timer);
    timers.clear();
    checker.close();
  });

  // ---- documents ---------------------------------------------------------------------------------------

  connection.onDidOpenTextDocument(({ textDocument: { uri, version, text } }) =>
    guarded(() => schedule(files.open(uri, version, text))),
  );
  connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) =>
    guarded(() => {
      const document = files.change(uri, version, contentChanges);
      if (document === null) return;
      schedule(document);
      for (const other of files.documents()) if (other !== document && imports(other, document)) recheck(other);
    }),
  );
  connection.onDidChangeWatchedFiles(() => guarded(() => files.documents().forEach(recheck)));
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) =>
    guarded(() => {
      const key = keyOf(uri);
      clearTimeout(timers.get(key));
      timers.delete(key);
      tokens.forget(key);
      files.close(uri);
      if (!client.pulls) void connection.sendDiagnostics({ uri, diagnostics: [] });
    }),
  );

  function schedule(document: Document): void {
    if (client.pulls) return;
    const key = keyOf(document.uri);
    clearTimeout(timers.get(key));
    const timer = setTimeout(() => {
      timers.delete(key);
      publish(document).catch(log);
    }, pause);
    timers.set(key, timer);
  }

  /** What it imports has changed. */
  function recheck(document: Document): void {
    analyses.delete(document);
    schedule(document);
    if (client.pullsAgain) connection.languages.diagnostics.refresh().catch(log);
  }

  function imports(document: Document, other: Document): boolean {
    const file = document.view();
    return file.tree.imports.some(({ from }) => files.imported(file, from.value)?.uri === keyOf(other.uri));
  }

  async function publish(document: Document): Promise<void> {
    const diagnostics = await shownNow(document);
    if (files.document(document.uri) !== document) return;
    const { uri, version } = document;
    await connection.sendDiagnostics({ uri, version, diagnostics });
  }

  async function shownNow(document: Document): Promise<Shown[]> {
    const analysis = await analysisOf(document);
    return shownDiagnostics(document.uri, document.text, analysis?.diagnostics ?? document.faults());
  }

  function analysisOf(document: Document): Promise<Analysis | null> {
    const known = analyses.get(document);
    if (known !== undefined) return known;
    const analysis = checker.check(questionOf(files, document, null)).then((made) => {
      if (made !== null) finished.set(document, made);
      return made;
    });
    analyses.set(document, analysis);
    return analysis;
  }

  function guarded(act: () => void): void {
    try {
      act();
    } catch (problem) {
      log(problem);
    }
  }

  // ---- requests ----------------------------------------------------------------------------------------

  /** Answers from the document as it is now, after messages that have come already, a cancellation among them. */
  function about<P extends { readonly textDocument: { readonly uri: string } }, R>(
    answer: (open: Open, params: P, document: Document) => R | null | Promise<R | null>,
  ): (params: P, token: CancellationToken) => Promise<R | ResponseError<void> | null> {
    return async (params, token) => {
      const document = files.document(params.textDocument.uri);
      if (document === null) return null;
      return answered(token, () => answer(openOf(document), params, document));
    };
  }

  /** Its names are looked for when a feature asks for them: folding, formatting and lenses do not. */
  function openOf({ view, text }: Document): Open {
    const file = view();
    return {
      file,
      text,
      world: files,
      get index() {
        return files.index(file);
      },
    };
  }

  async function answered<R>(
    token: CancellationToken,
    answer: () => R | null | Promise<R | null>,
  ): Promise<R | ResponseError<void> | null> {
    await setImmediate();
    if (token.isCancellationRequested) return cancelled();
    try {
      const result = await answer();
      return token.isCancellationRequested ? cancelled() : result;
    } catch (problem) {
      if (problem instanceof ResponseError) return problem as ResponseError<void>;
      log(problem);
      return null;
    }
  }

  const at = ({ text }: Open, position: Position): number => offsetOf(text, position);

  connection.onHover(
    about((open, { position }, document) => hover(files, open, finished.get(document) ?? null, at(open, position))),
  );
  connection.onCompletion(
    about((open, { position }) => completion(files, open, at(open, position), { snippets: client.snippets })),
  );
  connection.onSignatureHelp(about((open, { position }) => signatureHelp(open, at(open, position))));
  connection.onDefinition(
    about((open, { position }): Location[] | LocationLink[] | null => {
      const links = definition(files, open, at(open, position));
      if (client.links || links === null) return links;
      return links.map(({ targetUri, targetSelectionRange }) => ({ uri: targetUri, range: targetSelectionRange }));
    }),
  );
  connection.onReferences(
    about((open, { position, context }) => references(files, open, at(open, position), context.includeDeclaration)),
  );
  connection.onDocumentHighlight(about((open, { position }) => highlights(open, at(open, position))));
  connection.onPrepareRename(about((open, { position }) => prepareRename(files, open, at(open, position))));
  connection.onRenameRequest(
    about((open, { position, newName }) => {
      const renamed = rename(files, open, at(open, position), newName);
      if ("refused" in renamed) throw new ResponseError(LSPErrorCodes.RequestFailed, renamed.refused);
      return renamed.edit;
    }),
  );
  connection.onDocumentSymbol(
    about((open, _, document): DocumentSymbol[] | SymbolInformation[] => {
      const symbols = documentSymbols(open);
      return client.hierarchy ? symbols : flatSymbols(symbols, document.uri);
    }),
  );
  connection.onWorkspaceSymbol(({ query }, token) => answered(token, () => workspaceSymbols(files, query)));
  connection.onFoldingRanges(about((open) => foldingRanges(open)));
  connection.onSelectionRanges(
    about((open, { positions }) => {
      const offsets = positions.map((position) => at(open, position));
      return selectionRanges(open, offsets);
    }),
  );
  connection.onCodeAction(
    about(async (open, { range, context }, document) => {
      const within = spanOfRange(open.text, range);
      const told = (await analysisOf(document))?.diagnostics ?? document.faults();
      const diagnostics = await mended(files, checker, document, told, within);
      return codeActions(files, open, diagnostics, within, context.only ?? null);
    }),
  );
  connection.onCodeLens(about((open, _, { uri }) => codeLenses(uri, open)));
  connection.onDocumentLinks(about((open) => documentLinks(open)));
  connection.onDocumentFormatting(about((open, { options }) => formatted(open, options)));
  connection.onDocumentRangeFormatting(
    about((open, { options, range }) => formattedWithin(open, spanOfRange(open.text, range), options)),
  );
  connection.languages.diagnostics.on(async ({ textDocument: { uri } }, token) => {
    const document = files.document(uri);
    const items = document === null ? [] : await shownNow(document);
    if (token.isCancellationRequested || files.document(uri) !== document) return outdated();
    return { kind: "full", items };
  });
  connection.languages.inlayHint.on(
    about((open, { range }: Params & { readonly range: Range }, document) =>
      inlayHints(open, finished.get(document) ?? null, spanOfRange(open.text, range)),
    ),
  );
  connection.languages.semanticTokens.on(
    about((open, _: Params, { uri }) => tokens.whole(keyOf(uri), semanticTokens(open))),
  );
  connection.languages.semanticTokens.onRange(
    about((open, { range }: Params & { readonly range: Range }) => ({
      data: semanticTokens(open, spanOfRange(open.text, range)),
    })),
  );
  connection.languages.semanticTokens.onDelta(
    about((open, { previousResultId }: Params & { readonly previousResultId: string }, { uri }) =>
      tokens.since(keyOf(uri), previousResultId, semanticTokens(open)),
    ),
  );
}

interface Params {
  readonly textDocument: { readonly uri: string };
}

/** The client asks again by itself. */
function outdated(): ResponseError<DiagnosticServerCancellationData> {
  return new ResponseError(LSPErrorCodes.ServerCancelled, "The document has changed.", { retriggerRequest: true });
}

function cancelled(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, "The request was cancelled.");
}
