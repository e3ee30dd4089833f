// Large and hostile choreographies: an answer, and quickly. A bound of several seconds is for slow machines; where it
// is quadratic it takes minutes.

import { describe, expect, test } from "vitest";
import { knowledge } from "../../compiler/src/knowledge/knowledge.js";
import { namesAt } from "../../compiler/src/knowledge/names-at.js";
import {
  again,
  abort,
  build,
  call,
  choice,
  leave,
  loop,
  par,
  seq,
  send,
  type Part,
  type Sketch,
} from "../support/build.js";

const roles = ["A", "B", "C"];

function times<T>(count: number, make: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => make(i));
}

function message(name: string): Part {
  return send("A", "B", "L", { asked: "T", as: name });
}

/** The diagnostics' codes. */
function codes(sketch: Sketch): readonly string[] {
  return [...new Set(knowledge(build(sketch).choreography).map(({ code }) => code))];
}

describe("two thousand interactions", () => {
  const shapes: Record<string, Part> = {
    "one after the other, a name each": seq(...times(2000, (i) => message(`n${i}`))),
    "one name in many branches": seq(...times(1000, () => choice("A", message("x"), send("A", "B", "No")))),
    "a name each in many branches": seq(...times(1000, (i) => choice("A", message(`n${i}`), send("A", "B", "No")))),
    "many ways out of one loop": loop(
      "l",
      {},
      ...times(1000, (i) => choice("A", seq(message(`n${i}`), leave("l")), message(`m${i}`))),
    ),
    "many ways round a loop": loop(
      "l",
      { max: 3 },
      ...times(1000, (i) => choice("A", seq(message(`n${i}`), again("l")), message(`m${i}`))),
    ),
    "all appended to one list": seq(
      ...times(2000, () => send("A", "B", "L", { asked: "T", as: "all", collects: true })),
    ),
    "two hundred arms": par(...times(200, (i) => seq(...times(10, (j) => message(`n${i}x${j}`))))),
    "sixty loops inside one another": times(60, (i) => i).reduce<Part>(
      (inner, i) => loop(`l${i}`, { max: 2 }, message(`n${i}`), inner, ...times(30, (j) => message(`m${j}`))),
      message("x"),
    ),
  };

  test.each(Object.entries(shapes))("%s", (_, body) => {
    const { choreography, source } = build({ roles, body });
    const before = performance.now();
    expect(knowledge(choreography)).toEqual([]);
    expect(namesAt(choreography, source.text.length - 3).length).toBeGreaterThan(0);
    expect(performance.now() - before).toBeLessThan(5000);
  });

  test("every one of them wrong: each is told, and quickly", () => {
    const body = seq(
      ...times(1000, (i) => choice("A", message(`n${i}`), send("A", "B", "No"))),
      ...times(1000, (i) => send("A", "B", "Read", { forwarded: `n${i}`, as: "read" })),
    );
    const { choreography } = build({ roles, body });
    const before = performance.now();
    expect(knowledge(choreography).length).toBe(1000);
    expect(performance.now() - before).toBeLessThan(5000);
  });
});

describe("too much", () => {
  test("thirty thousand names are done", () => {
    expect(codes({ roles, body: seq(...times(30_000, (i) => message(`n${i}`))) })).toEqual([]);
  });

  test("a list of twenty thousand messages is done, and so are as many reads of it", () => {
    const all = times(20_000, () => [
      send("A", "B", "L", { asked: "T", as: "all", collects: true }),
      send("B", "A", "Read", { forwarded: "all", as: "read" }),
    ]).flat();
    expect(codes({ roles, body: seq(...all) })).toEqual([]);
  });

  test("one name that ten thousand branches may have bound is done, and so are its tests", () => {
    const all = times(10_000, () => choice("A", message("x"), send("A", "B", "No")));
    expect(codes({ roles, body: seq(...all, send("B", "A", "Read", { forwarded: "x" })) })).toEqual(["CHOR0402"]);
  });

  test("a name each on eight thousand ways out of one loop is done", () => {
    const ways = times(8000, (i) => choice("A", seq(message(`n${i}`), leave("l")), message(`m${i}`)));
    expect(codes({ roles, body: loop("l", {}, ...ways) })).toEqual([]);
  });

  test("the names of calls in calls multiply, until they are refused", () => {
    let sketch: Sketch = { roles: ["A", "B"], body: seq(message("x"), message("y")), name: "Level0" };
    const found: string[] = [];
    for (let level = 1; level <= 14; level++) {
      const callee = sketch;
      const body = seq(call(callee, ["A", "B"], "one"), call(callee, ["A", "B"], "two"));
      sketch = { roles: ["A", "B"], body, name: `Level${level}` };
      found.push(...codes(sketch));
    }
    expect(found).toContain("CHOR0404");
  });

  test("a chain of three thousand calls", () => {
    let sketch: Sketch = { roles: ["A", "B"], body: seq(message("x"), abort), name: "Level0" };
    for (let level = 1; level <= 3000; level++) {
      const callee = sketch;
      sketch = { roles: ["A", "B"], body: call(callee, ["A", "B"], "c"), name: `Level${level}` };
    }
    expect(() => codes(sketch)).not.toThrow();
  });
});
