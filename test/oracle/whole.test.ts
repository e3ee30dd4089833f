// The check on random programs of the whole language: names, types and knowledge of the generator are right, so that
// nothing but form and coherence is refused, and it refuses neither too much nor too little of any construct to be worth
// running. CHOR_CASES and CHOR_SEED choose how many programs and which. Prints how many are accepted, by construct.

import { describe, expect, test } from "vitest";
import { check } from "../../compiler/src/check.js";
import { constructs, randomWhole } from "../support/random-whole.js";

const cases = Number(process.env["CHOR_CASES"] ?? 300);
const firstSeed = Number(process.env["CHOR_SEED"] ?? 1);
const timeout = 120_000 + 400 * cases;

describe("random programs of the whole language", () => {
  test(
    "have nothing wrong but form and coherence, and some have nothing wrong",
    () => {
      const held = new Map(constructs.map((name) => [name, { programs: 0, accepted: 0 }]));
      let accepted = 0;
      for (let seed = firstSeed; seed < firstSeed + cases; seed++) {
        const { text, holds } = randomWhole(seed);
        const found = check({ file: "whole.chor", text }).diagnostics.filter(({ severity }) => severity === "error");
        const others = found
          .filter(({ code }) => !/^CHOR0[56]/.test(code))
          .map(({ code, message }) => `${code} ${message}`);
        expect({ seed, others }).toEqual({ seed, others: [] });
        if (found.length === 0) accepted++;
        for (const name of holds) {
          const count = held.get(name);
          if (count === undefined) continue;
          count.programs++;
          if (found.length === 0) count.accepted++;
        }
      }
      const shares = [...held].map(([name, count]) => `${name} ${count.accepted} of ${count.programs}`);
      console.log(`${accepted} of ${cases} accepted from seed ${firstSeed}: ${shares.join(", ")}`);
      if (cases < 300) return;
      expect(accepted / cases).toBeGreaterThan(0.3);
      expect(accepted / cases).toBeLessThan(0.65);
      for (const [name, count] of held) {
        expect([name, count.programs > 2]).toEqual([name, true]);
        if (count.programs > 10)
          expect([name, count.accepted > 0, count.accepted < count.programs]).toEqual([name, true, true]);
      }
    },
    timeout,
  );

  test("are the same for the same seed", () => {
    expect(randomWhole(7).text).toBe(randomWhole(7).text);
    expect(randomWhole(7).text).not.toBe(randomWhole(8).text);
  });
});
