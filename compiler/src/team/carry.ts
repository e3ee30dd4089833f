// What the roles of the network do: they carry the messages of a wait to its judge, and the answer back. In: a team and
// a situation. Out: the situation in which all of them wait. They decide nothing, so it is one situation.

import { belongs, claimKey } from "./paths.js";
import type { Sent, Situation } from "./situation.js";
import { advance, stateOf, threadOf, type Thread } from "./thread.js";
import type { Team } from "./team.js";

/** Something that a role of the network has sent or received. */
export interface Carried {
  readonly role: number;
  readonly kind: "send" | "receive";
  readonly peer: number;
  readonly label: number;
  readonly path: string;
}

/** Lets the network act: it never decides anything, so it goes on until it waits. Adds what it does to a list. */
export function carry(team: Team, from: Situation, carried: Carried[] = []): Situation {
  let here = from;
  for (let role = 0; role < team.roles.length; role++) {
    if (team.roles[role]?.network?.kind !== "wait" || (here.inboxes[role]?.length ?? 0) === 0) continue;
    for (const path of new Set(here.inboxes[role]?.map((sent) => sent.path)))
      here = carryAt(team, here, role, path, carried);
  }
  return here;
}

function carryAt(team: Team, from: Situation, role: number, path: string, carried: Carried[]): Situation {
  const key = claimKey(path, role);
  let thread = carrierAt(team, from, role, path);
  const inboxes = [...from.inboxes];
  for (let going = true; going;) {
    going = false;
    for (const step of stateOf(team, thread)?.steps ?? []) {
      const inbox: readonly Sent[] = inboxes[role] ?? [];
      const index = step.kind === "receive" ? firstFrom(team, inbox, step.peer, path) : -1;
      if (step.kind === "receive" && inbox[index]?.label !== step.label) continue;
      if (step.kind === "receive") inboxes[role] = inbox.toSpliced(index, 1);
      else inboxes[step.peer] = [...(inboxes[step.peer] ?? []), { from: role, to: step.peer, label: step.label, path }];
      if (step.kind === "send" || step.kind === "receive")
        carried.push({ role, kind: step.kind, peer: step.peer, label: step.label, path });
      thread = advance(team, thread, step.then).thread;
      going = true;
      break;
    }
  }
  return { ...from, inboxes, network: { ...from.network, [key]: thread } };
}

/** Where the first message of a sender on a path stands in the inbox of a role of the network; -1: there is none. */
export function firstFrom(team: Team, inbox: readonly Sent[], sender: number, path: string): number {
  return inbox.findIndex((sent) => sent.path === path && belongs(team, sent.from, sender));
}

/** The thread of a role of the network on a path. It stands in one block, that of its wait. */
export function carrierAt(team: Team, { network }: Situation, role: number, path: string): Thread {
  const block = team.blocks.findIndex((machines) => (machines[role] ?? -1) >= 0);
  return network[claimKey(path, role)] ?? threadOf(team, block, path, role);
}
