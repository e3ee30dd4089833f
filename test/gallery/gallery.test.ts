// The gallery of wrong programs: what somebody might write, each wrong in one way, with what `chorc check` says of it
// (`told`), and the program with its mends (`mended`), which is accepted; where no mend is computed, a right one that
// was written by hand (`right`).

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Diagnostic, Source } from "@chor/grammar";
import { renderPretty, summary } from "@chor/compiler";
import { check } from "../../compiler/src/check.js";
import { applied } from "../../compiler/src/mends/edits.js";
import { nextMend, withMends } from "../../compiler/src/mends/mends.js";

const folder = fileURLToPath(new URL(".", import.meta.url));
const names = readdirSync(join(folder, "wrong")).map((file) => file.replace(/\.chor$/, ""));

/** Those for which no mend is computed, and why. */
const byHand: Readonly<Record<string, string>> = {
  "knowledge-not-on-every-way": "what is to be sent where the plan was never made is for the author to say",
  "deadline-for-several":
    "behind an `else` that goes on, the plan may not be there: what is said then is for the author to say",
};

test("there are at least 25 of them", () => {
  expect(names.length).toBeGreaterThanOrEqual(25);
});

describe.each(names)("%s", (name) => {
  const source = read("wrong", name);
  const diagnostics = check(source).diagnostics;

  test("is told as its author can read it", async () => {
    expect(diagnostics.length).toBeGreaterThan(0);
    const reported = [{ file: source.file, source, diagnostics }];
    const told = `${renderPretty(reported, { width: 100, color: false })}${summary(reported, false)}\n`;
    await expect(told).toMatchFileSnapshot(join(folder, "told", `${name}.txt`));
  });

  if (name in byHand) {
    test(`has no mend, but a right twin: ${byHand[name] ?? ""}`, () => {
      expect(mended(source)).toBeNull();
      expect(said(read("right", name))).toEqual([]);
    });
  } else {
    test("is accepted with its mends", async () => {
      const text = mended(source) ?? source.text;
      expect(said({ ...source, text })).toEqual([]);
      await expect(text).toMatchFileSnapshot(join(folder, "mended", `${name}.chor`));
    });
  }
});

test("how many have a computed mend", () => {
  const without = names.filter((name) => mended(read("wrong", name)) === null);
  console.log(`${names.length - without.length} of ${names.length} wrong programs are mended by computation`);
  expect(without.toSorted()).toEqual(Object.keys(byHand).toSorted());
});

/** The text after the first mend of each error, one after the other; of a warning, where there is no error. null: something is left. */
function mended({ file, text }: Source): string | null {
  let now = text;
  for (let turn = 0; turn < 20; turn++) {
    const source = { file, text: now };
    const left = check(source).diagnostics;
    if (left.length === 0) return now;
    const { mend } = nextMend(
      source,
      () => false,
      textCheck(source),
      () => true,
    );
    const next = mend?.text ?? warningMended(source, left);
    if (next === null) return null;
    now = next;
  }
  return null;
}

function warningMended(source: Source, left: readonly Diagnostic[]): string | null {
  if (left.some(({ severity }) => severity === "error")) return null;
  const whole = { start: 0, end: source.text.length };
  const fix = withMends(source, left, whole, textCheck(source), () => true)[0]?.fix?.[0];
  return fix === undefined ? null : applied(source.text, fix);
}

function textCheck({ file }: Source): (text: string) => readonly Diagnostic[] {
  return (text) => check({ file, text }).diagnostics;
}

function said(source: Source): readonly string[] {
  return check(source).diagnostics.map(({ code, message }) => `${code} ${message}`);
}

function read(room: string, name: string): Source {
  const file = `${name}.chor`;
  return { file, text: readFileSync(join(folder, room, file), "utf8") };
}
