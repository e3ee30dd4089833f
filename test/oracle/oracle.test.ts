// The coherence check against the oracle on random programs, and the oracle against wrong checkers: a comparison
// that cannot fail says nothing. CHOR_CASES and CHOR_SEED choose how many programs and which.

import { describe, expect, test } from "vitest";
import { accepts, wrongCheckers } from "./checkers.js";
import { compare } from "./compare.js";
import { randomSketch } from "../support/random-core.js";
import { lineOf, tallyOf, toldOfFirst, type Search } from "./tally.js";
import type { Sizes } from "../support/random-core.js";

const cases = Number(process.env["CHOR_CASES"] ?? 10_000);
const timeout = 60_000 + 20 * cases;
const firstSeed = Number(process.env["CHOR_SEED"] ?? 1);

const kinds: readonly { readonly name: string; readonly share: number; readonly sizes: Sizes }[] = [
  { name: "three roles, no loops", share: 0.4, sizes: { roles: 3, labels: 3, statements: 4, depth: 3, loops: "none" } },
  { name: "four roles, no loops", share: 0.2, sizes: { roles: 4, labels: 2, statements: 4, depth: 2, loops: "none" } },
  {
    name: "loops without end",
    share: 0.2,
    sizes: { roles: 3, labels: 3, statements: 3, depth: 3, loops: "uncounted" },
  },
  { name: "counted loops", share: 0.2, sizes: { roles: 3, labels: 3, statements: 3, depth: 2, loops: "counted" } },
  {
    name: "rounds that end in silence",
    share: 0.1,
    sizes: { roles: 3, labels: 3, statements: 3, depth: 3, loops: "counted", silent: 0.8 },
  },
];

const withExits: (typeof kinds)[number] = {
  name: "sagas and ways out",
  share: 0.2,
  sizes: { roles: 3, labels: 3, statements: 3, depth: 3, loops: "uncounted", exits: 0.3 },
};

function searchOf(sizes: Sizes): Search {
  return { make: (seed) => randomSketch(seed, sizes), compare: (sketch) => compare(sketch, accepts) };
}

describe("the check agrees with the exploration of the endpoints", () => {
  for (const { name, share, sizes } of [...kinds, withExits]) {
    test(
      name,
      () => {
        const count = Math.ceil(cases * share);
        const search = searchOf(sizes);
        const tally = tallyOf(search, firstSeed, count);
        console.log(lineOf(name, firstSeed, count, tally));
        expect(toldOfFirst(search, tally.wronglyAccepted, "wrongly accepted")).toEqual([]);
        // A role that has lost count may be right by luck for small numbers of rounds.
        const luck = sizes.loops === "counted" ? count / 500 : 0;
        if (tally.wronglyRefused.length > luck)
          expect(toldOfFirst(search, tally.wronglyRefused, "wrongly refused")).toEqual([]);
        if (count >= 500) expect(Math.min(tally.accepted, tally.refused)).toBeGreaterThan(count / 50);
      },
      timeout,
    );
  }
});

describe("the comparison catches a checker in which", () => {
  for (const [name, checker] of Object.entries(wrongCheckers)) {
    test(
      name,
      () => {
        const most = 12_000;
        let tried = 0;
        for (let seed = firstSeed; seed < firstSeed + most; seed++) {
          tried++;
          const { sizes } = kinds[seed % kinds.length] ?? kinds[0]!;
          const sketch = randomSketch(seed, sizes);
          const { kind } = compare(sketch, checker);
          const wrong = kind === "wrongly accepted" || kind === "wrongly refused";
          if (wrong && compare(sketch, accepts).kind === "agree") break;
        }
        console.log(`${name}: caught at program ${tried}`);
        expect(tried).toBeLessThan(most);
      },
      timeout,
    );
  }
});
