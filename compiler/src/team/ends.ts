// How a team stands when nothing happens any more: over, or stuck, and why. In: a team and a situation. Out: whether it is
// over, and what is wrong with it: who waits for whom, which messages nobody takes, who cannot know that it is over.

import type { Span } from "@chor/grammar";
import { areSiblings } from "./paths.js";
import { isBetweenRoles, type NetworkKind, type Sent, type Situation } from "./situation.js";
import type { Step, Team } from "./team.js";
import { elementsOf, isAtEnd, leavesOf, stateOf, type Thread } from "./thread.js";

export type Trouble =
  /** A role is not at an end, and nothing of what it waits for comes. */
  | { readonly kind: "waits"; readonly role: number; readonly path: string; readonly for: readonly Awaited[] }
  /** It waits for something of this sender, and something else comes first. */
  | {
      readonly kind: "unexpected";
      readonly role: number;
      readonly path: string;
      readonly sent: Sent;
      readonly for: readonly Awaited[];
    }
  /** All are at an end, and nobody takes this. */
  | { readonly kind: "unread"; readonly sent: Sent }
  /** A role is at an end, and would still have to do something, or may have to. */
  | { readonly kind: "unaware"; readonly role: number; readonly path: string; readonly for: readonly Awaited[] };

/** Something that a role waits for, or (`own`) would do itself. */
export interface Awaited {
  /** From whom; to whom, of what it would do itself; -1: nobody in particular. */
  readonly peer: number;
  /** In words, names in backticks: `` `Module` ``, `` the answer whether `Module` was counted ``. */
  readonly what: string;
  readonly own: boolean;
  readonly span: Span;
}

/** Whether the session is over: somebody has failed; or all are at an end, and optional roles have left. */
export function isOver(team: Team, situation: Situation): boolean {
  if (situation.failed) return true;
  const gone = goneIn(team, situation);
  return situation.threads.every((thread, role) => {
    if (thread === null) return true;
    return team.roles[role]?.kind === "optional" ? gone[role] === true : isAtEnd(team, thread);
  });
}

/**
 * What is wrong in a situation in which no move is possible; nothing: the session has ended as it should. What is
 * decisive comes first: unexpected messages, then who waits, then messages that nobody takes, then who cannot know that
 * it is over.
 */
export function stuckBecause(team: Team, situation: Situation, network: NetworkKind = "fifo"): readonly Trouble[] {
  if (situation.failed) return [];
  const gone = goneIn(team, situation);
  const found: Trouble[] = [];
  situation.threads.forEach((thread, role) => {
    if (thread === null || gone[role] === true) return;
    for (const leaf of leavesOf(thread)) found.push(...troubleOf(team, situation, leaf, role, network));
  });
  if (found.every(({ kind }) => kind === "unaware"))
    for (const sent of situation.inboxes.flat()) if (isBetweenRoles(team, sent)) found.push({ kind: "unread", sent });
  return found.toSorted((a, b) => ranks[a.kind] - ranks[b.kind]);
}

/** Who is at an end and cannot know it, in any situation: a plain role that would still have to do something. */
export function unawareIn(team: Team, situation: Situation): readonly Trouble[] {
  return situation.threads.flatMap((thread, role) =>
    thread === null || team.roles[role]?.kind !== "plain"
      ? []
      : leavesOf(thread).flatMap((leaf) => (isAtEnd(team, leaf) ? unawareAt(team, leaf, role) : [])),
  );
}

const ranks: Readonly<Record<Trouble["kind"], number>> = { unexpected: 0, waits: 1, unread: 2, unaware: 3 };

