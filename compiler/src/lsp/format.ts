// Formatting, as edits: the only place where the language server knows the formatter. In: an open file and how its editor
// indents. Out: one edit of what differs; none for a file with syntax errors.

import { format } from "@chor/grammar";
import type { FormatOptions } from "@chor/grammar";
import type { FormattingOptions, TextEdit } from "vscode-languageserver";
import { rangeOf } from "./text.js";
import { pathOf } from "./workspace.js";
import type { Open } from "./workspace.js";

/** What the project says of its layout comes before what the editor says; `printWidth` is an option of ours. */
export async function formatted({ file, text }: Open, options: FormattingOptions): Promise<TextEdit[]> {
  // `printWidth` is no option of the protocol; editors that have a setting for it may send it with the others.
  const { tabSize, insertSpaces, printWidth } = options;
  const width = typeof printWidth === "number" ? { printWidth } : {};
  const own: FormatOptions = { tabWidth: tabSize, useTabs: !insertSpaces, ...width };
  const answer = await format(file.text, { ...own, ...(await projectOptions(file.uri)) });
  return "formatted" in answer ? editsBetween(text, file.text, answer.formatted) : [];
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

/** Only what differs, so that cursors and folds elsewhere stay where they are. */
function editsBetween(text: Open["text"], before: string, now: string): TextEdit[] {
  const shorter = Math.min(before.length, now.length);
  let start = 0;
  while (start < shorter && before[start] === now[start]) start++;
  let same = 0;
  while (same < shorter - start && before[before.length - 1 - same] === now[now.length - 1 - same]) same++;
  // An edit begins and ends between two characters, not in the middle of one, nor of a line break.
  while (start > 0 && /[\uD800-\uDBFF\r]/.test(before.charAt(start - 1))) start--;
  while (same > 0 && /[\uDC00-\uDFFF\n]/.test(before.charAt(before.length - same))) same--;
  const span = { start, end: before.length - same };
  const newText = now.slice(start, now.length - same);
  return span.start === span.end && newText === "" ? [] : [{ range: rangeOf(text, span), newText }];
}
