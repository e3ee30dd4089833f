// The protocols of Scribble's own test suite, written in our language and checked: each is accepted or refused as it
// should be. They lie beside the repository; where they are absent there is nothing to run.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { check } from "../../compiler/src/check.js";
import { chorc, folder } from "../cli/run.js";
import { choreographyOf } from "./scribble.js";

interface Entry {
  readonly id: string;
  readonly scribble: string;
  readonly expected: "accept" | "reject";
  /** Send, no mixed choice, receive, termination: which condition is violated. */
  readonly why: string;
}

const file = new URL("../../../shared/corpus/protocols.jsonl", import.meta.url);
const entries = existsSync(file) ? readEntries(readFileSync(file, "utf8")) : [];

const codes: Readonly<Record<string, string>> = {
  SC: "CHOR0601",
  "SC+NMC": "CHOR0602",
  NMC: "CHOR0602",
  RC: "CHOR0603",
  TA: "CHOR0604",
};
/** In this one a role sends in one run and is done in the other, which is told as a matter of sending. */
const toldAsSend = "scribble-java/test/bad/wfchoice/enabling/threeparty/Test03a.scr#Proto1";

describe.skipIf(entries.length === 0)("the conformance corpus (skipped where ../shared is absent)", () => {
  test("is all there", () => {
    expect(entries.length).toBe(194);
    expect(entries.filter(({ expected }) => expected === "reject").length).toBe(20);
  });

  test.each(entries)("$id", ({ scribble, expected, why, id }) => {
    const { diagnostics } = check({ file: "corpus.chor", text: choreographyOf(scribble, "Corpus") });
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    if (expected === "accept") {
      expect(errors).toEqual([]);
      return;
    }
    expect(errors.length).toBeGreaterThan(0);
    expect(new Set(errors.map(({ code }) => code))).toEqual(new Set([id === toldAsSend ? "CHOR0601" : codes[why]]));
    expect(errors.every(({ runs, hint }) => runs !== undefined && hint !== undefined)).toBe(true);
  });
});

test.skipIf(entries.length === 0)("`chorc check --format json` says the same of all of them in one run", async () => {
  const files = Object.fromEntries(entries.map(({ scribble }, i) => [`${i}.chor`, choreographyOf(scribble, "Corpus")]));
  const path = folder(files);
  const { code, out } = await chorc([
    "check",
    "--format",
    "json",
    ...Object.keys(files).map((file) => join(path, file)),
  ]);
  const { files: told } = JSON.parse(out) as { readonly files: readonly { readonly ok: boolean }[] };
  expect(code).toBe(1);
  expect(told.map(({ ok }) => (ok ? "accept" : "reject"))).toEqual(entries.map(({ expected }) => expected));
});

test.skipIf(entries.length > 0)("../shared/corpus/protocols.jsonl is absent: the corpus is not checked", () => {
  expect(existsSync(file)).toBe(false);
});

describe("the translation", () => {
  test("leaves the outermost loop where a way through a rec simply ends", () => {
    const text =
      "global protocol P(role a, role b) { rec X { choice at a { l() from a to b; continue X; } or { m() from a to b; } } }";
    expect(choreographyOf(text, "P")).toBe(`choreography P(A, B) {
  loop x {
    choice at A {
      A -> B: L()
      continue x
    } or {
      A -> B: M()
      break x
    }
  }
}
`);
  });
});

function readEntries(text: string): readonly Entry[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Entry);
}
