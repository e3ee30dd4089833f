// What a coherence condition finds: one local set of one role with two global states in it, in which the role
// would have to act differently although it has seen the same. The type that the conditions share.

export interface Violation {
  readonly condition: "send" | "mixed" | "receive" | "termination";
  readonly role: number;
  /** Index of the local set in the role's observation. */
  readonly set: number;
  readonly one: Side;
  readonly other: Side;
}

/** A first action of a role inside a construct with arms. */
export interface Head {
  /** The arms on the way, as blocks, from the outside; the action is a letter of the last. */
  readonly arms: readonly number[];
  readonly letter: number;
  /** Who acts: the role as it is called inside of the arms. */
  readonly role: number;
  readonly sends: boolean;
  /** Whom the role waits for, or sends to. */
  readonly peer: number;
}

/** What the role would have to do, and the global states of the set in which that is so. */
export interface Side {
  /** At least one, ascending. The counterexample leads to the nearest of them. */
  readonly states: readonly number[];
  /** The letter it must send or receive; null: nothing, `over` or for as long as the others go on. */
  readonly letter: number | null;
  /** Only for the condition on receptions: the transitions after the role's own message, up to the one that overtakes it. */
  readonly overtaking: readonly number[];
  /** Where the letter stands for arms, what the role would do first in them. */
  readonly head?: Head;
}

export function side(states: readonly number[], letter: number | null): Side {
  return { states, letter, overtaking: [] };
}

/** How many violations a condition looks for in one local set; the report keeps one for each cause. */
export const maximalInSet = 64;
