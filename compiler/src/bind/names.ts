// What a choice without a name is called, and how a piece of source is shown. In: text. Out: text.

import { lowerCamel } from "@chor/grammar";
import type { BlockTree, Span } from "@chor/grammar";

/** The name of a choice that has none: `approveOrRevise`. `""` for no labels. */
export function joinedLabels(labels: readonly string[]): string {
  const [first, ...rest] = labels;
  return first === undefined ? "" : [lowerCamel(first), ...rest].join("Or");
}

/** A name for several of a kind, for hints. */
export function plural(name: string): string {
  if (/[^aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(name) ? `${name}es` : `${name}s`;
}

const COMMENT_OR_SPACE = /"(?:[^"\\\n\r]|\\.)*"|(?:\s|\/\/[^\n\r]*|\/\*[^]*?(?:\*\/|$))+/g;

/** A piece of source on one line: comments and runs of white space become one space, strings stay as they are. */
export function onOneLine(text: string): string {
  return text.replace(COMMENT_OR_SPACE, (found) => (found.startsWith('"') ? found : " ")).trim();
}

/** A statement on one line, without its `else`. */
export function lineBeforeElse(text: string, { start, end }: Span, otherwise: BlockTree | null): string {
  return otherwise === null
    ? onOneLine(text.slice(start, end))
    : onOneLine(text.slice(start, otherwise.span.start)).replace(/\s?else$/, "");
}
