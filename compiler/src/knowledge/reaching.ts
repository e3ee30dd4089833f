// What each role knows at each state: reaching bindings on the global automaton (a forward dataflow problem:
// Kildall, "A unified approach to global program optimization", 1973). In: the automaton. Out: for a role and
// a state, the names it knows.
//
// Every message that binds a name is one binding; it takes place when it is sent for the last time, when all its
// receivers are served. It ends all other bindings of that name. That a name is not bound yet is a binding too,
// in force at the beginning. Bindings are numbered name by name, so those of one name are a stretch of bits.

import type { Diagnostic } from "@chor/grammar";
import type { Type } from "../bind/program.js";
import type { GlobalAutomaton, Transition } from "../automaton/global.js";
import type { Core } from "../core/core.js";
import { boundName, carriedType, partiesOf, type Parties } from "../core/message.js";
import { tooMuchToKnow } from "../report/knowledge.js";
import type { Known } from "./known.js";

export interface Reaching {
  /**
   * What a role knows at a state, both by number, in the order in which the names are first bound in the source.
   * A name is definite iff it is bound on every way to the state and the role is a party to every binding that
   * reaches it. It may be absent iff on some ways it is not bound, on some it is, and the role is a party to
   * every binding of the name in the choreography: so it can tell. Otherwise the role does not know it.
   */
  readonly knows: (role: number, state: number) => readonly Known[];
  /** The bindings of a name that reach a state, and whether it may be not bound there. */
  readonly reaching: (name: string, state: number) => NameAt;
}

export interface NameAt {
  /** Indices into `Core.messages`, in the order of the source. */
  readonly bindings: readonly number[];
  /** Some way to the state binds it nowhere. */
  readonly unbound: boolean;
}

/** A name with its bits: `first` stands for "not bound", the bindings follow. */
interface Bound {
  readonly name: string;
  readonly type: Type;
  readonly first: number;
  /** Indices into `Core.messages`. */
  readonly bindings: readonly number[];
}

interface Layout {
  /** By first binding in the source. */
  readonly names: readonly Bound[];
  readonly byName: ReadonlyMap<string, Bound>;
  /** The bit of each message; absent where it binds nothing. */
  readonly bits: ReadonlyMap<number, number>;
  /** Words of 32 bits in a row. */
  readonly words: number;
}

/** Words of the table; 200 MB. Larger choreographies are refused. */
const TABLE_LIMIT = 50_000_000;

/** Takes a global automaton, gives what reaches each of its states; or the error that it is too much. */
export function reachingOf(automaton: GlobalAutomaton): {
  readonly reaching: Reaching;
  readonly diagnostics: readonly Diagnostic[];
} {
  const { core, states } = automaton;
  if (states.length * layOut(core).words <= TABLE_LIMIT)
    return { reaching: reachingBindings(automaton), diagnostics: [] };
  const nothing: Reaching = { knows: () => [], reaching: () => ({ bindings: [], unbound: true }) };
  return { reaching: nothing, diagnostics: [tooMuchToKnow(core.name, core.end)] };
}

/** Takes a global automaton, gives what reaches each of its states. */
export function reachingBindings(automaton: GlobalAutomaton): Reaching {
  const layout = layOut(automaton.core);
  const parties = partiesOf(automaton.core);
  const rows = fixpoint(automaton, layout);
  const has = (state: number, bit: number): boolean =>
    ((rows[state * layout.words + (bit >> 5)] ?? 0) & (1 << (bit & 31))) !== 0;
  const at = ({ first, bindings }: Bound, state: number): NameAt => ({
    bindings: bindings.filter((_, index) => has(state, first + 1 + index)),
    unbound: has(state, first),
  });
  const alwaysParty = automaton.core.roles.map(
    (_, role) =>
      new Set(layout.names.filter(({ bindings }) => bindings.every((binding) => isParty(role, parties[binding])))),
  );

  return {
    knows: (role, state) => {
      const known: Known[] = [];
      for (const bound of layout.names) {
        const { bindings, unbound } = at(bound, state);
        const { name, type } = bound;
        if (bindings.length === 0) continue;
        if (!unbound && bindings.every((binding) => isParty(role, parties[binding])))
          known.push({ name, type, definite: true });
        else if (unbound && alwaysParty[role]?.has(bound)) known.push({ name, type, definite: false });
      }
      return known;
    },
    reaching: (name, state) => {
      const bound = layout.byName.get(name);
      return bound === undefined ? { bindings: [], unbound: true } : at(bound, state);
    },
  };
}

/** Whether the role sends or receives a message. */
export function isParty(role: number, parties: Parties | undefined): boolean {
  return parties !== undefined && (parties.from === role || parties.to.includes(role));
}

