// Every wrong program in cases/ says beside the line what its roles do not know; nothing else may be said.

import { readdirSync, readFileSync } from "node:fs";
import { parse } from "@chor/grammar";
import { describe, expect, test } from "vitest";
import { bind } from "../../compiler/src/bind/bind.js";
import { knowledge } from "../../compiler/src/knowledge/knowledge.js";
import { mismatches } from "../bind/announced.js";

const cases = new URL("./cases/", import.meta.url);

describe("programs whose roles need what they do not know", () => {
  test.each(readdirSync(cases).filter((file) => file.endsWith(".chor")))("%s", (file) => {
    const source = { file, text: readFileSync(new URL(file, cases), "utf8") };
    const { tree, diagnostics } = parse(source);
    const { program, diagnostics: bound } = bind(source, tree, new Map());
    const known = program.choreographies.flatMap(knowledge);
    expect(mismatches(source, [...diagnostics, ...bound, ...known])).toEqual([]);
  });
});
