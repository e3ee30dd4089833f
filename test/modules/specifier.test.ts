// What stands behind `from`: which file it means, and what cannot be meant.

import { describe, expect, test } from "vitest";
import { targetOf } from "../../compiler/src/modules/specifier.js";

describe("a path", () => {
  const cases: readonly (readonly [from: string, specifier: string, file: string])[] = [
    ["a.chor", "./b.chor", "b.chor"],
    ["x/a.chor", "./b.chor", "x/b.chor"],
    ["x/a.chor", "../b.chor", "b.chor"],
    ["x/y/a.chor", "./../z/./b.chor", "x/z/b.chor"],
    ["a.chor", "../b.chor", "../b.chor"],
    ["../a.chor", "../b.chor", "../../b.chor"],
    ["./a.chor", "../b.chor", "../b.chor"],
    ["/p/a.chor", "../../b.chor", "/../b.chor"],
    ["x\\a.chor", "./b.chor", "x/b.chor"],
    ["<stdin>", "./b.chor", "b.chor"],
  ];
  for (const [from, specifier, file] of cases) {
    test(`${specifier} in ${from} is ${file}`, () => {
      expect(targetOf(from, specifier)).toEqual({ kind: "file", file });
    });
  }
});

test("the standard library", () => {
  expect(targetOf("a.chor", "chor:std")).toEqual({ kind: "standard" });
});

describe("what names no file", () => {
  const cases: readonly (readonly [specifier: string, why: string])[] = [
    ["", "empty"],
    ["b.chor", "bare"],
    ["shared", "bare"],
    ["..", "bare"],
    ["/etc/passwd", "absolute"],
    ["C:/b.chor", "absolute"],
    ["http://example.org/b.chor", "scheme"],
    ["chor:agree", "scheme"],
    [".\\b.chor", "backslash"],
    ["./b\u0000.chor", "control"],
    ["./b.ts", "extension"],
    ["./b", "extension"],
    ["./b.chor/", "folder"],
  ];
  for (const [specifier, why] of cases) {
    test(JSON.stringify(specifier), () => {
      expect(targetOf("a.chor", specifier)).toEqual({ kind: "wrong", why });
    });
  }
});
