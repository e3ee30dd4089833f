// What is counted along the runs of a choreography, as `walk.ts` asks for it: how a state changes with a message, where
// ways meet, round a loop, and side by side. Two are there: `count.ts` and `path.ts`.

import type { Loop } from "../bind/program.js";

/** At least and at most; `Infinity` where there is no bound. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** Members of a role of the choreography (by its index) who act together here; a plain role is one. */
export interface Party extends Range {
  readonly role: number;
}

/** An interaction that takes place. */
export interface Exchange {
  readonly from: readonly Party[];
  readonly to: readonly Party[];
  /** How many of the senders are read, where not all are. */
  readonly read: Quorum | null;
}

/** `low`: the fewest with families at their smallest; `full`: the fewest with families at their greatest. */
export interface Quorum extends Range {
  readonly full: number;
}

/** Somebody's agent is asked. */
export interface Decision {
  readonly by: readonly Party[];
  /** Who waits for it, where it is known. */
  readonly judges: readonly Party[];
  /** How long the judge waits; `Infinity`: there is no deadline. */
  readonly within: number;
}

/** How a round of a loop can end. */
export interface Round<State> {
  /** At its end, or by `continue`; null: no round does. */
  readonly again: State | null;
  readonly out: Ways<State>;
}

/** The state with which a part is left, by way: `on` is behind it, others are jumps. */
export type Ways<State> = ReadonlyMap<string, State>;

export interface Domain<State> {
  readonly start: State;
  /** Where ways meet. */
  readonly join: (one: State, other: State) => State;
  readonly decide: (state: State, decision: Decision) => State;
  readonly exchange: (state: State, exchange: Exchange) => State;
  /** Rounds after each other; null: any number. `again`: behind the last of them. `of`: the loop in the source. */
  readonly loop: (state: State, round: (state: State) => Round<State>, rounds: Range | null, of: Loop) => Round<State>;
  /** Arms beside each other. */
  readonly beside: (state: State, arms: readonly ((state: State) => Ways<State>)[]) => Ways<State>;
  /** So many instances of one body, as members claim them. */
  readonly instances: (
    state: State,
    body: (state: State) => Round<State>,
    count: Range,
    members: Range,
  ) => Round<State>;
}

/** Puts a state to what already leaves on that way. */
export function put<State>(ways: Map<string, State>, way: string, state: State, { join }: Domain<State>): void {
  const before = ways.get(way);
  ways.set(way, before === undefined ? state : join(before, state));
}
