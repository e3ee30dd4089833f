// A role's local automaton as generated code states it: a readable table of plain data, stepped by the
// monitor. A state's number is its index. All numbers and names in it come from the compiler and are consistent.

import type { Schema } from "../schema/schema.js";

export interface Machine {
  readonly role: string;
  /** Name of the choreography. */
  readonly choreography: string;
  /** State 0 is the initial one. */
  readonly states: readonly State[];
  /** Counted loops of which the role keeps count, by name: how many rounds at most. Absent: none. */
  readonly counters?: readonly { readonly loop: string; readonly max: number }[];
}

export type State = Sends | Receives | Enter | Repeat | Ends;

/** The role's turn. Without `handler` the endpoint sends by itself (there is exactly one thing to send). */
export interface Sends {
  readonly sends: readonly Send[];
  /** The key of the handler that is asked. */
  readonly handler?: string;
  /** `choice`: which message; `payload`: what is in the only one; `forced`: nothing to decide, the handler is optional. */
  readonly asks?: "choice" | "payload" | "forced";
  readonly doc?: string;
  /** The names that the handler is given, as far as they are known. */
  readonly knows?: readonly string[];
}

export interface Receives {
  readonly receives: readonly Receive[];
}

/** Passed through at once: the counter begins anew. */
export interface Enter {
  readonly enter: string;
  readonly then: number;
}

/** Passed through at once at the end of a round: `then` for another one, `last` when `max` rounds are over. */
export interface Repeat {
  readonly repeat: string;
  readonly max: number;
  readonly then: number;
  readonly last: number;
}

export interface Ends {
  readonly ends: true;
  /** The names that the role knows when it is over. */
  readonly knows?: readonly string[];
}

export interface Step {
  readonly label: string;
  /** Absent: the message carries nothing. */
  readonly artifact?: Schema<any>;
  /** The name under which the payload is known from here on. */
  readonly as?: string;
  readonly then: number;
  readonly doc?: string;
  /** Which interaction of the source this is, `Missing#2` for the second of its label; several where runs have been merged. */
  readonly at: string | readonly string[];
}

export interface Send extends Step {
  readonly to: string;
  /** The payload, where the endpoint passes it on and no agent is asked. Pure. */
  readonly computes?: (known: any) => unknown;
}

export interface Receive extends Step {
  readonly from: string;
}
