// The plugin by which Prettier formats `.chor`: `prettier --plugin @chor/grammar team.chor`. In: a text and Prettier's
// options. Out: its doc. Loading this file loads nothing of Prettier; its doc builders come with the first parse.

import type { Parser, Plugin, Printer, SupportLanguage } from "prettier";
import { parse as parseTree } from "../parse.js";
import { lineStarts, positionAt, type Span } from "../source.js";
import type { Diagnostic } from "../diagnostic.js";
import type { FileTree } from "../tree.js";
import { file } from "./declarations.js";
import { inOrder } from "./order.js";
import { withoutParentheses } from "./parentheses.js";
import { isIgnored, piecesOf } from "./pieces.js";
import { Writer, type Builders } from "./writer.js";

/** What Prettier takes for the syntax tree: one node without children, for comments are ours. */
export interface PrettierTree {
  readonly kind: "chor";
  readonly tree: FileTree;
  readonly text: string;
  readonly builders: Builders;
}

export const languages: SupportLanguage[] = [
  { name: "Chor", parsers: ["chor"], extensions: [".chor"], vscodeLanguageIds: ["chor"] },
];

const chorParser: Parser<PrettierTree> = {
  astFormat: "chor",
  locStart: () => 0,
  locEnd: ({ text }) => text.length,
  parse: async (text) => {
    const { tree, diagnostics } = parseTree({ file: "", text });
    const first = diagnostics.find(({ severity }) => severity === "error");
    if (first !== undefined) throw syntaxError(first, text);
    const { builders } = await import("prettier/doc");
    return { kind: "chor", tree, text, builders };
  },
};

const chorPrinter: Printer<PrettierTree> = {
  print: ({ node: { tree, text, builders } }) => {
    const written = piecesOf(text);
    const ignored = new Set(written.flatMap((piece, i) => (isIgnored(piece, i === 0) ? [piece.span.start] : [])));
    const skip = (offset: number): boolean => ignored.has(offset);
    const { pieces, pairs } = withoutParentheses(tree, written);
    return file(new Writer({ text, pieces: inOrder(tree, pieces, skip), pairs, builders }), tree);
  },
  getVisitorKeys: () => [],
};

export const parsers: NonNullable<Plugin["parsers"]> = { chor: chorParser };
export const printers: NonNullable<Plugin["printers"]> = { chor: chorPrinter };

/** The first error in the way in which Prettier shows it: with line and column, it adds a frame of the text. */
function syntaxError({ message, hint, span }: Diagnostic, text: string): SyntaxError {
  const loc = locationOf(span, text);
  const told = hint === undefined ? message : `${message} ${hint}`;
  const error = new SyntaxError(`${told} (${loc.start.line}:${loc.start.column})`);
  return Object.assign(error, { loc });
}

function locationOf({ start, end }: Span, text: string) {
  const lines = lineStarts(text);
  return { start: positionAt(lines, start), end: positionAt(lines, end) };
}
