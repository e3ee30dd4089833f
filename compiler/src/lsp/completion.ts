// What may be written at the cursor. In: an open file and an offset. Out: items, those that are near before those that
// are always possible. What is wanted comes from context.ts, what there is from the names of the file.

import { CompletionItemKind, InsertTextFormat } from "vscode-languageserver";
import type { CompletionItem, MarkupContent } from "vscode-languageserver";
import type { LoopTree, ScatterTree } from "@chor/grammar";
import { keywords, roles, symbolsAround, TOP_KINDS, tops } from "./completion-names.js";
import type { Item } from "./completion-names.js";
import { entries, expressions, fields, values } from "./completion-values.js";
import { contextAt } from "./context.js";
import type { Context } from "./context.js";
import { artifactNamed, importedNames } from "./files.js";
import { KEYWORDS, TYPES } from "./keywords.js";
import { pathsFrom } from "./links.js";
import { DECLARATION_SNIPPETS, STATEMENT_SNIPPETS } from "./snippets.js";
import { rangeOf } from "./text.js";
import { nodesAround } from "./walk.js";
import type { Open, Workspace } from "./workspace.js";

export interface CompletionOptions {
  /** Whether the client takes places to fill in. */
  readonly snippets: boolean;
}

/** Takes an open file and an offset; gives what may be written there, each label once. Empty where nothing may. */
export function completion(
  workspace: Workspace,
  open: Open,
  offset: number,
  { snippets }: CompletionOptions,
): CompletionItem[] {
  const context = contextAt(open.file.text, offset);
  const items = itemsFor(workspace, open, context);
  const range = rangeOf(open.text, context.word);
  const seen = new Set<string>();
  return items
    .filter(({ label }) => !seen.has(label) && seen.add(label))
    .map((item) => finished(item, range, snippets));
}

function finished(item: Item, range: ReturnType<typeof rangeOf>, snippets: boolean): CompletionItem {
  const { label, kind, detail, doc, snippet, insert, rank } = item;
  const isSnippet = snippet !== undefined && snippets;
  const newText = isSnippet ? snippet : (insert ?? label);
  const documentation: MarkupContent | null = doc === undefined || doc === "" ? null : { kind: "markdown", value: doc };
  return {
    label,
    kind,
    ...(detail === undefined ? {} : { detail }),
    ...(documentation === null ? {} : { documentation }),
    sortText: `${rank} ${label}`,
    insertTextFormat: isSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    textEdit: { range, newText },
  };
}

function itemsFor(workspace: Workspace, open: Open, context: Context): readonly Item[] {
  const { wanted } = context;
  switch (wanted.kind) {
    case "nothing":
      return [];
    case "declaration":
      return [...keywords(wanted.words), ...templates(DECLARATION_SNIPPETS)];
    case "statement":
      return [...roles(open, context, false), ...keywords(wanted.words, 1), ...templates(STATEMENT_SNIPPETS)];
    case "words":
      return keywords(wanted.words);
    case "role": {
      const everybody: Item[] = wanted.everybody
        ? [{ label: "*", kind: CompletionItemKind.Class, detail: "every other role", rank: 1 }]
        : [];
      return [...roles(open, context, wanted.families), ...everybody];
    }
    case "message":
      return [...labels(open, context), ...tops(open, "artifact"), ...typeParameters(open, context)];
    case "contract":
      return tops(open, "contract");
    case "choreography":
      return tops(open, "choreography");
    case "type":
      return [
        ...keywords(wanted.words),
        ...tops(open, "artifact"),
        ...typeParameters(open, context),
        ...builtInTypes(),
      ];
    case "jump":
      return jumps(open, context, wanted.word);
    case "duration":
      return [...values(open.index, context, open), ...durations()];
    case "field":
      return fields(workspace, open, context);
    case "entry":
      return entries(workspace, open, wanted);
    case "importName":
      return importNames(workspace, open, context);
    case "path":
      return pathsFrom(workspace, open.file).map((path) => ({ label: path, kind: CompletionItemKind.File, rank: 0 }));
    case "expression":
      return expressions(workspace, open, context, wanted);
  }
}

// ---- words ---------------------------------------------------------------------------------------------

function templates(snippets: ReadonlyMap<string, string>): readonly Item[] {
  return [...snippets].map(([word, snippet]) => ({
    label: word,
    kind: CompletionItemKind.Keyword,
    doc: KEYWORDS.get(word.split(" ").at(-1) ?? "") ?? "",
    snippet,
    rank: 3,
  }));
}

function builtInTypes(): readonly Item[] {
  return [...TYPES].map(([label, doc]) => ({ label, kind: CompletionItemKind.TypeParameter, doc, rank: 2 }));
}

function durations(): readonly Item[] {
  return ["30s", "10m", "1h", "1d"].map((label) => ({ label, kind: CompletionItemKind.Unit, rank: 2 }));
}

// ---- names ---------------------------------------------------------------------------------------------

function labels(open: Open, context: Context): readonly Item[] {
  return symbolsAround(open.index, context)
    .filter(({ kind }) => kind === "label")
    .map(({ name, doc }) => ({ label: name, kind: CompletionItemKind.EnumMember, detail: "label", doc, rank: 1 }));
}

function typeParameters(open: Open, context: Context): readonly Item[] {
  return symbolsAround(open.index, context)
    .filter(({ kind }) => kind === "typeParameter")
    .map(({ name, detail }) => ({ label: name, kind: CompletionItemKind.TypeParameter, detail, rank: 1 }));
}

/** The loops around the cursor, the innermost first; `break` may name the element of a scatter, too. */
function jumps({ file }: Open, { word: { start } }: Context, word: "break" | "continue"): readonly Item[] {
  const around = nodesAround(file.tree, start).flatMap((node) => {
    if (node.kind === "loop") return [{ name: (node as LoopTree).name.text, detail: "loop" }];
    if (node.kind === "scatter" && word === "break")
      return [{ name: (node as ScatterTree).as.text, detail: "scatter" }];
    return [];
  });
  return around
    .toReversed()
    .map(({ name, detail }, rank) => ({ label: name, kind: CompletionItemKind.Reference, detail, rank }));
}

// ---- imports -------------------------------------------------------------------------------------------

function importNames(workspace: Workspace, { file }: Open, { word }: Context): readonly Item[] {
  const behind = file.text.slice(word.end, word.end + 2_000);
  const path = /^[^{}]*\}\s*from\s*"([^"\r\n]*)"/.exec(behind)?.[1];
  const other = path === undefined ? null : workspace.imported(file, path);
  const taken = new Set(importedNames(file.tree).map(({ name }) => name.text));
  const names = other?.tree.declarations ?? [];
  return names
    .filter(({ name }) => !taken.has(name.text) || artifactNamed(workspace, file, name.text) === null)
    .map(({ name, kind, doc }) => ({ label: name.text, kind: TOP_KINDS[kind], detail: kind, doc, rank: 0 }));
}
