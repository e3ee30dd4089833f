// The oracle finds what it is for: one small program for each way in which endpoints can fail, and some that are sound.

import { describe, expect, test } from "vitest";
import { again, choice, core, leave, loop, seq, send } from "../support/build.js";
import { action, isRun, runsOf } from "./unroll.js";
import { explore } from "./explore.js";
import type { Failure, Outcome } from "./explore.js";
import type { Part } from "../support/build.js";

const roles = ["A", "B", "C"];

function outcome(body: Part): Outcome {
  const runs = runsOf(core({ roles, body }), 1_000);
  if (runs === null) return { kind: "unknown" };
  return explore(runs, roles.length, { situations: 10_000, channel: 2, compared: 50 });
}

describe("a failure is found:", () => {
  const programs: readonly (readonly [Failure, Part])[] = [
    [
      "deadlock",
      seq(choice("B", send("B", "C", "X"), seq(send("B", "C", "Y"), send("A", "C", "N"))), send("B", "A", "M")),
    ],
    [
      "unspecified reception",
      choice("A", seq(send("A", "B", "X"), send("C", "B", "One")), seq(send("A", "B", "Y"), send("C", "B", "Two"))),
    ],
    ["orphan message", choice("A", seq(send("A", "B", "X"), send("C", "B", "M")), send("A", "B", "Y"))],
    ["unaware of termination", choice("A", seq(send("A", "B", "X"), send("A", "C", "M")), send("A", "B", "Y"))],
    [
      "infidelity",
      seq(
        choice(
          "A",
          seq(send("A", "B", "X"), send("B", "C", "M"), send("A", "C", "M")),
          seq(send("A", "B", "Y"), send("A", "C", "M"), send("B", "C", "M")),
        ),
      ),
    ],
  ];
  test.each(programs)("%s", (failure, body) => {
    expect(outcome(body)).toMatchObject({ kind: "failure", failure });
  });
});

describe("no failure is found where there is none:", () => {
  const programs: readonly (readonly [string, Part])[] = [
    [
      "a choice that is passed on",
      choice("A", seq(send("A", "B", "X"), send("B", "C", "X")), seq(send("A", "B", "Y"), send("B", "C", "Y"))),
    ],
    [
      "a loop that is left",
      loop(
        "l",
        {},
        choice("A", seq(send("A", ["B", "C"], "More"), again("l")), seq(send("A", ["B", "C"], "End"), leave("l"))),
      ),
    ],
    [
      "a counted loop",
      loop("l", { max: 3, otherwise: send("B", "A", "Enough") }, send("A", "B", "L"), send("A", "C", "L")),
    ],
  ];
  test.each(programs)("%s", (_, body) => {
    expect(outcome(body)).toEqual({ kind: "sound" });
  });
});

describe("runs", () => {
  const runs = runsOf(
    core({ roles, body: loop("l", { max: 2, otherwise: send("B", "A", "Enough") }, send("A", "B", "L")) }),
    1_000,
  );
  const once = [action("!", 0, 1, "L")];
  const all = [
    [...once, ...once, action("?", 1, 0, "Enough")],
    [action("?", 0, 1, "L"), action("?", 0, 1, "L"), action("!", 1, 0, "Enough")],
    [],
  ];

  test("have as many rounds as the loop", () => {
    expect(runs !== null && isRun(runs, all, false)).toBe(true);
    expect(runs !== null && isRun(runs, all.with(0, [...once, ...(all[0] ?? [])]), false)).toBe(false);
  });

  test("may go on behind a prefix, and may be ahead of it", () => {
    expect(runs !== null && isRun(runs, [once, [], []], true)).toBe(true);
    expect(runs !== null && isRun(runs, [once, [], []], false)).toBe(false);
    expect(runs !== null && isRun(runs, [[action("?", 1, 0, "Enough")], [], []], true)).toBe(false);
  });
});
