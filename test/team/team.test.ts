// A team against the check, on random programs: what is accepted never gets stuck, what is refused does; a team of what is
// emitted does what the team of the automata does; a broken step is noticed. CHOR_CASES and CHOR_SEED choose programs.

import { describe, expect, test } from "vitest";
import { check } from "@chor/compiler";
import { globalAutomaton } from "../../compiler/src/automaton/build.js";
import { observe } from "../../compiler/src/automaton/observe.js";
import { desugar } from "../../compiler/src/core/desugar.js";
import { project } from "../../compiler/src/project/project.js";
import { after } from "../../compiler/src/team/after.js";
import { movesFrom, type Move } from "../../compiler/src/team/moves.js";
import { initial, keyOf, type Situation } from "../../compiler/src/team/situation.js";
import { teamOf, type Team } from "../../compiler/src/team/team.js";
import { build, choice, par, scatter, send, seq, type Sketch } from "../support/build.js";
import { explore, type Hands } from "./explore.js";
import { kinds, sampleOf, seedsOf } from "./programs.js";

const bounds = { situations: 1_500, inbox: 4 };
const patience = 60_000 + 300 * Number(process.env["CHOR_CASES"] ?? 400);

describe("what is accepted never gets stuck, what is refused does", () => {
  for (const kind of kinds) {
    test(
      kind.name,
      () => {
        const tally = { sound: 0, fails: 0, accepted: 0, refused: 0, bounded: 0 };
        const seeds = seedsOf(kind, 400);
        for (const seed of seeds) {
          const sample = sampleOf(kind, seed);
          if (sample === null) continue;
          const { team } = teamOf(sample.core, { elements: 1 });
          if (team === null) throw new Error(`seed ${seed} has no team`);
          const found = explore(team, bounds);
          tally[sample.accepted ? "accepted" : "refused"]++;
          if (found.kind === "bounded") tally.bounded++;
          else if (sample.accepted)
            expect({ seed, text: sample.text, found }).toMatchObject({ found: { kind: "sound" } });
          else tally[found.kind === "trouble" ? "fails" : "sound"]++;
        }
        console.log(`${kind.name}: ${seeds.length} programs from seed ${seeds[0]}, ${JSON.stringify(tally)}`);
        expect(tally.accepted).toBeGreaterThan(0);
        // A failure for all, an element that is alone, a loop that ends after its last round: now and then all is well.
        expect(tally.sound).toBeLessThanOrEqual(Math.ceil(tally.refused * (kind.mayFail === true ? 0.3 : 0.05)));
      },
      patience,
    );
  }
});

test("a team of what is emitted does the same as one of the automata", () => {
  const [kind] = kinds;
  let compared = 0;
  for (const seed of seedsOf({ ...kind!, share: 0.4 }, 400)) {
    const sample = sampleOf(kind!, seed);
    if (sample?.accepted !== true) continue;
    const { automaton } = globalAutomaton(sample.core);
    if (automaton === null) continue;
    const locals = sample.core.roles.map((_, role) => project(automaton, observe(automaton, role), () => []).local);
    const emitted = teamOf(sample.core, { locals }).team;
    const observed = teamOf(sample.core).team;
    if (emitted === null || observed === null) throw new Error("no team");
    expect({ seed, text: sample.text, differs: differenceOf(emitted, observed) }).toMatchObject({ differs: null });
    compared++;
  }
  expect(compared).toBeGreaterThan(50);
});

/** Walks through both at once: in every situation the same can be done in both. */
function differenceOf(one: Team, other: Team): string | null {
  const named = (team: Team, moves: readonly Move[]): ReadonlyMap<string, Move> =>
    new Map(moves.map((move) => [`${move.role} ${move.kind} ${move.peer} ${team.labels[move.label]}`, move]));
  const work: (readonly [Situation, Situation])[] = [[initial(one), initial(other)]];
  const seen = new Set<string>();
  for (let here = work.pop(); here !== undefined && seen.size < 500; here = work.pop()) {
    const [a, b] = here;
    const [left, right] = [named(one, movesFrom(one, a)), named(other, movesFrom(other, b))];
    const names = [...left.keys()].toSorted().join();
    if (names !== [...right.keys()].toSorted().join()) return `${names} | ${[...right.keys()].join()}`;
    for (const [name, move] of left) {
      const twin = right.get(name);
      if (twin === undefined) continue;
      const next = [after(one, a, move), after(other, b, twin)] as const;
      const key = `${keyOf(one, next[0])} ${keyOf(other, next[1])}`;
      if (next[0].inboxes.some((inbox) => inbox.length > 3) || seen.has(key)) continue;
      seen.add(key);
      work.push(next);
    }
  }
  return null;
}

