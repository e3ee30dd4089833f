// What a stage has to say about a source text. Errors are values: every stage returns what it could make
// of its input together with a list of these, and throws nothing.

import type { Span } from "./source.js";

/** Stable for ever: `CHOR0104`. The first two digits name the stage, see the reporting rooms of grammar and compiler. */
export type Code = `CHOR${number}`;

export interface Diagnostic {
  readonly code: Code;
  /** An error refuses the program; a warning does not. */
  readonly severity: "error" | "warning";
  /** What is wrong, in one or two sentences. Names and text from the source are quoted in backticks. */
  readonly message: string;
  readonly span: Span;
  /** Other places that belong to it, in the order in which they should be read. */
  readonly related: readonly Related[];
  /** Two global runs that a role cannot tell apart; only for coherence. */
  readonly runs?: TwoRuns;
  /** What to do about it, in the imperative. */
  readonly hint?: string;
  /** Ways of doing it that can be worked out, the best first. */
  readonly fix?: readonly Fix[];
}

/** A change of the source that answers a diagnostic; its edits are made together and do not overlap. */
export interface Fix {
  /** What it does, in the imperative, without a full stop. */
  readonly title: string;
  /** A new line in `text` is indented like the line on which `span` begins. */
  readonly edits: readonly { readonly span: Span; readonly text: string }[];
}

export interface Related {
  readonly message: string;
  readonly span: Span;
}

/** The counterexample: the role has seen the same in both runs and would have to act differently. */
export interface TwoRuns {
  readonly role: string;
  readonly runs: readonly [Run, Run];
}

export interface Run {
  readonly steps: readonly RunStep[];
  /** What the role would have to do here, or what it cannot know: "Coder must send Patch". */
  readonly then: string;
}

export interface RunStep {
  /** `Coder -> Reviewer: Patch`. */
  readonly text: string;
  readonly span: Span;
  /** Whether `TwoRuns.role` takes part in this step. */
  readonly seen: boolean;
}
