// The check of arms against the oracle on random programs, and the oracle against wrong checkers: a comparison that
// cannot fail says nothing. CHOR_CASES and CHOR_SEED choose how many programs and which.

import { describe, expect, test } from "vitest";
import { randomArms, type ArmsSizes } from "../support/random-arms.js";
import { acceptsArms, wrongArmsCheckers } from "./arms-checkers.js";
import { armsCoreOf, compareArms, isWellFormed } from "./arms-compare.js";
import { lineOf, tallyOf, toldOfFirst, type Search } from "./tally.js";

const cases = Number(process.env["CHOR_CASES"] ?? 1_000);
const timeout = 60_000 + 60 * cases;
const firstSeed = Number(process.env["CHOR_SEED"] ?? 1);

const base: ArmsSizes = { roles: 3, labels: 2, statements: 2, depth: 2, arms: 3, family: 0, loops: "none" };

const kinds: readonly { readonly name: string; readonly share: number; readonly sizes: ArmsSizes }[] = [
  { name: "par", share: 0.3, sizes: base },
  { name: "par, deeper", share: 0.15, sizes: { ...base, arms: 2, depth: 3 } },
  { name: "par with counted loops", share: 0.1, sizes: { ...base, arms: 2, loops: "counted" } },
  { name: "par with loops without end", share: 0.1, sizes: { ...base, arms: 2, loops: "uncounted" } },
  { name: "par behind and before waits", share: 0.1, sizes: { ...base, arms: 2, waits: 0.5 } },
  { name: "scatter over two", share: 0.15, sizes: { ...base, roles: 2, arms: 2, family: 2 } },
  { name: "scatter over one", share: 0.1, sizes: { ...base, roles: 2, arms: 2, family: 1 } },
  {
    name: "scatter with loops without end",
    share: 0.1,
    sizes: { ...base, roles: 2, arms: 2, family: 2, loops: "uncounted" },
  },
];

function searchOf(sizes: ArmsSizes): Search {
  return { make: (seed) => randomArms(seed, sizes), compare: (sketch) => compareArms(sketch, acceptsArms) };
}

describe("the check of arms agrees with the exploration of the endpoints", () => {
  for (const { name, share, sizes } of kinds) {
    test(
      name,
      () => {
        const count = Math.ceil(cases * share);
        const search = searchOf(sizes);
        const tally = tallyOf(search, firstSeed, count);
        console.log(lineOf(name, firstSeed, count, tally));
        expect(toldOfFirst(search, tally.wronglyAccepted, "wrongly accepted")).toEqual([]);
        expect(toldOfFirst(search, tally.wronglyRefused, "wrongly refused")).toEqual([]);
        if (count >= 90) expect(Math.min(tally.accepted, tally.refused)).toBeGreaterThan(count / 50);
      },
      timeout,
    );
  }
});

describe("the comparison catches a checker in which", () => {
  for (const [name, checker] of Object.entries(wrongArmsCheckers)) {
    test(
      name,
      () => {
        const most = 6_000;
        let tried = 0;
        for (let seed = firstSeed; seed < firstSeed + most; seed++) {
          tried++;
          const { sizes } = kinds[seed % kinds.length] ?? { sizes: base };
          const sketch = randomArms(seed, sizes);
          const core = armsCoreOf(sketch);
          // Only what the real check refuses can be accepted wrongly, if the comparison above holds.
          if (!isWellFormed(core) || acceptsArms(core) !== false || checker(core) !== true) continue;
          if (compareArms(sketch, checker).kind === "wrongly accepted") break;
        }
        console.log(`${name}: caught at program ${tried}`);
        expect(tried).toBeLessThan(most);
      },
      timeout,
    );
  }
});
