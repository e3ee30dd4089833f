// Agents that act by chance. In: chance. Out: a team of agents with manners of their own, which choose from moves. With
// many seeds each manner comes up: a swarm finds more than agents that are all alike.

import { isBetweenRoles, type Sent } from "../team/situation.js";
import type { Move } from "../team/moves.js";
import type { Team } from "../team/team.js";
import { weighted, type Chance } from "./chance.js";

export interface Agents {
  /** `even`: all alike. `slow readers`: what has come lies for long. `eager senders`: first they send all they can. */
  readonly manner: "even" | "slow readers" | "eager senders";
  /** How often a judge gives up or refuses where it need not. */
  readonly givesUp: "rarely" | "often";
  /** By role: how fast it is. */
  readonly pace: readonly number[];
}

/** Agents by chance. */
export function agentsFrom(team: Team, chance: Chance): Agents {
  const manners = ["even", "slow readers", "eager senders"] as const;
  return {
    manner: manners[Math.floor(chance() * manners.length)] ?? "even",
    givesUp: chance() < 0.7 ? "rarely" : "often",
    pace: team.roles.map(() => 0.2 + chance()),
  };
}

/** One of some moves; null: there are none. First who acts, then what, so that many branches do not make a role faster. */
export function chosen(team: Team, agents: Agents, moves: readonly Move[], chance: Chance): Move | null {
  const byRole = new Map<number, Move[]>();
  for (const move of moves) byRole.set(move.role, [...(byRole.get(move.role) ?? []), move]);
  const roles = [...byRole].map(([role, own]) => {
    const weights = own.map((move) => weightOf(team, agents, move));
    return { own, weights, pace: Math.max(...weights) * (agents.pace[role] ?? 1) };
  });
  const acting =
    roles[
      weighted(
        chance,
        roles.map(({ pace }) => pace),
      )
    ];
  return acting?.own[weighted(chance, acting.weights)] ?? null;
}

const GIVING_UP: Readonly<Record<Agents["givesUp"], number>> = { rarely: 0.02, often: 0.5 };

function weightOf(team: Team, { manner, givesUp }: Agents, move: Move): number {
  if (isGivingUp(team, move)) return GIVING_UP[givesUp];
  if (move.kind === "fail") return 0.2;
  if (move.kind === "receive") return manner === "slow readers" ? 0.1 : 1;
  return manner === "eager senders" && move.kind === "send" ? 10 : 1;
}

/** Whether a judge gives up with this, passes over somebody, or refuses. */
export function isGivingUp(team: Team, { kind, puts, label }: Move): boolean {
  if (kind !== "send" || puts.some((sent: Sent) => isBetweenRoles(team, sent))) return false;
  const word = team.labels[label];
  return word === "late" || word === "skip" || word === "refused";
}
