// The global automaton: states and transitions `p -> q : label`, and for counted loops two letters that are
// nobody's message. It is deterministic; all transitions of a state have one sender; a state without
// transitions is final, or lies behind a `fail`, where nothing is asked of anybody. States and letters are dense numbers, so that the checker runs on arrays.

import type { Core, Send } from "../core/core.js";
import type { Span } from "@chor/grammar";

export interface GlobalAutomaton {
  readonly core: Core;
  /** State 0 is the initial one. */
  readonly states: readonly GlobalState[];
  readonly letters: readonly Letter[];
}

export interface GlobalState {
  readonly transitions: readonly Transition[];
  /**
   * The handler's key where an agent decides which transition is taken, with the head of the choice; on the letters of a
   * loop: the choice with which the round may end in silence, so that it is settled before it whether it is the last.
   */
  readonly choice: { readonly name: string; readonly doc: string; readonly span: Span } | null;
  /** No transitions: the protocol may end here. A state without transitions that is not final lies behind a `fail`. */
  readonly final: boolean;
  /** What comes here in the source: for messages about a final state, the end of the choreography. */
  readonly span: Span;
}

export interface Transition {
  /** Index into `GlobalAutomaton.letters`. */
  readonly letter: number;
  readonly target: number;
  /** The message; null on a letter of a loop, and on a `fail`. */
  readonly send: Send | null;
  /** Counted loops that are entered on the way (before or after the message); their counters begin anew. */
  readonly enters: readonly number[];
}

export type Letter =
  | { readonly kind: "message"; readonly from: number; readonly to: number; readonly label: string }
  /** At the end of a round of a counted loop: another round. */
  | { readonly kind: "round"; readonly loop: number }
  /** At the end of the last round: on to the `else`. */
  | { readonly kind: "over"; readonly loop: number }
  /** The session ends as failed, by the act of a role: a send to nobody. */
  | { readonly kind: "fail"; readonly from: number; readonly reason: string };
