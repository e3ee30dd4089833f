// The whole way from a sketch to what the check says of it, for the tests of coherence.

import { coherence } from "../../compiler/src/coherence/coherent.js";
import { globalAutomaton } from "../../compiler/src/automaton/build.js";
import { observe } from "../../compiler/src/automaton/observe.js";
import { positionAt, lineStarts } from "@chor/grammar";
import type { Diagnostic, Source, Span } from "@chor/grammar";
import type { Core } from "../../compiler/src/core/core.js";

/** What the check says of a core of good form. */
export function check(core: Core): readonly Diagnostic[] {
  const { automaton, diagnostics } = globalAutomaton(core);
  if (automaton === null) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return coherence(
    automaton,
    core.roles.map((_, role) => observe(automaton, role)),
  );
}

/** A diagnostic with everything it says, as plain text. */
export function shown(diagnostic: Diagnostic, source: Source): string {
  const starts = lineStarts(source.text);
  const place = (span: Span): string =>
    `${positionAt(starts, span.start).line}: ${source.text.slice(span.start, span.end).split("\n")[0] ?? ""}`;
  const runs = (diagnostic.runs?.runs ?? []).flatMap((run, i) => [
    `  ${i === 0 ? "first" : "second"} run`,
    ...run.steps.map(
      (step) => `    ${step.seen ? "*" : " "} ${positionAt(starts, step.span.start).line}: ${step.text}`,
    ),
    `    => ${run.then}`,
  ]);
  return [
    `${diagnostic.severity} ${diagnostic.code}: ${diagnostic.message}`,
    `  at ${place(diagnostic.span)}`,
    ...diagnostic.related.map(({ message, span }) => `  ${message}, at ${place(span)}`),
    ...runs,
    `  hint: ${diagnostic.hint ?? ""}`,
  ].join("\n");
}
