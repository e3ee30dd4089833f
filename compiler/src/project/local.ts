// The local automaton of a role: what its endpoint does and its monitor allows. After coherence a state
// sends or receives, never both; `enter` and `repeat` are passed through at once, they keep the counters.

import type { Interaction, Type } from "../bind/program.js";
import type { Known } from "../knowledge/known.js";

export interface LocalAutomaton {
  readonly role: string;
  /** State 0 is the initial one. Minimal; numbered in the order in which a reader meets them (depth first). */
  readonly states: readonly LocalState[];
  /** Counted loops of which this role keeps a counter, by name. */
  readonly counters: readonly Counter[];
  /** What the role knows when it is over. */
  readonly knowsAtEnd: readonly Known[];
}

export interface Counter {
  readonly loop: string;
  readonly max: number;
}

export type LocalState =
  | SendingState
  | { readonly kind: "receives"; readonly receives: readonly LocalReceive[] }
  /** The counter (index) begins anew. */
  | { readonly kind: "enter"; readonly counter: number; readonly then: number }
  /** A round is over: `then` for another one, `last` after `max` rounds (the counter begins anew there). */
  | { readonly kind: "repeat"; readonly counter: number; readonly then: number; readonly last: number }
  | { readonly kind: "end" };

export interface SendingState {
  readonly kind: "sends";
  /** The agent's decision; null where the endpoint goes on alone (what is forwarded; a copy of a multicast). */
  readonly decision: Decision | null;
  readonly sends: readonly LocalSend[];
}

export interface Decision {
  /** The handler's key. */
  readonly name: string;
  /** `choice`: which of several messages. `payload`: what is in the only one. `forced`: neither; the handler is optional. */
  readonly kind: "choice" | "payload" | "forced";
  readonly doc: string;
  /** What the role knows there, in the order of binding in the source. */
  readonly knows: readonly Known[];
}

export type { Known };

interface LocalStep {
  readonly label: string;
  readonly payload: Type | null;
  /** The name under which the payload is known from here on. */
  readonly binds: string | null;
  readonly then: number;
  /** The interactions of the source that this is; several where runs have been merged. Sorted by index. */
  readonly interactions: readonly Interaction[];
}

export interface LocalSend extends LocalStep {
  readonly to: string;
  /** Where the payload comes from. `copy`: the same as the message before it in a multicast, known as `binds`. */
  readonly origin:
    | "none"
    | "asked"
    | "copy"
    | { readonly name: string; readonly path: readonly string[] }
    /** Computed in another way; the text is the same for the same expression. */
    | { readonly text: string };
}

export interface LocalReceive extends LocalStep {
  readonly from: string;
}

/** The states that follow a state, in the order of its table; none behind the end, nor where there is no state. */
export function targetsOf(state: LocalState | undefined): readonly number[] {
  switch (state?.kind) {
    case "sends":
      return state.sends.map(({ then }) => then);
    case "receives":
      return state.receives.map(({ then }) => then);
    case "enter":
      return [state.then];
    case "repeat":
      return [state.then, state.last];
    default:
      return [];
  }
}
