// The sixteen real programs bind without errors, and of their twins with one line deleted those are refused whose form
// is wrong.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { parse, type Diagnostic } from "@chor/grammar";
import { describe, expect, test } from "vitest";
import { bind } from "../../compiler/src/bind/bind.js";
import type { Program } from "../../compiler/src/bind/program.js";

const shared = new URL("../../../shared/lang/", import.meta.url);

interface Twin {
  readonly file: string;
  readonly line: number;
  readonly delete: string | null;
  readonly why?: string;
}

function bound(file: string, text: string): { readonly program: Program; readonly errors: readonly Diagnostic[] } {
  const source = { file, text };
  const { tree, diagnostics } = parse(source);
  const imports = new Map(
    tree.imports.map(({ from }) => {
      const other = from.value.replace("./", "");
      return [from.value, bound(other, read(other)).program];
    }),
  );
  const result = bind(source, tree, imports);
  return {
    program: result.program,
    errors: [...diagnostics, ...result.diagnostics].filter(({ severity }) => severity === "error"),
  };
}

function read(file: string): string {
  return readFileSync(new URL(file, shared), "utf8");
}

describe.skipIf(!existsSync(shared))("real programs (skipped where ../shared/lang is absent)", () => {
  const present = existsSync(shared);
  const files = present ? readdirSync(shared).filter((file) => file.endsWith(".chor")) : [];
  const twins = present
    ? read("twins.jsonl")
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as Twin)
    : [];

  test.each(files)("%s", (file) => {
    const { program, errors } = bound(file, read(file));
    expect(errors).toEqual([]);
    expect(program.broken).toEqual([]);
    expect(program.choreographies.length).toBeGreaterThan(0);
  });

  test.each(twins.filter(({ why }) => why === "form"))("$file without line $line: $delete", ({ file, line }) => {
    const lines = read(file).split("\n");
    lines.splice(line - 1, 1);
    expect(bound(file, lines.join("\n")).errors.map(({ code }) => code)).toEqual(expect.arrayContaining(["CHOR0332"]));
  });

  test.each(twins.filter(({ why }) => why === "accept"))(
    "$file without line $line",
    ({ file, line, delete: deleted }) => {
      const lines = read(file).split("\n");
      expect(lines[line - 1]?.trim()).toContain(deleted);
      lines.splice(line - 1, 1);
      expect(bound(file, lines.join("\n")).errors).toEqual([]);
    },
  );
});
