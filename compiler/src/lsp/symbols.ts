// The outline of a file, and the names of a workspace. In: an open file; all files and a query. Out: symbols, nested as
// the source is.

import { SymbolInformation, SymbolKind } from "vscode-languageserver";
import type { DocumentSymbol, WorkspaceSymbol } from "vscode-languageserver";
import type { BlockTree, DeclarationTree, FieldTree, Name, Span, StatementTree } from "@chor/grammar";
import { oneLine } from "./hover.js";
import { rangeOf } from "./text.js";
import type { Text } from "./text.js";
import type { Open, Workspace } from "./workspace.js";

/** More symbols than anybody looks through. */
const maxFound = 500;
/** How deep statements are shown in one another. */
const maxDepth = 8;

/** Takes an open file; gives its declarations with what is in them. */
export function documentSymbols({ file, text }: Open): DocumentSymbol[] {
  return file.tree.declarations.map((declaration) => ofDeclaration(text, declaration));
}

/** The declarations and roles of all files in whose names the letters of `query` stand in this order. */
export function workspaceSymbols(workspace: Workspace, query: string): WorkspaceSymbol[] {
  const found: WorkspaceSymbol[] = [];
  for (const file of workspace.files()) {
    const text = workspace.textOf(file);
    const uri = workspace.uriOf(file);
    for (const declaration of file.tree.declarations) {
      const parts = declaration.kind === "choreography" ? declaration.parameters.map(({ name }) => name) : [];
      const container = declaration.name.text;
      const candidates = [
        { name: declaration.name, kind: KINDS[declaration.kind], containerName: "" },
        ...parts.map((name) => ({ name, kind: SymbolKind.Class, containerName: container })),
      ];
      for (const { name, kind, containerName } of candidates) {
        if (found.length >= maxFound) return found;
        if (!matches(query, name.text)) continue;
        found.push({ name: name.text, kind, containerName, location: { uri, range: rangeOf(text, name.span) } });
      }
    }
  }
  return found;
}

const KINDS: Readonly<Record<DeclarationTree["kind"], SymbolKind>> = {
  artifact: SymbolKind.Struct,
  contract: SymbolKind.Function,
  choreography: SymbolKind.Namespace,
};

function matches(query: string, name: string): boolean {
  const letters = name.toLowerCase();
  let at = 0;
  for (const letter of query.toLowerCase()) {
    at = letters.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

function ofDeclaration(text: Text, declaration: DeclarationTree): DocumentSymbol {
  const { name, span, kind } = declaration;
  const children =
    declaration.kind === "choreography"
      ? [
          ...declaration.parameters.map((parameter) =>
            symbol(
              text,
              parameter.name,
              parameter.span,
              parameter.kind === "role" ? SymbolKind.Class : SymbolKind.Variable,
            ),
          ),
          ...ofBlock(text, declaration.body, 0),
        ]
      : declaration.kind === "contract"
        ? declaration.parameters.map((parameter) => symbol(text, parameter.name, parameter.span, SymbolKind.Variable))
        : declaration.body.kind === "record"
          ? ofFields(text, declaration.body.fields)
          : [];
  return symbol(text, name, span, KINDS[kind], kind, children);
}

function ofFields(text: Text, fields: readonly FieldTree[]): DocumentSymbol[] {
  return fields.map(({ name, span, type }) =>
    symbol(text, name, span, SymbolKind.Field, text.text.slice(type.span.start, type.span.end).slice(0, 80)),
  );
}

function ofBlock(text: Text, { statements }: BlockTree, depth: number): DocumentSymbol[] {
  return depth > maxDepth ? [] : statements.flatMap((statement) => ofStatement(text, statement, depth));
}

function ofStatement(text: Text, statement: StatementTree, depth: number): DocumentSymbol[] {
  const inner = (...blocks: readonly (BlockTree | null)[]): DocumentSymbol[] =>
    blocks.flatMap((block) => (block === null ? [] : ofBlock(text, block, depth + 1)));
  const named = (name: string, children: DocumentSymbol[], kind: SymbolKind = SymbolKind.Event): DocumentSymbol[] => {
    const head = { start: statement.span.start, end: Math.min(statement.span.end, statement.span.start + 1) };
    return [symbol(text, { text: name, span: head }, statement.span, kind, "", children)];
  };
  switch (statement.kind) {
    case "interaction":
      return named(oneLine(text.text, statement), inner(statement.otherwise));
    case "choice": {
      const name = `choice${statement.name === null ? "" : ` ${statement.name.text}`}${statement.at === null ? "" : ` at ${statement.at.text}`}`;
      return named(name, inner(...statement.branches.map(({ body }) => body), statement.otherwise), SymbolKind.Enum);
    }
    case "loop":
      return named(`loop ${statement.name.text}`, inner(statement.body, statement.otherwise), SymbolKind.Array);
    case "par":
      return named("par", inner(...statement.arms), SymbolKind.Array);
    case "scatter":
      return named(`scatter ${statement.as.text}`, inner(statement.body), SymbolKind.Array);
    case "pick":
      return named(`pick ${statement.family.text}`, inner(statement.body), SymbolKind.Array);
    case "do":
      return named(`do ${statement.choreography.text}`, inner(statement.otherwise), SymbolKind.Function);
    case "saga":
      return named(
        "saga",
        inner(...statement.steps.flatMap(({ step, undo }) => [step, undo]), statement.otherwise),
        SymbolKind.Array,
      );
    default:
      return [];
  }
}

function symbol(
  text: Text,
  { text: name, span: selection }: Name,
  span: Span,
  kind: SymbolKind,
  detail = "",
  children: DocumentSymbol[] = [],
): DocumentSymbol {
  const base = {
    name: name === "" ? "…" : name,
    kind,
    range: rangeOf(text, span),
    selectionRange: rangeOf(text, selection),
    children,
  };
  return detail === "" ? base : { ...base, detail };
}

/** For clients that know no symbols in symbols. */
export function flatSymbols(symbols: readonly DocumentSymbol[], uri: string, container?: string): SymbolInformation[] {
  return symbols.flatMap(({ name, kind, range, children }) => [
    SymbolInformation.create(name, kind, range, uri, container),
    ...flatSymbols(children ?? [], uri, name),
  ]);
}
