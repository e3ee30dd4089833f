// Every program in cases/ says beside the line what is wrong with it; nothing else may be said.

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { mismatches } from "../bind/announced.js";
import { typed } from "./typed.js";

const cases = new URL("./cases/", import.meta.url);
const files = readdirSync(cases)
  .filter((file) => file.endsWith(".chor"))
  .toSorted();

const sourceOf = (file: string) => ({ file, text: readFileSync(new URL(file, cases), "utf8") });

describe("types and expressions", () => {
  test.each(files)("%s", (file) => {
    const source = sourceOf(file);
    expect(mismatches(source, typed(source).diagnostics)).toEqual([]);
  });

  test("every diagnostic says what to do, in sentences", () => {
    for (const file of files) {
      for (const { code, hint, message } of typed(sourceOf(file)).diagnostics) {
        expect([code, message]).toEqual([code, expect.stringMatching(/^[A-Z`].*\.$/s)]);
        expect([code, hint]).toEqual([code, expect.stringMatching(/^[A-Z`].*[.?…]$/s)]);
      }
    }
  });
});