function troubleOf(
  team: Team,
  situation: Situation,
  thread: Thread,
  role: number,
  network: NetworkKind,
): readonly Trouble[] {
  const { path, inside } = thread;
  if (inside !== null) {
    const left = elementsOf(team, thread, inside).length;
    const what = `the end of ${left === 1 ? "the element" : "all elements"} of the scatter`;
    return [{ kind: "waits", role, path, for: [{ peer: -1, what, own: false, span: team.core.end }] }];
  }
  if (isAtEnd(team, thread)) return team.roles[role]?.kind === "plain" ? unawareAt(team, thread, role) : [];
  const steps = stateOf(team, thread)?.steps ?? [];
  const awaited = awaitedBy(team, steps);
  const peers = network === "mailbox" ? [null] : steps.map(({ peer }) => peer);
  const first = peers.map((peer) => firstOf(team, situation, thread, peer)).find((sent) => sent !== undefined);
  return first === undefined
    ? [{ kind: "waits", role, path, for: awaited }]
    : [{ kind: "unexpected", role, path, sent: first, for: awaited }];
}

function unawareAt(team: Team, thread: Thread, role: number): readonly Trouble[] {
  const steps = stateOf(team, thread)?.steps ?? [];
  return steps.length === 0 ? [] : [{ kind: "unaware", role, path: thread.path, for: awaitedBy(team, steps) }];
}

/** What comes first to a thread from somebody (null: from anybody), if something does. */
export function firstOf(
  team: Team,
  { inboxes }: Situation,
  { role, path }: Thread,
  peer: number | null,
): Sent | undefined {
  return inboxes[role]?.find(
    (sent) => (peer === null || sent.from === peer) && isBetweenRoles(team, sent) && !areSiblings(sent.path, path),
  );
}

/** By what a role could go on, each once. */
export function awaitedBy(team: Team, steps: readonly Step[]): readonly Awaited[] {
  const found = new Map<string, Awaited>();
  for (const step of steps) {
    const awaited = awaitedIn(team, step);
    const key = `${awaited.own} ${awaited.peer} ${awaited.what}`;
    if (!found.has(key)) found.set(key, awaited);
  }
  return [...found.values()];
}

function awaitedIn(team: Team, { kind, peer, label, span }: Step): Awaited {
  const text = team.labels[label] ?? "";
  if (kind === "fail") return { peer: -1, what: `\`fail ${JSON.stringify(text)}\``, own: true, span };
  if (kind === "begin") return { peer: -1, what: "what comes side by side", own: false, span };
  if (kind === "decide") return { peer: -1, what: "a branch of a `choice when`", own: true, span };
  const wait = team.roles[peer]?.network?.kind === "wait" ? team.roles[peer].network.wait : null;
  if (wait === null) return { peer, what: `\`${text}\``, own: kind === "send", span };
  if (kind === "receive") {
    const isAnswer = text === "counted" || text === "not";
    return isAnswer
      ? { peer: wait.judge, what: `the answer whether ${wait.labels} was counted`, own: false, span }
      : { peer: wait.sender, what: `\`${text}\``, own: false, span };
  }
  // A judge that could read, or give up, waits for the message; a sender sends it to the judge.
  const judges = text === "ok" || text === "late" || text === "skip" || text === "pass" || text === "refused";
  return judges
    ? { peer: wait.sender, what: wait.labels, own: false, span }
    : { peer: wait.judge, what: `\`${text}\``, own: true, span };
}

/**
 * Who has left: plain roles at their end; optional ones also while they wait, when all whom they wait for have left and
 * nothing of them is under way.
 */
function goneIn(team: Team, situation: Situation): readonly boolean[] {
  const gone = situation.threads.map((thread) => thread === null);
  for (let changed = true; changed;) {
    changed = false;
    situation.threads.forEach((thread, role) => {
      if (thread === null || gone[role] === true || !isAtEnd(team, thread)) return;
      const steps = stateOf(team, thread)?.steps ?? [];
      if (steps.length > 0 && team.roles[role]?.kind !== "optional") return;
      const leaves = steps.every((step) => step.kind === "receive" && hasLeft(team, situation, gone, role, step));
      if (!leaves) return;
      gone[role] = true;
      changed = true;
    });
  }
  return gone;
}

function hasLeft(team: Team, { inboxes }: Situation, gone: readonly boolean[], role: number, { peer }: Step): boolean {
  const network = team.roles[peer]?.network;
  const whom = network?.kind === "wait" ? network.wait.judge : peer;
  return gone[whom] === true && (inboxes[role] ?? []).every(({ from }) => from !== peer);
}
