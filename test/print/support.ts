// What the tests of the printer share: how a text is formatted, and what must survive it.

import { format, parse, type FormatOptions } from "@chor/grammar";
import { docText } from "../../grammar/src/text.js";
import { piecesOf } from "../../grammar/src/print/pieces.js";
import { withoutSpans } from "../grammar/support.js";

/** The layouts in which everything is tried. */
export const layouts: readonly FormatOptions[] = [
  { printWidth: 40 },
  { printWidth: 80 },
  { printWidth: 120 },
  { printWidth: 80, useTabs: true, tabWidth: 8 },
];

/** The formatted text; throws what keeps it from being formatted. */
export async function formatted(text: string, options: FormatOptions = {}): Promise<string> {
  const result = await format(text, options);
  if ("formatted" in result) return result.formatted;
  throw new Error(result.diagnostics.map(({ code, message }) => `${code} ${message}`).join("\n"));
}

/** What a text says apart from its layout: tree and comments; the latter sorted where clauses may change places. */
export function substance(text: string, sorted = false): unknown {
  const { tree, diagnostics } = parse({ file: "", text });
  const errors = diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ code, message }) => `${code} ${message}`);
  const comments = commentsOf(text);
  return { errors, tree: withoutSpans(tree), comments: sorted ? comments.toSorted() : comments };
}

/** The comments of a text in their order, without what re-indenting changes. */
export function commentsOf(text: string): readonly string[] {
  return piecesOf(text).flatMap(({ comments }) =>
    comments.map(({ kind, text: comment }) => {
      if (kind === "doc") return `doc ${docText(comment)}`;
      return `${kind} ${comment
        .split(/\r\n|\r|\n/)
        .map((line) => line.trim())
        .join("\n")}`;
    }),
  );
}
