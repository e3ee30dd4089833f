// Wrong programs that anybody can read: in cases/*.chor a comment beside a line says what is told about it,
// `//! CHOR0104 part of the message | part of the hint`, several on one line if there are several.

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { lineStarts, parse, positionAt, type Diagnostic } from "@chor/grammar";
import { isSentence } from "./support.js";

interface Expected {
  readonly line: number;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

const folder = fileURLToPath(new URL("./cases", import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith(".chor"));

test.each(files)("%s", (file) => {
  const commented = readFileSync(`${folder}/${file}`, "utf8");
  const expected = expectedIn(commented);
  const text = commented.replace(/ *\/\/!.*/g, "");
  const starts = lineStarts(text);
  const told = parse({ file, text }).diagnostics.map((diagnostic) => ({
    line: positionAt(starts, diagnostic.span.start).line,
    diagnostic,
  }));
  const met = expected.map((wanted) => told.find((found) => fits(wanted, found)) ?? null);
  const missed = expected
    .filter((_, i) => met[i] === null)
    .map((wanted) => `${wanted.line}: ${wanted.code} ${wanted.message}`);
  const surplus = told
    .filter((found) => !met.includes(found))
    .map(({ line, diagnostic }) => `${line}: ${show(diagnostic)}`);
  expect({ missed, surplus }).toEqual({ missed: [], surplus: [] });
  expect(told).toHaveLength(expected.length);
  for (const { diagnostic } of told) expect(wellTold(diagnostic, text.length), show(diagnostic)).toBe(true);
});

test("a missing brace names the brace that opened it", () => {
  const text = readFileSync(`${folder}/braces.chor`, "utf8");
  const starts = lineStarts(text);
  const openings = parse({ file: "", text }).diagnostics.filter(
    ({ code, message }) => code === "CHOR0120" && message.startsWith("`}`"),
  );
  expect(openings.map(({ related }) => positionAt(starts, related[0]?.span.start ?? 0).line)).toEqual([2, 5, 14]);
});

function expectedIn(text: string): readonly Expected[] {
  return text.split("\n").flatMap((line, index) =>
    line
      .split("//!")
      .slice(1)
      .map((comment) => {
        const [, code = "", message = "", hint = ""] = /^ (CHOR\d+) (.*?)(?: \| (.*?))?\s*$/.exec(comment) ?? [];
        return { line: index + 1, code, message, hint };
      }),
  );
}

function fits(expected: Expected, { line, diagnostic }: { line: number; diagnostic: Diagnostic }): boolean {
  const { code, message, hint } = expected;
  const same = line === expected.line && diagnostic.code === code;
  return same && diagnostic.message.includes(message) && (diagnostic.hint ?? "").includes(hint);
}

/** Every diagnostic has a place in the text, and tells what is wrong and what to do, in sentences of people. */
function wellTold({ message, hint, span, related }: Diagnostic, length: number): boolean {
  const inside = [span, ...related.map((other) => other.span)].every(
    ({ start, end }) => 0 <= start && start <= end && end <= length,
  );
  return (
    inside &&
    isSentence(message) &&
    isSentence(hint) &&
    !/undefined|null|NaN|Expecting|token/.test(`${message} ${hint}`)
  );
}

function show({ code, message, hint }: Diagnostic): string {
  return `${code} ${message} | ${hint ?? ""}`;
}
