// What decides a `choice when` and over what a `scatter` goes, as a text: the same in two versions iff nothing else is
// asked. In: a choreography, and the place of such a construct as its core has it. Out: the text. Where the core knows
// only the `do` that it came from, the text is that of all such constructs behind it.

import type { Span } from "@chor/grammar";
import type { Choreography, Do, Statement } from "../bind/program.js";
import { statementsIn } from "../bind/walk.js";
import { callsIn } from "../core/walk.js";
import { expressionForm } from "../bind/expressions/form.js";

export type HeadText = (span: Span) => string;

/** Finds the texts of a choreography; walks over it and what it calls once. */
export function headTexts(choreography: Choreography): HeadText {
  const byPlace = new Map<string, string>();
  const all = calledFrom(choreography);
  const values = all.flatMap(({ body }) => callsIn(body).map(valuesText)).join(";");
  for (const each of all) {
    if (each.source.file !== choreography.source.file) continue;
    // In a callee a name may stand for a value that is given to it.
    const given = each === choreography ? "" : ` ${values}`;
    for (const statement of statementsIn(each.body)) {
      if (statement.kind === "scatter" || (statement.kind === "choice" && statement.at === null))
        byPlace.set(keyOf(statement.headSpan), `${textOf(statement)}${given}`);
      if (statement.kind === "do" && statement.callee.source.file !== each.source.file)
        byPlace.set(keyOf(statement.headSpan), `${behind(statement)} ${values}`);
    }
  }
  return (span) => byPlace.get(keyOf(span)) ?? "";
}

function behind({ callee }: Do): string {
  return calledFrom(callee)
    .flatMap(({ body }) => statementsIn(body).map(textOf))
    .join(";");
}

/** A choreography and all that it calls, directly or not. */
function calledFrom(choreography: Choreography): readonly Choreography[] {
  const found = new Set([choreography]);
  for (const each of found) for (const { callee } of callsIn(each.body)) found.add(callee);
  return [...found];
}

function valuesText({ as, values }: Do): string {
  return `${as} ${values.map((value) => expressionForm(value, same)).join(" ")}`;
}

function textOf(statement: Statement): string {
  if (statement.kind === "scatter") {
    const { list, after, as } = statement;
    const meant = (name: string): string => (name === as ? "#" : name);
    return `${expressionForm(list, meant)} ${after === null ? "" : expressionForm(after, meant)}`;
  }
  if (statement.kind !== "choice" || statement.at !== null) return "";
  return statement.branches.map(({ when }) => (when === null ? "else" : expressionForm(when, same))).join(" ");
}

function same(name: string): string {
  return name;
}

function keyOf({ start, end }: Span): string {
  return `${start} ${end}`;
}
