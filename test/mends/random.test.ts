// Random wrong programs: how often a mend is found, and that every one that is offered does what it promises.

import { describe, expect, test } from "vitest";
import type { Diagnostic } from "@chor/grammar";
import { check } from "../../compiler/src/check.js";
import { applied } from "../../compiler/src/mends/edits.js";
import { nextMend } from "../../compiler/src/mends/mends.js";
import { mendsOf } from "../../compiler/src/mends/search.js";
import { build, type Sketch } from "../support/build.js";
import { randomSketch } from "../support/random-core.js";
import { randomWaits } from "../support/random-waits.js";

const file = "random.chor";
const cases = Number(process.env["CHOR_CASES"] ?? 0) > 0 ? 400 : 24;

const kinds: readonly { readonly name: string; readonly least: number; readonly make: (seed: number) => Sketch }[] = [
  {
    name: "choices and loops",
    least: 0.9,
    make: (seed) =>
      randomSketch(seed, {
        roles: 4,
        labels: 6,
        statements: 5,
        depth: 3,
        loops: (["none", "uncounted", "counted"] as const)[seed % 3] ?? "none",
      }),
  },
  {
    name: "waits with an `else`",
    least: 0.85,
    make: (seed) => randomWaits(seed, { waits: [1, 3], statements: 3, depth: 2, labels: 2, roles: 3, loops: "none" }),
  },
];

describe.each(kinds)("random programs of $name", ({ name, least, make }) => {
  test("most of what is wrong has a mend, and each that is offered is accepted", { timeout: 600_000 }, () => {
    let wrong = 0;
    let programs = 0;
    let found = 0;
    let whole = 0;
    for (let seed = 0; seed < cases; seed++) {
      const { text } = build(make(seed)).source;
      const said = checkText(text);
      const errors = said.filter(isProved);
      if (errors.length === 0) continue;
      programs++;
      if (isWholeAgain(text)) whole++;
      for (const diagnostic of errors) {
        wrong++;
        const { fixes } = mendsOf({ file, text }, said, diagnostic, checkText, { wanted: 2, hasTime: () => true });
        if (fixes.length > 0) found++;
        for (const fix of fixes) {
          const after = checkText(applied(text, fix)).filter(isError);
          expect(after.length, `${fix.title} in\n${text}`).toBeLessThan(said.filter(isError).length);
          const known = new Set(said.map(causeOf));
          expect(after.filter((each) => !known.has(causeOf(each)))).toEqual([]);
        }
      }
    }
    console.log(
      `${name}: ${found} of ${wrong} errors have a mend; ${whole} of ${programs} programs are accepted after one mend and another`,
    );
    expect(programs).toBeGreaterThan(5);
    expect(found / wrong).toBeGreaterThan(least);
    expect(whole / programs).toBeGreaterThan(least);
  });
});

function isWholeAgain(text: string): boolean {
  let now = text;
  for (let turn = 0; turn < 40; turn++) {
    const left = checkText(now).filter(isError);
    if (left.length === 0) return true;
    const { mend } = nextMend(
      { file, text: now },
      () => false,
      checkText,
      () => true,
    );
    if (mend === null) return false;
    expect(checkText(mend.text).filter(isError).length).toBeLessThan(left.length);
    now = mend.text;
  }
  return false;
}

function checkText(text: string): readonly Diagnostic[] {
  return check({ file, text }).diagnostics;
}

/** What is wrong, wherever it stands. */
function causeOf({ code, runs, message }: Diagnostic): string {
  return `${code} ${runs?.role ?? message}`;
}

function isError({ severity }: Diagnostic): boolean {
  return severity === "error";
}

function isProved(diagnostic: Diagnostic): boolean {
  return isError(diagnostic) && diagnostic.code !== "CHOR0901";
}
