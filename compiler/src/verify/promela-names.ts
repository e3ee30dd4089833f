// Names for a model in Promela: of processes, channels and labels. In: a team. Out: names that are words of nobody's
// language: each begins with a letter and a number of its own, whatever the source calls it.

import type { Team } from "../team/team.js";
import { tableOf } from "../team/table.js";

export interface Names {
  /** By role that has a process: all but those that stand for data. */
  readonly roles: ReadonlyMap<number, string>;
  /** By sender and receiver, `from to`: those between whom something is sent. */
  readonly channels: ReadonlyMap<string, string>;
  readonly channelOf: (from: number, to: number) => string;
  /** Those that are sent. */
  readonly labels: readonly string[];
  /** The index into `labels` of a label of the team. */
  readonly labelOf: (label: number) => number;
}

/** The names of all that occurs in the steps of a team. */
export function stepNames(team: Team): Names {
  const roles = new Map<number, string>();
  const channels = new Map<string, string>();
  const used = tableOf<number>();
  const add = (from: number, to: number): unknown => channels.set(`${from} ${to}`, `c${from}_${to}`);
  team.machines.forEach(({ role, states }) => {
    const own = team.roles[role];
    if (own?.network?.kind === "data") return;
    roles.set(role, `R${role}_${word(own?.name ?? "")}`);
    for (const { kind, peer, label } of states.flatMap(({ steps }) => steps)) {
      if (kind === "fail" || kind === "begin") continue;
      used.numberOf(label);
      if (kind === "send") add(role, peer);
      else add(peer, role);
    }
  });
  for (const [announcer, { network }] of team.roles.entries())
    if (network?.kind === "data") for (const knower of network.knowers) add(announcer, knower);
  return {
    roles,
    channels,
    channelOf: (from, to) => channels.get(`${from} ${to}`) ?? `c${from}_${to}`,
    labels: used.items.map((label) => `L${label}_${word(team.labels[label] ?? "")}`),
    labelOf: used.numberOf,
  };
}

/** What of a text may stand in a name. */
function word(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9]+/g, "_").slice(0, 40);
}
