// What was verified, in words: the same for people and for programs. In: verdicts. Out: a row for each property, with what
// bounds it, or how it fails, step by step, each with its place in the source.

import type { Span } from "@chor/grammar";
import { deedOf, nameOf, troubleText } from "../simulate/words.js";
import type { Team } from "../team/team.js";
import type { Act } from "./play.js";
import {
  MEANINGS,
  type Bound,
  type Failure,
  type Limit,
  type Property,
  type Setting,
  type Verdict,
} from "./properties.js";
import type { Verified } from "./verify.js";
import { inWords } from "../report/words.js";

export interface ToldRow {
  readonly property: Property;
  readonly meaning: string;
  readonly verdict: ToldVerdict;
  /** Up to which bound it held, why it was not explored or not asked; empty where there is nothing to say. */
  readonly detail: string;
  readonly failure: ToldFailure | null;
}

export type ToldVerdict = "proved" | "held up to bound" | "not explored" | "not asked" | "fails";

export interface ToldFailure {
  /** `with 2 members of `Coder` and 1 element`; empty where there is one team only. */
  readonly setting: string;
  readonly steps: readonly ToldStep[];
  readonly isShortest: boolean;
  /** What is wrong at the end, in sentences. */
  readonly says: readonly string[];
  /** What never happens. */
  readonly missing: readonly Span[];
}

export interface ToldStep {
  readonly role: string;
  /** `sends Module to Reviewer`. */
  readonly does: string;
  readonly span: Span;
}

/** The rows of the table, in its order. */
export function toldOf({ verdicts }: Verified): readonly ToldRow[] {
  return [...verdicts].map(([property, verdict]) => ({
    property,
    meaning: MEANINGS[property],
    verdict: WORDS[verdict.kind],
    detail: detailOf(verdict),
    failure: verdict.kind === "fails" ? failureOf(verdict.failure) : null,
  }));
}

const WORDS: Readonly<Record<Verdict["kind"], ToldVerdict>> = {
  proved: "proved",
  held: "held up to bound",
  unexplored: "not explored",
  unasked: "not asked",
  fails: "fails",
};

function detailOf(verdict: Verdict): string {
  if (verdict.kind === "held") return verdict.bounds.map(boundText).join(", ");
  if (verdict.kind === "unexplored") return LIMITS[verdict.limit];
  return verdict.kind === "unasked" ? verdict.reason : "";
}

const LIMITS: Readonly<Record<Limit, string>> = {
  states: "the limit of situations is reached",
  memory: "the limit of memory is reached",
  time: "the time is over",
  channel: "it may lie behind a channel that was full",
};

/** A bound as the table shows it. */
export function boundText(bound: Bound): string {
  switch (bound.kind) {
    case "channel":
      return `${plural(bound.messages, "message")} in a channel`;
    case "elements":
      return `${plural(bound.most, "element")} in a scatter`;
    case "members":
      return `${inWords(bound.sizes.map(String))} members of \`${bound.family}\``;
    case "steps":
      return `runs of ${plural(bound.most, "step")}`;
  }
}

function failureOf({ property, team, setting, acts, isShortest, troubles, missing }: Failure): ToldFailure {
  return {
    setting: settingText(setting),
    steps: stepsOf(team, acts),
    isShortest,
    says: troubles.length > 0 ? troubles.map((trouble) => troubleText(team, trouble)) : [SAYS[property] ?? ""],
    missing,
  };
}

/** Where no role can be named. */
const SAYS: Readonly<Partial<Record<Property, string>>> = {
  faithful: "No run of the choreography begins so.",
  ends: "From here no end can be reached.",
  reached: "This never happens.",
};

/** Acts as people see them: what follows from others by itself is left out. */
export function stepsOf(team: Team, acts: readonly Act[]): readonly ToldStep[] {
  return acts.flatMap((act): readonly ToldStep[] => {
    if (act.kind === "lost")
      return [{ role: nameOf(team, act.role), does: "is lost: nothing more comes of it", span: act.span }];
    const { move } = act;
    return move.text === null ? [] : [{ role: nameOf(team, move.role), does: deedOf(team, move), span: move.span }];
  });
}

/** With how many members and elements. */
export function settingText({ members, elements }: Setting): string {
  const sizes = [...members].map(([family, size]) => `${plural(size, "member")} of \`${family}\``);
  return inWords([...sizes, ...(elements === null ? [] : [plural(elements, "element")])]);
}

function plural(count: number, unit: string): string {
  return `${count.toLocaleString("en-US")} ${unit}${count === 1 ? "" : "s"}`;
}
