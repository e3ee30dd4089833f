// What each role knows at each state: reaching bindings on the global automaton (a forward dataflow problem:
// Kildall, "A unified approach to global program optimization", 1973). In: the automaton. Out: for a role and
// a state, the names it knows.
//
// Every interaction that binds a name is one binding; it takes place at its last message, when all its
// receivers are served. It ends all other bindings of that name. That a name is not bound yet is a binding too,
// in force at the beginning. Bindings are numbered name by name, so those of one name are a stretch of bits.

import type { Interaction, Type } from "../bind/program.js";
import type { GlobalAutomaton, Transition } from "../automaton/global.js";
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
  /** In the order of the source. */
  readonly bindings: readonly Interaction[];
  /** Some way to the state binds it nowhere. */
  readonly unbound: boolean;
}

/** A name with its bits: `first` stands for "not bound", the bindings follow. */
interface Bound {
  readonly name: string;
  readonly type: Type;
  readonly first: number;
  readonly bindings: readonly Interaction[];
}

interface Layout {
  /** By first binding in the source. */
  readonly names: readonly Bound[];
  readonly byName: ReadonlyMap<string, Bound>;
  /** The bit of each interaction; absent where it binds nothing. */
  readonly bits: ReadonlyMap<number, number>;
  /** Words of 32 bits in a row. */
  readonly words: number;
}

/** Takes a global automaton, gives what reaches each of its states. */
export function reachingBindings(automaton: GlobalAutomaton): Reaching {
  const layout = layOut(automaton.core.interactions);
  const rows = fixpoint(automaton, layout);
  const has = (state: number, bit: number): boolean =>
    ((rows[state * layout.words + (bit >> 5)] ?? 0) & (1 << (bit & 31))) !== 0;
  const at = ({ first, bindings }: Bound, state: number): NameAt => ({
    bindings: bindings.filter((_, index) => has(state, first + 1 + index)),
    unbound: has(state, first),
  });
  const alwaysParty = automaton.core.roles.map(
    (role) => new Set(layout.names.filter(({ bindings }) => bindings.every((binding) => isParty(role, binding)))),
  );

  return {
    knows: (role, state) => {
      const roleName = automaton.core.roles[role] ?? "";
      const known: Known[] = [];
      for (const bound of layout.names) {
        const { bindings, unbound } = at(bound, state);
        const { name, type } = bound;
        if (bindings.length === 0) continue;
        if (!unbound && bindings.every((binding) => isParty(roleName, binding)))
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

/** How many words the table of an automaton takes: one row of bits for each state. */
export function tableSize({ core, states }: GlobalAutomaton): number {
  return states.length * layOut(core.interactions).words;
}

/** Whether the role sent or received what the interaction bound. */
export function isParty(role: string, { from, to }: Interaction): boolean {
  return from === role || to.includes(role);
}

/** The interaction that a transition completes the binding of; null: it binds nothing, or not yet. */
export function completes({ send }: Transition, interactions: readonly Interaction[]): Interaction | null {
  const interaction = send === null ? undefined : interactions[send.interaction];
  if (send === null || interaction === undefined || interaction.binds === null) return null;
  return send.copy === interaction.to.length - 1 ? interaction : null;
}

function layOut(interactions: readonly Interaction[]): Layout {
  const groups = new Map<string, { readonly type: Type; readonly bindings: Interaction[] }>();
  for (const interaction of interactions) {
    const { binds, payload } = interaction;
    if (binds === null || payload.kind === "none") continue;
    const group = groups.get(binds);
    if (group === undefined) groups.set(binds, { type: payload.type, bindings: [interaction] });
    else group.bindings.push(interaction);
  }
  const names: Bound[] = [];
  const bits = new Map<number, number>();
  let next = 0;
  for (const [name, { type, bindings }] of groups) {
    names.push({ name, type, first: next, bindings });
    bindings.forEach(({ index }, i) => bits.set(index, next + 1 + i));
    next += bindings.length + 1;
  }
  return { names, byName: new Map(names.map((bound) => [bound.name, bound])), bits, words: (next + 31) >> 5 };
}

/** One row of bits for each state. The worklist is a ring: a state is in it at most once. */
function fixpoint({ core, states }: GlobalAutomaton, { names, byName, bits, words }: Layout): Uint32Array {
  const rows = new Uint32Array(states.length * words);
  for (const { first } of names) set(rows, first);
  const row = new Uint32Array(words);
  const queued = new Uint8Array(states.length);
  const visited = new Uint8Array(states.length);
  const ring = new Uint32Array(states.length + 1);
  let head = 0;
  let tail = 0;
  const queue = (state: number): void => {
    if (queued[state] === 1) return;
    queued[state] = 1;
    ring[tail] = state;
    tail = (tail + 1) % ring.length;
  };
  if (states.length > 0) queue(0);
  while (head !== tail) {
    const state = ring[head] ?? 0;
    head = (head + 1) % ring.length;
    queued[state] = 0;
    for (const transition of states[state]?.transitions ?? []) {
      for (let word = 0; word < words; word++) row[word] = rows[state * words + word] ?? 0;
      const bound = completes(transition, core.interactions);
      const name = byName.get(bound?.binds ?? "");
      if (bound !== null && name !== undefined) {
        for (let bit = name.first; bit <= name.first + name.bindings.length; bit++) clear(row, bit);
        set(row, bits.get(bound.index) ?? 0);
      }
      const { target } = transition;
      let grown = visited[target] === 0;
      visited[target] = 1;
      for (let word = 0; word < words; word++) {
        const place = target * words + word;
        const before = rows[place] ?? 0;
        const after = (before | (row[word] ?? 0)) >>> 0;
        if (after === before) continue;
        rows[place] = after;
        grown = true;
      }
      if (grown) queue(target);
    }
  }
  return rows;
}

function set(row: Uint32Array, bit: number): void {
  row[bit >> 5] = (row[bit >> 5] ?? 0) | (1 << (bit & 31));
}

function clear(row: Uint32Array, bit: number): void {
  row[bit >> 5] = (row[bit >> 5] ?? 0) & ~(1 << (bit & 31));
}
