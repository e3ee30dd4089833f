// Every word of a program is highlighted as what the parser says it is, however the lines are broken.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { lex } from "../../grammar/src/lex.js";
import { everything, onOneLine, sharedPrograms } from "../grammar/support.js";
import { expectations } from "./expected.js";
import { grammarFile, load, pieces, raw, scopesAt } from "./textmate.js";

const grammar = await load(raw(grammarFile));
const shared = sharedPrograms();
const programs = [
  { name: "everything", text: everything },
  ...specBlocks(),
  ...shared.filter(({ name }) => name.startsWith("lang/")),
];

describe.skipIf(shared.length === 0)("the programs beside the repository (../shared)", () => {
  test("are among the programs", () => expect(programs.length).toBeGreaterThan(16));
});

describe("every word is what the parser says it is", () => {
  for (const { name, text } of programs) {
    test(`${name}, as it is written`, () => expect(mistakes(text)).toEqual([]));
    test(`${name}, on one line`, () => expect(mistakes(onOneLine(text))).toEqual([]));
  }

  test("a wrong grammar is found", async () => {
    const lame = raw(grammarFile);
    delete (lame.repository as Record<string, unknown>)["loop"];
    expect(wrongWords(await load({ ...lame, scopeName: "source.lame" }), everything)).not.toEqual([]);
  });
});

describe("with a line end behind every token", () => {
  // What the parser finds behind a line end and a TextMate grammar cannot: that a word is a field or a key because
  // of its colon, a parameter because of its arrow, a record's label because of its brace, that `max` names a loop.
  const before = /^(?:\{|=>|:|\?|\(|\.)$/;
  const behind = /^(?:\.|loop)$/;
  for (const { name, text } of programs) {
    test(name, () => {
      const images = lex(text).tokens.map(({ image }) => image);
      const vertical = images.map((image, index) => {
        const together = before.test(images[index + 1] ?? "") || behind.test(image);
        return image + (together ? " " : "\n");
      });
      expect(mistakes(vertical.join(""))).toEqual([]);
    });
  }
});

describe("properties", () => {
  for (const { name, text } of programs) {
    test(`${name}: nothing is invalid, comments and strings hold no keyword, brackets come in pairs`, () => {
      const found = pieces(grammar, text);
      expect(found.filter(({ scopes }) => scopes.some((scope) => scope.startsWith("invalid")))).toEqual([]);
      const quiet = found.filter(({ scopes }) => /^(?:comment|string\.quoted)/.test(scopes[0] ?? ""));
      expect(quiet.filter(({ scopes }) => scopes.some((scope) => /^(?:keyword|storage)/.test(scope)))).toEqual([]);
      const brackets = found
        .filter(({ scopes }) => scopes.at(-1) === "punctuation.bracket.chor")
        .map(({ text }) => text);
      const open: string[] = [];
      for (const bracket of brackets.join("")) {
        if ("([{<".includes(bracket)) open.push(bracket);
        else expect(`${open.pop()}${bracket}`).toMatch(/^(?:\(\)|\[\]|\{\}|<>)$/);
      }
      expect(open).toEqual([]);
    });
  }
});

/** The words of a text that are not highlighted as they should be. */
function mistakes(text: string): readonly string[] {
  return wrongWords(grammar, text);
}

function wrongWords(with_: typeof grammar, text: string): readonly string[] {
  const at = scopesAt(with_, text);
  return expectations(text).flatMap(({ start, text: word, scope }) => {
    const own = at.get(start)?.at(-1) ?? "nothing";
    if (scope.some((prefix) => own.startsWith(prefix))) return [];
    const line = text.slice(0, start).split("\n").length;
    return [`line ${line}: \`${word}\` is ${own}, not ${scope.join(" or ")}`];
  });
}

/** The `chor` blocks of the reference that parse. */
function specBlocks(): readonly { readonly name: string; readonly text: string }[] {
  const spec = readFileSync(fileURLToPath(new URL("../../SPEC.md", import.meta.url)), "utf8");
  return [...spec.matchAll(/^```chor[^\n]*\n([^]*?)^```$/gm)].map(({ 1: text = "", index }) => ({
    name: `SPEC.md:${spec.slice(0, index).split("\n").length}`,
    text,
  }));
}
