// What is proved but not written as TypeScript yet: generated code does not carry it. Shrinks as `emit` grows. In: a
// bound program without errors. Out: CHOR0901 at each construct of this kind.

import type { Diagnostic } from "@chor/grammar";
import type { Artifact, Bound, Choice, Choreography, Interaction, Program } from "../bind/program.js";
import { forwardedBy } from "../core/message.js";
import { statementsIn } from "../bind/walk.js";
import { unwritten } from "../report/unsupported.js";

/** Everything in a program that generated code does not carry yet, by place. */
export function unwrittenIn(program: Program): readonly Diagnostic[] {
  const found = [
    ...program.imports.map(({ name, span }) => unwritten("import", span, name)),
    ...program.artifacts.flatMap(ofArtifact),
    ...program.contracts.map(({ name, nameSpan }) => unwritten("contract", nameSpan, name)),
    ...program.choreographies.flatMap(ofChoreography),
  ];
  return found.toSorted((a, b) => a.span.start - b.span.start);
}

function ofArtifact({ type, nameSpan, name }: Artifact): readonly Diagnostic[] {
  return type.kind === "foreign" ? [unwritten("foreign", nameSpan, name)] : [];
}

function ofChoreography(choreography: Choreography): readonly Diagnostic[] {
  const { name, nameSpan, typeParameters, roles, values, within, body } = choreography;
  const found = [
    ...roles.flatMap((role) => [
      ...(role.family === null ? [] : [unwritten("family", role.span, role.name)]),
      ...(role.optional ? [unwritten("optional", role.span, role.name)] : []),
    ]),
    ...(typeParameters.length > 0 ? [unwritten("typeParameter", nameSpan, name)] : []),
    ...values.map((value) => unwritten("value", value.span, value.name)),
    ...(within === null ? [] : [unwritten("within", nameSpan, name)]),
  ];
  for (const statement of statementsIn(body)) {
    const { span } = statement;
    if (statement.kind === "interaction") found.push(...ofInteraction(statement.interaction));
    if (statement.kind === "choice") found.push(...ofChoice(statement));
    if (statement.kind === "loop" && statement.max !== null && typeof statement.max !== "number")
      found.push(unwritten("bound", statement.headSpan, statement.name));
    if (statement.kind === "do") found.push(unwritten("do", statement.headSpan, statement.callee.name));
    if (statement.kind === "scatter" || statement.kind === "pick")
      found.push(unwritten(statement.kind, statement.headSpan));
    if (isOneOf(statement.kind, ["saga", "return", "abort", "par", "fail"]))
      found.push(unwritten(statement.kind, { start: span.start, end: span.start + statement.kind.length }));
  }
  return found;
}

function isOneOf<T extends string>(kind: string, kinds: readonly T[]): kind is T {
  return kinds.some((one) => one === kind);
}

function ofInteraction(interaction: Interaction): readonly Diagnostic[] {
  const { collects, where, gates, retry, span, payload, otherwise, quorum, within } = interaction;
  const passed = payload.kind !== "computed" || forwardedBy(interaction) !== null;
  return [
    ...(otherwise === null ? [] : [unwritten("interactionElse", span)]),
    ...(otherwise !== null || quorum === null ? [] : [unwritten("quorum", span)]),
    ...(otherwise !== null || quorum !== null || within === null ? [] : [unwritten("interactionWithin", span)]),
    ...(passed ? [] : [unwritten("computed", span)]),
    ...(collects ? [unwritten("collects", span)] : []),
    ...where.map((condition) => unwritten("where", condition.span)),
    ...gates.map((gate) => unwritten("gate", gate.span)),
    ...(isUsual(retry) || where.length + gates.length > 0 ? [] : [unwritten("retry", span)]),
  ];
}

function ofChoice({ at, branches, retry, headSpan, otherwise, within }: Choice): readonly Diagnostic[] {
  if (at === null) return [unwritten("choiceWhen", headSpan)];
  if (otherwise !== null) return [unwritten("choiceElse", headSpan)];
  if (within !== null) return [unwritten("choiceWithin", headSpan)];
  if (branches.some(({ when }) => when !== null)) return [unwritten("when", headSpan)];
  return isUsual(retry) ? [] : [unwritten("retry", headSpan)];
}

/** What the binder gives where nothing is written, and the runtime does anyway. */
function isUsual(retry: Bound | null): boolean {
  return retry === null || retry === 2;
}
