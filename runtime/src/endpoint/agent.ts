// What users write against: agents, handlers and their context. Types only.

import type { Issue, Schema } from "../schema/schema.js";

/** A value, now or later. */
export type Answer<T> = T | Promise<T>;

/**
 * An agent that can play any role: it is asked each decision and answers with what `ctx.answer` describes.
 * Its signature fits every handler, so one function serves for a decision and, by `Role.by(agent)`, for a role.
 */
export type Agent = <T>(known: KnownValues, ctx: Ctx<T>) => Answer<T>;

/** The artifacts that a role knows, by name. Null prototype. */
export type KnownValues = { readonly [name: string]: unknown };

/** A message as history and events show it. */
export interface Message {
  readonly label: string;
  readonly from: string;
  readonly to: string;
  readonly payload?: unknown;
}

/** In every handler: where we are. `M` is what the role sends and receives. */
export interface Here<M> {
  readonly session: string;
  readonly role: string;
  /** Aborts when the answer is no longer wanted. */
  readonly signal: AbortSignal;
  /** Of this point and attempt: the same after a crash; a further attempt has another. */
  readonly idempotencyKey: string;
  /** How often this endpoint was opened: a fence for outside stores. */
  readonly epoch: number;
  /** All that this role has sent and received so far, oldest first. */
  readonly history: readonly M[];
  /** Runs `work` once: its result (JSON) is journalled, and replayed after a crash. */
  step<R>(name: string, work: () => Answer<R>): Promise<R>;
}

/** A message has come. */
export interface Heard<From = string, M = Message> extends Here<M> {
  readonly from: From;
}

/** Something is to be decided; `T` is what is wanted back. */
export interface Ctx<T, M = Message, Choose = unknown> extends Here<M> {
  /** Name, place, and the enabled actions with their schemas. */
  readonly decision: DecisionPoint;
  /** The schema of the answer. Give it to a model as it is. */
  readonly answer: Schema<T>;
  /** At a choice: one function for each label, which makes the answer. Null prototype. */
  readonly choose: Choose;
  /** 1, then 2, 3, … each time an answer to this decision is refused. */
  readonly attempt: number;
  /** Why the last answer was refused. */
  readonly rejection?: Report;
  /** The decision as text for a model: what is asked, what is known, why the last answer was refused. */
  prompt(): string;
}

export interface DecisionPoint {
  readonly name: string;
  readonly doc: string;
  readonly at: string;
  readonly actions: readonly Action[];
}

/** Something that the role may do now. */
export interface Action {
  readonly label: string;
  readonly from: string;
  readonly to: string;
  readonly artifact: Schema<unknown> | null;
  /** The payload is known already and passed on: an answer does not bring it. */
  readonly passedOn?: true;
  readonly doc: string;
  /** Interaction id, or its place in the `.chor` where that is known. */
  readonly at: string;
}

/** Why something was refused, for a program and for a model. */
export interface Report {
  /** `CHOR0801` …: stable. */
  readonly code: string;
  /** At most 600 characters; whatever came from an agent is quoted as data. */
  readonly text: string;
  readonly at: string;
  /** The issues of the payload, by JSON pointer. */
  readonly issues: readonly Issue[];
  /** What would have been in protocol. */
  readonly expected: readonly Action[];
  /** What came, as data. */
  readonly got: { readonly label: string; readonly from: string; readonly to: string };
  /** The role whose doing this is; `certain` is false where it could also be the channel's. */
  readonly blame: { readonly role: string; readonly certain: boolean };
  readonly attemptsLeft: number;
}
