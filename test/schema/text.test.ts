// Lengths in code points, and quotations that cannot steer a terminal.

import { describe, expect, test } from "vitest";
import { path, pointer } from "../../runtime/src/schema/pointer.js";
import { fits, plain, quote, wellFormed } from "../../runtime/src/schema/text.js";
import { seeded } from "../monitor/seeded.js";

describe("fits", () => {
  test("counts code points as iteration does", () => {
    const chance = seeded(2);
    const pieces = ["a", "é", "😀", "\ud83d", "\ude00", "\u0000"];
    for (let i = 0; i < 20_000; i++) {
      let text = "";
      for (let length = chance.below(8); length > 0; length--) text += chance.one(pieces);
      const points = [...text].length;
      const min = chance.below(8);
      const max = chance.below(10);
      expect(fits(text, min, max), JSON.stringify({ text, min, max })).toBe(points >= min && points <= max);
    }
  });

  test("does not read what is far too long", () => {
    expect(fits("a".repeat(1 << 24), 0, 10)).toBe(false);
  });
});

test("lone surrogates are told apart", () => {
  expect(wellFormed("a😀")).toBe(true);
  expect(wellFormed("a\ud83d")).toBe(false);
});

describe("quote", () => {
  test.each([
    ["text", '"text"'],
    ['a"b\\c', '"a\\"b\\\\c"'],
    ["a\nb\u0000\u001b[31m", '"a\\nb\\u0000\\u001b[31m"'],
    ["\u202eevil\u2066\u200b\ufeff\u2028", '"\\u202eevil\\u2066\\u200b\\ufeff\\u2028"'],
    ["\u{e0041}", '"\\udb40\\udc41"'],
    ["\ud800", '"\\ud800"'],
    ["é😀", '"é😀"'],
    [undefined, "undefined"],
    [null, "null"],
    [-0, "-0"],
    [Number.NaN, "NaN"],
    [12n, "12n"],
    [10n ** 30n, "bigint"],
    [Symbol("s"), "symbol"],
    [() => 1, "function"],
    [[1, [true], {}], "[1,[true],{}]"],
    [{ a: { b: "c" } }, '{"a":{"b":"c"}}'],
  ])("%#", (value, expected) => expect(quote(value)).toBe(expected));

  test("is never longer than asked, whatever it quotes", () => {
    const chance = seeded(3);
    const pieces = ["a", "😀", "\n", "\u202e", '"', "\\", "\ud800", "\u{e0041}"];
    for (let i = 0; i < 5_000; i++) {
      let text = "";
      for (let length = chance.below(60); length > 0; length--) text += chance.one(pieces);
      const limit = 5 + chance.below(60);
      const value = chance.one([text, [text, text], { [text]: text }]);
      const shown = quote(value, limit);
      expect(shown.length).toBeLessThanOrEqual(limit);
      // No half of an escape, a pair or a character is left.
      expect(shown.replace(/…$/, "")).toMatch(/^(?:\\(?:u[0-9a-f]{4}|[nrt"\\])|[^\\\p{Cs}\p{Cc}\p{Cf}])*$/u);
      if (shown.endsWith("…")) expect(quote(value, 10_000).startsWith(shown.slice(0, -1))).toBe(true);
    }
  });

  test("ends with circles, depth, width, getters and proxies", () => {
    const circle: unknown[] = [];
    circle.push(circle, circle);
    expect(quote(circle)).toBe(`${"[".repeat(79)}…`);
    let deep: unknown = 0;
    for (let i = 0; i < 100_000; i++) deep = { deep };
    expect(quote(deep)).toHaveLength(80);
    expect(quote(Array(2 ** 31)).length).toBeLessThanOrEqual(80);
    expect(quote("x".repeat(1 << 24))).toHaveLength(80);
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(quote([1, proxy])).toBe("[1,<throws when it is read>");
  });

  test("plain escapes the same, without quotes", () => {
    expect(plain('a"b\n\u202e', 80)).toBe('a"b\\n\\u202e');
    expect(plain("abcdef", 4)).toBe("abc…");
  });
});

test("pointers", () => {
  expect(pointer("/a", "b/c~d")).toBe("/a/b~1c~0d");
  expect(pointer("", 3)).toBe("/3");
  expect(path("/a/b~1c~0d/0/12/01")).toEqual(["a", "b/c~d", 0, 12, "01"]);
  expect(path("")).toEqual([]);
});
