// What `desugar` gives has the runs of what it was given: random programs of the whole language, told twice. And that
// this finds mistakes: translations that are wrong on purpose are caught.

import { describe, expect, test } from "vitest";
import type { Choreography, Statement } from "../../compiler/src/bind/program.js";
import type { Core, Node } from "../../compiler/src/core/core.js";
import { desugar } from "../../compiler/src/core/desugar.js";
import { runsOf, type Run } from "../../compiler/src/reference/meaning.js";
import { shrink } from "../oracle/shrink.js";
import {
  build,
  call,
  core,
  leave,
  loop,
  saga,
  scatter,
  send,
  seq,
  abort,
  type Part,
  type Sketch,
} from "../support/build.js";
import { randomProgram } from "../support/random-language.js";
import { runsOfCore } from "./core-runs.js";

const cases = Number(process.env["CHOR_CASES"] ?? 400);
const longest = 6;
const most = 4_000;
const members = (low: number): number => Math.max(1, Math.min(low, 3));

type Translation = (choreography: Choreography) => Core;

/** The runs that only one of the two has; null where there are too many to tell. */
function difference(sketch: Sketch, translate: Translation, instances: number): readonly string[] | null {
  const { choreography } = build(sketch);
  const meant = runsOf(choreography, { longest, instances, members, value: () => 3, most });
  const made = runsOfCore(translate(choreography), longest, instances, most * 10);
  if (meant === null || made === null) return null;
  const one = new Set(meant.map(shown));
  const other = new Set(made.map(shown));
  return [...one].filter((run) => !other.has(run)).concat([...other].filter((run) => !one.has(run)));
}

function shown({ events, over }: Run): string {
  return `${events.join(" ")}${over ? "." : " …"}`;
}

/** Whether the translation is wrong on a sketch; what a shrunk sketch cannot mean is not. */
function wrong(sketch: Sketch, translate: Translation, instances: number): boolean {
  try {
    return (difference(sketch, translate, instances) ?? []).length > 0;
  } catch {
    return false;
  }
}

describe("the translation into the core", () => {
  test("has the runs of the language, on random programs", () => {
    let told = 0;
    let runs = 0;
    for (let seed = 1; seed <= cases; seed++) {
      const sketch = randomProgram(seed);
      const found = difference(sketch, desugar, seed % 3);
      if (found === null) continue;
      told++;
      if (found.length > 0) {
        const small = shrink(sketch, (smaller) => wrong(smaller, desugar, seed % 3));
        const { source } = build(small);
        expect.fail(`seed ${seed}\n${source.text}\n${(difference(small, desugar, seed % 3) ?? []).join("\n")}`);
      }
      runs += runsOf(build(sketch).choreography, { longest, instances: 1, members, value: () => 3, most })?.length ?? 0;
    }
    // That the search is as wide as it is meant to be.
    expect(told).toBeGreaterThan(cases * 0.6);
    expect(runs).toBeGreaterThan(told * 5);
  });

  const controls: readonly (readonly [string, Translation])[] = [
    ["the oldest undo comes first", (choreography) => desugar(onSagas(choreography, (undos) => undos.toReversed()))],
    ["an `abort` undoes nothing", (choreography) => desugar(onSagas(choreography, (undos) => undos.map(() => null)))],
    ["an `else` reads before it gives up", (choreography) => onNodes(desugar(choreography), readsFirst)],
    ["a refusal goes on as if it had been accepted", (choreography) => onNodes(desugar(choreography), neverRefuses)],
    ["the last branch is dropped", (choreography) => onNodes(desugar(choreography), dropsABranch)],
    ["arms stand one after the other", (choreography) => onNodes(desugar(choreography), armsInOrder)],
    ["a scatter is its body once", (choreography) => onNodes(desugar(choreography), onceOnly)],
    ["a `break` goes round again", (choreography) => onNodes(desugar(choreography), breaksContinue)],
    ["the `else` of a loop comes a round too late", (choreography) => oneRoundMore(desugar(choreography))],
    ["a `fail` is nothing", (choreography) => onNodes(desugar(choreography), failsNothing)],
    ["families have one member more", (choreography) => desugar(choreography, { members: (low) => members(low) + 1 })],
  ];

  test.each(controls)("control: %s", (_, translate) => {
    let caught = 0;
    for (let seed = 1; seed <= 300 && caught < 3; seed++) if (wrong(randomProgram(seed), translate, seed % 3)) caught++;
    expect(caught).toBe(3);
  });
});

// ---- mistakes ------------------------------------------------------------------------------------------

type Undo = Extract<Statement, { kind: "saga" }>["steps"][number]["undo"];

function onSagas(choreography: Choreography, change: (undos: readonly Undo[]) => readonly Undo[]): Choreography {
  return JSON.parse(JSON.stringify(choreography), (_key, value: unknown) => {
    const statement = value as Statement | null;
    if (typeof statement !== "object" || statement?.kind !== "saga") return value;
    const undos = change(statement.steps.map(({ undo }) => undo));
    return { ...statement, steps: statement.steps.map(({ step }, i) => ({ step, undo: undos[i] ?? null })) };
  }) as Choreography;
}

