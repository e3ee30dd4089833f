// The check against the exploration of endpoints with judges that give up whenever they like, on random programs, and
// the exploration against wrong checkers. CHOR_CASES and CHOR_SEED choose how many programs and which.

import { describe, expect, test } from "vitest";
import { choice, leave, loop, send, seq, type Part, type Sketch } from "../support/build.js";
import { randomWaits, type Kinds } from "../support/random-waits.js";
import { accepts, wrongCheckers } from "./checkers.js";
import type { Checker } from "./compare.js";
import { compare } from "./judges-compare.js";
import type { Weakness } from "./judges.js";
import { lineOf, tallyOf, toldOfFirst, type Search } from "./tally.js";

const cases = Number(process.env["CHOR_CASES"] ?? 4_000);
const firstSeed = Number(process.env["CHOR_SEED"] ?? 1);
const timeout = 60_000 + 60 * cases;

interface Family {
  readonly name: string;
  readonly share: number;
  readonly kinds: Kinds;
}

const plain: Kinds = { waits: [1, 3], statements: 3, depth: 2, labels: 2, roles: 3, loops: "none" };

const families: readonly Family[] = [
  { name: "one to three waits", share: 0.3, kinds: plain },
  { name: "four roles", share: 0.1, kinds: { ...plain, roles: 4 } },
  { name: "with `fail`", share: 0.1, kinds: { ...plain, fails: 0.3 } },
  { name: "with choices by data", share: 0.1, kinds: { ...plain, waits: [0, 2], data: 0.6 } },
  { name: "with gathers of two, and picks", share: 0.1, kinds: { ...plain, roles: 2, family: 2, waits: [0, 3] } },
  { name: "with gathers of three", share: 0.05, kinds: { ...plain, roles: 2, family: 3, waits: [1, 1] } },
  { name: "in counted loops", share: 0.1, kinds: { ...plain, loops: "counted", waits: [1, 2] } },
  { name: "in loops without end", share: 0.1, kinds: { ...plain, loops: "uncounted", data: 0.2 } },
  { name: "with an optional role", share: 0.05, kinds: { ...plain, optional: true, waits: [0, 2] } },
];

function searchOf(kinds: Kinds): Search {
  return { make: (seed) => randomWaits(seed, kinds), compare: (sketch) => compare(sketch, accepts) };
}

describe("the check agrees with the exploration of endpoints with waits", () => {
  for (const { name, share, kinds } of families) {
    test(
      name,
      () => {
        const count = Math.ceil(cases * share);
        const search = searchOf(kinds);
        const tally = tallyOf(search, firstSeed, count);
        console.log(lineOf(name, firstSeed, count, tally));
        expect(toldOfFirst(search, tally.wronglyAccepted, "wrongly accepted")).toEqual([]);
        // Where all runs end with a `fail`, nobody comes to harm; it is refused all the same.
        const more = kinds.fails === undefined ? 0 : count / 100 + 1;
        if (tally.wronglyRefused.length > more)
          expect(toldOfFirst(search, tally.wronglyRefused, "wrongly refused")).toEqual([]);
        if (count >= 200) expect(Math.min(tally.accepted, tally.refused)).toBeGreaterThan(count / 20);
      },
      timeout,
    );
  }
});

test("a member that a quorum can do without is overtaken, unless it hears of every round", () => {
  const round = (...reopened: readonly Part[]): Sketch => ({
    roles: ["A", "B", "F[2..2]"],
    body: loop(
      "x",
      { max: 2, otherwise: send("A", ["B", "F[*]"], "Never") },
      send("A", "F[*]", "Propose"),
      send("F[*]", "A", "Ack", { quorum: 1 }),
      choice(
        "A",
        seq(send("A", "B", "Done"), send("B", "F[*]", "Complete"), leave("x")),
        seq(send("A", "B", "Reopen"), ...reopened),
      ),
    ),
  });
  expect(compare(round(send("B", "F[*]", "Reopened")), accepts)).toEqual({ kind: "agree", accepted: true });
  expect(compare(round(), accepts)).toEqual({ kind: "agree", accepted: false });
});

describe("the comparison catches", () => {
  const controls: readonly (readonly [string, Checker, Weakness])[] = [
    ["a checker that takes no notice of what is sent", wrongCheckers["send validity is not asked"] ?? accepts, {}],
    ["a checker that allows mixed choices", wrongCheckers["no mixed choice is not asked"] ?? accepts, {}],
    ["a checker that does not ask who can overtake", wrongCheckers["receive validity is not asked"] ?? accepts, {}],
    ["an exploration in which nobody gives up", accepts, { patient: true }],
  ];

  test.each(controls)(
    "%s",
    (name, checker, weakness) => {
      const most = 3_000;
      let tried = 0;
      for (let seed = firstSeed; seed < firstSeed + most; seed++) {
        tried++;
        const { kind } = compare(randomWaits(seed, plain), checker, weakness);
        if (kind === "wrongly accepted" || kind === "wrongly refused") break;
      }
      console.log(`${name}: caught at program ${tried}`);
      expect(tried).toBeLessThan(most);
    },
    timeout,
  );
});
