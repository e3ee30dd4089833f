// What has changed between two versions of a protocol, as plain data: the result of this room. Sorted, without doubles,
// the same for the same two versions. What each word means stands in SPEC.md, section 15.

import type { Source, Span } from "@chor/grammar";

/** Of a role: it notices nothing; it may be replaced alone; it may not. Of a choreography: the worst of its roles. */
export type Verdict = "nothing" | "compatible" | "breaking";

/** Of handlers: nothing changes for them; they still fit; an answer may be refused, or more may come; they do not compile. */
export type CodeVerdict = "same" | "fits" | "check" | "change";

export interface Place {
  readonly source: Source;
  readonly span: Span;
}

export interface Change {
  /** One of the words of SPEC.md, section 15; never renamed. */
  readonly id: string;
  /** What it is about, as the source has it; names in backticks. */
  readonly text: string;
  readonly breaking: boolean;
  /** null: it is not there. */
  readonly old: Place | null;
  readonly now: Place | null;
}

export interface CodeChange {
  readonly id: string;
  readonly text: string;
  readonly verdict: Exclude<CodeVerdict, "same">;
}

/** How a difference shows: the actions of the role on the way, and what is different behind them. */
export interface Trace {
  readonly steps: readonly { readonly text: string; readonly old: Place; readonly now: Place }[];
  readonly then: string;
}

export interface RoleDifference {
  /** As the new version calls it, else as the old one did. */
  readonly role: string;
  /** How the old version called it; null: it had none such, or the same name. */
  readonly was: string | null;
  readonly verdict: Verdict;
  /** If it is breaking: the roles that a new one would not get on with, as the new version calls them; none: itself. */
  readonly breaks: readonly string[];
  readonly changes: readonly Change[];
  /** Shortest one; null unless it is breaking in what it does. */
  readonly trace: Trace | null;
  /** null: `compile` does not write this choreography in both versions. */
  readonly code: CodeVerdict | null;
  readonly handlers: readonly CodeChange[];
}

export interface ChoreographyDifference {
  readonly name: string;
  readonly verdict: Verdict;
  /** Of the whole: the choreography itself, its parameters, its deadline. */
  readonly changes: readonly Change[];
  /** In the order of the new version, those that are gone behind them. */
  readonly roles: readonly RoleDifference[];
  readonly sessions: Sessions;
}

/** Whether a session that has begun under the old version goes on under a build of the new one. */
export interface Sessions {
  readonly goOn: boolean;
  /** The protocol digests; null: there is none, because `compile` does not write it, or it is not there. */
  readonly old: string | null;
  readonly now: string | null;
}

export interface Difference {
  readonly verdict: Verdict;
  /** By name. */
  readonly choreographies: readonly ChoreographyDifference[];
}

/** The worse of several verdicts; nothing, where there are none. */
export function worst(verdicts: readonly Verdict[]): Verdict {
  return verdicts.includes("breaking") ? "breaking" : verdicts.includes("compatible") ? "compatible" : "nothing";
}

/** The worse of several verdicts on code. */
export function worstCode(verdicts: readonly CodeVerdict[]): CodeVerdict {
  return (["change", "check", "fits"] as const).find((verdict) => verdicts.includes(verdict)) ?? "same";
}
