// What is asked of the checker about a document. In: the documents. Out: the question; the diagnostics of a range with
// their mends.

import type { Diagnostic, Source, Span } from "@chor/grammar";
import { isMendable } from "../mends/candidates.js";
import type { Question } from "./analysis.js";
import type { Checker } from "./checker.js";
import { pathOf } from "./workspace.js";
import type { Document, Workspace } from "./workspace.js";

/** `mendsWithin`: where mends are wanted, too. */
export function questionOf(files: Workspace, document: Document, mendsWithin: Span | null): Question {
  const others = files.documents().filter((other) => other !== document);
  return { source: sourceOf(document), others: others.map(sourceOf), mendsWithin };
}

/**
 * The diagnostics of a document, those in a range with the mends that were tried. Each mend is tried by checking the text
 * with it, so that is done for who asks, and only there.
 */
export async function mended(
  files: Workspace,
  checker: Checker,
  document: Document,
  diagnostics: readonly Diagnostic[],
  within: Span,
): Promise<readonly Diagnostic[]> {
  const isHere = ({ span }: Diagnostic): boolean => span.start <= within.end && span.end >= within.start;
  if (!diagnostics.some((each) => isHere(each) && isMendable(each))) return diagnostics;
  return (await checker.check(questionOf(files, document, within)))?.diagnostics ?? diagnostics;
}

function sourceOf({ uri, text }: Document): Source {
  return { file: pathOf(uri) ?? uri, text: text.text };
}
