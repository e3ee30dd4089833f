// What the translation of a construct needs to know of its place, and where it puts what it makes. In: a
// choreography and the options. Out: a draft that grows, and a scope that each construct narrows for what is inside.

import type { Span } from "@chor/grammar";
import type { Bound, Choice, Choreography, Expression, RoleReference, Type } from "../../bind/program.js";
import type { CoreLoop, CoreRole, Message, Node, Send, Substitution } from "../core.js";

export interface Options {
  /** How many members of a family stand for all. Default: `low`, from 1 to 3. */
  readonly members?: (low: number, high: number, family: string) => number;
  /** How many votes a quorum by number reads, at most. Default: as many as there are. */
  readonly mostRead?: number;
  /** The number that a value parameter stands for where none was given. Default: 3. */
  readonly value?: (name: string) => number;
  /** Who knows all that decides a `choice when`. Default: who takes part in all that binds its names. */
  readonly knowers?: (choice: Choice, choreography: Choreography) => readonly string[];
}

/** What all constructs of one choreography put into one core. */
export interface Draft {
  readonly options: Required<Options>;
  readonly roles: CoreRole[];
  readonly messages: Message[];
  readonly loops: CoreLoop[];
  blocks: number;
  /** Who has spoken last in the order of the source, or decides here: whoever executes a `fail`. */
  speaker: number;
}

/** A place that can be gone to. It becomes a block when somebody does. */
export interface Target {
  block: number | null;
}

export interface Scope {
  readonly draft: Draft;
  /** The choreography that the statements belong to. */
  readonly choreography: Choreography;
  /** By role of that choreography: the roles of the core that it is; several for a family. */
  readonly roles: ReadonlyMap<string, readonly number[]>;
  /** Before names and labels: `pact.`, or nothing. */
  readonly prefix: string;
  /** Behind labels: the members picked around here, `[2]`, or nothing. */
  readonly suffix: string;
  readonly substitution: Substitution;
  /** The loops around this place, and what `break` of a scatter leaves, by name. */
  readonly open: ReadonlyMap<string, { readonly loop: number } | { readonly instance: Target }>;
  readonly parent: number | null;
  readonly returns: Target;
  readonly aborts: Target;
  /** Where everything inside stands that comes from another file: its `do`. null: where it is. */
  readonly at: Span | null;
}

export const nothing: Node = { kind: "sequence", nodes: [] };

export function sequence(...nodes: readonly Node[]): Node {
  return { kind: "sequence", nodes };
}

/** Where something stands for the reader of this file. */
export function placed(scope: Scope, span: Span): Span {
  return scope.at ?? span;
}

/** A place for what nobody has written: empty, and where the construct is. */
export function unwritten(scope: Scope, span: Span): Span {
  const { start } = placed(scope, span);
  return { start, end: start };
}

export function exitTo(scope: Scope, target: Target, span: Span): Node {
  target.block ??= scope.draft.blocks++;
  return { kind: "exit", block: target.block, span };
}

/** The node, as a block where somebody goes to its end. */
export function upTo(target: Target, node: Node): Node {
  return target.block === null ? node : { kind: "block", block: target.block, body: node };
}

/**
 * `tried`, and `otherwise` where it fails: whatever goes to `failed` inside of `tried` goes on there, and falls
 * through. Where nobody does, `tried` alone.
 */
export function withElse(scope: Scope, span: Span, failed: Target, tried: Node, otherwise: () => Node): Node {
  if (failed.block === null) return tried;
  const behind: Target = { block: null };
  const out = exitTo(scope, behind, unwritten(scope, span));
  return upTo(behind, sequence(upTo(failed, sequence(tried, out)), otherwise()));
}

/** The roles that a reference means: all members, the member of this place, or the one role. */
export function rolesOf(scope: Scope, { role, all }: RoleReference): readonly number[] {
  const found = known(scope.roles.get(role), `role ${role}`);
  return all ? found : found.slice(0, 1);
}

/** The one role that a name means here. */
export function roleOf(scope: Scope, role: string): number {
  return known(known(scope.roles.get(role), `role ${role}`)[0], `role ${role}`);
}

/** A private role of the network. */
export function networkRole(scope: Scope, name: string): number {
  return scope.draft.roles.push({ name, role: null, member: null, kind: "network" }) - 1;
}

/** A word that the network or a judge says. */
export function word(scope: Scope, from: number, to: number, label: string, span: Span): Send {
  const message = scope.draft.messages.push({
    label,
    prefix: "",
    interaction: null,
    substitution: noSubstitution,
    span,
  });
  return { kind: "send", from, to, label, message: message - 1, copy: 0, span };
}

export const noSubstitution: Substitution = {
  types: new Map<string, Type>(),
  values: new Map<string, Expression>(),
};

/** The number that a bound stands for: as written, as given by the `do`, or as the options have it. */
export function boundNumber(scope: Scope, bound: Bound): number {
  if (typeof bound === "number") return bound;
  const value = scope.substitution.values.get(bound.value);
  if (value?.kind === "literal" && typeof value.value === "number") return value.value;
  return scope.draft.options.value(value?.kind === "name" ? value.name : bound.value);
}

/** The binder refuses unknown names, so a missing one here is a mistake of the compiler, not of its input. */
export function known<T>(found: T | undefined, what: string): T {
  if (found === undefined) throw new Error(`The binder let an unknown ${what} through.`);
  return found;
}
