// Who can follow a choice by data that nobody tells: whoever knows all that its conditions read, at its place.

import { parse } from "@chor/grammar";
import { expect, test } from "vitest";
import { bind } from "../../compiler/src/bind/bind.js";
import type { Block, Choice, Choreography } from "../../compiler/src/bind/program.js";
import { followersOf } from "../../compiler/src/knowledge/knowledge.js";

const text = `
artifact T { n: int(0..9) }
choreography Follow(A, B, C, F[1..3], limit: int(0..9)) {
  A -> B, F[*]: T
  choice when t.n > limit { } or { }
  A -> C: T
  choice when t.n > limit { } or { }
  F[*] -> A: Vote(T) as votes[]
  choice when votes.length > 2 { } or { }
  choice when limit > 3 { } or { }
  scatter [1, 2] as each over F {
    A -> F: Told(T)
    choice when told.n > each { } or { }
  }
  choice at A {
    A -> B: Maybe(T)
  } or {
    A -> B: Nothing()
  }
  choice when maybe != null && maybe.n > 3 { } or { }
}
`;

test("by place and by binding", () => {
  const file = { file: "x.chor", text };
  const [choreography] = bind(file, parse(file).tree, new Map()).program.choreographies;
  if (choreography === undefined) throw new Error("it does not bind");
  expect(choicesIn(choreography).map((choice) => followersOf(choice, choreography).join(" "))).toEqual([
    "A B F",
    "A C",
    "A",
    "A B C F",
    "A F",
    "A B",
  ]);
});

function choicesIn({ body }: Choreography): readonly Choice[] {
  const inside = (block: Block): readonly Choice[] =>
    block.statements.flatMap((statement) => {
      if (statement.kind === "choice" && statement.at === null) return [statement];
      return statement.kind === "scatter" ? inside(statement.body) : [];
    });
  return inside(body);
}
