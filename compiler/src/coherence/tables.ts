// The global automaton on flat arrays, as the coherence conditions walk it, and what one role sees of it.
// In: a global automaton; a role's observation. Out: the same, dense.

import type { GlobalAutomaton, Transition } from "../automaton/global.js";
import type { LocalSet, Observation } from "../automaton/observe.js";

export interface Tables {
  readonly automaton: GlobalAutomaton;
  readonly states: number;
  /** The transitions of state `s` are `first[s]` up to `first[s + 1]`; the arrays below are indexed by them. */
  readonly first: Int32Array;
  readonly letter: Int32Array;
  readonly source: Int32Array;
  readonly target: Int32Array;
  readonly transitions: readonly Transition[];
  /** The transitions that lead to state `s` are `into[firstInto[s]]` up to `into[firstInto[s + 1]]`. */
  readonly firstInto: Int32Array;
  readonly into: Int32Array;
  /** By letter: sender and receiver; of a `fail`, who fails and -1; -1 and -1 for the letters of a loop. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** By letter: the loop that it counts; of all others, -1. */
  readonly loop: Int32Array;
  /** By state: 1 where the protocol may end. */
  readonly final: Uint8Array;
  /** By state: 1 behind a `fail`, where nothing is asked of anybody. */
  readonly failed: Uint8Array;
  /** By role: 1 where it only tells the branches of a `choice when`, which whoever is told decides for himself. */
  readonly announces: Uint8Array;
}

/** The tables and what one role sees; the conditions are asked of this. */
export interface View {
  readonly tables: Tables;
  readonly role: number;
  /** By letter: 1 where the role sees it, because it sends, receives or counts it. */
  readonly sees: Uint8Array;
  /** By letter: 1 where arms stand for it with which the role begins by itself, so that it counts as a send; absent: none. */
  readonly begins?: Uint8Array;
  readonly sets: readonly LocalSet[];
}

/** Takes an automaton and gives its tables; linear. */
export function tablesOf(automaton: GlobalAutomaton): Tables {
  const states = automaton.states.length;
  const first = new Int32Array(states + 1);
  const transitions: Transition[] = [];
  for (let s = 0; s < states; s++) {
    for (const transition of automaton.states[s]?.transitions ?? []) transitions.push(transition);
    first[s + 1] = transitions.length;
  }
  const target = Int32Array.from(transitions, (t) => t.target);
  const source = new Int32Array(transitions.length);
  for (let s = 0; s < states; s++) source.fill(s, first[s], first[s + 1]);
  const firstInto = new Int32Array(states + 1);
  for (const t of target) firstInto[t + 1] = (firstInto[t + 1] ?? 0) + 1;
  for (let s = 0; s < states; s++) firstInto[s + 1] = (firstInto[s + 1] ?? 0) + (firstInto[s] ?? 0);
  const into = new Int32Array(transitions.length);
  const filled = firstInto.slice();
  for (let e = 0; e < transitions.length; e++) {
    const at = filled[target[e] ?? 0] ?? 0;
    into[at] = e;
    filled[target[e] ?? 0] = at + 1;
  }
  return {
    automaton,
    states,
    first,
    letter: Int32Array.from(transitions, (t) => t.letter),
    source,
    target,
    transitions,
    firstInto,
    into,
    from: Int32Array.from(automaton.letters, (l) => ("from" in l ? l.from : -1)),
    to: Int32Array.from(automaton.letters, (l) => (l.kind === "message" ? l.to : -1)),
    loop: Int32Array.from(automaton.letters, (l) => ("loop" in l ? l.loop : -1)),
    final: Uint8Array.from(automaton.states, (s) => (s.final ? 1 : 0)),
    failed: Uint8Array.from(automaton.states, (s) => (!s.final && s.transitions.length === 0 ? 1 : 0)),
    announces: announcers(automaton),
  };
}

/** The roles of the network that are told nothing: those of waits hear from their judge. */
function announcers({ core, letters }: GlobalAutomaton): Uint8Array {
  const hears = new Set(letters.map((letter) => (letter.kind === "message" ? letter.to : -1)));
  return Uint8Array.from(core.roles, ({ kind }, role) => (kind === "network" && !hears.has(role) ? 1 : 0));
}

/** Takes tables and a role's observation of the same automaton and gives both for the conditions. */
export function viewOf(tables: Tables, observation: Observation): View {
  const { role, counts, sets } = observation;
  const { from, to, loop } = tables;
  const sees = new Uint8Array(from.length);
  for (let letter = 0; letter < sees.length; letter++) {
    const counted = loop[letter] ?? -1;
    const own = counted >= 0 ? counts[counted] === true : from[letter] === role || to[letter] === role;
    if (own) sees[letter] = 1;
  }
  return { tables, role, sees, sets };
}

export interface Actions {
  readonly sends: readonly number[];
  readonly receives: readonly number[];
  /** Branches of a `choice when`: told by an announcer that does not exist, so the role has to know that it is there. */
  readonly decides: readonly number[];
}

/** The letters with which a role acts in one of its local sets, ascending; letters of loops are no actions. */
export function actionsOf(view: View, set: LocalSet): Actions {
  const { tables, role } = view;
  const sends: number[] = [];
  const receives: number[] = [];
  const decides: number[] = [];
  for (const { letter } of set.edges) {
    if (tables.from[letter] === role || view.begins?.[letter] === 1) sends.push(letter);
    else if (tables.to[letter] !== role) continue;
    else if (tables.announces[tables.from[letter] ?? -1] === 1) decides.push(letter);
    else receives.push(letter);
  }
  return { sends, receives, decides };
}
