// The check of arms against the oracle on random programs, and the oracle against wrong checkers: a comparison that
// cannot fail says nothing. CHOR_CASES and CHOR_SEED choose how many programs and which.

import { describe, expect, test } from "vitest";
import { build } from "../support/build.js";
import { randomArms, type ArmsSizes } from "../support/random-arms.js";
import { acceptsArms, wrongArmsCheckers, type ArmsChecker } from "./arms-checkers.js";
import { armsCoreOf, compareArms, isWellFormed } from "./arms-compare.js";
import type { Agreement } from "./compare.js";
import { shrink } from "./shrink.js";

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

interface Tally {
  accepted: number;
  refused: number;
  unknown: number;
  readonly wronglyAccepted: number[];
  readonly wronglyRefused: number[];
}

function tallyOf(sizes: ArmsSizes, count: number, checker: ArmsChecker): Tally {
  const tally: Tally = { accepted: 0, refused: 0, unknown: 0, wronglyAccepted: [], wronglyRefused: [] };
  for (let seed = firstSeed; seed < firstSeed + count; seed++) {
    const agreement = compareArms(randomArms(seed, sizes), checker);
    if (agreement.kind === "agree") tally[agreement.accepted ? "accepted" : "refused"]++;
    else if (agreement.kind === "unknown") tally.unknown++;
    else if (agreement.kind === "wrongly accepted") tally.wronglyAccepted.push(seed);
    else tally.wronglyRefused.push(seed);
  }
  return tally;
}

/** What a failing test says: the seed, the program made small, and how the endpoints fail. */
function told(seed: number, sizes: ArmsSizes, kind: Agreement["kind"]): string {
  const small = shrink(randomArms(seed, sizes), (sketch) => compareArms(sketch, acceptsArms).kind === kind);
  const agreement = compareArms(small, acceptsArms);
  const how = agreement.kind === "wrongly accepted" ? JSON.stringify(agreement.outcome) : "";
  return `seed ${seed}: ${kind}\n${build(small).source.text}${how}`;
}

describe("the check of arms agrees with the exploration of the endpoints", () => {
  for (const { name, share, sizes } of kinds) {
    test(
      name,
      () => {
        const count = Math.ceil(cases * share);
        const tally = tallyOf(sizes, count, acceptsArms);
        console.log(
          `${name}: ${count} programs from seed ${firstSeed}, ${tally.accepted} accepted, ${tally.refused} refused, ${tally.unknown} not compared, ${tally.wronglyRefused.length} refused that are sound`,
        );
        expect(tally.wronglyAccepted.slice(0, 1).map((seed) => told(seed, sizes, "wrongly accepted"))).toEqual([]);
        expect(tally.wronglyRefused.slice(0, 1).map((seed) => told(seed, sizes, "wrongly refused"))).toEqual([]);
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