function onNodes(core: Core, change: (node: Node, core: Core) => Node): Core {
  const into = (node: Node): Node => {
    switch (node.kind) {
      case "sequence":
        return change({ ...node, nodes: node.nodes.map(into) }, core);
      case "choice":
        return change({ ...node, branches: node.branches.map(into) }, core);
      case "loop":
        return change({ ...node, body: into(node.body), otherwise: into(node.otherwise) }, core);
      case "block":
      case "scatter":
        return change({ ...node, body: into(node.body) }, core);
      case "par":
        return change({ ...node, arms: node.arms.map(into) }, core);
      default:
        return change(node, core);
    }
  };
  return { ...core, body: into(core.body) };
}

/** The choice of a judge, whose first word to the network is one of these. */
function judges(node: Node, words: readonly string[]): boolean {
  if (node.kind !== "choice" || node.name !== "") return false;
  return node.branches.some((branch) => words.includes(firstLabel(branch)));
}

function firstLabel(node: Node): string {
  if (node.kind === "send") return node.label;
  return node.kind === "sequence" && node.nodes[0] !== undefined ? firstLabel(node.nodes[0]) : "";
}

function readsFirst(node: Node, core: Core): Node {
  if (node.kind !== "choice" || !judges(node, ["late"])) return node;
  const branches = node.branches.map((branch): Node => {
    if (firstLabel(branch) !== "late" || branch.kind !== "sequence") return branch;
    return {
      ...branch,
      nodes: branch.nodes.flatMap((inner): readonly Node[] =>
        inner.kind === "send" && core.messages[inner.message]?.interaction !== null
          ? [inner, { ...inner, from: inner.to, to: node.at }]
          : [inner],
      ),
    };
  });
  return { ...node, branches };
}

function neverRefuses(node: Node): Node {
  if (node.kind !== "choice" || !judges(node, ["refused"])) return node;
  return { ...node, branches: node.branches.filter((branch) => firstLabel(branch) !== "refused") };
}

function dropsABranch(node: Node): Node {
  return node.kind === "choice" && node.name !== "" && node.branches.length > 1
    ? { ...node, branches: node.branches.slice(0, -1) }
    : node;
}

function armsInOrder(node: Node): Node {
  return node.kind === "par" ? { kind: "sequence", nodes: node.arms } : node;
}

function onceOnly(node: Node): Node {
  return node.kind === "scatter" ? node.body : node;
}

function breaksContinue(node: Node): Node {
  return node.kind === "break" ? { ...node, kind: "continue" } : node;
}

function failsNothing(node: Node): Node {
  return node.kind === "fail" ? { kind: "sequence", nodes: [] } : node;
}

function oneRoundMore(core: Core): Core {
  return { ...core, loops: core.loops.map((one) => (one.max === null ? one : { ...one, max: one.max + 1 })) };
}

// ---- single programs -----------------------------------------------------------------------------------

/** The runs of the core of a program with the roles A, B, C and F[2..2], as text. */
function runs(body: Part, instances = 2): readonly string[] {
  const made = runsOfCore(core({ roles: ["A", "B", "C", "F[2..2]"], body }), 8, instances, 100_000);
  return (made ?? [])
    .map(({ events }) => events.map((event) => event.replace(/^(\S+) -> (\S+): /, "")).join(" "))
    .toSorted();
}

const say = (label: string): Part => send("A", "B", label);

describe("single programs", () => {
  test("a wait with `else` reads and goes on, reads and refuses, or gives up", () => {
    expect(runs(seq(send("A", "B", "M", { otherwise: say("E") }), say("Z")))).toEqual(["E Z", "M E Z", "M Z"]);
  });

  test("an `abort` undoes the finished steps, newest first", () => {
    const steps = [
      { step: say("One"), undo: say("NotOne") },
      { step: say("Two"), undo: say("NotTwo") },
      { step: seq(say("Three"), abort), undo: say("NotThree") },
    ];
    expect(runs(seq(saga(steps, say("Else")), say("Z")))).toEqual(["One Two Three NotTwo NotOne Else Z"]);
  });

  test("a gather reads so many of its senders, in their order", () => {
    expect(runs(send("F[*]", "A", "Vote", { quorum: 1, otherwise: seq() }))).toEqual(["", "Vote", "Vote"]);
    expect(runs(send("F[*]", "A", "Vote"))).toEqual(["Vote Vote", "Vote Vote"]);
  });

  test("what is called has its prefix, and goes on behind", () => {
    const callee: Sketch = { name: "Callee", roles: ["P", "Q"], body: seq(send("P", "Q", "In"), abort) };
    expect(runs(seq(call(callee, ["A", "B"], "pact", say("Else")), say("Z")))).toEqual(["pact.In Else Z"]);
  });

  test("`break` of a scatter ends its instance only", () => {
    const body = scatter("x", ["F"], send("F", "A", "In"), leave("x"), send("F", "A", "Never"));
    expect(runs(seq(body, say("Z")))).toEqual(["In In Z"]);
    expect(runs(seq(body, say("Z")), 0)).toEqual(["Z"]);
  });

  test("a counted loop in an arm counts for itself", () => {
    expect(runs(scatter("x", ["F"], loop("l", { max: 2 }, send("F", "A", "In"))), 1)).toEqual(["In In"]);
  });
});
