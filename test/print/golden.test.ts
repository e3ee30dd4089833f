// Each construct as it is written and as it is set: `golden/*.in.chor` and `golden/*.out.chor`, at 80 columns. A wrong
// program is refused with line and column. `CHOR_UPDATE=1 npx vitest run test/print/golden.test.ts` writes the output.

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as prettier from "prettier";
import { expect, test } from "vitest";
import * as plugin from "@chor/grammar";
import { formatted, substance } from "./support.js";

const golden = fileURLToPath(new URL("golden", import.meta.url));
const names = readdirSync(golden)
  .filter((name) => name.endsWith(".in.chor"))
  .map((name) => name.slice(0, -".in.chor".length));

test.each(names)("%s", async (name) => {
  const text = readFileSync(`${golden}/${name}.in.chor`, "utf8");
  const once = await formatted(text, { printWidth: 80 });
  const expected = `${golden}/${name}.out.chor`;
  if (process.env["CHOR_UPDATE"] === "1") writeFileSync(expected, once);
  expect(existsSync(expected)).toBe(true);
  expect(once).toBe(readFileSync(expected, "utf8"));
  expect(await formatted(once, { printWidth: 80 })).toBe(once);
  expect(substance(once, true)).toEqual(substance(text, true));
});

const short = "choreography X(A,B){A->B:M()}";
const format = (text: string, options: prettier.Options = {}): Promise<string> =>
  prettier.format(text, { filepath: "team.chor", plugins: [plugin], ...options });

test("Prettier finds the plugin by the name of the file", async () => {
  expect(await format(short)).toBe("choreography X(A, B) {\n  A -> B: M()\n}\n");
});

test("tabWidth, useTabs, endOfLine", async () => {
  expect(await format(short, { tabWidth: 4 })).toBe("choreography X(A, B) {\n    A -> B: M()\n}\n");
  expect(await format(short, { useTabs: true })).toBe("choreography X(A, B) {\n\tA -> B: M()\n}\n");
  expect(await format(short, { endOfLine: "crlf" })).toBe("choreography X(A, B) {\r\n  A -> B: M()\r\n}\r\n");
  expect(await format("artifact A {\r\n  a: int\r\n\r\n  b: int /* c\r\n d */\r\n}\r\n")).toBe(
    "artifact A {\n  a: int\n\n  b: int /* c\n d */\n}\n",
  );
});

test("nothing, and nothing but comments", async () => {
  expect(await format("")).toBe("");
  expect(await format(" \n\n ")).toBe("");
  expect(await format("\n\n// a\n\n\n/* b */ /** c */")).toBe("// a\n\n/* b */ /** c */\n");
});

test("a text with syntax errors is refused with line and column", async () => {
  const refusal = format("choreography X(A, B) {\n  A -> : M\n}\n");
  await expect(refusal).rejects.toThrow(/^Expected the role that receives.*\(2:8\)/);
  await expect(refusal).rejects.toMatchObject({ loc: { start: { line: 2, column: 8 } } });
});

test("the cursor stays with its word", async () => {
  const text = "choreography X(A,B){A->B:M()}";
  const { formatted: set, cursorOffset } = await prettier.formatWithCursor(text, {
    filepath: "x.chor",
    plugins: [plugin],
    cursorOffset: text.indexOf("()"),
  });
  expect(cursorOffset).toBe(set.indexOf("()"));
});

test("code blocks in Markdown are formatted, too", async () => {
  const markdown = `\`\`\`chor\n${short}\n\`\`\`\n`;
  expect(await format(markdown, { filepath: "README.md" })).toBe(
    "```chor\nchoreography X(A, B) {\n  A -> B: M()\n}\n```\n",
  );
});
