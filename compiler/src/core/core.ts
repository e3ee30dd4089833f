// The core: what every construct desugars into. One sender, one receiver, sequence, choice, loop and the two
// jumps. The reference interpreter runs it, the global automaton is built from it.

import type { Interaction } from "../bind/program.js";
import type { Span } from "@chor/grammar";

/** A choreography in the core. Roles and loops are numbered; `roles[i]` and `loops[i]` give their names. */
export interface Core {
  readonly name: string;
  readonly roles: readonly string[];
  readonly interactions: readonly Interaction[];
  readonly loops: readonly CoreLoop[];
  readonly body: Node;
  /** The closing brace: where the choreography ends. */
  readonly end: Span;
}

/** Loops are numbered in the order of the source, so an outer loop has a smaller number than those inside. */
export interface CoreLoop {
  readonly name: string;
  /** null: not counted. At least 1. */
  readonly max: number | null;
  /** The loop around it; null: none. */
  readonly parent: number | null;
  /** `loop round max 5`: the head alone. */
  readonly span: Span;
}

export type Node =
  | Send
  | { readonly kind: "sequence"; readonly nodes: readonly Node[] }
  | ChoiceNode
  | { readonly kind: "loop"; readonly loop: number; readonly body: Node; readonly otherwise: Node }
  | { readonly kind: "break"; readonly loop: number; readonly span: Span }
  | { readonly kind: "continue"; readonly loop: number; readonly span: Span };

export interface ChoiceNode {
  readonly kind: "choice";
  readonly name: string;
  readonly doc: string;
  readonly at: number;
  readonly branches: readonly Node[];
  /** From brace to brace, one for each branch. */
  readonly branchSpans: readonly Span[];
  /** `choice verdict at Reviewer`: the head alone. */
  readonly span: Span;
}

/** One message. A multicast is its messages one after the other: the first is asked or forwarded, the rest repeat it. */
export interface Send {
  readonly kind: "send";
  readonly from: number;
  readonly to: number;
  readonly label: string;
  /** Index into `Core.interactions`. */
  readonly interaction: number;
  /** Which receiver of the interaction this is, from 0; from 1 on the payload is that of receiver 0. */
  readonly copy: number;
  readonly span: Span;
}
