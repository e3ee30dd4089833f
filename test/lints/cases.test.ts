// Every program in cases/ says beside the line what the lints say of it; nothing else may be said. A program is asked for
// the lints whose codes it names, and for those that nobody has to ask for.

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { OFF } from "../../compiler/src/config/lints.js";
import { LINT_CODES } from "../../compiler/src/lints/lint.js";
import { mismatches } from "../bind/announced.js";
import { told } from "./told.js";

const cases = new URL("./cases/", import.meta.url);
const files = readdirSync(cases).filter((file) => file.endsWith(".chor"));

describe("programs that are right, but hardly meant so", () => {
  test.each(files)("%s", (file) => {
    const source = { file, text: readFileSync(new URL(file, cases), "utf8") };
    const codes = LINT_CODES.filter((code) => !OFF.has(code) || source.text.includes(code));
    expect(mismatches(source, told(source, codes))).toEqual([]);
  });

  test("have every lint among them", () => {
    const all = files.map((file) => readFileSync(new URL(file, cases), "utf8")).join("");
    expect(LINT_CODES.filter((code) => !all.includes(`//! ${code}`))).toEqual([]);
  });
});
