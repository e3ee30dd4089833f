// Chor inside Markdown, as the extension's injection highlights it.

import markdown from "@shikijs/langs/markdown";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { IRawGrammar } from "vscode-textmate";
import { grammarFile, load, pieces, raw } from "./textmate.js";

const injection = fileURLToPath(new URL("../../grammar/vscode/syntaxes/markdown.tmLanguage.json", import.meta.url));
const base = markdown.find(({ scopeName }) => scopeName === "text.html.markdown") as unknown as IRawGrammar;
const grammar = await load(base, raw(grammarFile), raw(injection));

const role = "variable.other.constant.role.chor";

function isRole(text: string): boolean {
  return pieces(grammar, text).some(({ text: piece, scopes }) => piece === "Lead" && scopes.includes(role));
}

test.each([
  "```chor\nchoreography X(Lead) { }\n```",
  "~~~~ chor\nchoreography X(Lead) { }\n~~~~",
  "```Chor refused CHOR0501\nchoreography X(Lead) { }\n```",
  '```chor title="team.chor"\nchoreography X(Lead) { }\n```',
  "- a list\n\n  ```chor\n  choreography X(Lead) { }\n  ```",
])("a block is highlighted: %j", (text) => expect(isRole(text)).toBe(true));

test.each([
  "```chord\nchoreography X(Lead) { }\n```",
  "```\nchoreography X(Lead) { }\n```",
  "choreography X(Lead) { }",
])("another text is not: %j", (text) => expect(isRole(text)).toBe(false));

test("the block ends where it ends, whatever is open in it", () => {
  const found = pieces(grammar, "```chor\nchoreography X(Lead) { A -> B: L( /* {\n```\n\n# Heading");
  expect(found.find(({ text }) => text === "Heading")?.scopes).toContain("entity.name.section.markdown");
});
