// The grammar in Shiki, with both of its engines: documentation shows what editors show, and themes tell apart what
// a reader has to tell apart.

import { describe, expect, test } from "vitest";
import { createHighlighter, createJavaScriptRegexEngine, createOnigurumaEngine, type SpecialLanguage } from "shiki";
import { grammar } from "../../grammar/textmate/grammar.mjs";
import { everything, sharedPrograms } from "../grammar/support.js";

/** As a string: the types of Shiki know only the languages that come with it. */
const lang = grammar.name as SpecialLanguage;
const themes = ["dark-plus", "light-plus", "github-dark", "github-light", "one-dark-pro", "nord", "monokai", "dracula"];
const shiki = await createHighlighter({
  langs: [grammar],
  themes,
  engine: createOnigurumaEngine(import("shiki/wasm")),
});

describe("colours", () => {
  const text = 'choreography X(Lead) { Lead -> Coder: Deliver(Module) as it where it.size == 20 : "text" }';
  for (const theme of themes) {
    test(theme, () => {
      const { tokens, fg } = shiki.codeToTokens(text, { lang, theme });
      const colour = (word: string): string | undefined =>
        tokens.flat().find(({ content }) => content.trim() === word)?.color;
      const told = ["choreography", "Lead", "Deliver", "20"].map(colour);
      expect(new Set([...told, '"text"', fg]).size).toBeGreaterThanOrEqual(5);
      expect(colour("Lead")).not.toBe(colour("Deliver"));
      expect(colour("Lead")).not.toBe(colour("as"));
      expect(colour("Deliver")).not.toBe(colour("as"));
      expect(colour("20")).not.toBe(colour("size"));
    });
  }
});

test("the engine without WebAssembly sees the same", async () => {
  const other = await createHighlighter({
    langs: [grammar],
    themes: ["dark-plus"],
    engine: createJavaScriptRegexEngine(),
  });
  for (const text of [everything, ...sharedPrograms().map(({ text }) => text)]) {
    const html = (of: typeof shiki): string => of.codeToHtml(text, { lang, theme: "dark-plus" });
    expect(html(other)).toBe(html(shiki));
  }
});
