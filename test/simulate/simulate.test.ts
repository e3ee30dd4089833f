// Simulated runs against the reference interpreter and the check, on random programs: what is done is a run of the
// program, what is accepted never gets stuck, what is refused fails when its counterexample is played. CHOR_CASES and
// CHOR_SEED choose programs.

import { describe, expect, test } from "vitest";
import { check } from "@chor/compiler";
import { inCore, type Told } from "../../compiler/src/simulate/counterexamples.js";
import { readyTeam } from "../../compiler/src/simulate/ready.js";
import { replay, type Replayed } from "../../compiler/src/simulate/replay.js";
import { runByChance, type Happened } from "../../compiler/src/simulate/run.js";
import { runScript } from "../../compiler/src/simulate/script.js";
import { tallyOf } from "../../compiler/src/simulate/summary.js";
import { areRuns } from "../../compiler/src/simulate/traces.js";
import { teamOf, type Team } from "../../compiler/src/team/team.js";
import { kinds, sampleOf, seedsOf } from "../team/programs.js";

const usual = 200;
const patience = 60_000 + 400 * Number(process.env["CHOR_CASES"] ?? usual);
const runsOfEach = 4;

describe("runs of random programs", () => {
  for (const kind of kinds) {
    test(
      kind.name,
      () => {
        const tally = { over: 0, failed: 0, stuck: 0, open: 0, lost: 0, refused: 0, refusedStuck: 0 };
        for (const seed of seedsOf(kind, usual)) {
          const sample = sampleOf(kind, seed);
          const team = sample === null ? null : teamOf(sample.core, { elements: seed % 3 }).team;
          if (sample === null || team === null) continue;
          let stuck = false;
          for (let i = 0; i < runsOfEach; i++) {
            const run = runByChance(team, { seed: seed * runsOfEach + i, steps: 60, lost: null });
            const { kind: end } = run.ending;
            stuck ||= end === "stuck";
            if (!sample.accepted) continue;
            tally[end]++;
            const lines = run.happened.map(({ line }) => line);
            expect({ seed, text: sample.text, lines, end }).not.toMatchObject({ end: "stuck" });
            // Behind a `fail` nothing is asked of anybody, and some are there before it has happened.
            if (kind.mayFail === true && end !== "over") continue;
            // Of the elements of a scatter, each is a run of its own, which the interpreter does not ask for here.
            const isRun = areRuns(team, run.happened, end === "over");
            expect({ seed, text: sample.text, lines, isRun }).toMatchObject({ isRun: true });
          }
          if (!sample.accepted) tally.refused++;
          if (!sample.accepted && stuck) tally.refusedStuck++;
        }
        console.log(`${kind.name}: ${JSON.stringify(tally)}`);
        expect(tally.over).toBeGreaterThan(0);
      },
      patience,
    );
  }

  test("what is no run is noticed", () => {
    const noticed = seedsOf({ ...kinds[0]!, share: 1 }, 40).filter((seed) => {
      const sample = sampleOf(kinds[0]!, seed);
      const team = sample?.accepted === true ? teamOf(sample.core).team : null;
      if (team === null) return false;
      const { happened, ending } = runByChance(team, { seed, steps: 60, lost: null });
      const isShort = happened.length < 2 || ending.kind !== "over";
      return !isShort && [withoutLast(happened), swapped(happened)].every((other) => !areRuns(team, other, true));
    });
    expect(noticed.length).toBeGreaterThan(10);
  });
});

function withoutLast(happened: readonly Happened[]): readonly Happened[] {
  return happened.slice(0, -1);
}

/** The first message with another label. */
function swapped(happened: readonly Happened[]): readonly Happened[] {
  const [first, ...rest] = happened;
  return first === undefined ? [] : [{ ...first, move: { ...first.move, label: -1 } }, ...rest];
}

describe("counterexamples that are played", () => {
  for (const kind of kinds) {
    test(
      kind.name,
      () => {
        const tally = { programs: 0, played: 0, whole: 0, inArm: 0, stuck: 0, strange: 0, nothing: 0 };
        for (const seed of seedsOf(kind, usual)) {
          const sample = sampleOf(kind, seed);
          if (sample === null || sample.accepted) continue;
          tally.programs++;
          for (const told of inCore(sample.core).slice(0, 2)) {
            const { runs, failure } = played(told);
            tally.played++;
            if (runs === null) tally.inArm++;
            else if (runs.every(({ isWhole }) => isWhole)) tally.whole++;
            if (failure === null) tally.nothing++;
            else tally[failure.isStrange ? "strange" : "stuck"]++;
            if (runs === null || runs.some(({ isWhole }) => !isWhole)) continue;
            // What the role has seen is the same in both.
            const own = runs.map(({ happened }) => seenBy(told.view.role, happened));
            expect({ seed, text: sample.text, own: own[0] }).toMatchObject({ own: own[1] });
          }
        }
        console.log(`${kind.name}: ${JSON.stringify(tally)}`);
        // A loop that a role does not count may be over in a run that no team gets to.
        const share = kind.name === "counted loops" ? 0.4 : 0.8;
        expect(tally.whole + tally.inArm).toBeGreaterThanOrEqual(Math.floor(tally.played * share));
        expect(tally.nothing).toBeLessThanOrEqual(Math.ceil(tally.played * 0.1));
      },
      patience,
    );
  }
});

