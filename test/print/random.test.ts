// Random programs with random comments between any two tokens: formatting keeps the tree and all comments in their
// order, and formatting twice is formatting once. `CHOR_CASES=100000 CHOR_SEED=7 npx vitest run test/print/random.test.ts`
// widens and moves the search.

import { expect, test } from "vitest";
import { parse } from "@chor/grammar";
import { randomFrom } from "../support/random.js";
import { randomProgram, written } from "./random-program.js";
import { formatted, layouts, substance } from "./support.js";

const rounds = Math.ceil(Number(process.env["CHOR_CASES"] ?? "10000") * 0.05);
/** Large programs in narrow layouts take longest: a search with bigger numbers takes as long as it takes. */
const patience = Math.max(120_000, rounds * 1_000);
const firstSeed = Number(process.env["CHOR_SEED"] ?? "1");

/** With clauses in another order comments change places with them; without, nothing may. */
function movesClauses(text: string): boolean {
  return parse({ file: "", text }).diagnostics.some(({ code }) => code === "CHOR0150");
}

test(
  "random programs with random comments",
  async () => {
    let refused = 0;
    for (let seed = firstSeed; seed < firstSeed + rounds; seed++) {
      const random = randomFrom(seed);
      const text = written(random, randomProgram(random), [0, 0.05, 0.3][seed % 3] ?? 0);
      const options = layouts[seed % layouts.length] ?? {};
      if (parse({ file: "", text }).diagnostics.some(({ severity }) => severity === "error")) {
        refused++;
        continue;
      }
      const place = `seed ${seed}\n${text}\n----\n`;
      const moves = movesClauses(text);
      let once: string;
      try {
        once = await formatted(text, options);
      } catch (problem) {
        throw new Error(place, { cause: problem });
      }
      expect(substance(once, moves), place + once).toEqual(substance(text, moves));
      const twice = await formatted(once, options);
      expect(twice, place + once).toBe(once);
    }
    expect(refused).toBeLessThan(rounds / 50);
  },
  patience,
);
