// Renaming, across files. In: an open file, an offset, a new name. Out: the edits, or why not. Names follow from one
// another: an artifact that is sent under its own name is a label, too, and a label in lower camel is the name of what it
// carries. So what is renamed is everything that would otherwise no longer mean the same.

import type { Range, TextEdit, WorkspaceEdit } from "vscode-languageserver";
import { lowerCamel } from "@chor/grammar";
import type { Span } from "@chor/grammar";
import type { Occurrence, Sym, SymbolKind } from "./builder.js";
import { ownDeclaration, importedNames } from "./files.js";
import type { FileView } from "./files.js";
import { occurrencesAt } from "./index.js";
import type { Index } from "./index.js";
import { HARD_WORDS } from "./scan.js";
import { placesOf, symbolOf } from "./symbol.js";
import { rangeOf } from "./text.js";
import type { Open, Workspace } from "./workspace.js";

export type Renamed = { readonly edit: WorkspaceEdit } | { readonly refused: string };

/** What can be renamed at an offset, and what it is called; null: nothing. */
export function prepareRename(
  workspace: Workspace,
  open: Open,
  offset: number,
): { readonly range: Range; readonly placeholder: string } | null {
  const target = targetAt(workspace, open, offset);
  if (target === null) return null;
  const { span } = target.occurrence;
  return { range: rangeOf(open.text, span), placeholder: open.file.text.slice(span.start, span.end) };
}

/** Takes an offset and a new name; gives the edits in all files, or in a sentence why it is refused. */
export function rename(workspace: Workspace, open: Open, offset: number, name: string): Renamed {
  const target = targetAt(workspace, open, offset);
  if (target === null) return { refused: "There is nothing here that can be renamed." };
  const { symbol } = target;
  const wrong = wrongName(symbol.kind, name);
  if (wrong !== null) return { refused: wrong };
  if (target.alias !== null) return renameAlias(workspace, open, target, name);
  if (name === symbol.name) return { edit: { changes: {} } };
  const taken = takenBy(workspace, open.index, target, name);
  if (taken !== null) return { refused: `\`${name}\` is already the name of ${taken}: choose another one.` };
  const edits = new Edits(workspace);
  if (symbol.kind === "value" || symbol.kind === "parameter")
    renameValue(edits, workspace, open.index, symbol.key, name);
  else if (symbol.kind === "label" || symbol.kind === "artifact")
    renameTogether(edits, workspace, open.index, symbol.key, name);
  else renameWritten(edits, workspace, open.index, symbol.key, name);
  return { edit: edits.result() };
}

// ---- what is meant -------------------------------------------------------------------------------------

interface Target {
  readonly occurrence: Occurrence;
  readonly symbol: Sym;
  /** The name that only this file has for it, where it is written here. */
  readonly alias: string | null;
}

function targetAt(workspace: Workspace, { file, index }: Open, offset: number): Target | null {
  for (const occurrence of occurrencesAt(index, offset)) {
    if (occurrence.implicit) continue;
    const found = symbolOf(workspace, index, occurrence.key);
    if (found === null) continue;
    const { span } = occurrence;
    const written = file.text.slice(span.start, span.end);
    return { occurrence, symbol: found.symbol, alias: written === found.symbol.name ? null : written };
  }
  return null;
}

const UPPER: ReadonlySet<SymbolKind> = new Set([
  "artifact",
  "contract",
  "choreography",
  "typeParameter",
  "role",
  "label",
]);

const PLURALS: Readonly<Record<SymbolKind, string>> = {
  artifact: "Artifacts",
  contract: "Contracts",
  choreography: "Choreographies",
  typeParameter: "Type parameters",
  role: "Roles",
  label: "Labels",
  value: "Values",
  parameter: "Values",
  field: "Fields",
  loop: "Loops",
  choice: "Choices",
};

function wrongName(kind: SymbolKind, name: string): string | null {
  if (!/^[A-Za-z_]\w*$/.test(name))
    return `\`${name}\` is no name: names have the letters \`a\` to \`z\`, digits and \`_\`.`;
  if (name === "__proto__") return "`__proto__` is no name: JavaScript reads it as something else.";
  if (kind === "field") return null;
  if (UPPER.has(kind))
    return /^[A-Z]/.test(name)
      ? null
      : `${PLURALS[kind]} begin with a capital: write \`${name.charAt(0).toUpperCase()}${name.slice(1)}\`.`;
  if (HARD_WORDS.has(name)) return `\`${name}\` is a word of the language: choose another name.`;
  return /^[a-z_]/.test(name) ? null : `${PLURALS[kind]} begin with a small letter: write \`${lowerCamel(name)}\`.`;
}

