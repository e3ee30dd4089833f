// The core: what every construct desugars into. Messages, sequence, choice by the first sender, loop, blocks that
// can be left, and arms side by side. The reference interpreter runs it, the global automaton is built from it.

import type { Span } from "@chor/grammar";
import type { Expression, Interaction, Type } from "../bind/program.js";

/**
 * A choreography in the core. Roles, loops and blocks are numbered. Families are spelt out member by member
 * (`Coder[1]`, `Coder[2]`), sub-choreographies are inlined under their prefix, waits with an `else` have become
 * choices of their judge and of a private role of the network.
 */
export interface Core {
  readonly name: string;
  readonly roles: readonly CoreRole[];
  readonly messages: readonly Message[];
  readonly loops: readonly CoreLoop[];
  /** How many blocks there are; `block` and `exit` point below it. */
  readonly blocks: number;
  readonly body: Node;
  /** The closing brace: where the choreography ends. */
  readonly end: Span;
}

export interface CoreRole {
  readonly name: string;
  /** The role of the program that it is, or is a member of; null: a role of the network. */
  readonly role: string | null;
  /** From 1, for a member of a family; null otherwise. */
  readonly member: number | null;
  /**
   * `network`: stands for the channel of one wait with an `else`, or announces a choice by data. It has no endpoint
   * and need not know when it is over. `optional`: need not know either, and has an endpoint.
   */
  readonly kind: "plain" | "optional" | "network";
}

/** What is sent: an interaction of the source as it stands in this place, or a word of the network. */
export interface Message {
  /** With the prefix of the `do` it came from, and the members that are picked around it: `pact.Propose`, `Speak[2]`. */
  readonly label: string;
  /** Before labels and names, with its dot: `pact.`, `outer.pact.`; empty outside of a `do`. */
  readonly prefix: string;
  /** null: a word of the network (`ok`, `late`, `pass`, `refused`, `counted`, `not`, `skip`, a branch of `choice when`). */
  readonly interaction: Interaction | null;
  /** Types put in for type parameters, values for value parameters, on the way in through `do`. */
  readonly substitution: Substitution;
  readonly span: Span;
}

export interface Substitution {
  readonly types: ReadonlyMap<string, Type>;
  readonly values: ReadonlyMap<string, Expression>;
}

/** Loops are numbered in the order of the source, so an outer loop has a smaller number than those inside. */
export interface CoreLoop {
  readonly name: string;
  /** null: not counted. At least 1. A bound that is a value stands as the number that `desugar` was given for it. */
  readonly max: number | null;
  /** The loop around it; null: none. */
  readonly parent: number | null;
  /** `loop round max 5`: the head alone. */
  readonly span: Span;
  /** From brace to brace, `otherwise` null: there is no `else`; null: it stands in a callee. */
  readonly braces: { readonly body: Span; readonly otherwise: Span | null } | null;
}

export type Node =
  | Send
  | { readonly kind: "sequence"; readonly nodes: readonly Node[] }
  | ChoiceNode
  | { readonly kind: "loop"; readonly loop: number; readonly body: Node; readonly otherwise: Node }
  | { readonly kind: "break"; readonly loop: number; readonly span: Span }
  | { readonly kind: "continue"; readonly loop: number; readonly span: Span }
  /** Its body; an `exit` of it goes on behind it. */
  | { readonly kind: "block"; readonly block: number; readonly body: Node }
  /** Where nobody has written it, its span is empty. */
  | { readonly kind: "exit"; readonly block: number; readonly span: Span }
  /** All arms, in any order and interleaved; it is over when all are. Exits of an arm stay inside it. */
  | {
      readonly kind: "par";
      readonly arms: readonly Node[];
      /** From brace to brace, one for each arm; of a gather, its interaction each time. */
      readonly armSpans: readonly Span[];
      readonly span: Span;
    }
  /** An arm for each element of a list; the body is one of them, its family role stands for whoever has claimed it. */
  | {
      readonly kind: "scatter";
      readonly body: Node;
      /** Roles of families that are claimed. */
      readonly over: readonly number[];
      /** For each of them: who may claim, as roles outside of the body. */
      readonly members: readonly (readonly number[])[];
      /** From brace to brace. */
      readonly bodySpan: Span;
      /** The head alone. */
      readonly span: Span;
    }
  /** The session ends as failed, by the act of `by`; what follows asks nothing of anybody. */
  | { readonly kind: "fail"; readonly by: number; readonly reason: string; readonly span: Span };

export interface ChoiceNode {
  readonly kind: "choice";
  readonly name: string;
  readonly doc: string;
  /** Who decides: an agent's role, a judge, or the network. */
  readonly at: number;
  readonly branches: readonly Node[];
  /** From brace to brace, one for each branch. */
  readonly branchSpans: readonly Span[];
  /** `choice verdict at Reviewer`: the head alone. */
  readonly span: Span;
}

/** One message. A multicast is its messages one after the other: the first is asked or computed, the rest repeat it. */
export interface Send {
  readonly kind: "send";
  readonly from: number;
  readonly to: number;
  readonly label: string;
  /** Index into `Core.messages`. */
  readonly message: number;
  /** Which receiver of the interaction this is, from 0; from 1 on the payload is that of receiver 0. */
  readonly copy: number;
  readonly span: Span;
}
