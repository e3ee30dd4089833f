// A choice whose branches begin with something that nobody is asked for: a message that is passed on, a multicast.

import { describe, expect, it } from "vitest";
import { choreography, memory, role, type Machine } from "@chor/runtime";
import { artifact } from "../support/artifacts.js";
import { testWorld } from "../support/world.js";

const Note = artifact("Note", "What there is to say.", { text: "text" });
const note = { text: "x" };

const sender: Machine = {
  role: "A",
  choreography: "Passing",
  states: [
    {
      handler: "note",
      asks: "payload",
      sends: [{ label: "Note", to: "B", artifact: Note, as: "note", then: 1, at: "Note" }],
    },
    { ends: true, knows: ["note"] },
  ],
};

/** `choice way at B { B -> C, D: Pass(note) } or { B -> C: Drop() B -> D: Drop() } or { B -> D: Pass(Note) … }`. */
const middle: Machine = {
  role: "B",
  choreography: "Passing",
  states: [
    { receives: [{ label: "Note", from: "A", artifact: Note, as: "note", then: 1, at: "Note" }] },
    {
      handler: "way",
      asks: "choice",
      knows: ["note"],
      sends: [
        { label: "Pass", to: "C", artifact: Note, as: "pass", computes: ({ note }) => note, then: 2, at: "Pass" },
        { label: "Drop", to: "C", then: 3, at: "Drop" },
        { label: "Pass", to: "D", artifact: Note, as: "pass", then: 4, at: "Pass#2" },
      ],
    },
    {
      sends: [
        { label: "Pass", to: "D", artifact: Note, as: "pass", computes: ({ pass }) => pass, then: 5, at: "Pass" },
      ],
    },
    { handler: "drop", asks: "forced", sends: [{ label: "Drop", to: "D", then: 5, at: "Drop#2" }] },
    { handler: "drop", asks: "forced", sends: [{ label: "Drop", to: "C", then: 5, at: "Drop#3" }] },
    { ends: true, knows: ["pass"] },
  ],
};

function last(name: string): Machine {
  return {
    role: name,
    choreography: "Passing",
    states: [
      {
        receives: [
          { label: "Pass", from: "B", artifact: Note, as: "pass", then: 1, at: "Pass" },
          { label: "Drop", from: "B", then: 1, at: "Drop" },
        ],
      },
      { ends: true, knows: ["pass"] },
    ],
  };
}

const roles = [sender, middle, last("C"), last("D")].map((machine) => role<any>(machine));

async function answered(way: (known: any, ctx: any) => unknown) {
  const contexts: any[] = [];
  const journal = memory();
  const run = choreography<any, any>(
    { name: "Passing", digest: "sha256:passing", source: "passing.chor", places: {}, roles },
    testWorld(),
  ).run({
    session: "s",
    journal,
    agents: { A: { note: () => note }, B: { way: (known: any, ctx: any) => (contexts.push(ctx), way(known, ctx)) } },
  });
  const { known } = await run;
  return { known, contexts };
}

describe("a choice with a branch that passes something on", () => {
  it("sends what is known when it is chosen, with and without `choose`, to all receivers", async () => {
    for (const way of [
      (_: any, { choose }: any) => choose.Pass("C"),
      () => ({ label: "Pass", to: "C" }),
      (_: any, { choose }: any) => choose.Pass("C", { text: "another" }),
    ]) {
      const { known, contexts } = await answered(way);
      expect(contexts.map(({ attempt }) => attempt)).toEqual([1]);
      expect(known).toEqual({ A: { note }, B: { pass: note }, C: { pass: note }, D: { pass: note } });
    }
  });

  it("still asks for the payload where the same label goes to somebody else", async () => {
    const mine = { text: "mine" };
    const { known } = await answered((_, { choose, attempt }) =>
      attempt === 1 ? choose.Pass("D") : choose.Pass("D", mine),
    );
    expect(known).toEqual({ A: { note }, B: { pass: mine }, C: {}, D: { pass: mine } });
  });

  it("describes an answer without that payload", async () => {
    const { contexts } = await answered((_, { choose }) => choose.Drop());
    const { answer, choose, prompt } = contexts[0];
    expect(choose.Pass("C")).toEqual({ label: "Pass", to: "C" });
    expect(choose.Pass("D", note)).toEqual({ label: "Pass", to: "D", payload: note });
    expect(answer.is(choose.Pass("C"))).toBe(true);
    expect(answer.issues({ label: "Pass", to: "C", payload: note })).toMatchObject([
      { pointer: "/payload", code: "unknown" },
    ]);
    expect(answer.issues({ label: "Pass", to: "D" })).toMatchObject([{ pointer: "/payload", code: "missing" }]);
    expect(answer.jsonSchema.anyOf.map(({ required }: any) => required)).toEqual([
      ["label", "to"],
      ["label"],
      ["label", "to", "payload"],
    ]);
    expect(prompt()).toContain("- Pass to C, with the Note that is known already: What there is to say.\n");
  });

  it("refuses an answer that brings a payload of its own, and says so", async () => {
    const { known, contexts } = await answered((_, { attempt }) =>
      attempt === 1 ? { label: "Pass", to: "C", payload: { text: "another" } } : { label: "Pass", to: "C" },
    );
    expect(contexts[1].rejection).toMatchObject({
      code: "CHOR0803",
      issues: [{ pointer: "/payload", code: "unknown" }],
    });
    expect(contexts[1].rejection.text).toContain('The answer "Pass" has a field that it must not have.');
    expect(known.C).toEqual({ pass: note });
  });
});
