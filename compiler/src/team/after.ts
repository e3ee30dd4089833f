// What a move makes of a situation. In: a team, a situation, one of its moves. Out: the situation after it, and after
// all that happens by itself: what the network does, and the ends of arms. Nothing is changed in place.

import { carry, type Carried } from "./carry.js";
import type { Move } from "./moves.js";
import { claimKey } from "./paths.js";
import type { Situation } from "./situation.js";
import type { Team } from "./team.js";
import { advance, elementsOf, isAtEnd, type Round, type Thread } from "./thread.js";

/** The situation after a move. The move has to be one of this situation. */
export function after(team: Team, situation: Situation, move: Move): Situation {
  return stepOf(team, situation, move).situation;
}

export interface Stepped {
  readonly situation: Situation;
  /** The rounds of counted loops that are over with it. */
  readonly rounds: readonly Round[];
  /** What the network has done behind it. */
  readonly carried: readonly Carried[];
}

/** The situation after a move, and what has happened by itself. */
export function stepOf(team: Team, situation: Situation, move: Move): Stepped {
  const { takes } = move;
  const inboxes = [...situation.inboxes];
  if (takes !== null) inboxes[takes.inbox] = (inboxes[takes.inbox] ?? []).toSpliced(takes.index, 1);
  for (const sent of move.puts) inboxes[sent.to] = [...(inboxes[sent.to] ?? []), sent];
  const moved: Situation = {
    threads: situation.threads.with(move.role, move.thread),
    inboxes,
    network: situation.network,
    claims: move.claims === null ? situation.claims : { ...situation.claims, [move.claims]: "claimed" },
    failed: situation.failed || move.kind === "fail",
  };
  const rounds = [...move.rounds];
  const carried: Carried[] = [];
  return { situation: joinAll(team, carry(team, moved, carried), rounds), rounds, carried };
}

/** Marks elements that are over, and lets threads leave what they are in, for as long as there are any. */
function joinAll(team: Team, from: Situation, rounds: Round[]): Situation {
  if (team.constructs.length === 0) return from;
  const claims = { ...from.claims };
  let { threads } = from;
  for (let before: typeof threads = []; before !== threads;) {
    before = threads;
    for (const thread of before) if (thread !== null) mark(team, thread, claims);
    const next = before.map((thread) => (thread === null ? null : joined(team, thread, claims, rounds)));
    if (next.some((thread, i) => thread !== before[i])) threads = next;
  }
  return { ...from, threads, claims };
}

/** Elements whose member has come to its end in them are over. */
function mark(team: Team, { role, inside }: Thread, claims: Record<string, "claimed" | "over">): void {
  if (inside === null) return;
  for (const thread of inside.threads) {
    mark(team, thread, claims);
    if (thread.role !== role && isAtEnd(team, thread)) claims[claimKey(thread.path, thread.role)] = "over";
  }
}

/** A thread leaves a construct when its arms are over; who may claim, when all elements are. */
function joined(team: Team, thread: Thread, claims: Situation["claims"], rounds: Round[]): Thread {
  const { inside } = thread;
  if (inside === null) return thread;
  const threads = inside.threads.map((each) => joined(team, each, claims, rounds));
  const over = team.constructs[inside.construct]?.claims[thread.role] ?? -1;
  const done =
    over < 0
      ? threads.every((each) => isAtEnd(team, each))
      : elementsOf(team, thread, inside).every((path) => claims[claimKey(path, over)] === "over");
  if (done) {
    const left = advance(team, { ...thread, inside: null }, inside.then);
    rounds.push(...left.rounds);
    return left.thread;
  }
  return threads.every((each, i) => each === inside.threads[i])
    ? thread
    : { ...thread, inside: { ...inside, threads } };
}
