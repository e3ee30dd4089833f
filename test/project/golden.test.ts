// The local automata of the documents' examples, built by hand.

import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { check } from "../../compiler/src/check.js";
import { globalAutomaton } from "../../compiler/src/automaton/build.js";
import { observe } from "../../compiler/src/automaton/observe.js";
import { project } from "../../compiler/src/project/project.js";
import { choice, core, leave, loop, named, send, seq, type Sketch } from "../support/build.js";
import { table } from "../support/table.js";

const reviewLoop: Sketch = {
  roles: ["Author", "Reviewer", "Editor"],
  body: loop(
    "round",
    { max: 5, otherwise: send("Reviewer", "Editor", "GiveUp") },
    send("Author", "Reviewer", "Draft", { asked: "Draft" }),
    named(
      "verdict",
      "Reviewer",
      seq(
        send("Reviewer", "Author", "Accept"),
        send("Reviewer", "Editor", "Publish", { forwarded: "draft" }),
        leave("round"),
      ),
      send("Reviewer", "Author", "Revise", { asked: "Comments", as: "comments" }),
    ),
  ),
};

const handOff: Sketch = {
  roles: ["Customer", "Desk", "Alice", "Bob"],
  body: seq(
    send("Customer", "Desk", "Question", { asked: "Question" }),
    named(
      "route",
      "Desk",
      seq(
        send("Desk", "Alice", "Take", { asked: "Task", as: "task" }),
        send("Desk", "Bob", "Stand"),
        send("Alice", "Customer", "Answer", { asked: "Answer" }),
      ),
      seq(
        send("Desk", "Bob", "Take", { asked: "Task", as: "task" }),
        send("Desk", "Alice", "Stand"),
        send("Bob", "Customer", "Answer", { asked: "Answer" }),
      ),
    ),
  ),
};

function tables(sketch: Sketch): Record<string, readonly string[]> {
  const { automaton, diagnostics } = globalAutomaton(core(sketch));
  expect(diagnostics).toEqual([]);
  if (automaton === null) throw new Error("no automaton");
  return Object.fromEntries(
    sketch.roles.map((role, i) => {
      const { local, diagnostics } = project(automaton, observe(automaton, i), () => []);
      expect(diagnostics).toEqual([]);
      return [role, table(local)];
    }),
  );
}

describe("projection", () => {
  test("a review loop", () => {
    expect(tables(reviewLoop)).toMatchInlineSnapshot(`
      {
        "Author": [
          "0 draft (payload) !Draft(Draft as draft) to Reviewer -> 1 at Draft",
          "1 ?Accept from Reviewer -> 3 at Accept | ?Revise(Comments as comments) from Reviewer -> 2 at Revise",
          "2 repeat round -> 0, last 3",
          "3 end",
        ],
        "Editor": [
          "0 ?Publish(Draft as publish) from Reviewer -> 1 at Publish | ?GiveUp from Reviewer -> 1 at GiveUp",
          "1 end",
        ],
        "Reviewer": [
          "0 ?Draft(Draft as draft) from Author -> 1 at Draft",
          "1 verdict (choice) !Accept to Author -> 2 at Accept | !Revise(Comments as comments) to Author -> 3 at Revise",
          "2 !Publish(Draft as publish) to Editor = draft -> 5 at Publish",
          "3 repeat round -> 0, last 4",
          "4 giveUp (forced) !GiveUp to Editor -> 5 at GiveUp",
          "5 end",
        ],
      }
    `);
  });

  test("a hand-off", () => {
    expect(tables(handOff)).toMatchInlineSnapshot(`
      {
        "Alice": [
          "0 ?Take(Task as task) from Desk -> 1 at Take | ?Stand from Desk -> 2 at Stand#2",
          "1 answer (payload) !Answer(Answer as answer) to Customer -> 2 at Answer",
          "2 end",
        ],
        "Bob": [
          "0 ?Stand from Desk -> 2 at Stand | ?Take(Task as task) from Desk -> 1 at Take#2",
          "1 answer (payload) !Answer(Answer as answer) to Customer -> 2 at Answer#2",
          "2 end",
        ],
        "Customer": [
          "0 question (payload) !Question(Question as question) to Desk -> 1 at Question",
          "1 ?Answer(Answer as answer) from Alice -> 2 at Answer | ?Answer(Answer as answer) from Bob -> 2 at Answer#2",
          "2 end",
        ],
        "Desk": [
          "0 ?Question(Question as question) from Customer -> 1 at Question",
          "1 route (choice) !Take(Task as task) to Alice -> 2 at Take | !Take(Task as task) to Bob -> 3 at Take#2",
          "2 stand (forced) !Stand to Bob -> 4 at Stand",
          "3 stand (forced) !Stand to Alice -> 4 at Stand#2",
          "4 end",
        ],
      }
    `);
  });

  test("a multicast is asked for once and then copied", () => {
    const sketch = {
      roles: ["A", "B", "C"],
      body: seq(
        send("A", ["B", "C"], "Plan", { asked: "Plan" }),
        choice("A", send("A", ["B", "C"], "Yes"), send("A", ["B", "C"], "No")),
      ),
    };
    expect(tables(sketch)).toMatchInlineSnapshot(`
      {
        "A": [
          "0 plan (payload) !Plan(Plan as plan) to B -> 1 at Plan",
          "1 !Plan(Plan as plan) to C copy -> 2 at Plan",
          "2 yesOrNo (choice) !Yes to B -> 3 at Yes | !No to B -> 4 at No",
          "3 !Yes to C -> 5 at Yes",
          "4 !No to C -> 5 at No",
          "5 end",
        ],
        "B": [
          "0 ?Plan(Plan as plan) from A -> 1 at Plan",
          "1 ?Yes from A -> 2 at Yes | ?No from A -> 2 at No",
          "2 end",
        ],
        "C": [
          "0 ?Plan(Plan as plan) from A -> 1 at Plan",
          "1 ?Yes from A -> 2 at Yes | ?No from A -> 2 at No",
          "2 end",
        ],
      }
    `);
  });
});

const shared = new URL("../../../shared/endpoint/", import.meta.url);

describe.skipIf(!existsSync(shared))("the documents' own files (skipped where ../shared is absent)", () => {
  const cases: readonly [string, Sketch][] = [
    ["review.chor", reviewLoop],
    ["desk.chor", handOff],
  ];
  test.each(cases)("%s gives the tables of the sketch by hand", (file, sketch) => {
    const { choreographies, diagnostics } = check({ file, text: readFileSync(new URL(file, shared), "utf8") });
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(Object.fromEntries((choreographies[0]?.locals ?? []).map((local) => [local.role, table(local)]))).toEqual(
      tables(sketch),
    );
  });
});
