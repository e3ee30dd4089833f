// The whole language in an index: in the shared programs every name that is written is one that the index knows, and what
// it says of a name is what is written there.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "@chor/grammar";
import { indexOf } from "../../compiler/src/lsp/index.js";
import type { FileView, World } from "../../compiler/src/lsp/files.js";
import { HARD_WORDS, scan } from "../../compiler/src/lsp/scan.js";
import { METHODS, TYPES } from "../../compiler/src/lsp/keywords.js";
import { agree, build, review } from "./programs.js";

const folder = new URL("../../../shared/lang/", import.meta.url);
const shared = existsSync(fileURLToPath(folder)) ? readdirSync(folder).filter((name) => name.endsWith(".chor")) : [];
const programs = [
  ["review", review],
  ["build", build],
  ["agree", agree],
  ...shared.map((name) => [name, readFileSync(new URL(name, folder), "utf8")] as const),
] as const;

function view(name: string, text: string): FileView {
  return { uri: `file:///${name}`, text, tree: parse({ file: name, text }).tree };
}

const world: World = {
  imported: (_, path) => {
    const name = path.replace("./", "");
    if (name === "agree.chor") return view(name, agree);
    return shared.includes(name) ? view(name, readFileSync(new URL(name, folder), "utf8")) : null;
  },
};

/** Words that are no names, and what the host knows of a failure. */
const SOFT = new Set(
  "import from open artifact contract choreography schema type matches external require max over after step undo all majority failure reason report".split(
    " ",
  ),
);

describe.skipIf(shared.length === 0)("with the shared programs (skipped: they are not there)", () => {
  test("there are sixteen", () => expect(shared).toHaveLength(16));
});

describe.each(programs)("%s", (name, text) => {
  const index = indexOf(world, view(name, text));

  test("every name is known", () => {
    const known = new Set(index.occurrences.map(({ span }) => span.start));
    const unknown = scan(text).filter(
      ({ kind, start, text: word }) =>
        kind === "word" &&
        !known.has(start) &&
        !HARD_WORDS.has(word) &&
        !SOFT.has(word) &&
        !TYPES.has(word) &&
        !METHODS.has(word),
    );
    expect(
      unknown.map(({ start, text: word }) => `${word} at ${start}: ${text.slice(start - 30, start + 20)}`),
    ).toEqual([]);
  });

  test("what is written is what it is called", () => {
    for (const { span, key, implicit } of index.occurrences) {
      const symbol = index.symbols.get(key);
      const written = text.slice(span.start, span.end);
      if (symbol === undefined || implicit) continue;
      expect(written, key).toBe(symbol.name);
    }
  });

  test("every symbol is declared or bound where it says", () => {
    for (const { key, span } of index.symbols.values()) {
      const first = index.occurrences.find((each) => each.key === key && each.span.start === span.start);
      expect(first?.access, key).not.toBe(undefined);
    }
  });
});
