// What is wrong in one place of a play. In: a play, a place, what can happen there. Out: the properties that fail, each
// with its troubles. All of it is seen in the place itself; what is asked of the whole is asked elsewhere.

import { awaitedBy, firstOf, isOver, stuckBecause, unawareIn, type Trouble } from "../team/ends.js";
import { isBetweenRoles } from "../team/situation.js";
import type { Step, Team } from "../team/team.js";
import { actingOf, isAtEnd, stateOf, type Thread } from "../team/thread.js";
import type { Acts, At, Play } from "./play.js";
import type { Property } from "./properties.js";

export interface Wrong {
  readonly property: Exclude<Property, "faithful" | "reached">;
  readonly troubles: readonly Trouble[];
}

/** Whether the session is over here as it should be. */
export function isEnd(play: Play, at: At, { acts, isHeld }: Acts): boolean {
  if (at.lost.length === 0) return isOver(play.team, at.situation);
  return acts.length === 0 && !isHeld && troublesOf(play, at).length === 0;
}

/** Everything that is wrong in a place. */
export function wrongAt(play: Play, at: At, { acts, isHeld }: Acts): readonly Wrong[] {
  const { team, network } = play;
  const { situation, lost } = at;
  if (situation.failed) return [];
  const found: Wrong[] = [];
  const add = (property: Wrong["property"], troubles: readonly Trouble[]): void => {
    if (troubles.length > 0 && found.every((wrong) => wrong.property !== property)) found.push({ property, troubles });
  };
  const isAbout = (trouble: Trouble): boolean => !concerns(trouble, lost);
  add("unaware", unawareIn(team, situation).filter(isAbout));
  if (network === "fifo") add("unexpected", untakable(play, at));
  add("unread", leftBehind(play, at));
  if (acts.length > 0 || isHeld) return found;
  const troubles = troublesOf(play, at);
  const [decisive] = troubles;
  if (decisive !== undefined)
    add(
      PROPERTY_OF[decisive.kind],
      troubles.filter(({ kind }) => kind === decisive.kind),
    );
  else if (lost.length === 0 && !isOver(team, situation)) found.push({ property: "ends", troubles: [] });
  return found;
}

const PROPERTY_OF: Readonly<Record<Trouble["kind"], Wrong["property"]>> = {
  waits: "deadlock",
  unexpected: "unexpected",
  unread: "unread",
  unaware: "unaware",
};

/** What is wrong where nothing happens any more; nobody is asked about those who are lost, nor are optional roles. */
function troublesOf({ team, network }: Play, { situation, lost }: At): readonly Trouble[] {
  const all = stuckBecause(team, situation, network);
  if (lost.length === 0) return all;
  return all.filter(
    (trouble) =>
      !concerns(trouble, lost) && (trouble.kind === "unread" || team.roles[trouble.role]?.kind !== "optional"),
  );
}

function concerns(trouble: Trouble, lost: readonly number[]): boolean {
  return lost.includes(trouble.kind === "unread" ? trouble.sent.to : trouble.role);
}

/**
 * Messages that stand first where a role waits, on every channel that it waits for, and that it cannot take there: it
 * will never go on, whatever the others do.
 */
function untakable({ team }: Play, { situation, lost }: At): readonly Trouble[] {
  return situation.threads.flatMap((thread, role) =>
    thread === null || lost.includes(role)
      ? []
      : actingOf(thread).flatMap((leaf) => blockedBy(team, situation, leaf, role)),
  );
}

function blockedBy(team: Team, situation: At["situation"], leaf: Thread, role: number): readonly Trouble[] {
  const steps = stateOf(team, leaf)?.steps ?? [];
  if (steps.length === 0 || steps.some(({ kind }) => kind !== "receive")) return [];
  const peers = [...new Set(steps.map(({ peer }) => peer))];
  const firsts = peers.map((peer) => firstOf(team, situation, leaf, peer));
  const isBlocked = firsts.every((sent, i) => {
    const takes = ({ peer, label }: Step): boolean => peer === peers[i] && label === sent?.label;
    return sent !== undefined && (sent.path !== leaf.path || !steps.some(takes));
  });
  const [sent] = firsts;
  if (!isBlocked || sent === undefined) return [];
  return [{ kind: "unexpected", role, path: leaf.path, sent, for: awaitedBy(team, steps) }];
}

/** Messages to roles that have come to their end and take nothing any more. */
function leftBehind({ team }: Play, { situation, lost }: At): readonly Trouble[] {
  return situation.inboxes.flatMap((inbox, role) => {
    const thread = situation.threads[role] ?? null;
    if (inbox.length === 0 || thread === null || lost.includes(role)) return [];
    const isDone = isAtEnd(team, thread) && (stateOf(team, thread)?.steps.length ?? 0) === 0;
    if (!isDone) return [];
    return inbox.filter((sent) => isBetweenRoles(team, sent)).map((sent): Trouble => ({ kind: "unread", sent }));
  });
}
