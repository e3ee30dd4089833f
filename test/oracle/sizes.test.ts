// How many members stand for a family: the verdict with one to six of them is that with at most three, and the verdict
// with all combinations of sizes is that with the few that are checked. CHOR_CASES and CHOR_SEED choose how many programs
// and which. What the verdict itself is worth is the business of the other tests beside this one.

import { describe, expect, test } from "vitest";
import { sizesOf } from "../../compiler/src/carried/sizes.js";
import { desugar, type Options } from "../../compiler/src/core/desugar.js";
import { build, innerParts, withInnerParts, type Part, type Sketch } from "../support/build.js";
import { familyNames, randomFamilies, type FamilyKinds } from "../support/random-families.js";
import { verdictOf } from "./verdict.js";

const cases = Number(process.env["CHOR_CASES"] ?? 400);
const firstSeed = Number(process.env["CHOR_SEED"] ?? 1);
const timeout = 120_000 + 400 * cases;

function kindsOf(seed: number, families: number): FamilyKinds {
  return {
    families,
    statements: 2 + (seed % 3),
    depth: 1 + (seed % 2),
    labels: 1 + (seed % 3),
    told: [0.5, 0.75, 0.95][seed % 3] ?? 0.5,
    quorums: 0.5,
    scatters: seed % 4 === 1 ? 0.4 : 0,
  };
}

/** Whether the program is right with so many members of each family, in the order of `familyNames`. */
function isRight(sketch: Sketch, sizes: readonly number[], mostRead = Infinity): boolean {
  const members: Options["members"] = (_low, _high, family) => sizes[familyNames.indexOf(family)] ?? 1;
  return verdictOf(desugar(build(sketch).choreography, { members, mostRead })) === "right";
}

function seeds(share: number): readonly number[] {
  return Array.from({ length: Math.ceil(cases * share) }, (_, i) => firstSeed + i);
}

function ends([first, ...others]: readonly (readonly [number, number])[]): readonly (readonly number[])[] {
  if (first === undefined) return [[]];
  return [...new Set(first)].flatMap((size) => ends(others).map((rest) => [size, ...rest]));
}

describe("the number of members", () => {
  test(
    "from one to six is as good as from one to three",
    () => {
      let right = 0;
      let differing = 0;
      for (const seed of seeds(0.5)) {
        const sketch = randomFamilies(seed, kindsOf(seed, 1));
        const verdicts = [1, 2, 3, 4, 5, 6].map((size) => isRight(sketch, [size]));
        const asThree = verdicts.map((_, i) => verdicts[Math.min(i, 2)]);
        expect({ seed, verdicts }).toEqual({ seed, verdicts: asThree });
        if (verdicts[2] === true) right++;
        if (verdicts[0] !== verdicts[2]) differing++;
      }
      console.log(`one family: ${seeds(0.5).length} programs, ${right} right, ${differing} only with one member`);
      expect(right).toBeGreaterThan(seeds(0.5).length / 4);
      expect(differing).toBeGreaterThan(seeds(0.5).length / 50);
    },
    timeout,
  );

  test(
    "a quorum by number of six members is covered by quorums of three",
    () => {
      let right = 0;
      for (const seed of seeds(0.1)) {
        const sketch = randomFamilies(seed, { ...kindsOf(seed, 1), quorums: 1, scatters: 0 });
        const large = { ...sketch, body: withQuorum(sketch.body, 3) };
        const isCovered = [3, 2].every((mostRead) => isRight(large, [3], mostRead));
        const real = [3, 4, 5].map((quorum) => isRight({ ...sketch, body: withQuorum(sketch.body, quorum) }, [6]));
        if (isCovered) expect({ seed, real }).toEqual({ seed, real: [true, true, true] });
        if (isCovered) right++;
      }
      expect(right).toBeGreaterThan(seeds(0.1).length / 10);
    },
    timeout,
  );

  for (const families of [2, 3, 4]) {
    test(
      `of ${families} families: the combinations that are checked are as good as all`,
      () => {
        const found = { right: 0, differing: 0, wrong: 0 };
        for (const seed of seeds(0.14)) {
          const sketch = randomFamilies(seed, kindsOf(seed, families));
          const ranges = familyNames.slice(0, families).map((_, i): readonly [number, number] => {
            const least = 1 + ((seed >> i) % 2);
            return [least, 3 + (((seed >> i) % 3) % 2)];
          });
          const roles = ["A", "B", ...ranges.map(([low, high], i) => `${familyNames[i]}[${low}..${high}]`)];
          const { choreography } = build({ ...sketch, roles });
          const atMost = ranges.map(([low, high]): readonly [number, number] => [Math.min(low, 3), Math.min(high, 3)]);
          const all = ends(atMost).map((sizes) => isRight(sketch, sizes));
          const some = sizesOf(choreography).map(({ members }) => isRight(sketch, [...members.values()]));
          expect({ seed, isRight: some.every(Boolean) }).toEqual({ seed, isRight: all.every(Boolean) });
          if (all.every(Boolean)) found.right++;
          else if (all.some(Boolean)) found.differing++;
          else found.wrong++;
        }
        console.log(
          `${families} families: ${found.right} right, ${found.wrong} wrong, ${found.differing} wrong with some sizes only`,
        );
        if (cases >= 400) expect(Math.min(found.right, found.wrong, found.differing)).toBeGreaterThan(3);
      },
      timeout,
    );
  }
});

/** The program with another number in place of each quorum by number. */
function withQuorum(part: Part, quorum: number): Part {
  const inner = innerParts(part).map((one) => withQuorum(one, quorum));
  const same = withInnerParts(part, inner);
  return same.kind === "send" && same.options.quorum !== undefined
    ? { ...same, options: { ...same.options, quorum } }
    : same;
}
