// What completion offers of names that are declared, and the form of all that it offers. In: an open file and what is
// wanted in it. Out: items, which completion.ts turns into those of the protocol.

import { CompletionItemKind } from "vscode-languageserver";
import type { ChoreographyTree } from "@chor/grammar";
import type { Sym } from "./builder.js";
import type { Context } from "./context.js";
import { declared, importedNames } from "./files.js";
import type { Index } from "./index.js";
import { KEYWORDS } from "./keywords.js";
import { holds } from "../mends/edits.js";
import type { Open } from "./workspace.js";

export interface Item {
  readonly label: string;
  readonly kind: CompletionItemKind;
  readonly detail?: string;
  readonly doc?: string;
  readonly snippet?: string;
  readonly insert?: string;
  /** The smaller, the nearer. */
  readonly rank: number;
}

/** Words of the language as items; `rank` says how near they are. */
export function keywords(words: readonly string[], rank = 2): readonly Item[] {
  return words.map((word) => ({ label: word, kind: CompletionItemKind.Keyword, doc: KEYWORDS.get(word) ?? "", rank }));
}

function choreographyAt({ file }: Open, { word }: Context): ChoreographyTree | null {
  const found = file.tree.declarations.find(
    (each): each is ChoreographyTree => each.kind === "choreography" && holds(each.span, word.start),
  );
  return found ?? null;
}

/** The roles of the choreography around the cursor. */
export function roles(open: Open, context: Context, families: boolean): readonly Item[] {
  const parameters = choreographyAt(open, context)?.parameters ?? [];
  return parameters.flatMap((parameter) => {
    if (parameter.kind !== "role" || (families && parameter.family === null)) return [];
    const detail = open.file.text.slice(parameter.span.start, parameter.span.end);
    return [{ label: parameter.name.text, kind: CompletionItemKind.Class, detail: `role ${detail}`, rank: 0 }];
  });
}

export const TOP_KINDS = {
  artifact: CompletionItemKind.Struct,
  contract: CompletionItemKind.Function,
  choreography: CompletionItemKind.Module,
} as const;

/** Declarations of this file and imported ones. */
export function tops({ file, world }: Open, kind: keyof typeof TOP_KINDS): readonly Item[] {
  const names = [
    ...file.tree.declarations.map(({ name }) => name.text),
    ...importedNames(file.tree).map(({ local }) => local.text),
  ];
  return names.flatMap((name) => {
    const tree = declared(world, file, name)?.tree;
    if (tree?.kind !== kind) return [];
    const call =
      tree.kind === "artifact" ? {} : { snippet: `${name}(${holes(tree.parameters.map((each) => each.name.text))})` };
    return [{ label: name, kind: TOP_KINDS[kind], detail: kind, doc: tree.doc, rank: 0, ...call }];
  });
}

function holes(names: readonly string[]): string {
  return names.map((name, i) => `\${${i + 1}:${name}}`).join(", ");
}

/** The symbols that can be referred to at the cursor. */
export function symbolsAround(index: Index, { word }: Context): readonly Sym[] {
  return [...index.symbols.values()].filter(({ scope }) => holds(scope, word.start));
}
