// How names are made from labels, and how a piece of source is shown. In: text. Out: text.

/**
 * The label as a value's name: a leading run of capitals goes down, but for the last before a small letter
 * (`Draft` draft, `PRD` prd, `CIReport` ciReport).
 */
export function lowerCamel(label: string): string {
  const run = /^[A-Z]*/.exec(label)?.[0].length ?? 0;
  const next = label.charCodeAt(run);
  const small = next >= 97 && next <= 122;
  const down = run > 1 && small ? run - 1 : run;
  return label.slice(0, down).toLowerCase() + label.slice(down);
}

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