describe("a broken step is noticed", () => {
  const wrong: Readonly<Record<string, Hands["after"]>> = {
    "that loses what is sent": (team, situation, move) => after(team, situation, { ...move, puts: [] }),
    "that sends twice": (team, situation, move) =>
      after(team, situation, { ...move, puts: [...move.puts, ...move.puts] }),
    "that forgets to take": (team, situation, move) => after(team, situation, { ...move, takes: null }),
    "that lets the receiver stand still": (team, situation, move) =>
      after(team, situation, {
        ...move,
        thread: move.kind === "receive" ? (situation.threads[move.role] ?? move.thread) : move.thread,
      }),
    "that lets everybody fail": (team, situation, move) => ({ ...after(team, situation, move), failed: true }),
  };

  test.each(Object.entries(wrong))("one %s", (_, broken) => {
    const caught = seedsOf({ ...kinds[0]!, share: 1 }, 40).some((seed) => {
      const sample = sampleOf(kinds[0]!, seed);
      const { team } = sample?.accepted === true ? teamOf(sample.core) : { team: null };
      if (team === null) return false;
      const real = explore(team, bounds);
      const other = explore(team, bounds, "fifo", { after: broken });
      return real.kind === "sound" && (other.kind !== "sound" || other.situations !== real.situations);
    });
    expect(caught).toBe(true);
  });
});

describe("the kinds of networks", () => {
  const twoTell: Sketch = {
    roles: ["A", "B", "C"],
    body: seq(send("A", "C", "First"), send("B", "C", "Second")),
  };

  test("one inbox for all deadlocks where channels do not", () => {
    const team = teamIn(twoTell);
    expect(explore(team, bounds, "fifo").kind).toBe("sound");
    expect(explore(team, bounds, "bag").kind).toBe("sound");
    expect(explore(team, bounds, "mailbox")).toMatchObject({
      kind: "trouble",
      troubles: [{ kind: "unexpected", role: 2 }],
    });
  });

  test("without an order of messages a branch can be told too early", () => {
    const rounds: Sketch = {
      roles: ["A", "B"],
      body: choice("A", seq(send("A", "B", "L"), send("A", "B", "K")), seq(send("A", "B", "K"), send("A", "B", "M"))),
    };
    const team = teamIn(rounds);
    expect(explore(team, bounds, "fifo").kind).toBe("sound");
    expect(explore(team, bounds, "mailbox").kind).toBe("sound");
    expect(explore(team, bounds, "bag").kind).toBe("trouble");
  });
});

describe("arms", () => {
  test("a thread looks past the messages of its siblings", () => {
    const team = teamIn({
      roles: ["A", "B"],
      body: par(seq(send("A", "B", "L"), send("B", "A", "K")), seq(send("A", "B", "M"))),
    });
    expect(explore(team, bounds).kind).toBe("sound");
  });

  test.each([0, 1, 2])("a scatter of %i elements is over when all its elements are", (elements) => {
    const sketch: Sketch = {
      roles: ["A", "F[2..2]"],
      body: seq(send("A", "F[*]", "Go"), scatter("e", ["F"], send("A", "F", "Task"), send("F", "A", "Done"))),
    };
    const { team } = teamOf(desugar(build(sketch).choreography), { elements });
    if (team === null) throw new Error("no team");
    expect(explore(team, { ...bounds, situations: 20_000 }).kind).toBe("sound");
    const claims = (situation: Situation): number => Object.keys(situation.claims).length;
    let here = initial(team);
    for (let [move] = movesFrom(team, here); move !== undefined; [move] = movesFrom(team, here))
      here = after(team, here, move);
    expect(claims(here)).toBe(elements);
  });
});

test("a program that is written and not built has a team, too", () => {
  const { choreographies } = check({
    file: "a.chor",
    text: "choreography Ask(A, B) { loop x max 2 { A -> B: Ask()\n B -> A: Answer() } }",
  });
  const { core, locals } = choreographies[0] ?? { core: null, locals: [] };
  if (core === null) throw new Error("no core");
  const { team } = teamOf(core, { locals });
  if (team === null) throw new Error("no team");
  const lines: string[] = [];
  let here = initial(team);
  for (let [move] = movesFrom(team, here); move !== undefined; [move] = movesFrom(team, here)) {
    lines.push(`${move.kind} ${move.text}`);
    here = after(team, here, move);
  }
  const round = ["send A -> B: Ask", "receive A -> B: Ask", "send B -> A: Answer", "receive B -> A: Answer"];
  expect(lines).toEqual([...round, ...round]);
});

function teamIn(sketch: Sketch): Team {
  const { team } = teamOf(desugar(build(sketch).choreography));
  if (team === null) throw new Error("no team");
  return team;
}