/** What has the new name already, where the two would be taken for one another. */
function takenBy(workspace: Workspace, index: Index, { symbol }: Target, name: string): string | null {
  const top = symbol.kind === "artifact" || symbol.kind === "contract" || symbol.kind === "choreography";
  if (top) {
    const files = new Set([index.file, ...placesOf(workspace, index, symbol.key).map(({ file }) => file)]);
    for (const file of files) {
      const declared =
        ownDeclaration(file, name) !== null || importedNames(file.tree).some(({ local }) => local.text === name);
      if (declared) return `something at the top of a file that uses \`${symbol.name}\``;
    }
    return null;
  }
  const home = symbolOf(workspace, index, symbol.key);
  if (home === null) return null;
  const { symbols, file } = workspace.index(home.file);
  if (symbol.kind === "role" && ownDeclaration(file, name) !== null) return "something at the top of the file";
  for (const other of symbols.values()) {
    if (other.name !== name || other.key === symbol.key || !alike(other, symbol)) continue;
    const apart = other.scope.end <= symbol.scope.start || symbol.scope.end <= other.scope.start;
    if (!apart) return `another ${other.kind}`;
  }
  return null;
}

/** Whether two symbols share one set of names; labels may be joined. */
function alike(other: Sym, { kind, key }: Sym): boolean {
  const group = (of: SymbolKind): string => (of === "parameter" ? "value" : of === "typeParameter" ? "role" : of);
  if (kind === "label") return false;
  if (kind === "field") return other.kind === "field" && ownerOf(other.key) === ownerOf(key);
  return group(other.kind) === group(kind);
}

const ownerOf = (key: string): string => key.slice(0, key.lastIndexOf("."));

// ---- edits ---------------------------------------------------------------------------------------------

/** Edits by file; of two at one place only the first is kept. */
class Edits {
  private readonly byFile = new Map<FileView, Map<string, { readonly span: Span; readonly text: string }>>();
  private readonly workspace: Workspace;

  constructor(workspace: Workspace) {
    this.workspace = workspace;
  }

  add(file: FileView, span: Span, text: string): void {
    const edits = this.byFile.get(file) ?? new Map<string, { readonly span: Span; readonly text: string }>();
    this.byFile.set(file, edits);
    const place = `${span.start} ${span.end}`;
    if (!edits.has(place)) edits.set(place, { span, text });
  }

  result(): WorkspaceEdit {
    const changes: Record<string, TextEdit[]> = {};
    for (const [file, edits] of this.byFile) {
      const text = this.workspace.textOf(file);
      changes[this.workspace.uriOf(file)] = [...edits.values()].map(({ span, text: newText }) => ({
        range: rangeOf(text, span),
        newText,
      }));
    }
    return { changes };
  }
}

/** Wherever the symbol is written under its own name. */
function renameWritten(edits: Edits, workspace: Workspace, index: Index, key: string, name: string): void {
  const old = symbolOf(workspace, index, key)?.symbol.name;
  for (const { file, occurrence } of placesOf(workspace, index, key)) {
    const { span, shorthand, implicit } = occurrence;
    if (implicit || file.text.slice(span.start, span.end) !== old) continue;
    edits.add(file, span, shorthand === "field" ? `${name}: ${old}` : shorthand === "value" ? `${old}: ${name}` : name);
  }
}

/** Of a value that follows from a label, the message gets an `as`: the label stays what it is. */
function renameValue(edits: Edits, workspace: Workspace, index: Index, key: string, name: string): void {
  renameWritten(edits, workspace, index, key, name);
  const home = symbolOf(workspace, index, key);
  if (home === null) return;
  for (const { as, message } of home.symbol.bindings) {
    const { end } = message.span;
    if (as === null && lowerCamel(message.label.text) !== name)
      edits.add(home.file, { start: end, end }, ` as ${name}`);
  }
}

/**
 * An artifact and the labels that it is, and what they bind. A message `Module` is short for `Module(Module)`: with the
 * artifact its label changes, then all messages of that label in the choreography, and the value `module`.
 */
function renameTogether(edits: Edits, workspace: Workspace, index: Index, key: string, name: string): void {
  const waiting = [key];
  const seen = new Set(waiting);
  for (const next of waiting) {
    renameWritten(edits, workspace, index, next, name);
    for (const { file, occurrence } of placesOf(workspace, index, next)) {
      const { occurrences } = workspace.index(file);
      for (const other of occurrences) {
        const here = other.span.start === occurrence.span.start && other.span.end === occurrence.span.end;
        if (!here || seen.has(other.key)) continue;
        if (other.kind === "artifact" || other.kind === "label") waiting.push(other.key);
        seen.add(other.key);
        // Every word for the value, `as` included, so that it stays one value.
        if (other.kind === "value" && other.implicit)
          renameWritten(edits, workspace, index, other.key, lowerCamel(name));
      }
    }
  }
}

function renameAlias(
  workspace: Workspace,
  { file, index }: Open,
  { alias, occurrence }: Target,
  name: string,
): Renamed {
  const taken =
    ownDeclaration(file, name) !== null || importedNames(file.tree).some(({ local }) => local.text === name);
  if (taken) return { refused: `\`${name}\` is already a name at the top of this file: choose another one.` };
  const edits = new Edits(workspace);
  for (const { key, span } of index.occurrences)
    if (key === occurrence.key && file.text.slice(span.start, span.end) === alias) edits.add(file, span, name);
  return { edit: edits.result() };
}
