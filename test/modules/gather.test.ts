// The files of a run: every one once, imported ones first, with what is wrong with the imports.

import { describe, expect, test } from "vitest";
import type { Source } from "@chor/grammar";
import { FILES_LIMIT, gather, type Load, type Module } from "../../compiler/src/modules/gather.js";

const NEEDED = "artifact A { a: int }";

describe("order", () => {
  test("imported files come first, each once", () => {
    const modules = run({
      "top.chor": from("./left.chor", "./right.chor"),
      "left.chor": from("./base.chor"),
      "right.chor": from("./base.chor"),
      "base.chor": NEEDED,
    });
    expect(modules.map(({ source }) => source.file)).toEqual(["base.chor", "left.chor", "right.chor", "top.chor"]);
    expect([...(modules[3]?.imports ?? [])]).toEqual([
      ["./left.chor", "left.chor"],
      ["./right.chor", "right.chor"],
    ]);
    expect(modules.flatMap(({ diagnostics }) => diagnostics)).toEqual([]);
  });

  test("a file that is named and imported is one", () => {
    const files = { "a.chor": from("./b.chor"), "b.chor": NEEDED };
    const modules = gather([source("a.chor", files), source("b.chor", files)], loader(files));
    expect(modules.map(({ source: { file } }) => file)).toEqual(["b.chor", "a.chor"]);
  });

  test("ten thousand files in a row do not exhaust the stack", () => {
    const files: Record<string, string> = {};
    for (let i = 0; i < 10_000; i++) files[`f${i}.chor`] = from(`./f${i + 1}.chor`);
    const modules = run(files, "f0.chor");
    expect(modules).toHaveLength(FILES_LIMIT);
    expect(codes(modules)).toEqual(["CHOR0013"]);
  });
});

describe("what is wrong with an import", () => {
  test("a circle is told where it closes, and the files are read all the same", () => {
    const modules = run({
      "a.chor": from("./b.chor"),
      "b.chor": from("./c.chor"),
      "c.chor": `${from("./b.chor")} ${NEEDED}`,
    });
    expect(modules.map(({ source: { file } }) => file)).toEqual(["c.chor", "b.chor", "a.chor"]);
    expect(modules[0]?.diagnostics[0]?.message).toBe(
      '`"./b.chor"` closes a circle: `b.chor` imports `c.chor` imports `b.chor`.',
    );
    expect(modules[0]?.imports.get("./b.chor")).toBeNull();
  });

  test("a file that imports itself", () => {
    expect(codes(run({ "a.chor": from("./a.chor") }))).toEqual(["CHOR0012"]);
  });

  test("a file that is not there is told once for each file that wants it", () => {
    const modules = run({ "a.chor": `${from("./no.chor")} ${from("./no.chor")}` });
    expect(codes(modules)).toEqual(["CHOR0011"]);
    expect(modules[0]?.diagnostics[0]?.span).toEqual({ start: 18, end: 29 });
  });

  test("a text that names no file", () => {
    expect(codes(run({ "a.chor": `${from("http://x/y.chor")} ${from("y")}` }))).toEqual(["CHOR0010", "CHOR0010"]);
  });
});

function run(files: Record<string, string>, entry = "a.chor" in files ? "a.chor" : "top.chor"): readonly Module[] {
  return gather([source(entry, files)], loader(files));
}

function loader(files: Record<string, string>): Load {
  return (target) => {
    if (target.kind === "standard" || files[target.file] === undefined)
      return { kind: "problem", what: "there is no such file", hint: "Check the path." };
    return { kind: "source", source: source(target.file, files) };
  };
}

function source(file: string, files: Record<string, string>): Source {
  return { file, text: files[file] ?? "" };
}

function from(...specifiers: readonly string[]): string {
  return specifiers.map((specifier) => `import { A } from ${JSON.stringify(specifier)}`).join(" ");
}

function codes(modules: readonly Module[]): readonly string[] {
  return modules.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code));
}
