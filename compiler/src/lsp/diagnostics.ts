// Diagnostics as the protocol has them. In: a document's text and what the stages have said about it. Out: the same with
// ranges; the hint behind the message, the two runs of a counterexample as related places.

import { DiagnosticSeverity, DiagnosticTag } from "vscode-languageserver";
import type { Diagnostic as Shown, DiagnosticRelatedInformation } from "vscode-languageserver";
import type { Diagnostic, Run, Span } from "@chor/grammar";
import { rangeOf } from "./text.js";
import type { Text } from "./text.js";

/** What may be left out, or is never reached: editors show it pale. */
const UNNECESSARY: ReadonlySet<string> = new Set(
  "CHOR0217 CHOR0218 CHOR0220 CHOR0221 CHOR0223 CHOR0306 CHOR0507 CHOR0508".split(" "),
);
/** Steps of one run beyond these are in the report of the command line. */
const maxSteps = 12;

/** Takes the URI as the client spells it. */
export function shownDiagnostics(uri: string, text: Text, diagnostics: readonly Diagnostic[]): Shown[] {
  return diagnostics.map((diagnostic) => shownDiagnostic(uri, text, diagnostic));
}

/** One diagnostic as the protocol has it. */
export function shownDiagnostic(uri: string, text: Text, diagnostic: Diagnostic): Shown {
  const { code, severity, message, span, hint, runs } = diagnostic;
  const place = (said: string, where: Span): DiagnosticRelatedInformation => ({
    message: said,
    location: { uri, range: rangeOf(text, where) },
  });
  const related = diagnostic.related.map((each) => place(each.message, each.span));
  const steps = (runs?.runs ?? []).flatMap((run, i) => runSteps(run, i === 0 ? "first run" : "second run", place));
  const all = [...related, ...steps];
  return {
    range: rangeOf(text, span),
    severity: severity === "error" ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    code,
    source: "chor",
    message: hint === undefined ? message : `${message}\n${hint}`,
    ...(all.length === 0 ? {} : { relatedInformation: all }),
    ...(UNNECESSARY.has(code) ? { tags: [DiagnosticTag.Unnecessary] } : {}),
    data: { explain: `chorc explain ${code}` },
  };
}

function runSteps(
  { steps, then }: Run,
  name: string,
  place: (said: string, where: Span) => DiagnosticRelatedInformation,
): readonly DiagnosticRelatedInformation[] {
  const shown = steps.slice(-maxSteps);
  const last = shown.at(-1);
  const seen = (isSeen: boolean): string => (isSeen ? "" : " (not seen)");
  return [
    ...shown.map((step) => place(`${name}: ${step.text}${seen(step.seen)}`, step.span)),
    ...(last === undefined ? [] : [place(`${name}: ${then}`, last.span)]),
  ];
}
