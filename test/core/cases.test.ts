// The form of programs of the whole language: every wrong program in cases/ says beside the line what is wrong with
// it; nothing else may be said.

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { check } from "../../compiler/src/check.js";
import { mismatches } from "../bind/announced.js";

const cases = new URL("./cases/", import.meta.url);
const files = readdirSync(cases).filter((file) => file.endsWith(".chor"));

describe("wrong form", () => {
  test.each(files.toSorted())("%s", (file) => {
    const source = { file, text: readFileSync(new URL(file, cases), "utf8") };
    const { diagnostics } = check(source);
    expect(mismatches(source, diagnostics)).toEqual([]);
    for (const { message, hint } of diagnostics) {
      expect(message).toMatch(/\.$/);
      expect(hint ?? "").toMatch(/^[A-Z`].*\.$/);
      // What stands for a channel is nobody's business.
      expect(message).not.toMatch(/[~?]\w/);
    }
  });
});
