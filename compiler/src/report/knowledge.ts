// What can be wrong with what a role knows: it passes on what it was never told, or not on every way.
// CHOR0401 to CHOR0449. In: the name, who lacks it, and the places where it is bound. Out: diagnostics.

import type { Diagnostic, Related, Span } from "@chor/grammar";
import { error, listed } from "./diagnostic.js";

/** A place where a name is bound: `Author -> Editor: Draft`, and who is there. */
export interface BindingPlace {
  readonly text: string;
  readonly span: Span;
  readonly from: string;
  readonly parties: readonly string[];
}

/** How many places are shown at most. */
const PLACES = 4;

/** A value that reaches the sender's turn was exchanged without the sender. */
export function notTold(
  role: string,
  name: string,
  span: Span,
  without: readonly BindingPlace[],
  knowers: readonly string[],
): Diagnostic {
  const who = knowers.length === 0 ? "" : ` ${listed(knowers)} ${knowers.length === 1 ? "knows" : "know"} it.`;
  const giver = without[0];
  return error(
    "CHOR0401",
    `\`${role}\` does not know \`${name}\` here: it was exchanged without \`${role}\`.${who}`,
    span,
    {
      related: without
        .slice(0, PLACES)
        .map((place) => ({ message: `\`${place.text}\` binds \`${name}\` without \`${role}\``, span: place.span })),
      hint:
        giver === undefined
          ? null
          : `Let \`${giver.from}\` send \`${name}\` to \`${role}\` too, or let one of ${listed(giver.parties)} send this message.`,
    },
  );
}

/** On some way to here the name is not bound. `step`: the message by which such a way parts from the others. */
export function notOnEveryWay(
  role: string,
  name: string,
  span: Span,
  bound: readonly BindingPlace[],
  step: { readonly text: string; readonly span: Span } | null,
): Diagnostic {
  const parting: Related[] =
    step === null ? [] : [{ message: `on the way by \`${step.text}\`, \`${name}\` is not bound`, span: step.span }];
  return error(
    "CHOR0402",
    `\`${role}\` may not know \`${name}\` here: it is not bound on every way to this message.`,
    span,
    {
      related: [...parting, ...bindings(name, bound)],
      hint: `Bind \`${name}\` on every way, or pass it on only where it is bound.`,
    },
  );
}

/** More states and names than the table of what is known where can hold. */
export function tooMuchToKnow(choreography: string, span: Span): Diagnostic {
  return error(
    "CHOR0404",
    `The choreography \`${choreography}\` is too large: it has too many names at too many places to tell who knows what.`,
    span,
    {
      hint: "Split it into several choreographies.",
    },
  );
}

/** Why nothing has bound a name: `round`, only later rounds come with it; `later`, it is bound behind; `elsewhere`, on other ways. */
export type Unbound = "round" | "later" | "elsewhere";

const REASONS: Readonly<Record<Unbound, string>> = {
  round: "in the first round: it is bound only behind this message",
  later: "here: it is bound only later",
  elsewhere: "here: it is bound only on ways that do not come here",
};

/** No way to the place binds the name, or none that has not been there before. */
export function notYetBound(
  role: string,
  name: string,
  span: Span,
  bound: readonly BindingPlace[],
  why: Unbound,
): Diagnostic {
  return error("CHOR0403", `\`${role}\` does not know \`${name}\` ${REASONS[why]}.`, span, {
    related: bindings(name, bound),
    hint: `Bind \`${name}\` before, or pass it on only behind the message that binds it.`,
  });
}

function bindings(name: string, places: readonly BindingPlace[]): Related[] {
  return places
    .slice(0, PLACES)
    .map((place) => ({ message: `\`${name}\` is bound here: \`${place.text}\``, span: place.span }));
}
