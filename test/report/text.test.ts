// Printable text: what is spelt out, how wide it is, how it is cut and wrapped.

import { expect, test } from "vitest";
import { cells, columns, cut, escape, wrap } from "../../compiler/src/report/render/text.js";

test("nothing that comes out can steer a terminal or be invisible", () => {
  for (let point = 0; point <= 0x10ffff; point++) {
    const shown = escape(String.fromCodePoint(point));
    if (/^\\u\{[0-9a-f]+\}$/.test(shown)) continue;
    if (/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u.test(shown))
      expect.fail(`U+${point.toString(16)} comes out as it is`);
  }
  expect(escape("\ud800x\udc00")).toBe("\\u{d800}x\\u{dc00}");
});

test("ordinary text of any language stays as it is", () => {
  for (const text of ["A -> B: L(T)", "Grüße", "日本語", "עברית", "🙂 ⚠️", "e\u0301"]) expect(escape(text)).toBe(text);
});

test("marks do not pile up", () => {
  expect(escape(`a${"\u0301".repeat(5)}b\u0301`)).toBe("a\u0301\u0301\u0301\\u{301}\\u{301}b\u0301");
});

test("cells stand for all of the text", () => {
  const text = "a\t漢\u001b🙂e\u0301\ud800";
  expect(cells(text).reduce((sum, cell) => sum + cell.units, 0)).toBe(text.length);
  expect(columns("漢字")).toBe(4);
  expect(columns("e\u0301")).toBe(1);
  expect(columns("\u0000")).toBe("\\u{0}".length);
});

test("cut keeps to the width", () => {
  expect(cut("short", 10)).toBe("short");
  expect(cut("much too long", 10)).toBe("much to...");
  expect(columns(cut("漢字漢字漢字漢字", 10))).toBeLessThanOrEqual(10);
  expect(columns(cut("\u0301".repeat(1_000_000), 20))).toBeLessThanOrEqual(20);
});

test("wrap breaks between words, never in a quoted name", () => {
  expect(wrap("say `A -> B: L` to them", 12)).toEqual(["say", "`A -> B: L`", "to them"]);
  expect(wrap("abcdefghij", 4)).toEqual(["abcd", "efgh", "ij"]);
  expect(wrap("", 10)).toEqual([""]);
  expect(wrap("a ` b", 3)).toEqual(["a `", "b"]);
});
