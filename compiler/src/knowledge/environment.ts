// Which bindings of every name can have come last at a place. Environments are persistent: two places share all
// that does not differ between them, so that binding costs a path and joining costs only the difference.
// In: environments. Out: environments, the very same object where nothing has changed.

import { isSameSet, union, type Effort, type Numbers } from "./sets.js";

/** What reaches a place under one name. For a list: the messages that can have been appended to it. */
export interface NameState {
  /** Numbers of bindings. */
  readonly bindings: Numbers;
  /** Some way to the place binds the name nowhere. */
  readonly unbound: boolean;
}

export interface Environment {
  readonly singles: Table;
  /** Names that collect; they are never null, only appended to. */
  readonly lists: Table;
}

/** A binary tree over the numbers of names, all leaves at one depth; null: nothing in it is bound on any way. */
export type Table = Pair | NameState | null;

interface Pair {
  readonly left: Table;
  readonly right: Table;
}

/** Bound on no way. */
const NOTHING: NameState = { bindings: null, unbound: true };

/** Before everything. */
export const EMPTY: Environment = { singles: null, lists: null };

/** The depth of a table for so many names. */
export function heightFor(names: number): number {
  return names < 2 ? 0 : 32 - Math.clz32(names - 1);
}

/** The state under a number. */
export function lookUp(table: Table, index: number, height: number): NameState {
  let node = table;
  for (let level = height - 1; level >= 0 && isPair(node); level--)
    node = (index >> level) & 1 ? node.right : node.left;
  return node === null || isPair(node) ? NOTHING : node;
}

/** The table with another state under one number. Recursive over the height, at most 32. */
export function replaced(table: Table, index: number, state: NameState, height: number): Table {
  if (height === 0) return state;
  const { left, right } = isPair(table) ? table : { left: null, right: null };
  return (index >> (height - 1)) & 1
    ? { left, right: replaced(right, index, state, height - 1) }
    : { left: replaced(left, index, state, height - 1), right };
}

/** What reaches a place to which both ways lead. */
export function joined(a: Environment, b: Environment, effort: Effort): Environment {
  const singles = joinedTables(a.singles, b.singles, effort);
  const lists = joinedTables(a.lists, b.lists, effort);
  if (singles === a.singles && lists === a.lists) return a;
  return singles === b.singles && lists === b.lists ? b : { singles, lists };
}

/** After two arms that both began with `base`: what either of them has bound. */
export function together(base: Environment, a: Environment, b: Environment, effort: Effort): Environment {
  return {
    singles: togetherTables(base.singles, a.singles, b.singles, effort),
    lists: togetherTables(base.lists, a.lists, b.lists, effort),
  };
}

function joinedTables(a: Table, b: Table, effort: Effort): Table {
  if (a === b) return a;
  if (!isPair(a) && !isPair(b)) return joinedStates(a, b, effort);
  effort.left--;
  const left = joinedTables(leftOf(a), leftOf(b), effort);
  const right = joinedTables(rightOf(a), rightOf(b), effort);
  if (isPair(a) && left === a.left && right === a.right) return a;
  return isPair(b) && left === b.left && right === b.right ? b : { left, right };
}

function joinedStates(a: NameState | null, b: NameState | null, effort: Effort): NameState | null {
  const one = a ?? NOTHING;
  const other = b ?? NOTHING;
  effort.left--;
  const bindings = union(one.bindings, other.bindings, effort);
  const unbound = one.unbound || other.unbound;
  if (bindings === one.bindings && unbound === one.unbound) return a;
  return bindings === other.bindings && unbound === other.unbound ? b : { bindings, unbound };
}

function togetherTables(base: Table, a: Table, b: Table, effort: Effort): Table {
  if (b === base || a === b) return a;
  if (a === base) return b;
  if (!isPair(a) && !isPair(b)) {
    const before = isPair(base) ? null : base;
    if (isSame(b, before)) return a;
    return isSame(a, before) ? b : joinedStates(a, b, effort);
  }
  effort.left--;
  return {
    left: togetherTables(leftOf(base), leftOf(a), leftOf(b), effort),
    right: togetherTables(rightOf(base), rightOf(a), rightOf(b), effort),
  };
}

function isSame(a: NameState | null, b: NameState | null): boolean {
  const one = a ?? NOTHING;
  const other = b ?? NOTHING;
  return one.unbound === other.unbound && isSameSet(one.bindings, other.bindings);
}

function leftOf(table: Table): Table {
  return isPair(table) ? table.left : null;
}

function rightOf(table: Table): Table {
  return isPair(table) ? table.right : null;
}

function isPair(table: Table): table is Pair {
  return table !== null && "left" in table;
}
