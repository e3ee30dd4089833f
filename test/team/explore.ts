// A team run in every order, up to a bound: what can go wrong with it. In: a team and bounds. Out: the first trouble with
// the moves that lead there, or none. Only the tests do this; it is the plainest use of the team there is.

import { after } from "../../compiler/src/team/after.js";
import { isOver, stuckBecause, unawareIn, type Trouble } from "../../compiler/src/team/ends.js";
import { movesFrom, type Move } from "../../compiler/src/team/moves.js";
import { initial, keyOf, type NetworkKind, type Situation } from "../../compiler/src/team/situation.js";
import type { Team } from "../../compiler/src/team/team.js";

export interface Bounds {
  readonly situations: number;
  /** Messages under way to one role, at most. */
  readonly inbox: number;
}

export type Explored =
  | { readonly kind: "sound"; readonly situations: number }
  /** Some situations were not seen. */
  | { readonly kind: "bounded" }
  | { readonly kind: "trouble"; readonly troubles: readonly Trouble[]; readonly moves: readonly Move[] };

export interface Hands {
  readonly after: typeof after;
}

export function explore(team: Team, bounds: Bounds, network: NetworkKind = "fifo", hands: Hands = { after }): Explored {
  const first: Visit = { situation: initial(team), move: null, before: null };
  const seen = new Set([keyOf(team, first.situation, network)]);
  const work = [first];
  let bounded = false;
  for (let i = 0; i < work.length; i++) {
    const visit = work[i];
    if (visit === undefined || work.length > bounds.situations) return { kind: "bounded" };
    const { situation } = visit;
    const moves = movesFrom(team, situation, network);
    const unaware = unawareIn(team, situation);
    const stuck = moves.length === 0 ? stuckBecause(team, situation) : [];
    if (unaware.length + stuck.length > 0)
      return { kind: "trouble", troubles: [...unaware, ...stuck], moves: movesTo(visit) };
    if (moves.length === 0 && !isOver(team, situation)) throw new Error("It is neither over nor stuck.");
    for (const move of moves) {
      const next = hands.after(team, situation, move);
      if (next.inboxes.some((inbox) => inbox.length > bounds.inbox)) {
        bounded = true;
        continue;
      }
      const key = keyOf(team, next, network);
      if (seen.has(key)) continue;
      seen.add(key);
      work.push({ situation: next, move, before: visit });
    }
  }
  return bounded ? { kind: "bounded" } : { kind: "sound", situations: work.length };
}

interface Visit {
  readonly situation: Situation;
  readonly move: Move | null;
  readonly before: Visit | null;
}

function movesTo(visit: Visit): readonly Move[] {
  const moves: Move[] = [];
  for (let at: Visit | null = visit; at !== null; at = at.before) if (at.move !== null) moves.push(at.move);
  return moves.toReversed();
}
