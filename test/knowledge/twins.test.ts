// Sixteen real programs, none of which reads what it does not know, and their twins with one line deleted: those that
// lack knowledge are refused at a place that reads the missing name.

import { existsSync, readFileSync } from "node:fs";
import { parse, type Diagnostic } from "@chor/grammar";
import { describe, expect, test } from "vitest";
import { bind } from "../../compiler/src/bind/bind.js";
import type { Program } from "../../compiler/src/bind/program.js";
import { knowledge } from "../../compiler/src/knowledge/knowledge.js";

const folder = new URL("../../../shared/lang/", import.meta.url);
const isThere = existsSync(new URL("twins.jsonl", folder));

interface Twin {
  readonly file: string;
  readonly line: number;
  /** null: the program itself. */
  readonly delete: string | null;
  readonly why?: string;
}

/** Names that nobody binds any more are found out when names are resolved: unknown, or only passed on. */
const NAMES = new Set(["CHOR0205", "CHOR0216"]);

describe.skipIf(!isThere)("the programs of ../shared/lang (skipped where they are absent)", () => {
  const twins = !isThere
    ? []
    : readFileSync(new URL("twins.jsonl", folder), "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as Twin);

  test.each(twins.filter((twin) => twin.delete === null))("$file is known through and through", (twin) => {
    expect(errorsIn(twin.file, textOf(twin)).map(({ message }) => message)).toEqual([]);
  });

  test.each(twins.filter(({ why }) => why?.includes("knowledge")))("$file without `$delete` is refused", (twin) => {
    const text = textOf(twin);
    const bound = namesOf(twin.delete ?? "");
    const found = errorsIn(twin.file, text).filter(({ code }) => code.startsWith("CHOR04") || NAMES.has(code));
    expect(found.length).toBeGreaterThan(0);
    for (const { span } of found) expect(bound).toContain(text.slice(span.start, span.end));
  });

  test("no other twin lacks knowledge", () => {
    const others = twins.filter(({ why }) => why !== undefined && !why.includes("knowledge"));
    expect(others.length).toBeGreaterThan(100);
    const refused = others.filter((twin) =>
      errorsIn(twin.file, textOf(twin)).some(({ code }) => code.startsWith("CHOR04")),
    );
    expect(refused).toEqual([]);
  });
});

function textOf(twin: Twin): string {
  const text = readFileSync(new URL(twin.file, folder), "utf8");
  if (twin.delete === null) return text;
  const lines = text.split("\n");
  lines[twin.line - 1] = (lines[twin.line - 1] ?? "").replace(twin.delete, () => "");
  return lines.join("\n");
}

/** What a deleted line would have bound: the name behind `as`, or the label in lower camel. */
function namesOf(line: string): readonly string[] {
  const label = /: (\w+)/.exec(line)?.[1] ?? "";
  return [/ as (\w+)/.exec(line)?.[1] ?? "", label.charAt(0).toLowerCase() + label.slice(1)];
}

function errorsIn(file: string, text: string): readonly Diagnostic[] {
  const { program, diagnostics } = programOf(file, text);
  const known = program.choreographies.flatMap(knowledge);
  return [...diagnostics, ...known].filter(({ severity }) => severity === "error");
}

function programOf(
  file: string,
  text: string,
): { readonly program: Program; readonly diagnostics: readonly Diagnostic[] } {
  const source = { file, text };
  const { tree, diagnostics } = parse(source);
  const imports = new Map(
    tree.imports.map(({ from }) => [
      from.value,
      programOf(from.value, readFileSync(new URL(from.value, folder), "utf8")).program,
    ]),
  );
  const bound = bind(source, tree, imports);
  return { program: bound.program, diagnostics: [...diagnostics, ...bound.diagnostics] };
}
