// The highlighting, construct by construct: each file in `cases` beside its scopes as the file of the same name says.

import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import * as tokens from "../../grammar/src/tokens.js";
import { grammar as source, words } from "../../grammar/textmate/grammar.mjs";
import { everything } from "../grammar/support.js";
import { grammarFile, load, pieces, raw } from "./textmate.js";

const grammar = await load(raw(grammarFile));
const folder = fileURLToPath(new URL("cases", import.meta.url));

describe("cases", () => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".chor"))) {
    test(file, async () => {
      const text = readFileSync(`${folder}/${file}`, "utf8");
      await expect(listing(text)).toMatchFileSnapshot(`${folder}/${file.replace(".chor", ".scopes.txt")}`);
    });
  }
});

describe("the words", () => {
  const known = Object.values(words).flat();

  test("are the words of the language", () => {
    const own = Object.values(tokens)
      .map((token) => ("PATTERN" in token ? token.PATTERN : null))
      .filter((pattern) => typeof pattern === "string" && /^[a-z]+$/.test(pattern));
    expect(known.toSorted()).toEqual(own.toSorted());
  });

  test("are all highlighted as keywords", () => {
    const keywords = pieces(grammar, everything).filter(({ scopes }) =>
      /^(?:keyword|storage|constant\.language)/.test(scopes.at(-1) ?? ""),
    );
    const seen = new Set(keywords.map(({ text }) => text));
    expect(known.filter((word) => !seen.has(word))).toEqual([]);
  });
});

test("the grammar that editors load is made of its source", () => {
  expect(raw(grammarFile)).toEqual(JSON.parse(JSON.stringify(source)));
});

/** Line by line: what is written, and behind it what each piece is. */
function listing(text: string): string {
  const found = pieces(grammar, text);
  let offset = 0;
  return text
    .split("\n")
    .map((line) => {
      const own = found.filter(({ start }) => start >= offset && start < offset + line.length);
      offset += line.length + 1;
      const rows = own.map(
        (piece) => `    ${piece.text.trim().padEnd(20)} ${piece.scopes.map(short).join(" ") || "-"}`,
      );
      return [`> ${line}`, ...rows].join("\n");
    })
    .join("\n");
}

function short(scope: string): string {
  return scope.replace(/\.chor$/, "");
}
