// The connection: requests in, answers of the features out. It keeps the documents, answers each request from the version
// that was there when it came, honours cancellation, and turns a failure of its own into a log entry and no answer.

import { setImmediate } from "node:timers/promises";
import { parse } from "@chor/grammar";
import type { Source } from "@chor/grammar";
import { LSPErrorCodes, ResponseError, SymbolInformation } from "vscode-languageserver";
import type {
  CancellationToken,
  Connection,
  DocumentSymbol,
  Location,
  LocationLink,
  Position,
  Range,
} from "vscode-languageserver";
import { capabilitiesFor, clientOf } from "./capabilities.js";
import type { Client } from "./capabilities.js";
import { codeActions } from "./code-actions.js";
import { completion } from "./completion.js";
import { shownDiagnostics } from "./diagnostics.js";
import { foldingRanges } from "./folding.js";
import { formatted } from "./format.js";
import { hover } from "./hover.js";
import { inlayHints } from "./inlay.js";
import { codeLenses } from "./lens.js";
import { documentLinks } from "./links.js";
import { definition, highlights, references } from "./navigate.js";
import { prepareRename, rename } from "./rename.js";
import { selectionRanges } from "./selection.js";
import { semanticTokens, tokenEdits } from "./semantic-tokens.js";
import { signatureHelp } from "./signature.js";
import { documentSymbols, workspaceSymbols } from "./symbols.js";
import { offsetOf, spanOfRange } from "./text.js";
import { keyOf, pathOf, workspace } from "./workspace.js";
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
  const tokens = new Map<string, { readonly id: string; readonly data: readonly number[] }>();
  let tokenCount = 0;
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
    // Making the parser takes longer than parsing most files: it is made before anybody waits for it.
    parse({ file: "", text: "" });
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
      tokens.delete(key);
      files.close(uri);
      void connection.sendDiagnostics({ uri, diagnostics: [] });
    }),
  );

  function schedule(document: Document): void {
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
  }

  function imports(document: Document, other: Document): boolean {
    const file = document.view();
    return file.tree.imports.some(({ from }) => files.imported(file, from.value)?.uri === keyOf(other.uri));
  }

  async function publish(document: Document): Promise<void> {
    const analysis = await analysisOf(document);
    if (files.document(document.uri) !== document) return;
    const { uri, version, text } = document;
    const diagnostics = analysis?.diagnostics ?? document.faults();
    await connection.sendDiagnostics({ uri, version, diagnostics: shownDiagnostics(uri, text, diagnostics) });
  }

  function analysisOf(document: Document): Promise<Analysis | null> {
    const known = analyses.get(document);
    if (known !== undefined) return known;
    const others = files.documents().filter((other) => other !== document);
    const question = { source: sourceOf(document), others: others.map(sourceOf) };
    const analysis = checker.check(question).then((made) => {
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
      return client.hierarchy ? symbols : flat(symbols, document.uri);
    }),
  );
  connection.onWorkspaceSymbol(({ query }, token) => answered(token, () => workspaceSymbols(files, query)));
  connection.onFoldingRanges(about((open) => foldingRanges(open)));
  connection.onSelectionRanges(
    about((open, { positions }) =>
      selectionRanges(
        open,
        positions.map((position) => at(open, position)),
      ),
    ),
  );
  connection.onCodeAction(
    about(async (open, { range, context }, document) => {
      const diagnostics = (await analysisOf(document))?.diagnostics ?? document.faults();
      return codeActions(files, open, diagnostics, spanOfRange(open.text, range), context.only ?? null);
    }),
  );
  connection.onCodeLens(about((open, _, { uri }) => codeLenses(uri, open)));
  connection.onDocumentLinks(about((open) => documentLinks(open)));
  connection.onDocumentFormatting(about((open, { options }) => formatted(open, options)));
  connection.languages.inlayHint.on(
    about((open, { range }: { readonly textDocument: { readonly uri: string }; readonly range: Range }, document) =>
      inlayHints(open, finished.get(document) ?? null, spanOfRange(open.text, range)),
    ),
  );
  connection.languages.semanticTokens.on(
    about((open, _: { readonly textDocument: { readonly uri: string } }, { uri }) =>
      remembered(uri, semanticTokens(open)),
    ),
  );
  connection.languages.semanticTokens.onRange(
    about((open, { range }: { readonly textDocument: { readonly uri: string }; readonly range: Range }) => ({
      data: semanticTokens(open, spanOfRange(open.text, range)),
    })),
  );
  connection.languages.semanticTokens.onDelta(
    about(
      (
        open,
        { previousResultId }: { readonly textDocument: { readonly uri: string }; readonly previousResultId: string },
        { uri },
      ) => {
        const before = tokens.get(keyOf(uri));
        const now = remembered(uri, semanticTokens(open));
        if (before?.id !== previousResultId) return now;
        return { resultId: now.resultId, edits: tokenEdits(before.data, now.data) };
      },
    ),
  );

  function remembered(uri: string, data: number[]): { readonly resultId: string; readonly data: number[] } {
    const resultId = String(++tokenCount);
    tokens.set(keyOf(uri), { id: resultId, data });
    return { resultId, data };
  }
}

function sourceOf({ uri, text }: Document): Source {
  return { file: pathOf(uri) ?? uri, text: text.text };
}

function cancelled(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, "The request was cancelled.");
}

/** For clients that know no symbols in symbols. */
function flat(symbols: readonly DocumentSymbol[], uri: string, container?: string): SymbolInformation[] {
  return symbols.flatMap(({ name, kind, range, children }) => [
    SymbolInformation.create(name, kind, range, uri, container),
    ...flat(children ?? [], uri, name),
  ]);
}
