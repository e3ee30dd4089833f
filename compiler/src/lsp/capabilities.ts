// What the server can do, and what it has to know of its client. In: what the client says at the beginning. Out: both.

import { CodeActionKind, TextDocumentSyncKind } from "vscode-languageserver";
import type { InitializeParams, InitializeResult } from "vscode-languageserver";
import { version } from "../version.js";
import { legend } from "./semantic-tokens.js";
import type { Encoding } from "./text.js";

/** What of the client matters for the answers. */
export interface Client {
  readonly encoding: Encoding;
  readonly snippets: boolean;
  /** Whether a definition may say from where it leads. */
  readonly links: boolean;
  readonly folders: boolean;
  readonly hierarchy: boolean;
  /** Lenses name commands that the client has to have; `initializationOptions: { lens: false }` does without. */
  readonly lens: boolean;
  /** It asks for diagnostics; to others they are sent. */
  readonly pulls: boolean;
  /** It can be told to ask again. */
  readonly pullsAgain: boolean;
}

/** Takes what the client has said; gives what matters of it, with the defaults of the protocol. */
export function clientOf({ capabilities, initializationOptions }: InitializeParams): Client {
  const { textDocument, workspace, general } = capabilities;
  const encodings: readonly string[] = general?.positionEncodings ?? [];
  const options = initializationOptions as { readonly lens?: unknown } | null | undefined;
  return {
    encoding: encodings.find((each) => each === "utf-8" || each === "utf-16") === "utf-8" ? "utf-8" : "utf-16",
    snippets: textDocument?.completion?.completionItem?.snippetSupport === true,
    links: textDocument?.definition?.linkSupport === true,
    folders: workspace?.workspaceFolders === true,
    hierarchy: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    lens: options?.lens !== false,
    pulls: textDocument?.diagnostic !== undefined,
    pullsAgain: workspace?.diagnostics?.refreshSupport === true,
  };
}

/** What the server promises to a client. */
export function capabilitiesFor(client: Client): InitializeResult {
  return {
    serverInfo: { name: "chorc", version },
    capabilities: {
      positionEncoding: client.encoding,
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      hoverProvider: true,
      completionProvider: { triggerCharacters: [".", ":", ">", "(", "{", '"', "/"] },
      signatureHelpProvider: { triggerCharacters: ["(", ","] },
      definitionProvider: true,
      referencesProvider: true,
      documentHighlightProvider: true,
      documentSymbolProvider: true,
      workspaceSymbolProvider: true,
      codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.SourceOrganizeImports] },
      ...(client.lens ? { codeLensProvider: {} } : {}),
      documentLinkProvider: {},
      documentFormattingProvider: true,
      documentRangeFormattingProvider: true,
      ...(client.pulls ? { diagnosticProvider: { interFileDependencies: true, workspaceDiagnostics: false } } : {}),
      renameProvider: { prepareProvider: true },
      foldingRangeProvider: true,
      selectionRangeProvider: true,
      semanticTokensProvider: { legend, full: { delta: true }, range: true },
      inlayHintProvider: true,
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
  };
}
