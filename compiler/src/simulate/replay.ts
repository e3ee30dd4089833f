// A counterexample of the check, played by the team. In: a team and two runs that a role cannot tell apart. Out: what the
// team does in each of them up to there, and what goes wrong when it goes on: found by a search, not taken from the check.

import { markerLabel } from "../arms/blocks.js";
import type { Letter } from "../automaton/global.js";
import { happening } from "../report/waits.js";
import { stepOf } from "../team/after.js";
import { stuckBecause, unawareIn } from "../team/ends.js";
import { movesFrom, type Move } from "../team/moves.js";
import { initial, type Situation } from "../team/situation.js";
import type { Team } from "../team/team.js";
import type { Told } from "./counterexamples.js";
import { endingOf, happenedBy, runByChance, type Ending, type Happened } from "./run.js";
import { shortestWay, type Way } from "./search.js";
import { areRuns } from "./traces.js";

export interface Replayed {
  /** What the team does in the two runs; null: they lie in an arm, and are looked for from the beginning. */
  readonly runs: readonly [Driven, Driven] | null;
  /** What goes wrong; null: nothing was found within the bound. */
  readonly failure: Failure | null;
}

export interface Driven {
  readonly happened: readonly Happened[];
  readonly situation: Situation;
  /** Whether everybody has done all that this run asks. */
  readonly isWhole: boolean;
}

export interface Failure {
  /** The run that the team takes; null: from the beginning. */
  readonly run: 0 | 1 | null;
  /** What it does behind the run. */
  readonly happened: readonly Happened[];
  readonly ending: Ending;
  /** Nobody is stuck, but what was done is no run of the choreography. */
  readonly isStrange: boolean;
}

/** Plays a counterexample. `most`: situations that are looked at for each way of going on. */
export function replay(team: Team, told: Told, most: number): Replayed {
  const runs = told.block === 0 ? ([driven(team, told, 0), driven(team, told, 1)] as const) : null;
  const starts: readonly Start[] =
    runs === null
      ? [{ run: null, happened: [], situation: initial(team) }]
      : [
          { run: 1, ...runs[1] },
          { run: 0, ...runs[0] },
        ];
  const stuck = starts.flatMap((start) => failureFrom(team, start, isStuck, most));
  if (stuck.length > 0) return { runs, failure: shortest(stuck) };
  const unaware = starts.flatMap((start) => failureFrom(team, start, isUnaware, most));
  if (unaware.length > 0) return { runs, failure: shortest(unaware) };
  return { runs, failure: byChance(team, starts) ?? strange(team, told, starts) };
}

/** How often, and how long, it is tried by chance where a search has found nothing near. */
const tries = 200;
const longestTry = 200;

/** What goes wrong far away is found by chance sooner than by a search. */
function byChance(team: Team, starts: readonly Start[]): Failure | null {
  for (let seed = 1; seed <= tries; seed++) {
    for (const { run, situation } of starts) {
      const { happened, ending } = runByChance(team, { seed, steps: longestTry, lost: null }, situation);
      if (ending.kind === "stuck") return { run, happened, ending, isStrange: false };
    }
  }
  return null;
}

interface Start {
  readonly run: 0 | 1 | null;
  readonly happened: readonly Happened[];
  readonly situation: Situation;
}

function isStuck(team: Team, situation: Situation, moves: readonly Move[]): boolean {
  return moves.length === 0 && stuckBecause(team, situation).length > 0;
}

function isUnaware(team: Team, situation: Situation): boolean {
  return unawareIn(team, situation).length > 0;
}

function failureFrom(team: Team, start: Start, isGoal: typeof isStuck, most: number): readonly Failure[] {
  const way = shortestWay(team, start.situation, {
    isGoal: (situation, moves) => isGoal(team, situation, moves),
    most,
  });
  return way === null ? [] : [failureOf(team, start.run, way)];
}

function failureOf(team: Team, run: Start["run"], { moves, situation }: Way): Failure {
  const happened = moves.map(({ move, stepped }) => happenedBy(team, move, stepped));
  const unaware = unawareIn(team, situation);
  const ending: Ending =
    movesFrom(team, situation).length > 0 && unaware.length > 0
      ? { kind: "stuck", troubles: unaware }
      : endingOf(team, situation);
  return { run, happened, ending, isStrange: false };
}

function shortest(failures: readonly Failure[]): Failure | null {
  return failures.toSorted((a, b) => a.happened.length - b.happened.length)[0] ?? null;
}

