// The check of arms with waits, choices by data, `fail` and optional roles in them and beside them, against the
// exploration of the endpoints, on random programs; and the exploration against wrong checkers. CHOR_CASES and CHOR_SEED
// choose how many programs and which.

import { describe, expect, test } from "vitest";
import { armsCoherence } from "../../compiler/src/arms/arms.js";
import { choice, par, send, seq } from "../support/build.js";
import { randomTeam, type TeamKinds } from "../support/random-teams.js";
import { acceptsArms, wrongTeamCheckers } from "./arms-checkers.js";
import { lineOf, tallyOf, toldOfFirst, type Search } from "./tally.js";
import { compareArms, armsCoreOf } from "./arms-compare.js";

const cases = Number(process.env["CHOR_CASES"] ?? 800);
const firstSeed = Number(process.env["CHOR_SEED"] ?? 1);
const timeout = 60_000 + 100 * cases;

const base: TeamKinds = { roles: 3, labels: 2, statements: 2, depth: 2, arms: 2 };
const family: TeamKinds = { ...base, roles: 2, family: 2 };

const kinds: readonly { readonly name: string; readonly share: number; readonly kinds: TeamKinds }[] = [
  { name: "par with waits", share: 0.2, kinds: { ...base, waits: 0.5 } },
  { name: "par, deeper, with waits", share: 0.1, kinds: { ...base, depth: 3, waits: 0.3 } },
  { name: "par with `fail`", share: 0.1, kinds: { ...base, waits: 0.2, fails: 0.4 } },
  { name: "par with choices by data", share: 0.1, kinds: { ...base, waits: 0.1, data: 0.8 } },
  { name: "par with an optional role", share: 0.1, kinds: { ...base, waits: 0.1, optional: 1 } },
  { name: "par with two optional roles", share: 0.05, kinds: { ...base, roles: 4, waits: 0.1, optional: 2 } },
  { name: "par with waits, counted loops", share: 0.05, kinds: { ...base, waits: 0.3, loops: "counted" } },
  { name: "par with waits, loops without end", share: 0.05, kinds: { ...base, waits: 0.3, loops: "uncounted" } },
  { name: "scatter with waits", share: 0.1, kinds: { ...family, waits: 0.5 } },
  { name: "scatter over one, with waits", share: 0.05, kinds: { ...family, roles: 3, family: 1, waits: 0.3 } },
  { name: "scatter with `fail`", share: 0.05, kinds: { ...family, waits: 0.2, fails: 0.4 } },
  { name: "scatter with choices by data", share: 0.05, kinds: { ...family, waits: 0.1, data: 0.8 } },
  { name: "scatter with an optional role", share: 0.05, kinds: { ...family, roles: 3, waits: 0.1, optional: 1 } },
  { name: "scatter with waits, loops without end", share: 0.05, kinds: { ...family, waits: 0.3, loops: "uncounted" } },
];

describe("the check agrees with the exploration of endpoints with arms and waits", () => {
  for (const { name, share, kinds: own } of kinds) {
    test(
      name,
      () => {
        const count = Math.ceil(cases * share);
        const search: Search = {
          make: (seed) => randomTeam(seed, own),
          compare: (sketch) => compareArms(sketch, acceptsArms),
        };
        const tally = tallyOf(search, firstSeed, count);
        console.log(lineOf(name, firstSeed, count, tally));
        expect(toldOfFirst(search, tally.wronglyAccepted, "wrongly accepted")).toEqual([]);
        // Where all runs end with a `fail`, nobody comes to harm; it is refused all the same.
        const more = own.fails === undefined ? 0 : count / 50 + 1;
        if (tally.wronglyRefused.length > more)
          expect(toldOfFirst(search, tally.wronglyRefused, "wrongly refused")).toEqual([]);
        if (count >= 90) expect(Math.min(tally.accepted, tally.refused)).toBeGreaterThan(count / 20);
      },
      timeout,
    );
  }
});

describe("the comparison catches", () => {
  const controls: Readonly<Record<string, TeamKinds>> = {
    "nobody needs to know that he has to wait in an arm": { ...base, waits: 0.5 },
    "nobody needs to know that he has to decide in an arm by data": { ...base, data: 0.8 },
    "nobody needs to know that a scatter begins in an arm": { ...family, waits: 0.1 },
    "nobody goes on behind a `fail`": { ...base, waits: 0.1, fails: 0.5 },
    "the state behind a `fail` is like any other": { ...base, waits: 0.1, fails: 0.5 },
    "an optional role may wait in arms, whatever it does behind them": { ...base, waits: 0.1, optional: 1 },
  };

  test.each(Object.entries(wrongTeamCheckers))(
    "a checker in which %s",
    (name, checker) => {
      const most = 6_000;
      let tried = 0;
      for (let seed = firstSeed; seed < firstSeed + most; seed++) {
        tried++;
        const sketch = randomTeam(seed, controls[name] ?? base);
        const core = armsCoreOf(sketch);
        // Only where the two differ can the weak one be wrong, if the comparison above holds.
        const accepted = checker(core);
        if (accepted === acceptsArms(core)) continue;
        const { kind } = compareArms(sketch, checker);
        if (kind === "wrongly accepted" || kind === "wrongly refused") break;
      }
      console.log(`${name}: caught at program ${tried}`);
      expect(tried).toBeLessThan(most);
    },
    timeout,
  );

  test("optional roles that wait for each other to leave, through arms", () => {
    const body = choice(
      "A",
      seq(send("A", "C", "Go"), par(send("C", "D", "Look"), send("A", "B", "Wait"))),
      seq(send("A", "D", "Go"), par(send("D", "C", "Look"), send("A", "B", "Stay"))),
      send("A", "B", "Stop"),
    );
    const sketch = { roles: ["A", "B", "C?", "D?"], body };
    const { circle, diagnostics } = armsCoherence(armsCoreOf(sketch));
    expect([circle, diagnostics.length]).toEqual([[2, 3], 0]);
    expect(compareArms(sketch, () => true)).toMatchObject({ outcome: { failure: "deadlock" } });
  });

  test(
    "an exploration in which nobody gives up",
    () => {
      const most = 2_000;
      let tried = 0;
      for (let seed = firstSeed; seed < firstSeed + most; seed++) {
        tried++;
        const sketch = randomTeam(seed, { ...base, waits: 0.5 });
        if (compareArms(sketch, acceptsArms, { patient: true }).kind === "wrongly refused") break;
      }
      console.log(`an exploration in which nobody gives up: caught at program ${tried}`);
      expect(tried).toBeLessThan(most);
    },
    timeout,
  );
});
