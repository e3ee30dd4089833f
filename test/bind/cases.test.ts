// Every wrong program in cases/ says beside the line what is wrong with it; nothing else may be said.

import { readdirSync, readFileSync } from "node:fs";
import { parse } from "@chor/grammar";
import { describe, expect, test } from "vitest";
import { bind } from "../../compiler/src/bind/bind.js";
import { mismatches } from "./announced.js";

const cases = new URL("./cases/", import.meta.url);
const files = readdirSync(cases)
  .filter((file) => file.endsWith(".chor"))
  .toSorted();

describe("wrong programs", () => {
  test.each(files)("%s", (file) => {
    const source = { file, text: readFileSync(new URL(file, cases), "utf8") };
    const { tree, diagnostics } = parse(source);
    expect(mismatches(source, [...diagnostics, ...bind(source, tree).diagnostics])).toEqual([]);
  });

  test("every diagnostic says what to do", () => {
    for (const file of files) {
      const source = { file, text: readFileSync(new URL(file, cases), "utf8") };
      for (const { code, hint, message } of bind(source, parse(source).tree).diagnostics) {
        expect([code, message]).toEqual([code, expect.stringMatching(/\.$/)]);
        if (hint !== undefined) expect([code, hint]).toEqual([code, expect.stringMatching(/^[A-Z`].*[.?]$/)]);
      }
    }
  });
});