/** The role does in one run what it does in the other, and so does what no run of the choreography has there. */
function strange(team: Team, told: Told, starts: readonly Start[]): Failure | null {
  for (const start of starts) {
    for (const move of movesFrom(team, start.situation)) {
      if (move.role !== told.view.role) continue;
      const stepped = stepOf(team, start.situation, move);
      const happened = [happenedBy(team, move, stepped)];
      if (areRuns(team, [...start.happened, ...happened])) continue;
      const ending = endingOf(team, stepped.situation);
      return { run: start.run, happened, ending, isStrange: true };
    }
  }
  return null;
}

// ---- the two runs ----------------------------------------------------------------------------------------

/** What a role has to do next in a run: a letter of the automaton; of arms, whatever it does there. */
type Word = readonly number[];

/** A run is played up to this length: what is done in arms may go round for ever. */
const longest = 500;

/** Lets everybody do what a run asks of it, in whatever order it can be done. */
function driven(team: Team, told: Told, which: 0 | 1): Driven {
  const words = wordsOf(team, told, which);
  const at = words.map(() => 0);
  const happened: Happened[] = [];
  let situation = initial(team);
  for (let move = nextMove(team, told, situation, words, at); move !== null && happened.length < longest;) {
    const stepped = stepOf(team, situation, move);
    happened.push(happenedBy(team, move, stepped));
    situation = stepped.situation;
    if (situation.threads[move.role]?.inside === null) at[move.role] = (at[move.role] ?? 0) + 1;
    move = nextMove(team, told, situation, words, at);
  }
  const isWhole = words.every((word, role) => {
    const left = word.slice(at[role] ?? 0);
    return situation.threads[role] === null || left.every((letter) => isSilent(told, letter));
  });
  return { happened, situation, isWhole };
}

/** A judge says that it reads, or passes over somebody: until there is something to read it goes on waiting. */
function isSilent({ view }: Told, letter: number): boolean {
  const own = view.tables.automaton.letters[letter];
  return own?.kind === "message" && happening(view.tables.automaton, letter)?.kind === "judged" && own.label === "ok";
}

function nextMove(
  team: Team,
  told: Told,
  situation: Situation,
  words: readonly Word[],
  at: readonly number[],
): Move | null {
  const next = movesFrom(team, situation).find((move) => {
    const letter = words[move.role]?.[at[move.role] ?? 0];
    return letter !== undefined && isMeant(team, told, move, letter);
  });
  return next ?? null;
}

function isMeant(team: Team, { view }: Told, move: Move, letter: number): boolean {
  const own = view.tables.automaton.letters[letter];
  if (own === undefined || "loop" in own) return false;
  const inside = move.thread.inside;
  const construct = constructOf(own);
  if (construct >= 0) return inside?.construct === construct || move.path !== "";
  if (move.path !== "") return false;
  if (own.kind === "fail") return move.kind === "fail" && move.role === own.from;
  if (team.labels[move.label] !== own.label) return false;
  if (move.role === own.from) return move.kind === "send" && move.peer === own.to;
  return (move.kind === "receive" || move.kind === "decide") && move.peer === own.from && move.role === own.to;
}

/** By role: its letters in a run, and in what follows it without the role that cannot tell. */
function wordsOf(team: Team, { core, view, example }: Told, which: 0 | 1): readonly Word[] {
  const { tables, role } = view;
  const { edges, next, overtaking } = example.runs[which];
  const words: number[][] = core.roles.map(() => []);
  const add = (edge: number, without: number): void => {
    const letter = tables.letter[edge] ?? -1;
    const own = tables.automaton.letters[letter];
    if (own === undefined || "loop" in own) return;
    const construct = constructOf(own);
    for (const who of core.roles.keys()) {
      const isParty = own.from === who || (own.kind === "message" && own.to === who);
      if (who !== without && (isParty || enters(team, who, construct))) words[who]?.push(letter);
    }
  };
  for (const edge of edges) add(edge, -1);
  if (overtaking.length > 0) for (const edge of next < 0 ? overtaking : [next, ...overtaking]) add(edge, role);
  return words;
}

/** The construct that a letter stands for; -1: it stands for a message, or a `fail`. */
function constructOf(letter: Letter): number {
  const isMarker = letter.kind === "message" && letter.label.startsWith(markerPrefix);
  return isMarker ? Number(letter.label.slice(markerPrefix.length)) : -1;
}

const markerPrefix = markerLabel(0).slice(0, -1);

/** Whether a role takes part in a construct of the body. */
function enters({ machines, blocks }: Team, role: number, construct: number): boolean {
  const states = machines[blocks[0]?.[role] ?? -1]?.states ?? [];
  return states.some(({ steps }) => steps.some(({ kind, peer }) => kind === "begin" && peer === construct));
}
