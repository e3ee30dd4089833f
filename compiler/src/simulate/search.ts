// A shortest way through what a team can do. In: a team, where it begins, what may be done and what is looked for. Out:
// the moves that lead there, or none within the bound.

import { stepOf, type Stepped } from "../team/after.js";
import { movesFrom, type Move } from "../team/moves.js";
import { keyOf, type Situation } from "../team/situation.js";
import type { Team } from "../team/team.js";

export interface Way {
  readonly moves: readonly { readonly move: Move; readonly stepped: Stepped }[];
  readonly situation: Situation;
}

export interface Wanted {
  /** Whether a move may be on the way; all, if nothing is said. */
  readonly may?: (move: Move) => boolean;
  /** Whether this is what is looked for; `last` is the move that has led there, null at the beginning. */
  readonly isGoal: (situation: Situation, moves: readonly Move[], last: Move | null) => boolean;
  /** Situations, at most. */
  readonly most: number;
}

interface Visit {
  readonly situation: Situation;
  readonly move: Move | null;
  readonly stepped: Stepped | null;
  readonly before: Visit | null;
}

/** Who is more messages behind than this is not looked at: in a loop without end it could be ever so many. */
const mostUnread = 6;

/** Breadth first. null: there is none, or it is further away than the bound lets one look. */
export function shortestWay(team: Team, from: Situation, { may = () => true, isGoal, most }: Wanted): Way | null {
  const seen = new Set([keyOf(team, from)]);
  const work: Visit[] = [{ situation: from, move: null, stepped: null, before: null }];
  for (let i = 0; i < work.length && i < most; i++) {
    const here = work[i];
    if (here === undefined) break;
    const moves = movesFrom(team, here.situation);
    if (isGoal(here.situation, moves, here.move)) return wayTo(here);
    for (const move of moves) {
      if (!may(move)) continue;
      const stepped = stepOf(team, here.situation, move);
      const key = keyOf(team, stepped.situation);
      if (seen.has(key) || stepped.situation.inboxes.some((inbox) => inbox.length > mostUnread)) continue;
      seen.add(key);
      work.push({ situation: stepped.situation, move, stepped, before: here });
    }
  }
  return null;
}

function wayTo(visit: Visit): Way {
  const moves: { move: Move; stepped: Stepped }[] = [];
  for (let at: Visit | null = visit; at !== null; at = at.before)
    if (at.move !== null && at.stepped !== null) moves.push({ move: at.move, stepped: at.stepped });
  return { moves: moves.toReversed(), situation: visit.situation };
}
