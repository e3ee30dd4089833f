// From a bound choreography to the core.

import { describe, expect, test } from "vitest";
import { core, leave, loop, named, send, seq } from "../support/build.js";

describe("desugar", () => {
  test("a multicast is its messages one after the other", () => {
    const { body, interactions } = core({
      roles: ["A", "B", "C"],
      body: send("A", ["C", "B"], "Plan", { asked: "Plan" }),
    });
    expect(interactions).toHaveLength(1);
    expect(body).toMatchObject({
      kind: "sequence",
      nodes: [
        { kind: "send", from: 0, to: 2, label: "Plan", interaction: 0, copy: 0 },
        { kind: "send", from: 0, to: 1, label: "Plan", interaction: 0, copy: 1 },
      ],
    });
  });

  test("loops are numbered from the outside and know the loop around them", () => {
    const inner = loop("y", {}, send("A", "B", "In"), leave("x"));
    const program = core({
      roles: ["A", "B"],
      body: seq(
        loop("x", { max: 2, otherwise: loop("z", {}, send("A", "B", "Z")) }, inner),
        loop("x", {}, send("A", "B", "L"), leave("x")),
      ),
    });
    expect(program.loops.map(({ name, max, parent }) => [name, max, parent])).toEqual([
      ["x", 2, null],
      ["y", null, 0],
      ["z", null, null],
      ["x", null, null],
    ]);
    expect(JSON.stringify(program.body).match(/"kind":"break","loop":\d/g)).toEqual([
      '"kind":"break","loop":0',
      '"kind":"break","loop":3',
    ]);
  });

  test("a choice keeps its name, its role and the places of its branches", () => {
    const { body } = core({
      roles: ["A", "B"],
      body: named("verdict", "B", send("B", "A", "Yes"), send("B", "A", "No")),
    });
    expect(body).toMatchObject({
      nodes: [{ kind: "choice", name: "verdict", at: 1, branches: [{ kind: "sequence" }, { kind: "sequence" }] }],
    });
  });

  test("the end is the closing brace", () => {
    const program = core({ roles: ["A", "B"], body: seq() });
    expect(program.body).toEqual({ kind: "sequence", nodes: [] });
    expect(program.end).toEqual({ start: 27, end: 28 });
  });
});
