// The pages of `chorc explain`: of a fixed form, one for each code, and true: what they call wrong is refused with the very
// code, what they call right is not.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { check } from "@chor/compiler";
import type { Diagnostic, Source } from "@chor/grammar";
import { describe, expect, test } from "vitest";
import { lint } from "../../compiler/src/lints/lint.js";
import { parsePage } from "../../compiler/src/explain/page.js";
import { codesWithPage, pagesFolder, readPage, STAGES } from "../../compiler/src/explain/pages.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = pagesFolder();
const codes = codesWithPage(folder);

/** The stages whose codes all have a page. */
const complete = new Set(["00", "01", "02", "03", "04", "05", "06", "07", "08", "09"]);

/** The codes of the diagnostics that the sources make, and of the reports that SPEC.md lists, sorted. */
function codesInSources(): readonly string[] {
  const found = new Set<string>();
  for (const house of ["grammar", "compiler", "runtime"]) {
    for (const entry of readdirSync(join(root, house, "src"), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !entry.name.endsWith(".ts")) continue;
      const text = readFileSync(join(entry.parentPath, entry.name), "utf8");
      for (const [, code] of text.matchAll(/["'](CHOR\d{4})["']/g)) if (code !== undefined) found.add(code);
    }
  }
  const spec = readFileSync(join(root, "SPEC.md"), "utf8");
  for (const [, code] of spec.matchAll(/`(CHOR08\d{2})`/g)) if (code !== undefined) found.add(code);
  return [...found].toSorted();
}

test("every code of a complete stage has a page, and every page is of a code", () => {
  const inSources = codesInSources();
  expect(inSources.length).toBeGreaterThan(100);
  const isComplete = (code: string): boolean => complete.has(code.slice(4, 6));
  expect(codes.filter(isComplete)).toEqual(inSources.filter(isComplete));
  expect(codes.filter((code) => !inSources.includes(code))).toEqual([]);
  expect(codes.filter((code) => !STAGES.has(code.slice(4, 6)))).toEqual([]);
});

/** What the check says, and the lint of this code, where it is one. */
function diagnosticsOf(source: Source, code: string): readonly Diagnostic[] {
  const checked = check(source);
  return [...checked.diagnostics, ...lint(checked, new Set([code]))];
}

describe.each(codes)("%s", (code) => {
  const page = readPage(folder, code);

  test("has the code of its file", () => {
    expect(page.code).toBe(code);
    expect(page.title).toMatch(/^[a-z`].*[^.]$/);
  });

  test.runIf(page.wrong !== null)("what is wrong gives the code and no other, what is right does not", () => {
    // What is not supported yet is told beside, and has nothing to do with the page.
    const told = (text: string): readonly string[] =>
      diagnosticsOf({ file: "page.chor", text }, code)
        .map((each) => each.code)
        .filter((each) => each === code || each !== "CHOR0901");
    expect([...new Set(told(page.wrong ?? ""))]).toEqual([code]);
    expect(told(page.right ?? "")).not.toContain(code);
  });

  test.runIf(page.console !== null)("the terminal shows the code", () => {
    expect(page.console).toContain(code);
  });
});

test("a page that is not in the form is told", () => {
  const good = "# CHOR0203: Title\n\nWhy.\n\n```chor wrong\na\n```\n\n```chor right\nb\n```\n\nDo it.\n";
  expect(parsePage(good)).toEqual({
    code: "CHOR0203",
    title: "Title",
    why: "Why.",
    wrong: "a\n",
    right: "b\n",
    console: null,
    more: "Do it.",
  });
  for (const [part, without] of [
    ["# CHOR0203: Title", "# Title"],
    ["Why.", ""],
    ["```chor wrong", "```chor"],
    ["```chor right", "```"],
    ["Do it.", ""],
  ] as const)
    expect(typeof parsePage(good.replace(part, without))).toBe("string");
});
