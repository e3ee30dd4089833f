// The reference interpreter on small programs whose words are known.

import { describe, expect, test } from "vitest";
import type { Core } from "../../compiler/src/core/core.js";
import { enabled, over, start, step } from "../../compiler/src/reference/interpret.js";
import { again, choice, core, leave, loop, send, seq, type Part } from "../support/build.js";

/** All complete words of at most `longest` labels. */
function words(body: Part, longest = 12): readonly string[] {
  const program: Core = core({ roles: ["A", "B"], body });
  const found: string[] = [];
  const work = [{ configuration: start(program), word: [] as readonly string[] }];
  for (let item = work.pop(); item !== undefined; item = work.pop()) {
    if (over(program, item.configuration)) found.push(item.word.join(" "));
    if (item.word.length === longest) continue;
    for (const next of enabled(program, item.configuration)) {
      const configuration = step(program, item.configuration, next);
      if (configuration !== null) work.push({ configuration, word: [...item.word, next.label] });
    }
  }
  return found.toSorted();
}

const say = (label: string): Part => send("A", "B", label);

describe("reference interpreter", () => {
  test("sequence, choice, multicast", () => {
    expect(words(seq(say("X"), choice("A", say("Y"), seq()), say("Z")))).toEqual(["X Y Z", "X Z"]);
  });

  test("a counted loop goes round max times and then to its else", () => {
    expect(words(loop("x", { max: 3, otherwise: say("E") }, say("X")))).toEqual(["X X X E"]);
    expect(
      words(loop("x", { max: 2, otherwise: say("E") }, say("X"), choice("A", seq(say("Y"), leave("x")), say("Z")))),
    ).toEqual(["X Y", "X Z X Y", "X Z X Z E"]);
  });

  test("continue ends a round and is counted", () => {
    expect(words(loop("x", { max: 2 }, choice("A", seq(say("Y"), again("x")), say("Z")), say("W")))).toEqual([
      "Y Y",
      "Y Z W",
      "Z W Y",
      "Z W Z W",
    ]);
  });

  test("an inner loop counts anew each time it is entered", () => {
    expect(words(loop("x", { max: 2 }, loop("y", { max: 2, otherwise: say("E") }, say("Y"))), 20)).toEqual([
      "Y Y E Y Y E",
    ]);
    const inner = loop("y", { max: 2, otherwise: say("E") }, choice("A", seq(say("B"), leave("y")), say("Y")));
    expect(words(loop("x", { max: 2 }, inner))).toContain("Y B Y Y E");
  });

  test("a break leaves the loop that it names", () => {
    expect(
      words(
        loop("x", {}, loop("y", {}, choice("A", seq(say("O"), leave("x")), seq(say("I"), leave("y")))), say("N")),
        5,
      ),
    ).toEqual(["I N I N O", "I N O", "O"]);
  });

  test("a message that cannot be next gives nothing", () => {
    const program = core({ roles: ["A", "B"], body: say("X") });
    expect(step(program, start(program), { from: 0, to: 1, label: "Y" })).toBeNull();
  });
});
