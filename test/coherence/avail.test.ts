// Which messages can come first while the role stands still: the search itself, on small programs.

import { describe, expect, test } from "vitest";
import { available } from "../../compiler/src/coherence/avail.js";
import { choice, core, leave, loop, seq, send } from "../support/build.js";
import { globalAutomaton } from "../../compiler/src/automaton/build.js";
import { tablesOf } from "../../compiler/src/coherence/tables.js";
import type { Part } from "../support/build.js";

/** The labels that can be first on the channel from `sender` to `role` at the beginning. */
function firstLabels(roles: readonly string[], body: Part, sender: string, role: string): readonly string[] {
  const { automaton } = globalAutomaton(core({ roles, body }));
  if (automaton === null) throw new Error("the program has no automaton");
  const tables = tablesOf(automaton);
  const found = available(tables, roles.indexOf(sender), roles.indexOf(role), 0);
  return [...found.keys()].map((letter) => {
    const own = automaton.letters[letter];
    return own?.kind === "message" ? own.label : "";
  });
}

describe("a message is available", () => {
  const roles = ["A", "B", "C", "P"];

  test("if nothing that leads to it waits for the role", () => {
    expect(firstLabels(roles, seq(send("A", "B", "X"), send("B", "P", "M")), "B", "P")).toEqual(["M"]);
  });

  test("not if its sender waits for the role", () => {
    expect(firstLabels(roles, seq(send("P", "B", "X"), send("B", "P", "M")), "B", "P")).toEqual([]);
  });

  test("not if its sender waits for one that waits for the role", () => {
    const body = seq(send("P", "A", "X"), send("A", "C", "Y"), send("C", "B", "Z"), send("B", "P", "M"));
    expect(firstLabels(roles, body, "B", "P")).toEqual([]);
  });

  test("not if another message is before it on the channel", () => {
    expect(firstLabels(roles, seq(send("B", "P", "M"), send("B", "P", "N")), "B", "P")).toEqual(["M"]);
  });

  test("on every branch that can be taken without the role", () => {
    const body = choice(
      "A",
      seq(send("A", "B", "X"), send("B", "P", "M")),
      seq(send("A", "B", "Y"), send("B", "P", "N")),
    );
    expect(firstLabels(roles, body, "B", "P")).toEqual(["M", "N"]);
  });

  test("behind a counted loop, whose letters are nobody's", () => {
    const body = seq(loop("x", { max: 3 }, send("A", "C", "X")), send("B", "P", "M"));
    expect(firstLabels(roles, body, "B", "P")).toEqual(["M"]);
  });
});

test("of very many blocked sets the intersection is kept: more may be available, never less", () => {
  const waiting = Array.from({ length: 40 }, (_, i) => `W${i}`);
  const roles = ["A", "B", "P", ...waiting];
  const branches = waiting.map((name) => seq(send("A", name, "Go"), send("P", name, "Hold")));
  const last = seq(...waiting.map((name) => send(name, "B", "Ready")), send("B", "P", "M"));
  expect(firstLabels(roles, seq(choice("A", ...branches), last), "B", "P")).toEqual(["M"]);
  const few = seq(choice("A", ...branches.slice(0, 20)), last);
  expect(firstLabels(roles, few, "B", "P")).toEqual([]);
});

test("the search ends where loops go round and round", () => {
  const roles = ["A", "B", "C", "P"];
  const round = choice(
    "A",
    send("A", "B", "X"),
    seq(send("A", "C", "Y"), send("P", "C", "Z")),
    seq(send("A", "B", "End"), leave("x")),
  );
  expect(firstLabels(roles, seq(loop("x", {}, round), send("B", "P", "M"), send("C", "P", "M")), "B", "P")).toEqual([
    "M",
  ]);
});
