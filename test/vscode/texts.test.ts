// The texts of the extension: snippets and the programs of the walkthrough are what the parser and the checker take.

import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { check } from "@chor/compiler";
import { parse, type StatementTree } from "@chor/grammar";
import { folder } from "./built.js";

interface Snippet {
  readonly prefix: string | readonly string[];
  readonly body: string | readonly string[];
  readonly description: string;
}

const snippets = JSON.parse(readFileSync(`${folder}/snippets/chor.json`, "utf8")) as Record<string, Snippet>;
const statement = (text: string): string => `choreography X(A, B) {\n${text}\n}`;

describe("snippets", () => {
  for (const [name, { body, description }] of Object.entries(snippets)) {
    test(name, () => {
      const text = filled(body);
      const program = /^(?:import|\/\*\*|open|artifact|contract|choreography)\b|^\/\*\*/.test(text)
        ? text
        : /^(?:where|gate|within)\b/.test(text)
          ? statement(`A -> B: M ${text}`)
          : statement(text);
      expect(parse({ file: "snippet.chor", text: program }).diagnostics).toEqual([]);
      expect(text).not.toMatch(/\$/);
      expect(description).toMatch(/^[A-Z][^.]+$/);
    });
  }

  test("there is one for every construct", () => {
    const all = Object.values(snippets).map(({ body }) => filled(body));
    const found = all.flatMap((text) => {
      const { tree } = parse({ file: "snippet.chor", text: statement(text) });
      const [first] = tree.declarations;
      return first?.kind === "choreography" ? first.body.statements.map(({ kind }) => kind) : [];
    });
    const kinds = new Set(found);
    const wanted: StatementTree["kind"][] = [
      "interaction",
      "choice",
      "loop",
      "par",
      "scatter",
      "pick",
      "do",
      "saga",
      "fail",
    ];
    expect(wanted.filter((kind) => !kinds.has(kind))).toEqual([]);
    for (const word of ["import", "artifact", "contract", "choreography"])
      expect(all.some((text) => new RegExp(`^(?:/\\*\\*.*\\*/\n)?${word}\\b`).test(text))).toBe(true);
  });

  test("no two answer to the same word", () => {
    const prefixes = Object.values(snippets).flatMap(({ prefix }) => prefix);
    expect(new Set(prefixes).size).toBe(prefixes.length);
  });
});

describe("the walkthrough", () => {
  const page = (name: string): string => readFileSync(`${folder}/walkthrough/${name}.md`, "utf8");
  const essay = /```\n([^]*?)```/.exec(page("write"))?.[1] ?? "";

  test("shows a program that is accepted", () => {
    expect(check({ file: "essay.chor", text: essay }).diagnostics).toEqual([]);
  });

  test("says rightly what happens without one line", () => {
    const line = /Leave out `([^`]+)`/.exec(page("check"))?.[1] ?? "?";
    expect(essay).toContain(line);
    const { diagnostics } = check({ file: "essay.chor", text: essay.replace(line, "") });
    expect(diagnostics.map(({ code }) => code)).toEqual([/explain (CHOR\d+)/.exec(page("check"))?.[1]]);
  });

  test("has a page for each step", () => {
    const { contributes } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8")) as {
      readonly contributes: {
        readonly walkthroughs: readonly {
          readonly steps: readonly { readonly media: { readonly markdown: string } }[];
        }[];
      };
    };
    const pages = contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.markdown));
    expect(pages.toSorted()).toEqual(
      readdirSync(`${folder}/walkthrough`)
        .map((name) => `walkthrough/${name}`)
        .toSorted(),
    );
  });
});

test("a new file begins with a program that is accepted", () => {
  const source = readFileSync(`${folder}/src/extension.ts`, "utf8");
  const starter = /const starter = `([^`]*)`/.exec(source)?.[1] ?? "?";
  expect(check({ file: "new.chor", text: starter }).diagnostics).toEqual([]);
});

/** A snippet with its placeholders filled in as it suggests. */
function filled(body: Snippet["body"]): string {
  return [body]
    .flat()
    .join("\n")
    .replace(/\$\{\d+\|([^,|]*)[^}]*\}/g, "$1")
    .replace(/\$\{\d+:([^{}]*)\}/g, "$1")
    .replace(/\$\d+/g, "");
}

test("the settings in the manual for other editors are well formed", () => {
  const manual = readFileSync(`${folder}/../../docs/editors.md`, "utf8");
  const blocks = [...manual.matchAll(/^```json\n([^]*?)^```$/gm)].map(([, text = ""]) => text);
  expect(blocks.length).toBe(2);
  for (const block of blocks) expect(() => JSON.parse(block) as unknown).not.toThrow();
  const links = [...manual.matchAll(/\]\(#([\w-]+)\)/g)].map(([, anchor]) => anchor);
  const headings = [...manual.matchAll(/^## (.+)$/gm)].map(([, text = ""]) => text.toLowerCase().replaceAll(" ", "-"));
  expect(links).toEqual(headings);
});
