// What can happen next in a team that is verified: its moves, as far as channels have room, and roles that are lost. In: a
// team, the kind of the network, bounds, and where the team is. Out: every act, and where the team is after it.

import type { Span } from "@chor/grammar";
import { stepOf } from "../team/after.js";
import { movesFrom, type Move } from "../team/moves.js";
import { initial, type NetworkKind, type Situation } from "../team/situation.js";
import type { Team } from "../team/team.js";
import { actingOf, stateOf } from "../team/thread.js";

export interface Play {
  readonly team: Team;
  readonly network: NetworkKind;
  /** How many messages of one sender may be under way to one receiver; Infinity: any number. */
  readonly channel: number;
  /** Roles that may stop for ever, each at any moment before it sends something. */
  readonly mortal: readonly number[];
}

/** Without a bound of its own, a channel holds so many messages where runs may go on for ever. */
export const USUAL_CHANNEL = 4;

/** Where a team is, and who is lost, ascending. */
export interface At {
  readonly situation: Situation;
  readonly lost: readonly number[];
}

export type Act =
  | { readonly kind: "move"; readonly move: Move }
  /** A role is lost: it does nothing any more. */
  | { readonly kind: "lost"; readonly role: number; readonly span: Span };

/** The acts that are possible. */
export interface Acts {
  readonly acts: readonly Act[];
  /** Some message was not sent because its channel is full: what follows from it is not seen. */
  readonly isHeld: boolean;
}

/** Before anything has happened. */
export function beginningOf({ team }: Play): At {
  return { situation: initial(team), lost: [] };
}

/** All acts in their order: the same for the same place. */
export function actsAt(play: Play, at: At): Acts {
  const acts: Act[] = [];
  let isHeld = false;
  for (const move of movesFrom(play.team, at.situation, play.network)) {
    if (at.lost.includes(move.role)) continue;
    if (isFull(play, at.situation, move)) isHeld = true;
    else acts.push({ kind: "move", move });
  }
  if (!at.situation.failed)
    for (const role of play.mortal) {
      const span = at.lost.includes(role) ? null : sendOf(play, at.situation, role);
      if (span !== null) acts.push({ kind: "lost", role, span });
    }
  return { acts, isHeld };
}

/** Where the team is after an act. */
export function afterAct({ team }: Play, at: At, act: Act): At {
  return act.kind === "move"
    ? { situation: stepOf(team, at.situation, act.move).situation, lost: at.lost }
    : { situation: at.situation, lost: [...at.lost, act.role].toSorted((a, b) => a - b) };
}

/**
 * Whether every role comes to an end by itself, however it is answered: then no bound of channels is needed. Rounds of
 * loops that a role counts are finitely many.
 */
export function isFinite({ machines }: Team): boolean {
  return machines.every(({ states }) => {
    const next = states.map(({ steps, passes }) => {
      if (passes === null) return steps.map(({ then }) => then);
      return passes.kind === "enter" ? [passes.then] : [passes.last];
    });
    return isAcyclic(next);
  });
}

/** By taking away, again and again, what nothing leads to. */
function isAcyclic(next: readonly (readonly number[])[]): boolean {
  const into = next.map(() => 0);
  for (const then of next.flat()) into[then] = (into[then] ?? 0) + 1;
  const work = into.flatMap((count, state) => (count === 0 ? [state] : []));
  let taken = 0;
  for (let state = work.pop(); state !== undefined; state = work.pop()) {
    taken++;
    for (const then of next[state] ?? []) {
      into[then] = (into[then] ?? 0) - 1;
      if (into[then] === 0) work.push(then);
    }
  }
  return taken === next.length;
}

function isFull({ channel }: Play, { inboxes }: Situation, move: Move): boolean {
  if (channel === Infinity || move.kind !== "send") return false;
  const sent = inboxes[move.peer]?.filter(({ from }) => from === move.role).length ?? 0;
  return sent >= channel;
}

/** Where in the source a role would send something next; null: it would not. */
function sendOf({ team }: Play, { threads }: Situation, role: number): Span | null {
  const thread = threads[role] ?? null;
  if (thread === null) return null;
  for (const leaf of actingOf(thread))
    for (const step of stateOf(team, leaf)?.steps ?? []) if (step.kind === "send") return step.span;
  return null;
}
