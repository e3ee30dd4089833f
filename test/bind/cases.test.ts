// Every wrong program in cases/ says beside the line what is wrong with it; nothing else may be said. What is in
// cases/library/ is there to be imported.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { parse, type Diagnostic, type Source } from "@chor/grammar";
import { describe, expect, test } from "vitest";
import { bind } from "../../compiler/src/bind/bind.js";
import type { Program } from "../../compiler/src/bind/program.js";
import { mismatches } from "./announced.js";

const cases = new URL("./cases/", import.meta.url);
const files = readdirSync(cases)
  .filter((file) => file.endsWith(".chor"))
  .toSorted();

function bound(file: string): {
  readonly source: Source;
  readonly diagnostics: readonly Diagnostic[];
  readonly program: Program;
} {
  const source = { file, text: readFileSync(new URL(file, cases), "utf8") };
  const { tree, diagnostics } = parse(source);
  const imports = new Map(
    tree.imports.map(({ from }) => [
      from.value,
      existsSync(new URL(from.value, cases)) ? bound(from.value.replace("./", "")).program : null,
    ]),
  );
  const { program, diagnostics: found } = bind(source, tree, imports);
  return { source, program, diagnostics: [...diagnostics, ...found] };
}

describe("wrong programs", () => {
  test.each(files)("%s", (file) => {
    const { source, diagnostics } = bound(file);
    expect(mismatches(source, diagnostics)).toEqual([]);
  });

  test("every diagnostic says what to do", () => {
    for (const file of files) {
      for (const { code, hint, message } of bound(file).diagnostics) {
        expect([code, message]).toEqual([code, expect.stringMatching(/^[A-Z`].*\.$/)]);
        if (hint !== undefined) expect([code, hint]).toEqual([code, expect.stringMatching(/^[A-Z`].*[.?]$/)]);
      }
    }
  });
});