/** With the first number of elements with which something goes wrong. */
function played(told: Told): Replayed {
  const all = [1, 0, 2].map((elements) => teamOf(told.core, { elements }).team);
  let found: Replayed = { runs: null, failure: null };
  for (const team of all) {
    if (team === null || found.failure !== null) continue;
    found = replay(team, told, 400);
    if (team.constructs.every(({ kind }) => kind !== "scatter")) break;
  }
  return found;
}

function seenBy(role: number, happened: readonly Happened[]): readonly string[] {
  return happened.filter(({ move, isShown }) => move.role === role && isShown).map(({ line }) => line);
}

// ---- one program ---------------------------------------------------------------------------------------

const review = `artifact Module { source: string(1..100) }
choreography Review(Author, Editor, Printer) {
  loop round max 3 {
    Author -> Editor: Module
    choice verdict at Editor {
      Editor -> Author, Printer: Accept()
      break round
    } or {
      Editor -> Author: Revise()
    }
  } else { Editor -> Author, Printer: GiveUp() }
}
`;

const waiting = `artifact Answer { text: string(1..100) }
choreography Ask(Asker, Expert) {
  Expert -> Asker: Answer within 5m else { Asker -> Expert: Never() }
}
`;

function teamFor(text: string): Team {
  const ready = readyTeam(check({ file: "a.chor", text }), { choreography: null, members: new Map(), elements: 2 });
  if (ready.kind !== "ready") throw new Error(JSON.stringify(ready));
  return ready.team;
}

test("the same seed gives the same run, another one another", () => {
  const lines = (seed: number): string =>
    runByChance(teamFor(review), { seed, steps: 100, lost: null })
      .happened.map(({ line }) => line)
      .join();
  expect(lines(3)).toBe(lines(3));
  expect(new Set([1, 2, 3, 4, 5, 6].map(lines)).size).toBeGreaterThan(2);
});

test("a run stops after so many steps", () => {
  const { happened, ending } = runByChance(teamFor(review), { seed: 1, steps: 3, lost: null });
  expect(happened).toHaveLength(3);
  expect(ending.kind).toBe("open");
});

test("many runs in numbers", () => {
  const team = teamFor(review);
  const tally = tallyOf(team);
  for (let seed = 1; seed <= 200; seed++) tally.add(runByChance(team, { seed, steps: 100, lost: null }));
  const { runs, endings, messages, sent, choices, rounds } = tally.summary();
  expect({ runs, over: endings.over.count, messages }).toEqual({
    runs: 200,
    over: 200,
    messages: { min: 3, median: expect.any(Number) as number, max: 8 },
  });
  expect(sent.map(({ role }) => role)).toEqual(["Author", "Editor"]);
  const taken = choices[0]?.branches.reduce((sum, { count }) => sum + count, 0);
  expect(taken).toBe(sent[0]?.count);
  expect(rounds.map(({ loop, spread }) => [loop, spread.max])).toEqual([["round", 3]]);
});

test("a script: what a line needs is received before", () => {
  const scripted = runScript(
    teamFor(review),
    "// twice\nAuthor -> Editor: Module\n\nEditor -> Author: Revise // not yet\nAuthor -> Editor: Module\nEditor -> Author: Accept\n",
  );
  if (scripted.kind !== "run") throw new Error(JSON.stringify(scripted));
  const { happened, ending } = scripted.run;
  expect(happened.map(({ line }) => line)).toEqual([
    "Author -> Editor: Module",
    "Editor takes Module from Author",
    "Editor -> Author: Revise",
    "Author takes Revise from Editor",
    "Author -> Editor: Module",
    "Editor takes Module from Author",
    "Editor -> Author: Accept",
    "Author takes Accept from Editor",
  ]);
  expect(ending).toEqual({ kind: "open", next: ["Editor -> Printer: Accept"] });
});

test("a script: a line that cannot happen, and what could", () => {
  const scripted = runScript(teamFor(review), "Author -> Editor: Module\nPrinter -> Author: No\n");
  expect(scripted).toEqual({
    kind: "wrong",
    line: 2,
    text: "Printer -> Author: No",
    possible: ["Editor -> Author: Accept", "Editor -> Author: Revise"],
  });
});

test("a script may say who gives up", () => {
  const team = teamFor(waiting);
  const line = runByChance(team, { seed: 1, steps: 100, lost: 1 }).happened.find(({ givesUp }) => givesUp)?.line ?? "";
  expect(line).toMatch(/^Asker gives up/);
  const scripted = runScript(team, `${line}\nAsker -> Expert: Never\n`);
  expect(scripted).toMatchObject({ kind: "run" });
});

test("who waits with an `else` does not mind a lost role", () => {
  const team = teamFor(waiting);
  const ends = Array.from({ length: 40 }, (_, seed) => runByChance(team, { seed, steps: 100, lost: 1 }).ending);
  expect(ends.every(({ kind }) => kind === "lost" || kind === "over")).toBe(true);
  for (const end of ends) if (end.kind === "lost") expect(end.troubles).toEqual([]);
});

test("who waits without an `else` waits for ever for a lost role", () => {
  const team = teamFor(review);
  const ends = Array.from({ length: 40 }, (_, seed) => runByChance(team, { seed, steps: 100, lost: 1 }).ending);
  expect(ends.some((end) => end.kind === "lost" && end.troubles.length > 0)).toBe(true);
});
