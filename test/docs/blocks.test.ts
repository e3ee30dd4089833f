// The code blocks of SPEC.md and README.md: a `chor` block is accepted without a word, one marked `refused` is
// refused with exactly the codes beside the mark, a `console` block behind it is what the compiler says of it, and a
// `ts` block compiles against the generated code of the example. A `typescript` block stands in the file that it names.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { check, renderPretty, summary } from "@chor/compiler";

const root = fileURLToPath(new URL("../..", import.meta.url));

interface Block {
  readonly info: string;
  readonly text: string;
  readonly line: number;
}

for (const document of ["SPEC.md", "README.md"]) {
  const all = blocks(readFileSync(join(root, document), "utf8"));
  describe(document, () => {
    for (const { info, text, line } of all.filter((block) => block.info.startsWith("chor"))) {
      const [, mark, ...codes] = info.split(" ");
      test(`line ${line}: ${mark === undefined ? "accepted" : [mark, ...codes].join(" ")}`, () => {
        const found = check({ file: `${document}:${line}`, text }).diagnostics.map(({ code }) => code);
        expect([mark, ...found]).toEqual([found.length > 0 ? "refused" : undefined, ...codes]);
      });
    }
    all.forEach(({ info, text, line }, index) => {
      const [kind, file = ""] = info.split(" ");
      if (kind !== "console") return;
      test(`line ${line}: what the compiler says`, () => {
        const source = { file, text: all[index - 1]?.text ?? "" };
        const reported = [{ file, source, diagnostics: check(source).diagnostics }];
        expect(`${renderPretty(reported, { color: false, width: 100 })}${summary(reported, false)}\n`).toBe(text);
      });
    });
    for (const { info, text, line } of all.filter((block) => block.info.startsWith("typescript "))) {
      const file = info.slice("typescript ".length);
      test(`line ${line}: stands in ${file}`, () => {
        expect(readFileSync(join(root, file), "utf8")).toContain(text);
      });
    }
    const typed = all.filter((block) => block.info === "ts");
    if (typed.length > 0) {
      test("the TypeScript compiles", () => {
        expect(errorsOf(typed)).toEqual([]);
      });
    }
  });
}

test("a wrong TypeScript block is found", () => {
  expect(errorsOf([{ info: "ts", text: "const n: number = 'one';", line: 1 }])).toHaveLength(1);
});

/** Compiles the blocks as files beside the example's own; gives what TypeScript says. */
function errorsOf(typed: readonly Block[]): readonly string[] {
  const folder = join(root, "examples/feature-team/src");
  const texts = new Map(typed.map(({ text, line }) => [join(folder, `block-${line}.ts`), `${text}\nexport {};\n`]));
  const { config } = ts.readConfigFile(join(root, "examples/feature-team/tsconfig.json"), (file) =>
    ts.sys.readFile(file),
  ) as { config: unknown };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, join(root, "examples/feature-team"));
  const host = ts.createCompilerHost(options);
  const real = { getSourceFile: host.getSourceFile.bind(host), fileExists: host.fileExists.bind(host) };
  host.fileExists = (file) => texts.has(file) || real.fileExists(file);
  host.getSourceFile = (file, version) => {
    const text = texts.get(file);
    return text === undefined ? real.getSourceFile(file, version) : ts.createSourceFile(file, text, version);
  };
  const program = ts.createProgram(
    [...texts.keys()],
    { ...options, noEmit: true, incremental: false, composite: false, noUnusedLocals: false },
    host,
  );
  return [...texts.keys()].flatMap((file) => {
    const source = program.getSourceFile(file);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText }) => `${file.slice(folder.length + 1)}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
    );
  });
}

/** The fenced blocks of a Markdown text with their info strings and first lines. */
function blocks(text: string): readonly Block[] {
  return [...text.matchAll(/^```([a-z][^\n]*)\n([\s\S]*?)^```$/gm)].map((match) => ({
    info: (match[1] ?? "").trim(),
    text: match[2] ?? "",
    line: text.slice(0, match.index).split("\n").length + 1,
  }));
}
