// A run by script: one line for each thing that is to happen. In: a team and the text of a script. Out: the run, or the
// line that cannot happen, with what could. What a line needs to have been received before is received.

import { initial, type Situation } from "../team/situation.js";
import type { Move } from "../team/moves.js";
import { movesFrom } from "../team/moves.js";
import type { Team } from "../team/team.js";
import { endingOf, happenedBy, type Happened, type Run } from "./run.js";
import { shortestWay } from "./search.js";
import { lineOf } from "./words.js";

export type Scripted =
  | { readonly kind: "run"; readonly run: Run }
  | { readonly kind: "wrong"; readonly line: number; readonly text: string; readonly possible: readonly string[] };

/** How many situations a line may be away. */
const farthest = 2_000;

/**
 * Runs a script: `Coder -> Reviewer: Module` sends, `Reviewer takes Module from Coder` receives, and so on, as the table of
 * a run has it; `//` begins a comment. Behind the last line what is under way is received, and nothing more is decided.
 */
export function runScript(team: Team, script: string): Scripted {
  const happened: Happened[] = [];
  let situation = initial(team);
  const take = (way: ReturnType<typeof shortestWay>): void => {
    for (const { move, stepped } of way?.moves ?? []) happened.push(happenedBy(team, move, stepped));
    situation = way?.situation ?? situation;
  };
  for (const [index, raw] of script.split("\n").entries()) {
    const text = plain(raw.replace(/(^|\s)\/\/.*$/, ""));
    if (text === "") continue;
    const way = shortestWay(team, situation, {
      may: (move) => isByTheWay(move) || plain(lineOf(team, move)) === text,
      isGoal: (_, __, last) => last !== null && plain(lineOf(team, last)) === text,
      most: farthest,
    });
    if (way === null) return { kind: "wrong", line: index + 1, text, possible: possibleFrom(team, situation) };
    take(way);
  }
  for (let next = received(team, situation); next !== null; next = received(team, situation)) take(next);
  return { kind: "run", run: { seed: 0, agents: null, happened, ending: endingOf(team, situation), situation } };
}

/** One reception that nobody decides; null: there is none. */
function received(team: Team, from: Situation): ReturnType<typeof shortestWay> {
  return shortestWay(team, from, {
    may: (move) => move.kind === "receive",
    isGoal: (_, __, last) => last !== null,
    most: 10,
  });
}

/** What may be done before a line without being written: receptions, and what is not shown. */
function isByTheWay({ kind, text }: Move): boolean {
  return kind === "receive" || kind === "begin" || text === null;
}

/** What could be the next line, receptions done. */
function possibleFrom(team: Team, situation: Situation): readonly string[] {
  const found = new Set<string>();
  shortestWay(team, situation, {
    may: (move) => isByTheWay(move),
    isGoal: (at) => {
      for (const move of movesFrom(team, at))
        if (move.text !== null && move.kind !== "receive") found.add(lineOf(team, move));
      return false;
    },
    most: 200,
  });
  return [...found];
}

/** Without backticks and doubled spaces. */
function plain(text: string): string {
  return text.replaceAll("`", "").replaceAll(/\s+/g, " ").trim();
}
