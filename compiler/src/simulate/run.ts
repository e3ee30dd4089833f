// One run of a team. In: a team, who chooses, and bounds. Out: what has happened, in its order, and how it ended.

import type { Span } from "@chor/grammar";
import { stepOf, type Stepped } from "../team/after.js";
import { isOver, stuckBecause, unawareIn, type Trouble } from "../team/ends.js";
import { movesFrom, type Move } from "../team/moves.js";
import { initial, type Situation } from "../team/situation.js";
import type { Round } from "../team/thread.js";
import type { Team } from "../team/team.js";
import { agentsFrom, chosen, isGivingUp, type Agents } from "./agents.js";
import { chanceFrom } from "./chance.js";
import { deedOf, lineOf, nameOf } from "./words.js";

/** One step of one role. */
export interface Happened {
  readonly role: string;
  /** `sends Module to Reviewer`. */
  readonly does: string;
  /** As a script writes it. */
  readonly line: string;
  readonly span: Span;
  /** Whether people are shown it: a judge that goes on waiting is no news. */
  readonly isShown: boolean;
  readonly givesUp: boolean;
  readonly move: Move;
  readonly rounds: readonly Round[];
  readonly carried: Stepped["carried"];
}

export type Ending =
  /** Everybody is at an end, and nothing lies about. */
  | { readonly kind: "over" }
  /** By the act of a role. */
  | { readonly kind: "failed" }
  /** Nothing can happen any more, and not all is well; or a role cannot know that it is over. */
  | { readonly kind: "stuck"; readonly troubles: readonly Trouble[] }
  /** A role is lost; the others have come to their ends, or (`troubles`) wait for it. */
  | { readonly kind: "lost"; readonly role: number; readonly troubles: readonly Trouble[] }
  /** The bound is reached, or a script is at its end. */
  | { readonly kind: "open"; readonly next: readonly string[] };

export interface Run {
  readonly seed: number;
  /** null: not by chance. */
  readonly agents: Agents | null;
  readonly happened: readonly Happened[];
  readonly ending: Ending;
  /** Where the team is at the end. */
  readonly situation: Situation;
}

export interface RunOptions {
  readonly seed: number;
  /** Steps, at most. */
  readonly steps: number;
  /** A role that stops somewhere and is not heard of again; null: none. */
  readonly lost: number | null;
}

/** Runs a team with agents that act by chance, from its beginning or from elsewhere; the same seed gives the same run. */
export function runByChance(team: Team, { seed, steps, lost }: RunOptions, from: Situation = initial(team)): Run {
  const chance = chanceFrom(seed);
  const agents = agentsFrom(team, chance);
  // Most often early: who is lost at the very end is hardly missed.
  const lostAfter = lost === null ? Infinity : Math.floor(chance() ** 2 * 20);
  const happened: Happened[] = [];
  let acts = 0;
  let situation = from;
  while (happened.length < steps) {
    const moves = movesFrom(team, situation).filter(({ role }) => role !== lost || acts < lostAfter);
    const move = chosen(team, agents, moves, chance);
    if (move === null) break;
    if (move.role === lost) acts++;
    const stepped = stepOf(team, situation, move);
    happened.push(happenedBy(team, move, stepped));
    situation = stepped.situation;
  }
  return { seed, agents, happened, ending: endingOf(team, situation, acts < lostAfter ? null : lost), situation };
}

/** A move and what came of it, in words. */
export function happenedBy(team: Team, move: Move, { rounds, carried }: Stepped): Happened {
  return {
    role: nameOf(team, move.role),
    does: deedOf(team, move),
    line: lineOf(team, move),
    span: move.span,
    isShown: move.text !== null,
    givesUp: isGivingUp(team, move),
    move,
    rounds,
    carried,
  };
}

/** How a team stands where a run stops. `lost`: a role that does nothing any more. */
export function endingOf(team: Team, situation: Situation, lost: number | null = null): Ending {
  if (situation.failed) return { kind: "failed" };
  const moves = movesFrom(team, situation).filter(({ role }) => role !== lost);
  if (moves.length > 0) {
    const lines = moves.filter(({ text }) => text !== null).map((move) => lineOf(team, move));
    return { kind: "open", next: [...new Set(lines)] };
  }
  if (lost !== null)
    return {
      kind: "lost",
      role: lost,
      troubles: stuckBecause(team, situation).filter((each) => !concerns(each, lost)),
    };
  const troubles = stuckBecause(team, situation);
  if (troubles.length > 0) return { kind: "stuck", troubles };
  const unaware = unawareIn(team, situation);
  return unaware.length > 0 || !isOver(team, situation) ? { kind: "stuck", troubles: unaware } : { kind: "over" };
}

function concerns(trouble: Trouble, role: number): boolean {
  return trouble.kind === "unread" ? trouble.sent.to === role : trouble.role === role;
}
