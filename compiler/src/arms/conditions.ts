// The conditions of coherence where a local set of a role holds the letter of a construct with arms. In: the view of a
// role of a block, and one of its local sets. Out: violations, like those of the plain conditions.
//
// SPEC.md, section 7, P1: what the role can do first in the arms counts as its action before them. Send:
// `begins` of the view makes the letter a send (coherence/send.ts), of a scatter always (S1): to claim, or to skip an
// empty list, is the role's own act. No mixed choice: not between two arms of one construct, which are two threads.
// Receive: neither. Termination: what the role waits for first is what still comes.

import { statesWith } from "../coherence/send.js";
import { actionsOf, type View } from "../coherence/tables.js";
import { maximalInSet, side, type Head, type Side, type Violation } from "../coherence/violation.js";
import type { LocalSet } from "../automaton/observe.js";
import type { Condition } from "../coherence/problems.js";
import { mixedViolations } from "../coherence/mixed.js";
import { sendViolations } from "../coherence/send.js";
import { terminationViolations } from "../coherence/termination.js";
import type { Heads } from "./heads.js";
import type { Passage } from "./passage.js";
import type { Built, Stage } from "./views.js";

/** What the conditions of a block are asked with. */
export interface Asking {
  readonly stage: Stage;
  readonly heads: Heads;
  readonly passage: Passage;
}

/** The conditions on the views of one block that holds letters of constructs. */
export function conditionsWithArms(asking: Asking, block: number): readonly Condition[] {
  const built = asking.stage.built[block];
  if (built === undefined) return [];
  const offers: Offers = (view, set) => offersOf(asking, built, view, set);
  return [
    sendViolations,
    mixedViolations,
    terminationViolations,
    (view, index) => mixedArms(view, index, offers),
    (view, index) => terminationArms(view, index, offers),
    (view, index) => receiveArms(view, index, offers, asking.passage, block),
  ];
}

/** The view with the letters that count as sends, because the role may begin in the arms by itself. */
export function withBegins({ blocks }: Stage, heads: Heads, { constructOf }: Built, view: View): View {
  const begins = Uint8Array.from(constructOf, (construct, letter) => {
    if (construct < 0 || view.sees[letter] !== 1) return 0;
    const scatter = blocks.constructs[construct]?.kind === "scatter";
    return scatter || heads(construct, view.role).some(({ sends }) => sends) ? 1 : 0;
  });
  return { ...view, begins };
}

/** Something that the role may have to do: a letter of the block, or what it can do first in a construct. */
interface Offer {
  readonly letter: number;
  readonly sends: boolean;
  readonly peer: number;
  readonly head: Head | null;
}

type Offers = (view: View, set: LocalSet) => readonly Offer[];

/** The messages of the role in a set, and its heads in `par`; a scatter is begun by its own act, see `begins`. */
function offersOf(
  { stage, heads }: Asking,
  { constructOf, tables }: Built,
  view: View,
  set: LocalSet,
): readonly Offer[] {
  const { sends, receives, decides } = actionsOf(view, set);
  const plain = (letter: number): boolean => (constructOf[letter] ?? -1) < 0;
  const found: Offer[] = [
    ...sends.filter(plain).map((letter) => ({ letter, sends: true, peer: tables.to[letter] ?? -1, head: null })),
    ...decides.map((letter) => ({ letter, sends: true, peer: tables.from[letter] ?? -1, head: null })),
    ...receives.map((letter) => ({ letter, sends: false, peer: tables.from[letter] ?? -1, head: null })),
  ];
  for (const { letter } of set.edges) {
    const construct = constructOf[letter] ?? -1;
    if (construct < 0 || stage.blocks.constructs[construct]?.kind === "scatter") continue;
    for (const head of heads(construct, view.role)) found.push({ letter, sends: head.sends, peer: head.peer, head });
  }
  return found;
}

function sideOf(view: View, set: LocalSet, { letter, head }: Offer): Side {
  const found = side(statesWith(view, set, letter), letter);
  return head === null ? found : { ...found, head };
}

/** A send, and a reception in a construct that does not hold the send; what is only between letters is asked already. */
function mixedArms(view: View, index: number, offers: Offers): readonly Violation[] {
  const set = view.sets[index];
  if (set === undefined || set.states.length < 2) return [];
  const all = offers(view, set);
  const found: Violation[] = [];
  const told = new Set<string>();
  for (const send of all.filter(({ sends }) => sends)) {
    for (const wait of all) {
      const pair = `${send.letter} ${wait.letter}`;
      if (wait.sends || wait.head === null || wait.letter === send.letter || told.has(pair)) continue;
      told.add(pair);
      const one = sideOf(view, set, send);
      const other = sideOf(view, set, wait);
      found.push({ condition: "mixed", role: view.role, set: index, one, other });
      if (found.length >= maximalInSet) return found;
    }
  }
  return found;
}

/** The end, and arms in which the role waits first. */
function terminationArms(view: View, index: number, offers: Offers): readonly Violation[] {
  const set = view.sets[index];
  const { kind } = view.tables.automaton.core.roles[view.role] ?? { kind: "plain" };
  if (set === undefined || set.states.length < 2 || kind !== "plain") return [];
  const ends = [...set.states].filter((state) => view.tables.final[state] === 1);
  if (ends.length === 0) return [];
  const found = new Map<number, Violation>();
  for (const offer of offers(view, set)) {
    if (offer.head === null || view.begins?.[offer.letter] === 1 || found.has(offer.letter)) continue;
    const one = sideOf(view, set, offer);
    found.set(offer.letter, { condition: "termination", role: view.role, set: index, one, other: side(ends, null) });
  }
  return [...found.values()];
}

/** Two receptions of different senders, not of one construct, of which one can come although the other is due. */
function receiveArms(view: View, index: number, offers: Offers, passage: Passage, block: number): readonly Violation[] {
  const set = view.sets[index];
  if (set === undefined || set.states.length < 2) return [];
  const waits = offers(view, set).filter(({ sends }) => !sends);
  const found: Violation[] = [];
  const told = new Set<string>();
  for (const due of waits) {
    const others = waits.filter(
      ({ letter, peer, head }) => peer !== due.peer && (head === null || letter !== due.letter),
    );
    if (others.length === 0) continue;
    for (const state of statesWith(view, set, due.letter)) {
      // The arms begin in the state itself, and what comes first in them has not been chosen yet.
      const behind = due.head === null ? targetOf(view, state, due.letter) : state;
      for (const early of others) {
        const pair = `${early.letter} ${due.letter}`;
        if (told.has(pair)) continue;
        const channel = { sender: early.peer, role: view.role };
        const first = passage(channel, block, behind, early.head?.arms ?? []);
        const overtaking = first.get(early.head?.letter ?? early.letter);
        if (overtaking === undefined) continue;
        told.add(pair);
        const one = sideOf(view, set, early);
        const other = { ...sideOf(view, set, due), states: [state], overtaking };
        found.push({ condition: "receive", role: view.role, set: index, one, other });
        if (found.length >= maximalInSet) return found;
      }
    }
  }
  return found;
}

function targetOf(view: View, state: number, wanted: number): number {
  const { first, letter, target } = view.tables;
  for (let e = first[state] ?? 0; e < (first[state + 1] ?? 0); e++) if (letter[e] === wanted) return target[e] ?? 0;
  return state;
}
