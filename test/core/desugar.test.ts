// From a bound choreography to the core.

import { describe, expect, test } from "vitest";
import type { Node } from "../../compiler/src/core/core.js";
import { tooLarge } from "../../compiler/src/core/measure.js";
import { innerNodes } from "../../compiler/src/core/message.js";
import {
  abort,
  build,
  call,
  choice,
  core,
  fail,
  leave,
  loop,
  named,
  saga,
  send,
  seq,
  type Part,
  type Sketch,
} from "../support/build.js";

describe("desugar", () => {
  test("a multicast is its messages one after the other", () => {
    const { body, messages } = core({
      roles: ["A", "B", "C"],
      body: send("A", ["C", "B"], "Plan", { asked: "Plan" }),
    });
    expect(messages).toHaveLength(1);
    expect(body).toMatchObject({
      kind: "sequence",
      nodes: [
        { kind: "send", from: 0, to: 2, label: "Plan", message: 0, copy: 0 },
        { kind: "send", from: 0, to: 1, label: "Plan", message: 0, copy: 1 },
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

describe("what is not written out stays small", () => {
  const say = (label: string): Part => send("A", "B", label);

  test("a saga is as long as its text: what undoes is there once", () => {
    const steps = Array.from({ length: 50 }, (_, i) => ({
      step: seq(say(`S${i}`), choice("A", say(`Go${i}`), seq(say(`No${i}`), abort))),
      undo: say(`U${i}`),
    }));
    const program = core({ roles: ["A", "B"], body: saga(steps, say("Else")) });
    expect(program.messages.filter(({ label }) => label.startsWith("U"))).toHaveLength(49);
    expect(count(program.body)).toBeLessThan(50 * 13);
  });

  test("a quorum of many is as long as senders times quorum", () => {
    const roles = Array.from({ length: 12 }, (_, i) => `R${i}`);
    const callee: Sketch = {
      name: "Vote",
      roles: ["P", "G[1..32]"],
      body: send("G[*]", "P", "Vote", { quorum: 6, otherwise: send("P", "G[*]", "Not") }),
    };
    const program = core({ roles: ["A", ...roles], body: call(callee, ["A", roles], "vote") });
    expect(count(program.body)).toBeLessThan(12 * 7 * 12);
  });

  test("members of a family are those that stand for all", () => {
    const program = core({ roles: ["A", "F[1..8]", "G[5..8]"], body: send("A", "F[*]", "Go") });
    expect(program.roles.map(({ name, role, member }) => [name, role, member])).toEqual([
      ["A", "A", null],
      ["F[1]", "F", 1],
      ["G[1]", "G", 1],
      ["G[2]", "G", 2],
      ["G[3]", "G", 3],
    ]);
  });

  test("what would be too large is refused before it is made", () => {
    let callee: Sketch = { name: "C0", roles: ["P", "Q"], body: send("P", "Q", "Go") };
    for (let i = 1; i <= 20; i++) {
      const inner = callee;
      const body = seq(call(inner, ["P", "Q"], "one"), call(inner, ["P", "Q"], "two"));
      callee = { name: `C${i}`, roles: ["P", "Q"], body };
    }
    const { choreography } = build(callee);
    expect(tooLarge(choreography)?.code).toBe("CHOR0513");
    let chain: Sketch = { name: "D0", roles: ["P", "Q"], body: send("P", "Q", "Go") };
    for (let i = 1; i <= 300; i++) chain = { name: `D${i}`, roles: ["P", "Q"], body: call(chain, ["P", "Q"], "one") };
    expect(tooLarge(build(chain).choreography)?.code).toBe("CHOR0515");
    const long = Array.from({ length: 600 }, (_, i) => ({ step: say(`S${i}`), undo: say(`U${i}`) }));
    expect(tooLarge(build({ roles: ["A", "B"], body: saga(long) }).choreography)?.code).toBe("CHOR0514");
    expect(tooLarge(build({ roles: ["A", "B"], body: saga(long.slice(0, 300)) }).choreography)).toBeNull();
  });

  test("`fail` is done by whoever spoke last, or decides", () => {
    const program = core({
      roles: ["A", "B"],
      body: choice("B", seq(send("B", "A", "X"), send("A", "B", "Y"), fail), seq(fail)),
    });
    expect(JSON.stringify(program.body).match(/"kind":"fail","by":\d/g)).toEqual([
      '"kind":"fail","by":0',
      '"kind":"fail","by":1',
    ]);
  });
});

function count(node: Node): number {
  let nodes = 0;
  const work: Node[] = [node];
  for (let at = work.pop(); at !== undefined; at = work.pop()) {
    nodes++;
    work.push(...innerNodes(at));
  }
  return nodes;
}
