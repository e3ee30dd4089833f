// What a choice without a name is called, and how a piece of source is shown. In: text. Out: text.

import { lowerCamel } from "@chor/grammar";

/** The name of a choice that has none: `approveOrRevise`. `""` for no labels. */
export function joinedLabels(labels: readonly string[]): string {
  const [first, ...rest] = labels;
  return first === undefined ? "" : [lowerCamel(first), ...rest].join("Or");
}

const COMMENT_OR_SPACE = /(?:\s|\/\/[^\n\r]*|\/\*[^]*?(?:\*\/|$))+/g;

/** A piece of source on one line: comments and runs of white space become one space. */
export function onOneLine(text: string): string {
  return text.replace(COMMENT_OR_SPACE, " ").trim();
}
