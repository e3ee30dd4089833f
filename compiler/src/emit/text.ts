// Text of the source inside generated code. In goes hostile text (doc comments, names, values); out come comments
// that end where they should, and literals that mean exactly that text.

import type { Docs } from "./module.js";

/** A string literal. Line separators and characters that turn the direction of text are escaped. */
export function quote(text: string): string {
  return JSON.stringify(text).replace(UNSEEN, escapeUnit);
}

/** A number literal; JSON has none for -0, and needs none. */
export function numeral(value: number): string {
  return String(value === 0 ? 0 : value);
}

/** A literal of a literal union. */
export function literal(value: string | number | boolean): string {
  if (typeof value === "string") return quote(value);
  return typeof value === "number" ? numeral(value) : String(value);
}

/** Text for a comment, on one line. */
export function onOneLine(text: string): string {
  return inComment(text.replace(/\s+/g, " ").trim());
}

/** A piece of source text, quoted in a comment. */
export function code(text: string): string {
  const line = onOneLine(text);
  return line.includes("`") ? `\`\` ${line} \`\`` : `\`${line}\``;
}

/** Text for a doc comment, which may have several lines; ends of line of any kind. */
export function onLines(text: string): string {
  return text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => inComment(line.trimEnd()))
    .join("\n")
    .trim();
}

/**
 * The doc structure of a declaration from its paragraphs (made by `onOneLine`, `onLines`, `code`); empty ones are left
 * out. One line stays on one line, more become a block.
 */
export function docs(...paragraphs: readonly string[]): Docs {
  const text = paragraphs.filter((paragraph) => paragraph !== "").join("\n\n");
  if (text === "") return [];
  return [{ description: text.includes("\n") ? `\n${text}` : text }];
}

/** The doc structure of what comes from interactions of the source: each as it is written there, and what is said of it. */
export function interactionDocs(interactions: readonly { readonly text: string; readonly doc: string }[]): Docs {
  const said = interactions.map(({ doc }) => onLines(doc)).find((doc) => doc !== "") ?? "";
  return docs(interactions.map(({ text }) => code(text)).join(", "), said);
}

/** Ends no comment, gives the compiler no order, and shows what is unseen. */
function inComment(text: string): string {
  return text
    .replace(/\*\//g, "*\\/")
    .replace(/@(?=ts-)/g, "\\@")
    .replace(UNSEEN, escapeUnit);
}

/** Control characters but for tab, line separators, and what turns or hides text. */
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\p{Cs}]/gu;

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
