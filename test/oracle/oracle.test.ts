// The coherence check against the oracle on random programs, and the oracle against wrong checkers: a comparison
// that cannot fail says nothing. CHOR_CASES and CHOR_SEED choose how many programs and which.

import { describe, expect, test } from "vitest";
import { accepts, wrongCheckers } from "./checkers.js";
import { build } from "../support/build.js";
import { compare } from "./compare.js";
import { randomSketch } from "../support/random-core.js";
import { shrink } from "./shrink.js";
import type { Agreement, Checker } from "./compare.js";
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
];

const withExits: (typeof kinds)[number] = {
  name: "sagas and ways out",
  share: 0.2,
  sizes: { roles: 3, labels: 3, statements: 3, depth: 3, loops: "uncounted", exits: 0.3 },
};

interface Tally {
  accepted: number;
  refused: number;
  unknown: number;
  readonly wronglyAccepted: number[];
  readonly wronglyRefused: number[];
}

function tallyOf(sizes: Sizes, count: number, checker: Checker): Tally {
  const tally: Tally = { accepted: 0, refused: 0, unknown: 0, wronglyAccepted: [], wronglyRefused: [] };
  for (let seed = firstSeed; seed < firstSeed + count; seed++) {
    const agreement = compare(randomSketch(seed, sizes), checker);
    if (agreement.kind === "agree") tally[agreement.accepted ? "accepted" : "refused"]++;
    else if (agreement.kind === "unknown") tally.unknown++;
    else if (agreement.kind === "wrongly accepted") tally.wronglyAccepted.push(seed);
    else tally.wronglyRefused.push(seed);
  }
  return tally;
}

/** What a failing test says: the seed, the program made small, and how the endpoints fail. */
function told(seed: number, sizes: Sizes, kind: Agreement["kind"]): string {
  const small = shrink(randomSketch(seed, sizes), (sketch) => compare(sketch, accepts).kind === kind);
  const agreement = compare(small, accepts);
  const how = agreement.kind === "wrongly accepted" ? JSON.stringify(agreement.outcome) : "";
  return `seed ${seed}: ${kind}\n${build(small).source.text}${how}`;
}

describe("the check agrees with the exploration of the endpoints", () => {
  for (const { name, share, sizes } of [...kinds, withExits]) {
    test(
      name,
      () => {
        const count = Math.ceil(cases * share);
        const tally = tallyOf(sizes, count, accepts);
        console.log(
          `${name}: ${count} programs from seed ${firstSeed}, ${tally.accepted} accepted, ${tally.refused} refused, ${tally.unknown} not compared, ${tally.wronglyRefused.length} refused that are sound`,
        );
        expect(tally.wronglyAccepted.slice(0, 1).map((seed) => told(seed, sizes, "wrongly accepted"))).toEqual([]);
        // A role that has lost count may be right by luck for small numbers of rounds.
        const luck = sizes.loops === "counted" ? count / 500 : 0;
        if (tally.wronglyRefused.length > luck)
          expect(tally.wronglyRefused.slice(0, 1).map((seed) => told(seed, sizes, "wrongly refused"))).toEqual([]);
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
