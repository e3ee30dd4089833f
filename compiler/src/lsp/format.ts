// Formatting, as edits: the only place where the language server knows the formatter. In: an open file and how its editor
// indents. Out: one edit of what differs, or those in a range; none for a file with syntax errors.

import { format } from "@chor/grammar";
import type { FormatOptions, Span } from "@chor/grammar";
import type { FormattingOptions, TextEdit } from "vscode-languageserver";
import { rangeOf } from "./text.js";
import { pathOf } from "./workspace.js";
import type { Open } from "./workspace.js";

/** What the project says of its layout comes before what the editor says; `printWidth` is an option of ours. */
export async function formatted({ file, text }: Open, options: FormattingOptions): Promise<TextEdit[]> {
  const now = await layOut(file, options);
  return now === null ? [] : [editOf(text, between(file.text, now))].filter(isReal);
}

/**
 * The whole file is laid out; of that, what concerns the lines of a span. Where more than white space differs (clauses
 * in another order), all of it is one edit, which has to lie in these lines.
 */
export async function formattedWithin(
  { file, text }: Open,
  span: Span,
  options: FormattingOptions,
): Promise<TextEdit[]> {
  const now = await layOut(file, options);
  if (now === null) return [];
  const start = file.text.lastIndexOf("\n", span.start - 1) + 1;
  const line = file.text.indexOf("\n", span.end);
  const end = line < 0 ? file.text.length : line + 1;
  return (gapsBetween(file.text, now) ?? [between(file.text, now)])
    .filter((change) => start <= change.start && change.start < end && change.end <= end)
    .map((change) => editOf(text, change))
    .filter(isReal);
}

/** The text as the formatter has it; null where it cannot be read. */
async function layOut({ uri, text }: Open["file"], options: FormattingOptions): Promise<string | null> {
  // `printWidth` is no option of the protocol; editors that have a setting for it may send it with the others.
  const { tabSize, insertSpaces, printWidth } = options;
  const width = typeof printWidth === "number" ? { printWidth } : {};
  const own: FormatOptions = { tabWidth: tabSize, useTabs: !insertSpaces, ...width };
  const answer = await format(text, { ...own, ...(await projectOptions(uri)) });
  return "formatted" in answer ? answer.formatted : null;
}

async function projectOptions(uri: string): Promise<FormatOptions> {
  const path = pathOf(uri);
  if (path === null) return {};
  const { printWidth, tabWidth, useTabs, endOfLine } = await configOf(path);
  return {
    ...(printWidth === undefined ? {} : { printWidth }),
    ...(tabWidth === undefined ? {} : { tabWidth }),
    ...(useTabs === undefined ? {} : { useTabs }),
    ...(endOfLine === undefined ? {} : { endOfLine }),
  };
}

/** A configuration that cannot be read, or a bundle that has no Prettier, is as good as none. */
async function configOf(path: string): Promise<FormatOptions> {
  try {
    const { resolveConfig } = await import("prettier");
    return (await resolveConfig(path, { editorconfig: true })) ?? {};
  } catch {
    return {};
  }
}

interface Change extends Span {
  readonly newText: string;
}

function editOf(text: Open["text"], change: Change): TextEdit {
  return { range: rangeOf(text, change), newText: change.newText };
}

function isReal({ range: { start, end }, newText }: TextEdit): boolean {
  return newText !== "" || start.line !== end.line || start.character !== end.character;
}

/** Where white space differs, gap by gap; null where anything else does. */
function gapsBetween(before: string, now: string): readonly Change[] | null {
  const [gaps, others] = [before, now].map((text) => [...text.matchAll(/\s*(\S|$)/g)]);
  if (gaps === undefined || others === undefined || gaps.length !== others.length) return null;
  if (gaps.some(([, character], i) => character !== others[i]?.[1])) return null;
  return gaps.flatMap(({ 0: whole, 1: character = "", index }, i) => {
    const white = whole.slice(0, whole.length - character.length);
    const other = others[i]?.[0] ?? "";
    const { start, end, newText } = between(white, other.slice(0, other.length - character.length));
    return start === end && newText === "" ? [] : [{ start: index + start, end: index + end, newText }];
  });
}

/** Only what differs, so that cursors and folds elsewhere stay where they are. */
function between(before: string, now: string): Change {
  const shorter = Math.min(before.length, now.length);
  let start = 0;
  while (start < shorter && before[start] === now[start]) start++;
  let same = 0;
  while (same < shorter - start && before[before.length - 1 - same] === now[now.length - 1 - same]) same++;
  // An edit begins and ends between two characters, not in the middle of one, nor of a line break.
  while (start > 0 && /[\uD800-\uDBFF\r]/.test(before.charAt(start - 1))) start--;
  while (same > 0 && /[\uDC00-\uDFFF\n]/.test(before.charAt(before.length - same))) same--;
  return { start, end: before.length - same, newText: now.slice(start, now.length - same) };
}
