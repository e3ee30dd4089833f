// A flow while it is being built: nodes, bindings, reads and places are added one by one. In: pieces. Out: their
// numbers; at the end the flow.

import type { Span } from "@chor/grammar";
import type { Block, Choreography, Expression, RoleReference, Type } from "../bind/program.js";
import { onOneLine } from "../bind/names.js";
import {
  partyOf,
  type Act,
  type Binding,
  type BoundName,
  type Flow,
  type FlowNode,
  type LocalName,
  type Party,
  type Place,
  type Purpose,
  type Read,
  type Scope,
  type Split,
  type Step,
  type Way,
} from "./flow.js";
import { readingOf, type Use } from "./narrow.js";
import type { Results } from "./results.js";

export interface Draft {
  readonly choreography: Choreography;
  readonly nodes: FlowNode[];
  readonly names: Map<string, BoundName>;
  /** How many of the names are single ones, how many lists, and how many names came out of a `do`. */
  readonly counts: { singles: number; lists: number; called: number };
  readonly bindings: Binding[];
  readonly reads: Read[];
  readonly splits: Split[];
  readonly scopes: Scope[];
  readonly places: Place[];
  /** A node that nothing leads to. */
  readonly nowhere: number;
  whole: boolean;
}

/** What adding a statement takes. */
export interface Builder {
  readonly draft: Draft;
  /** What a callee leaves; undefined: nothing is known of it. */
  readonly resultsOf: (callee: Choreography) => Results | undefined;
  /** Adds the statements of a block behind a node, gives the node behind them. */
  readonly block: (block: Block, at: number, surroundings: Surroundings) => number;
}

/** Where statements stand: in which scope, with which local names, and where the ways out lead. */
export interface Surroundings {
  readonly scope: number;
  readonly local: LocalName | null;
  readonly breaks: ReadonlyMap<string, Exit>;
  readonly continues: ReadonlyMap<string, Exit>;
  readonly returns: Exit;
  readonly aborts: Exit;
}

/** A place to which ways lead that are found one after the other. */
export interface Exit {
  readonly scope: number;
  readonly from: number[];
}

export const JOIN: Step = { kind: "join" };

/** A flow of nothing but its entry. */
export function emptyDraft(choreography: Choreography): Draft {
  const draft: Draft = {
    choreography,
    nodes: [],
    names: new Map(),
    counts: { singles: 0, lists: 0, called: 0 },
    bindings: [],
    reads: [],
    splits: [],
    scopes: [{ parent: -1, families: [], start: 0, text: "", span: choreography.span }],
    places: [],
    nowhere: 1,
    whole: true,
  };
  addNode(draft, []);
  addNode(draft, []);
  return draft;
}

/** The flow of a draft to which everything is added. */
export function finished(draft: Draft, end: number, aborted: number): Flow {
  return { ...draft, end, aborted };
}

/** Adds a node behind others, gives its number. */
export function addNode(
  draft: Draft,
  inputs: readonly number[],
  step: Step = JOIN,
  { act = null, way = null }: { readonly act?: Act | null; readonly way?: Way | null } = {},
): number {
  return draft.nodes.push({ inputs: [...inputs], step, act, way }) - 1;
}

/** Leads a way on to an exit; on leaving scatters and picks their names end. */
export function leadTo(draft: Draft, exit: Exit | undefined, at: number, scope: number): void {
  if (exit === undefined || at === draft.nowhere) return;
  let node = at;
  for (let leaving = scope; leaving !== exit.scope && leaving > 0; leaving = draft.scopes[leaving]?.parent ?? 0)
    node = addNode(draft, [node], { kind: "leave", start: draft.scopes[leaving]?.start ?? 0 });
  exit.from.push(node);
}

/** A node at which a way begins that has a name; nowhere from nowhere. */
export function wayOn(draft: Draft, at: number, way: Way): number {
  return at === draft.nowhere ? at : addNode(draft, [at], JOIN, { way });
}

/** The node at which the ways that lead to an exit meet. */
export function meeting(draft: Draft, from: readonly number[]): number {
  const ways = from.filter((node) => node !== draft.nowhere);
  if (ways.length === 0) return draft.nowhere;
  return ways.length === 1 ? (ways[0] ?? draft.nowhere) : addNode(draft, ways);
}

/** Adds a binding of a name, gives its number. */
export function addBinding(draft: Draft, binding: Binding, type: Type, collects: boolean): number {
  const index = draft.bindings.push(binding) - 1;
  const known = draft.names.get(binding.name);
  if (known !== undefined) known.bindings.push(index);
  else {
    const number = draft.counts[collects ? "lists" : "singles"]++;
    draft.names.set(binding.name, { name: binding.name, index: number, collects, type, bindings: [index] });
  }
  return index;
}

/** The surroundings with a name that holds only in them. */
export function withLocal(surroundings: Surroundings, local: Omit<LocalName, "outer">): Surroundings {
  return { ...surroundings, local: { ...local, outer: surroundings.local } };
}

/** Adds what somebody has to be able to evaluate; gives the names that are bound where it is true. */
export function addRead(
  draft: Draft,
  node: number,
  surroundings: Surroundings,
  purpose: Purpose,
  expression: Expression,
  readers: readonly Party[],
  { near = [], bound = new Set() }: { readonly near?: readonly string[]; readonly bound?: ReadonlySet<string> } = {},
): ReadonlySet<string> {
  const { uses, whenTrue } = readingOf(expression, bound);
  pushRead(draft, node, surroundings, purpose, uses, readers, near);
  return whenTrue;
}

/** Adds reads that are worked out already. */
export function pushRead(
  draft: Draft,
  node: number,
  { scope, local }: Surroundings,
  purpose: Purpose,
  uses: readonly Use[],
  readers: readonly Party[],
  near: readonly string[],
): void {
  if (uses.length > 0) draft.reads.push({ node, uses, readers, purpose, scope, local, near });
}

/** A role as it is written, as it takes part here. */
export function party(draft: Draft, { role, all }: RoleReference, scope: number): Party {
  return partyOf(role, all, scope, draft.scopes);
}

/** A place, and the piece of source in it on one line. */
export function shown({ choreography }: Draft, span: Span): { readonly text: string; readonly span: Span } {
  return { text: onOneLine(choreography.source.text.slice(span.start, span.end)), span };
}

/** The brace that opens a block. */
export function braceOf({ span }: Block): Span {
  return { start: span.start, end: Math.min(span.end, span.start + 1) };
}
