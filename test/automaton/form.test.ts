// What is wrong with the form of choices and loops: a small program for each error, and the place that it points at.

import { describe, expect, test } from "vitest";
import { globalAutomaton } from "../../compiler/src/automaton/build.js";
import { desugar } from "../../compiler/src/core/desugar.js";
import { again, build, choice, leave, loop, named, send, seq, type Part } from "../support/build.js";

/** Each diagnostic as its code, the text that it points at, and the texts of the related places; then the message. */
function form(body: Part): readonly string[] {
  const { choreography, source } = build({ roles: ["A", "B", "C"], body });
  const { automaton, diagnostics } = globalAutomaton(desugar(choreography));
  const at = (span: { start: number; end: number }): string =>
    source.text.slice(span.start, span.end).replace(/\s+/g, " ");
  expect(automaton === null).toBe(diagnostics.some(({ severity }) => severity === "error"));
  for (const { hint } of diagnostics) expect(hint).toMatch(/^[A-Z].*\.$/);
  return diagnostics.map(
    ({ code, span, related, message }) =>
      `${code} ${at(span)} <- ${related.map((place) => at(place.span)).join(" ; ")}\n${message}`,
  );
}

const say = (label: string): Part => send("A", "B", label);

describe("form of choices", () => {
  test("the role that decides does not speak first", () => {
    expect(form(named("verdict", "A", say("Yes"), send("B", "A", "No")))).toEqual([
      "CHOR0501 B -> A: No() <- choice verdict at A ; { B -> A: No() }\n`A` decides here, but the first message of this branch is `B -> A: No`: whether it is sent is up to `B`.",
    ]);
  });

  test("wherever the first message stands", () => {
    expect(form(seq(choice("A", say("Yes"), seq()), send("B", "A", "Next")))).toEqual([
      expect.stringMatching(/^CHOR0501 B -> A: Next\(\) <- choice at A ; \{\}\n/),
    ]);
    expect(form(choice("A", loop("x", { max: 2 }, send("C", "B", "In")), say("Yes")))).toEqual([
      expect.stringMatching(/^CHOR0501 C -> B: In\(\) <- choice at A ; \{ loop x max 2/),
    ]);
  });

  test("an outer choice does not repeat what is wrong with an inner one", () => {
    expect(form(choice("A", choice("A", say("X"), send("B", "A", "Y")), say("Z")))).toHaveLength(1);
    expect(form(choice("A", choice("A", say("X"), say("X")), say("Z")))).toHaveLength(1);
  });

  test("a choice at one role that begins with a choice at another", () => {
    expect(form(choice("A", choice("B", send("B", "A", "X"), send("B", "C", "X")), say("Z")))).toEqual([
      expect.stringMatching(/^CHOR0501 B -> A: X/),
      expect.stringMatching(/^CHOR0501 B -> C: X/),
    ]);
  });

  test("two branches begin alike", () => {
    expect(form(choice("A", seq(say("X"), say("Y")), seq(say("X"), say("Z"))))).toEqual([
      "CHOR0503 A -> B: X() <- A -> B: X() ; choice at A\nTwo branches of this choice begin with `A -> B: X`, so `B` cannot tell which of them was taken.",
    ]);
    expect(form(choice("A", say("X"), send("A", "C", "X")))).toEqual([]);
  });

  test("two branches that say nothing and go on at one place", () => {
    expect(form(seq(choice("A", seq(), seq(), say("X")), say("Y")))).toEqual([
      expect.stringMatching(/^CHOR0504 \{\} <- \{\} ; choice at A\n/),
    ]);
  });

  test("a branch that ends everything in silence", () => {
    expect(form(choice("A", say("X"), seq()))).toEqual([
      "CHOR0502 {} <- choice at A ; }\nWhen `A` takes this branch the choreography is over without a message, so nobody can tell it from a decision that is still to come.",
    ]);
    expect(form(seq(choice("A", say("X"), seq()), choice("A", say("Y"), seq())))).toHaveLength(1);
  });

  test("a choice whose branches begin with a choice, a loop, a multicast or what follows is fine", () => {
    expect(
      form(
        seq(
          choice("A", choice("A", say("W"), say("X")), seq(), loop("x", {}, send("A", ["C", "B"], "Y"), leave("x"))),
          say("Z"),
        ),
      ),
    ).toEqual([]);
  });
});

describe("form of loops", () => {
  test("a round without a message", () => {
    expect(form(loop("x", {}))).toEqual([
      "CHOR0505 loop x <- \nA round of the loop `x` can pass without a message, so it could go round for ever while nothing happens.",
    ]);
    expect(form(loop("x", { max: 3 }))).toEqual([expect.stringMatching(/^CHOR0505 loop x max 3 <- \n/)]);
    expect(form(loop("x", {}, again("x")))).toEqual([expect.stringMatching(/^CHOR0505 loop x <- \n/)]);
  });

  test("a branch in which a round passes in silence", () => {
    expect(form(loop("x", {}, choice("A", say("X"), seq(), seq(say("Y"), leave("x")))))).toEqual([
      expect.stringMatching(/^CHOR0505 loop x <- \{\}\n/),
    ]);
    expect(form(loop("x", { max: 2 }, choice("A", say("X"), again("x"))))).toEqual([
      expect.stringMatching(/^CHOR0505 loop x max 2 <- \{ continue x \}\n/),
    ]);
    // Inner loops that are left in silence: it is the outer one that goes round.
    expect(form(loop("x", {}, loop("y", {}, choice("A", say("X"), leave("y")))))).toEqual([
      expect.stringMatching(/^CHOR0505 loop x <- \{ break y \}\n/),
    ]);
  });

  test("a branch in which a counted round is over in silence", () => {
    expect(form(loop("x", { max: 2 }, send("B", "A", "In"), choice("A", say("X"), seq())))).toEqual([
      "CHOR0506 {} <- choice at A ; loop x max 2 ; B -> A: In()\nWhen `A` takes this branch a round of `x` is over without a message, and `A` is not the one who speaks next: nobody can tell that it was taken.",
    ]);
    expect(form(loop("x", {}, send("A", "B", "In"), choice("A", say("X"), seq())))).toEqual([]);
    expect(form(loop("x", { max: 2 }, send("A", "B", "In"), choice("A", say("X"), leave("x"))))).toEqual([
      expect.stringMatching(/^CHOR0502 \{ break x \}/),
    ]);
    expect(form(seq(loop("x", { max: 2 }, say("In"), choice("A", say("X"), leave("x"))), say("Y")))).toEqual([]);
  });

  test("what is never reached", () => {
    expect(form(seq(loop("x", {}, say("X")), say("Y"), say("Z")))).toEqual([
      "CHOR0507 A -> B: Y() <- loop x\nThis is never reached: nobody leaves the loop `x`.",
    ]);
    expect(form(loop("x", {}, say("X"), leave("x"), say("Y")))).toEqual([
      "CHOR0507 A -> B: Y() <- break x\nThis is never reached: `break x` goes elsewhere.",
    ]);
    expect(
      form(loop("x", {}, choice("A", seq(say("X"), leave("x")), seq(say("Y"), again("x"))), loop("y", {}, say("Z")))),
    ).toEqual([expect.stringMatching(/^CHOR0507 loop y <- choice at A\n/)]);
  });

  test("an else that never runs", () => {
    expect(form(loop("x", { max: 3, otherwise: say("Y") }, say("X"), leave("x")))).toEqual([
      "CHOR0508 A -> B: Y() <- loop x max 3\nThe `else` of the loop `x` never runs: no round comes to its end, so there are never 3 of them.",
    ]);
    expect(
      form(
        loop("x", { max: 3, otherwise: say("Y") }, choice("A", seq(say("X"), again("x")), seq(say("Z"), leave("x")))),
      ),
    ).toEqual([]);
  });
});

describe("hostile input", () => {
  test("a hundred thousand messages in a row", () => {
    const { choreography } = build({
      roles: ["A", "B"],
      body: seq(...Array.from({ length: 100_000 }, () => say("X"))),
    });
    const { automaton, diagnostics } = globalAutomaton(desugar(choreography));
    expect(diagnostics).toEqual([]);
    expect(automaton?.states).toHaveLength(100_001);
  });

  test("a hundred thousand branches, and nesting of 64", () => {
    const branches = Array.from({ length: 100_000 }, (_, i) => say(`X${i}`));
    expect(form(choice("A", ...branches))).toEqual([]);
    let deep: Part = say("X");
    for (let i = 0; i < 64; i++)
      deep = i % 2 === 0 ? choice("A", deep, send("A", "C", `X${i}`)) : loop(`x${i}`, { max: 2 }, deep);
    expect(form(deep)).toEqual([]);
  });

  test("a row of silent choices is refused where its ways would be too many", () => {
    const row = Array.from({ length: 2_000 }, (_, i) => choice("A", say(`X${i}`), seq()));
    expect(form(seq(...row, say("Y")))).toEqual([expect.stringMatching(/^CHOR0509 /)]);
  });
});
