// What an editor offers to do: the mends of the diagnostics in a range, and the imports in order. In: an open file, its
// diagnostics and a range. Out: actions with their edits.

import { CodeActionKind } from "vscode-languageserver";
import type { CodeAction, TextEdit } from "vscode-languageserver";
import type { Diagnostic, Fix, Span } from "@chor/grammar";
import { settled } from "../mends/edits.js";
import { shownDiagnostic } from "./diagnostics.js";
import { mendsFor } from "./mends.js";
import { organisedImports } from "./organise-imports.js";
import { rangeOf } from "./text.js";
import type { Open, Workspace } from "./workspace.js";

/** `only`: the kinds that the client wants; null: all but those for a whole file that it has not asked for. */
export function codeActions(
  workspace: Workspace,
  open: Open,
  diagnostics: readonly Diagnostic[],
  within: Span,
  only: readonly string[] | null,
): CodeAction[] {
  const wants = (kind: string): boolean =>
    only === null || only.some((wanted) => kind === wanted || kind.startsWith(`${wanted}.`));
  const here = diagnostics.filter(({ span }) => span.start <= within.end && span.end >= within.start);
  const mends = wants(CodeActionKind.QuickFix) ? here.flatMap((each) => quickFixes(workspace, open, each)) : [];
  const edits = wants(CodeActionKind.SourceOrganizeImports) ? organisedImports(open) : [];
  const title = "Organise the imports";
  if (edits.length === 0) return mends;
  return [
    ...mends,
    { title, kind: CodeActionKind.SourceOrganizeImports, edit: changes(workspace, open, { title, edits }) },
  ];
}

function quickFixes(workspace: Workspace, open: Open, diagnostic: Diagnostic): readonly CodeAction[] {
  const shown = shownDiagnostic(workspace.uriOf(open.file), open.text, diagnostic);
  return mendsFor(workspace, open, diagnostic).map((fix, i, all) => ({
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [shown],
    ...(i === 0 && (all.length === 1 || diagnostic.fix !== undefined) ? { isPreferred: true } : {}),
    edit: changes(workspace, open, fix),
  }));
}

function changes(workspace: Workspace, open: Open, { edits }: Fix) {
  const { file, text } = open;
  const textEdits = settled(file.text, edits).map(({ span, text: newText }): TextEdit => ({
    range: rangeOf(text, span),
    newText,
  }));
  return { changes: { [workspace.uriOf(file)]: textEdits } };
}
