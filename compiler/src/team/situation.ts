// Where a team is: the thread of every role, with those in its arms, and what is under way. In: a team. Out: its first
// situation, and a text that is the same for the same. A situation does not depend on the kind of the network.

import type { Team } from "./team.js";
import { threadOf, type Thread } from "./thread.js";

export interface Situation {
  /** By role; null: one of the network, or one that stands for a family inside a scatter. */
  readonly threads: readonly (Thread | null)[];
  /** By receiver: what is under way to it, in the order in which it was sent. */
  readonly inboxes: readonly (readonly Sent[])[];
  /** The threads of the network that have begun, by role and path. */
  readonly network: Readonly<Record<string, Thread>>;
  /** By path and role inside: elements that a member has claimed, and that are over. */
  readonly claims: Readonly<Record<string, "claimed" | "over">>;
  /** Somebody has failed: the session is over. */
  readonly failed: boolean;
}

/** A message that is under way. */
export interface Sent {
  /** Who has acted: in a scatter, the member. */
  readonly from: number;
  /** The receiver; in a scatter, the role inside. */
  readonly to: number;
  readonly label: number;
  readonly path: string;
}

/**
 * How messages travel. `fifo`: a channel for each ordered pair of roles keeps their order. `mailbox`: each role takes
 * what was sent to it in the order of sending, whoever has sent it. `bag`: in any order. What stands for data, and what
 * is said to the roles of the network, is not sent anywhere and keeps its order.
 */
export type NetworkKind = "fifo" | "mailbox" | "bag";

/** The situation before anything has happened. */
export function initial(team: Team): Situation {
  return {
    threads: team.roles.map(({ kind }, role) =>
      kind === "network" || kind === "within" ? null : threadOf(team, 0, "", role),
    ),
    inboxes: team.roles.map(() => []),
    network: {},
    claims: {},
    failed: false,
  };
}

/** A text for a situation: the same for situations from which the same can follow on this kind of network. */
export function keyOf(team: Team, situation: Situation, network: NetworkKind = "fifo"): string {
  const { threads, inboxes, claims, failed } = situation;
  const parts = threads.map((thread) => (thread === null ? "" : threadKey(thread)));
  inboxes.forEach((inbox, to) => {
    if (inbox.length > 0) parts.push(`>${to}:${inOrder(team, inbox, network).map(sentKey).join()}`);
  });
  for (const [key, thread] of sorted(situation.network)) parts.push(`~${key}:${threadKey(thread)}`);
  for (const [key, claim] of sorted(claims)) parts.push(`#${key}:${claim}`);
  return failed ? "failed" : parts.join(";");
}

function sorted<T>(of: Readonly<Record<string, T>>): readonly (readonly [string, T])[] {
  const all = Object.entries(of);
  return all.length < 2 ? all : all.toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function threadKey({ state, counters, entries, inside, path, role }: Thread): string {
  const own = counters.length === 0 ? String(state) : `${state}*${counters.join("*")}`;
  const entered = Object.entries(entries).map(([construct, count]) => `^${construct}.${count}`);
  if (inside === null) return `${own}${entered.join("")}`;
  const threads = inside.threads.map((thread) => `${thread.role}@${thread.path}=${threadKey(thread)}`);
  return `${own}${entered.join("")}${path}${role}(${threads.toSorted().join("|")})`;
}

function sentKey({ from, label, path }: Sent): string {
  return path === "" ? `${from}.${label}` : `${from}.${label}@${path}`;
}

/** The order does not count between channels, nor in a bag; in a mailbox it does. */
function inOrder(team: Team, inbox: readonly Sent[], network: NetworkKind): readonly Sent[] {
  if (network === "mailbox" || inbox.length < 2) return inbox;
  const keepsOrder = (sent: Sent): boolean => network === "fifo" || !isBetweenRoles(team, sent);
  return inbox.toSorted((a, b) =>
    a.from !== b.from || keepsOrder(a) ? a.from - b.from : sentKey(a) < sentKey(b) ? -1 : 1,
  );
}

/** Whether a message travels from one role to another, and is no word with the network. */
export function isBetweenRoles({ roles }: Team, { from, to }: Sent): boolean {
  return roles[to]?.kind !== "network" && roles[from]?.network?.kind !== "data";
}
