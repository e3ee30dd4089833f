// Who could tell a role which of two runs it is in, where, and in which word. In: the role's view and a
// counterexample. Out: candidates for a mend; whether they help is not known here.

import type { Core, Send } from "../core/core.js";
import { partiesOf } from "../core/message.js";
import type { Counterexample, GlobalRun } from "./runs.js";
import type { View } from "./tables.js";

export type Mend = readonly Tell[];

/** `teller -> role: label()`, to be added at a place. */
export interface Tell {
  readonly teller: number;
  readonly role: number;
  readonly label: string;
  readonly place: Place;
  /** In which of the runs of its counterexample that is. */
  readonly run: 0 | 1;
}

export type Place =
  /** Behind this message of the core. */
  | { readonly kind: "behind"; readonly message: number }
  /** At the beginning of the `else` of this loop, which need not be written yet. */
  | { readonly kind: "else"; readonly loop: number };

/**
 * Takes a role's view and one of its counterexamples, gives what to try, the best first: that the role whose message is
 * awaited in one run tells in the other one (at its end, if all is over there); that the role which decides where the
 * runs part does; that it tells in both.
 */
export function candidates(view: View, example: Counterexample): readonly Mend[] {
  const { tables, role } = view;
  const { automaton } = tables;
  const { violation, parting } = example;
  const found: Mend[] = [];
  const decider = tables.from[tables.letter[parting.edges[0]] ?? -1] ?? -1;
  for (const [awaited, untold] of [
    [violation.one, 1],
    [violation.other, 0],
  ] as const) {
    if (awaited.letter === null || tables.to[awaited.letter] !== role) continue;
    const sender = tables.from[awaited.letter] ?? -1;
    if (automaton.core.roles[sender]?.kind === "network") continue;
    const over = (untold === 0 ? violation.one : violation.other).letter === null;
    const places = placesIn(view, example, untold, sender);
    for (const place of over ? places.toReversed() : places)
      found.push([telling(view, example, sender, place, untold, [])]);
    const atOnce = placeAt(view, parting.edges[untold]);
    if (decider >= 0 && decider !== role && decider !== sender && atOnce !== null)
      found.push([telling(view, example, decider, atOnce, untold, [])]);
  }
  const both = [placeAt(view, parting.edges[0]), placeAt(view, parting.edges[1])] as const;
  if (decider >= 0 && decider !== role && both[0] !== null && both[1] !== null) {
    const one = telling(view, example, decider, both[0], 0, []);
    found.push([one, telling(view, example, decider, both[1], 1, [one])]);
  }
  return found.flatMap((mend) => saidAlready(view, example, mend).concat([mend]));
}

/** The mend with the word for "nothing more comes" that the teller uses already, which reads better if it can be told apart. */
function saidAlready(view: View, { violation }: Counterexample, mend: Mend): readonly Mend[] {
  const { core } = view.tables.automaton;
  const same = mend.map((tell) => {
    const over = (tell.run === 0 ? violation.one : violation.other).letter === null;
    const said = saidBy(core, tell.teller).filter(({ label }) => label === "Done");
    return over && said.every(({ carries }) => !carries) ? { ...tell, label: "Done" } : tell;
  });
  return same.every((tell, i) => tell.label === mend[i]?.label) ? [] : [same];
}

/** Where in a run, from the parting on, a role takes part, so that it can tell; the first and the last such place. */
function placesIn(view: View, example: Counterexample, which: 0 | 1, teller: number): readonly Place[] {
  const { tables, role } = view;
  const run: GlobalRun = example.runs[which];
  const places: Place[] = [];
  for (const edge of run.edges.slice(example.common)) {
    const letter = tables.letter[edge] ?? 0;
    const from = tables.from[letter] ?? -1;
    if (from === role || tables.to[letter] === role) continue;
    if (from >= 0 && from !== teller && tables.to[letter] !== teller) continue;
    const place = placeAt(view, edge);
    if (place !== null) places.push(place);
  }
  const first = places[0];
  const last = places.at(-1);
  if (first === undefined || last === undefined) return [];
  return first === last ? [first] : [first, last];
}

function placeAt(view: View, edge: number): Place | null {
  const { automaton, letter } = view.tables;
  const send = view.tables.transitions[edge]?.send ?? null;
  if (send !== null) return isBetweenRoles(automaton.core, send) ? { kind: "behind", message: send.message } : null;
  const own = automaton.letters[letter[edge] ?? -1];
  if (own?.kind !== "over" || automaton.core.loops[own.loop]?.braces === null) return null;
  return { kind: "else", loop: own.loop };
}

/** Behind the words of a wait, behind its message, and behind what stands in a callee, nothing can be written. */
function isBetweenRoles({ roles, messages }: Core, { from, to, message }: Send): boolean {
  const isOwn = messages[message]?.prefix === "";
  return isOwn && roles[from]?.kind !== "network" && roles[to]?.kind !== "network";
}

function telling(view: View, example: Counterexample, teller: number, place: Place, run: 0 | 1, before: Mend): Tell {
  const side = run === 0 ? example.violation.one : example.violation.other;
  const first = view.tables.automaton.letters[view.tables.letter[example.parting.edges[run]] ?? -1];
  const label = side.letter === null || first?.kind !== "message" ? "Done" : first.label;
  const { roles } = view.tables.automaton.core;
  const other = side.letter === null || first?.kind !== "message" ? "Over" : `${label}${roles[first.to]?.name ?? ""}`;
  return { teller, role: view.role, label: unused(view, teller, [label, other], place, before), place, run };
}

function unused(view: View, teller: number, wishes: readonly [string, string], place: Place, before: Mend): string {
  const here = place.kind === "behind" ? place.message : null;
  const said = saidBy(view.tables.automaton.core, teller);
  return labelFor(
    said,
    wishes,
    view.role,
    here,
    before.map(({ label }) => label),
  );
}

/**
 * Takes what a teller says already, two wishes, whom it is to tell, and behind which message. Gives the first wish, if
 * the teller does not say it yet; also if it says it in this very place, to others, and nowhere else with a payload, for
 * then the handlers of the two cannot clash. Otherwise the second, if need be with a number.
 */
export function labelFor(
  said: readonly Said[],
  [wish, other]: readonly [string, string],
  role: number,
  here: number | null,
  before: readonly string[],
): string {
  const same = said.filter(({ label }) => label === wish);
  const echo =
    same.some(({ message }) => message === here) &&
    same.every(({ to }) => !to.includes(role)) &&
    same.every(({ message, carries }) => message === here || !carries);
  const taken = new Set([...said.map(({ label }) => label), ...before]);
  if (echo && !before.includes(wish)) return wish;
  return taken.has(wish) ? fresh(other, taken) : wish;
}

/** A message of a teller. */
export interface Said {
  readonly message: number;
  readonly label: string;
  readonly to: readonly number[];
  readonly carries: boolean;
}

/** Everything that a role sends, each message once. */
function saidBy(core: Core, teller: number): readonly Said[] {
  return partiesOf(core).flatMap(({ from, to }, message) => {
    const { label = "", interaction = null } = core.messages[message] ?? {};
    const carries = interaction !== null && interaction.payload.kind !== "none";
    return from === teller ? [{ message, label, to, carries }] : [];
  });
}

function fresh(wish: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wish)) return wish;
  let number = 2;
  while (taken.has(`${wish}${number}`)) number++;
  return `${wish}${number}`;
}
