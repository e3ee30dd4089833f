// The ways through a choreography as a graph: what is bound where, who reads what where, where somebody acts.
// Built from the bound program by flow-of.ts, solved by solve.ts. Plain data; everything is numbered.

import type { Source, Span } from "@chor/grammar";
import type { Choice, Choreography, Type } from "../bind/program.js";
import type { Use } from "./narrow.js";

export interface Flow {
  readonly choreography: Choreography;
  /** Node 0 is the entry. A node stands behind its inputs, but for the ends of rounds, which lead back to a loop. */
  readonly nodes: readonly FlowNode[];
  /** In the order in which they are first bound in the source. */
  readonly names: ReadonlyMap<string, BoundName>;
  readonly counts: { readonly singles: number; readonly lists: number };
  readonly bindings: readonly Binding[];
  readonly reads: readonly Read[];
  /** Choices by data that everybody decides for himself. */
  readonly splits: readonly Split[];
  /** Scope 0 is the whole choreography. */
  readonly scopes: readonly Scope[];
  readonly places: readonly Place[];
  /** Where it ends well, and where it ends by `abort`. */
  readonly end: number;
  readonly aborted: number;
  /** Everything was built: the names that come out of a `do` are not too many. */
  readonly whole: boolean;
}

/** A name that messages bind. `index` counts the names of its kind: lists, or single ones. */
export interface BoundName {
  readonly name: string;
  readonly index: number;
  readonly collects: boolean;
  /** That of the list, where it collects. */
  readonly type: Type;
  readonly bindings: number[];
}

/** One message that binds a name or is appended to it; or what a `do` leaves under a name of its callee. */
export interface Binding {
  readonly name: string;
  readonly parties: readonly Party[];
  /** The scope in which it happens. */
  readonly scope: number;
  /** The node that binds. */
  readonly node: number;
  /** `Author -> Editor: Draft`, or `do Agree<Api>(…) as pact`, in the choreography's own source. */
  readonly text: string;
  readonly span: Span;
  /** Where the messages themselves stand: for a `do`, in the source of the callee. */
  readonly origin: { readonly source: Source; readonly spans: readonly Span[] };
  /** The message, where it is one of this choreography: its number. */
  readonly interaction: number | null;
}

/**
 * A role that takes part: a plain one, a family with all its members, or (`scope` is that of its scatter or pick)
 * the one member that stands for it there. `scope` is -1 for the first two.
 */
export interface Party {
  readonly role: string;
  readonly all: boolean;
  readonly scope: number;
}

/** The whole, or the body of a scatter or pick: single names that are bound inside end with it. */
export interface Scope {
  /** -1 for the whole. */
  readonly parent: number;
  /** Families of which one member stands inside for all. */
  readonly families: readonly string[];
  /** The node before it begins. */
  readonly start: number;
  /** `scatter plan.modules as spec over Coder`; empty for the whole. */
  readonly text: string;
  readonly span: Span;
}

export interface FlowNode {
  readonly inputs: number[];
  readonly step: Step;
  /** Who does something here, for whoever asks what a role does next. */
  readonly act: Act | null;
  /** How this way is told from the others that part where it begins. */
  readonly way: Way | null;
}

export type Step =
  /** Nothing but a meeting of ways. */
  | { readonly kind: "join" }
  | { readonly kind: "bind"; readonly name: string; readonly binding: number }
  /** What a `do` leaves: `maybe` where it may leave a name as it was. */
  | {
      readonly kind: "call";
      readonly results: readonly { readonly name: string; readonly binding: number; readonly maybe: boolean }[];
    }
  /** These names are bound from here on, because a condition said so. */
  | { readonly kind: "narrow"; readonly names: readonly string[] }
  /** The end of a scatter or pick: single names are again what they were at `start`. */
  | { readonly kind: "leave"; readonly start: number }
  /** All arms of a `par` are over; they began at `start`. */
  | { readonly kind: "arms"; readonly start: number }
  /** The session fails. */
  | { readonly kind: "fail" };

export interface Act {
  /** Who decides or sends first, and what it does: the same key is the same deed. */
  readonly by: string | null;
  readonly key: string;
  /** Who takes part in any other way. */
  readonly others: readonly string[];
}

export interface Way {
  /** `by `A -> B: No()``, `through the `else` of …`. */
  readonly text: string;
  readonly span: Span;
}

/** A name that is not bound by a message: a value, the element of a scatter, `failure`, a message in its own clauses. */
export interface LocalName {
  readonly name: string;
  readonly type: Type;
  /** null: everybody who takes part where it holds. */
  readonly knownBy: readonly Party[] | null;
  readonly span: Span;
  readonly outer: LocalName | null;
}

export type Purpose = "payload" | "where" | "gate" | "choice" | "when" | "scatter" | "after" | "do";

/** One expression that somebody has to be able to evaluate. */
export interface Read {
  readonly node: number;
  readonly uses: readonly Use[];
  readonly readers: readonly Party[];
  readonly purpose: Purpose;
  readonly scope: number;
  readonly local: LocalName | null;
  /** Who could pass on what a reader lacks, best first; others may, too. */
  readonly near: readonly string[];
}

export interface Split {
  readonly choice: Choice;
  /** Where each branch begins. */
  readonly branches: readonly number[];
  readonly uses: readonly Use[];
  readonly node: number;
  readonly scope: number;
  readonly local: LocalName | null;
}

/** A stretch of the source in which no statement ends, and the node before it. Inner stretches lie inside outer ones. */
export interface Place {
  readonly span: Span;
  readonly node: number;
  readonly scope: number;
  readonly local: LocalName | null;
}

/** For each node those that come next. */
export function successorsOf({ nodes }: Flow): readonly (readonly number[])[] {
  const successors: number[][] = nodes.map(() => []);
  for (const [index, { inputs }] of nodes.entries()) for (const input of inputs) successors[input]?.push(index);
  return successors;
}

/** Whether somebody who took part in a binding as `party` knows of it as `reader`. */
export function isSame(party: Party, reader: Party): boolean {
  return party.role === reader.role && (party.all || (!reader.all && party.scope === reader.scope));
}

/** A role as it takes part in a scope. */
export function partyOf(role: string, all: boolean, scope: number, scopes: readonly Scope[]): Party {
  if (all) return { role, all, scope: -1 };
  for (let at = scope; at >= 0; at = scopes[at]?.parent ?? -1) {
    if (scopes[at]?.families.includes(role)) return { role, all, scope: at };
  }
  return { role, all, scope: -1 };
}

/** Whether a scope is another one or lies in it. */
export function isInside(scope: number, outer: number, scopes: readonly Scope[]): boolean {
  for (let at = scope; at >= 0; at = scopes[at]?.parent ?? -1) if (at === outer) return true;
  return false;
}
