// What is bound and typed but not proved yet: the automaton, coherence and projection do not carry it. Everything in
// this folder shrinks as the back end grows. In: a bound choreography. Out: CHOR0901 at each construct of this kind.

import type { Diagnostic } from "@chor/grammar";
import type { Choice, Choreography, Interaction } from "../bind/program.js";
import { callsOf } from "../core/measure.js";
import { statementsIn } from "../core/walk.js";
import { unproved, unprovedCall } from "../report/unsupported.js";

/** Everything in a choreography that cannot be proved yet, by place; what it calls stands at its `do`. */
export function unprovedIn(choreography: Choreography): readonly Diagnostic[] {
  const found = ownOf(choreography);
  for (const statement of statementsIn(choreography.body)) {
    if (statement.kind !== "do") continue;
    const { callee, headSpan } = statement;
    if ([callee, ...calledBy(callee)].some((called) => ownOf(called).length > 0))
      found.push(unprovedCall(callee.name, headSpan));
  }
  return found.toSorted((a, b) => a.span.start - b.span.start);
}

/** All that a choreography calls, directly or not. */
function calledBy(choreography: Choreography): ReadonlySet<Choreography> {
  const found = new Set(callsOf(choreography));
  for (const called of found) for (const further of callsOf(called)) found.add(further);
  return found;
}

function ownOf(choreography: Choreography): Diagnostic[] {
  const known = owns.get(choreography);
  if (known !== undefined) return [...known];
  const found: Diagnostic[] = [];
  for (const { name, family, optional, span } of choreography.roles) {
    if (family !== null) found.push(unproved("family", span, name));
    if (optional) found.push(unproved("optional", span, name));
  }
  for (const statement of statementsIn(choreography.body)) {
    switch (statement.kind) {
      case "interaction":
        found.push(...ofInteraction(statement.interaction));
        break;
      case "choice":
        found.push(...ofChoice(statement));
        break;
      case "scatter":
      case "pick":
        found.push(unproved(statement.kind, statement.headSpan));
        break;
      case "par":
      case "fail":
        found.push(
          unproved(statement.kind, { start: statement.span.start, end: statement.span.start + statement.kind.length }),
        );
    }
  }
  owns.set(choreography, found);
  return [...found];
}

/** A callee is asked about by each of its callers. */
const owns = new WeakMap<Choreography, readonly Diagnostic[]>();

/** One for each interaction: its `else` stands for the deadline and the quorum that it belongs to. */
function ofInteraction({ otherwise, quorum, within, span }: Interaction): readonly Diagnostic[] {
  if (otherwise !== null) return [unproved("interactionElse", span)];
  if (quorum !== null) return [unproved("quorum", span)];
  return within === null ? [] : [unproved("interactionWithin", span)];
}

function ofChoice({ at, otherwise, within, headSpan }: Choice): readonly Diagnostic[] {
  if (at === null) return [unproved("choiceWhen", headSpan)];
  if (otherwise !== null) return [unproved("choiceElse", headSpan)];
  return within === null ? [] : [unproved("choiceWithin", headSpan)];
}
