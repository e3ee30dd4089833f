// Real programs in every layout: the same tree, the same comments in the same order, and formatting twice is formatting
// once; also when they come on one line. The programs of the design are read where they stand beside the repository.

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "@chor/grammar";
import { everything, onOneLine, sharedPrograms } from "../grammar/support.js";
import { commentsOf, formatted, layouts, substance } from "./support.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const shared = sharedPrograms();
const programs = [
  { name: "every construct", text: everything },
  ...specification(),
  ...["examples/feature-team", "test/emit/golden"].flatMap(folder),
  ...shared,
];

describe.each(programs)("$name", ({ text }) => {
  test.each(layouts)("%o", async (layout) => {
    const once = await formatted(text, layout);
    expect(substance(once)).toEqual(substance(text));
    expect(await formatted(once, layout)).toBe(once);
  });

  test("on one line", async () => {
    const line = onOneLine(withoutDocs(text));
    expect(line.trim()).not.toContain("\n");
    const once = await formatted(line);
    expect(substance(once)).toEqual(substance(line));
    expect(await formatted(once)).toBe(once);
    expect(widest(once)).toBeLessThan(200);
  });
});

test("what is formatted stays as it is: the repository's own programs", async () => {
  for (const { text } of folder("examples/feature-team")) expect(await formatted(text, { printWidth: 120 })).toBe(text);
});

test.runIf(shared.length === 0)("the programs of the design are not beside the repository: ../shared is absent", () => {
  expect(programs.length).toBeGreaterThan(3);
});

test("a printer that drops a comment, or changes places, is caught", async () => {
  const text = `choreography X(A, B) {
  // one
  A -> B: M() // two
  // three
}
`;
  const once = await formatted(text);
  expect(substance(once)).toEqual(substance(text));
  for (const damaged of [once.replace("// two", ""), once.replace("one", "three"), once.replace("M()", "N()")]) {
    expect(substance(damaged)).not.toEqual(substance(text));
  }
  expect(commentsOf(once)).toEqual(["line // one", "line // two", "line // three"]);
});

/** The blocks of the reference that have no syntax errors. */
function specification(): readonly { readonly name: string; readonly text: string }[] {
  const text = readFileSync(`${root}/SPEC.md`, "utf8");
  const blocks = [...text.matchAll(/^```chor[^\n]*\n([^]*?)^```$/gm)].map((match, i) => ({
    name: `SPEC.md, block ${i + 1}`,
    text: match[1] ?? "",
  }));
  return blocks.filter(isRight);
}

function folder(path: string): readonly { readonly name: string; readonly text: string }[] {
  return readdirSync(`${root}/${path}`)
    .filter((name) => name.endsWith(".chor"))
    .map((name) => ({ name: `${path}/${name}`, text: readFileSync(`${root}/${path}/${name}`, "utf8") }))
    .filter(isRight);
}

function isRight({ text }: { readonly text: string }): boolean {
  return parse({ file: "", text }).diagnostics.every(({ severity }) => severity !== "error");
}

function withoutDocs(text: string): string {
  return text.replace(/\/\*[^]*?\*\//g, "");
}

function widest(text: string): number {
  return Math.max(...text.split("\n").map((line) => line.length));
}