/** The message that a transition completes the binding of, by number; null: it binds nothing, or not yet. */
export function completes({ send }: Transition, core: Core): number | null {
  const message = send === null ? undefined : core.messages[send.message];
  if (send === null || message === undefined || boundName(message) === null) return null;
  return send.copy === (partiesOf(core)[send.message]?.to.length ?? 0) - 1 ? send.message : null;
}

function layOut({ messages }: Core): Layout {
  const groups = new Map<string, { readonly type: Type; readonly bindings: number[] }>();
  for (const [index, message] of messages.entries()) {
    const name = boundName(message);
    const type = carriedType(message);
    if (name === null || type === null) continue;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, { type, bindings: [index] });
    else group.bindings.push(index);
  }
  const names: Bound[] = [];
  const bits = new Map<number, number>();
  let next = 0;
  for (const [name, { type, bindings }] of groups) {
    names.push({ name, type, first: next, bindings });
    bindings.forEach((binding, i) => bits.set(binding, next + 1 + i));
    next += bindings.length + 1;
  }
  return { names, byName: new Map(names.map((bound) => [bound.name, bound])), bits, words: (next + 31) >> 5 };
}

/**
 * One row of bits for each state. Passes over the states in reverse postorder until nothing grows: a loop is settled
 * before what stands behind it is looked at, so the number of passes is that of nested loops, not of the states.
 */
function fixpoint({ core, states }: GlobalAutomaton, { names, bits, words }: Layout): Uint32Array {
  const nameOf = new Map(names.flatMap((name) => name.bindings.map((binding) => [binding, name] as const)));
  const rows = new Uint32Array(states.length * words);
  for (const { first } of names) set(rows, first);
  const row = new Uint32Array(words);
  const visited = new Uint8Array(states.length);
  /** Whether the row of a state has grown since it was last passed on. */
  const grown = new Uint8Array(states.length);
  if (states.length > 0) grown[0] = 1;
  const order = reversePostorder(states);
  for (let isStable = false; !isStable;) {
    isStable = true;
    for (const state of order) {
      if (grown[state] === 0) continue;
      grown[state] = 0;
      for (const transition of states[state]?.transitions ?? []) {
        for (let word = 0; word < words; word++) row[word] = rows[state * words + word] ?? 0;
        const bound = completes(transition, core);
        const name = bound === null ? undefined : nameOf.get(bound);
        if (bound !== null && name !== undefined) {
          clearAll(row, name.first, name.first + name.bindings.length);
          set(row, bits.get(bound) ?? 0);
        }
        const { target } = transition;
        const isNew = visited[target] === 0;
        if (!merge(rows, target * words, row) && !isNew) continue;
        visited[target] = 1;
        grown[target] = 1;
        isStable = false;
      }
    }
  }
  return rows;
}

function set(row: Uint32Array, bit: number): void {
  row[bit >> 5] = (row[bit >> 5] ?? 0) | (1 << (bit & 31));
}

/** Clears the bits `first` to `last`, both included, a word at a time. */
function clearAll(row: Uint32Array, first: number, last: number): void {
  for (let word = first >> 5; word <= last >> 5; word++) {
    const low = Math.max(first - word * 32, 0);
    const high = Math.min(last - word * 32, 31);
    const mask = high - low === 31 ? ~0 : ((1 << (high - low + 1)) - 1) << low;
    row[word] = (row[word] ?? 0) & ~mask;
  }
}

/** Adds a row to the one at `place`; whether it has grown. */
function merge(rows: Uint32Array, place: number, row: Uint32Array): boolean {
  let grown = false;
  for (let word = 0; word < row.length; word++) {
    const before = rows[place + word] ?? 0;
    const after = (before | (row[word] ?? 0)) >>> 0;
    if (after === before) continue;
    rows[place + word] = after;
    grown = true;
  }
  return grown;
}

/** The states that can be reached, each before those that follow it but for the ways back of loops. Without recursion. */
function reversePostorder(states: GlobalAutomaton["states"]): readonly number[] {
  const order: number[] = [];
  const seen = new Uint8Array(states.length);
  const open: { readonly state: number; next: number }[] = [];
  const enter = (state: number): void => {
    if (seen[state] === 1) return;
    seen[state] = 1;
    open.push({ state, next: 0 });
  };
  if (states.length > 0) enter(0);
  for (let at = open.at(-1); at !== undefined; at = open.at(-1)) {
    const transition = states[at.state]?.transitions[at.next++];
    if (transition !== undefined) enter(transition.target);
    else order.push(open.pop()?.state ?? 0);
  }
  return order.reverse();
}
