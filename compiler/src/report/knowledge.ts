// What can be wrong with what a role knows: it needs what it was never told, or what is not bound on every way.
// CHOR0401 to CHOR0449. In: the name, who lacks it, what for, and the places where it is bound. Out: diagnostics.

import type { Diagnostic, Related, Span } from "@chor/grammar";
import { error, listed } from "./diagnostic.js";

/** Who needs a name, and what for. Nobody: a choice by data, the branches of which nobody acts on differently. */
export interface Need {
  readonly roles: readonly string[];
  readonly purpose: "payload" | "where" | "gate" | "choice" | "when" | "scatter" | "after" | "do";
}

/** A place where a name is bound, or a list is appended to: `Author -> Editor: Draft`. */
export interface BindingPlace {
  readonly text: string;
  readonly span: Span;
}

/** What would mend it, in the words of the language. */
export type Mend =
  /** The message that binds the name, with one receiver more. */
  | { readonly kind: "receiver"; readonly message: string }
  /** A message of its own before the place. */
  | { readonly kind: "forward"; readonly message: string };

/** How many places are shown at most. */
const PLACES = 4;

const PURPOSES: Readonly<Record<Need["purpose"], string>> = {
  payload: "",
  where: ", which it needs to check this message",
  gate: ", which it needs to check this message",
  choice: ", which it needs to decide",
  when: ", which it needs to follow this choice",
  scatter: ", which everybody in this scatter needs",
  after: ", which everybody in this scatter needs",
  do: ", which is given to it here",
};

/** What reaches the place was exchanged without a role that needs it. */
export function notTold(
  need: Need,
  name: string,
  span: Span,
  collects: boolean,
  without: readonly BindingPlace[],
  knowers: readonly string[],
  mend: Mend | null,
): Diagnostic {
  const lacking = listed(need.roles);
  const who = knowers.length === 0 ? "" : ` ${listed(knowers)} ${knowers.length === 1 ? "knows" : "know"} it.`;
  return error(
    "CHOR0401",
    `${lacks(need, name)} here${PURPOSES[need.purpose]}: it was exchanged without ${lacking}.${who}`,
    span,
    {
      related: without.slice(0, PLACES).map((place) => ({
        message: collects
          ? `\`${place.text}\` adds to \`${name}\` without ${lacking}`
          : `\`${place.text}\` binds \`${name}\` without ${lacking}`,
        span: place.span,
      })),
      hint: told(need.roles, name, mend),
    },
  );
}

/** On some way to here the name is not bound. `way`: how such a way is told from the others. */
export function notOnEveryWay(
  need: Need,
  name: string,
  span: Span,
  bound: readonly BindingPlace[],
  way: BindingPlace | null,
): Diagnostic {
  const parting: Related[] =
    way === null ? [] : [{ message: `on the way ${way.text}, \`${name}\` is not bound`, span: way.span }];
  const isTest = ["where", "choice", "when"].includes(need.purpose);
  return error(
    "CHOR0402",
    `${need.roles.length === 0 ? "One" : listed(need.roles)} may not know \`${name}\` here: it is not bound on every way to this place.`,
    span,
    {
      related: [...parting, ...bindings(name, bound)],
      hint: isTest
        ? `Test it first: \`${name} != null && …\`, or bind it on every way.`
        : `Bind \`${name}\` on every way, or read it only where it is bound.`,
    },
  );
}

/** A name is read behind a test, by a role that cannot make the test: it is not there wherever the name is bound. */
export function cannotTell(
  need: Need,
  name: string,
  span: Span,
  without: readonly BindingPlace[],
  mend: Mend | null,
): Diagnostic {
  const lacking = listed(need.roles);
  return error(
    "CHOR0405",
    `${lacking} cannot tell whether \`${name}\` is bound here${PURPOSES[need.purpose]}: it was exchanged without ${lacking}.`,
    span,
    {
      related: without
        .slice(0, PLACES)
        .map((place) => ({ message: `\`${place.text}\` binds \`${name}\` without ${lacking}`, span: place.span })),
      hint: told(need.roles, name, mend),
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
  round: "in the first round: it is bound only behind this place",
  later: "here: it is bound only later",
  elsewhere: "here: it is bound only on ways that do not come here",
};

/** No way to the place binds the name, or none that has not been there before. */
export function notYetBound(
  need: Need,
  name: string,
  span: Span,
  bound: readonly BindingPlace[],
  why: Unbound,
): Diagnostic {
  return error("CHOR0403", `${lacks(need, name)} ${REASONS[why]}.`, span, {
    related: bindings(name, bound),
    hint:
      why === "round"
        ? `Bind \`${name}\` before the loop, or read it only behind a test: \`${name} != null\`.`
        : `Bind \`${name}\` before, or read it only behind the message that binds it.`,
  });
}

/** A name that was bound in a scatter or pick, and has ended with it. */
export function hasEnded(
  need: Need,
  name: string,
  span: Span,
  inside: { readonly text: string; readonly span: Span },
  bound: readonly BindingPlace[],
): Diagnostic {
  return error("CHOR0406", `${lacks(need, name)} here: \`${name}\` ended with \`${inside.text}\`.`, span, {
    related: bindings(name, bound),
    hint: `Collect it: \`… as ${name}s[]\` inside is a list behind it.`,
  });
}

/** `failure` is what the judge found out; nobody else knows it. */
export function onlyKnownBy(need: Need, name: string, span: Span, knowers: readonly string[], place: Span): Diagnostic {
  return error(
    "CHOR0407",
    `${lacks(need, name)} here: only ${listed(knowers)} ${knowers.length === 1 ? "knows" : "know"} it.`,
    span,
    {
      related: [{ message: `\`${name}\` is known from here on, inside`, span: place }],
      hint: `Let ${listed(knowers)} send what is needed of it.`,
    },
  );
}

function lacks({ roles }: Need, name: string): string {
  if (roles.length === 0) return `Nobody knows \`${name}\``;
  return `${listed(roles)} ${roles.length === 1 ? "does" : "do"} not know \`${name}\``;
}

function told(roles: readonly string[], name: string, mend: Mend | null): string {
  const lacking = listed(roles);
  if (mend === null) return `Let ${lacking} be told \`${name}\` before, or let somebody who knows it do this.`;
  return mend.kind === "receiver"
    ? `Let ${lacking} be told, too: \`${mend.message}\`.`
    : `Let ${lacking} be told: add \`${mend.message}\` before this statement.`;
}

function bindings(name: string, places: readonly BindingPlace[]): Related[] {
  return places
    .slice(0, PLACES)
    .map((place) => ({ message: `\`${name}\` is bound here: \`${place.text}\``, span: place.span }));
}
