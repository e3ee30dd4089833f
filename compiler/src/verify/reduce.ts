// Partial-order reduction: where it is enough to look at what one thread does. In: a play, a place, its acts. Out: the
// acts that are enough there, or none of them.
//
// A set of acts is enough (persistent: Godefroid, 1996) when nothing that others do can make another act of the same
// thread possible, or undo one, before one of the set has happened, and each of the set commutes with all that others do.
// Two such sets are taken:
//
//   receive  A thread waits for one sender only, and the message is there. On a FIFO channel that message stays the
//            first until the thread takes it, so the thread has this one act and no other; others only add behind it.
//            In a mailbox the first message of all decides, in a bag a thread has to wait for one label alone.
//   send     A thread does nothing here but send to roles (words to the network are left out: a judge may read only when
//            there is something to be read), and every one of its channels has room. Nobody else fills them, and to
//            append commutes with taking the first, and with what others append to their channels (in a mailbox it
//            does not). If the role may be lost here, that act is one of the set: it ends this thread and touches nobody.
//
// An act of another thread is never disabled by one of the set, so every act that the full graph has happens here too,
// later. It could be put off for ever on a cycle: hence the set is taken only if all that it leads to is new. On a cycle
// whose places all were reduced the place found first would have been new to its predecessor, which is expanded after it
// was found (breadth first). So every run of the team is the beginning of one that differs from a run looked at only in the
// order of independent acts: each thread passes the same states, and all places without acts are found. What is asked of
// single places lasts once it is so (a message that its receiver cannot take, a message to a role at its end), or
// concerns the state of one thread (a role that cannot know that it is over).
//
// `fail` ends the session for all and is never one of a set; it stays possible. Arms are left by themselves when all in
// them are over: a thread that may leave and may still act would be disabled by that. Where there is such a state, as
// only in incoherent arms, nothing is reduced.

import type { Team, State } from "../team/team.js";
import { actingOf, stateOf, type Thread } from "../team/thread.js";
import type { Act, Acts, At, Play } from "./play.js";

/** Whether anything may be reduced in a team at all. */
export function isReducible({ constructs, machines }: Team): boolean {
  return (
    constructs.length === 0 ||
    machines.every(({ states }) => states.every(({ final, steps }) => !final || steps.length === 0))
  );
}

/** Sets of acts, as indices, each of which is enough; the first to be preferred. */
export function enoughAt(play: Play, at: At, { acts }: Acts): readonly (readonly number[])[] {
  if (acts.length < 2) return [];
  const found: (readonly number[])[] = [];
  at.situation.threads.forEach((thread, role) => {
    if (thread === null || at.lost.includes(role)) return;
    if (thread.inside !== null && play.mortal.includes(role)) return;
    for (const leaf of actingOf(thread)) {
      const state = stateOf(play.team, leaf);
      if (state === null || state.steps.length === 0) continue;
      const own = acts.flatMap((act, i) => (isOf(act, leaf, role) ? [i] : []));
      if (own.length > 0 && isEnough(play, state, leaf, acts, own)) found.push(own);
    }
  });
  return found.toSorted((a, b) => a.length - b.length);
}

/** Whether a thread does it; a role is lost with its thread in the body. */
function isOf(act: Act, leaf: Thread, role: number): boolean {
  if (act.kind === "lost") return act.role === role;
  const { move } = act;
  return move.role === role && move.as === leaf.role && move.path === leaf.path && move.kind !== "claim";
}

function isEnough(
  { team, network, channel }: Play,
  { steps }: State,
  leaf: Thread,
  acts: readonly Act[],
  own: readonly number[],
): boolean {
  const inArms = leaf.path !== "" || team.constructs.length > 0;
  const [first] = steps;
  const moves = own.filter((i) => acts[i]?.kind === "move").length;
  if (steps.every(({ kind }) => kind === "receive")) {
    if (moves !== 1 || own.length !== 1) return false;
    if (network === "mailbox") return !inArms;
    if (network === "bag") return steps.length === 1;
    return steps.every(({ peer }) => peer === first?.peer);
  }
  if (network === "mailbox" || moves !== steps.length) return false;
  if (channel !== Infinity && inArms) return false;
  return steps.every(({ kind, peer }) => kind === "send" && team.roles[peer]?.kind !== "network");
}
