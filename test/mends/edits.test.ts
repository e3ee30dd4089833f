// Edits of a text: one set put behind another does at once what the two do, and a fix says the same as its edits.

import { describe, expect, test } from "vitest";
import { applied, asFix, moved, settled, together, written } from "../../compiler/src/mends/edits.js";
import type { Edit } from "../../compiler/src/mends/edits.js";
import { below, randomFrom, type Random } from "../support/random.js";

function randomEdits(random: Random, text: string): readonly Edit[] {
  const edits: Edit[] = [];
  let at = 0;
  for (let count = below(random, 4); count > 0; count--) {
    const start = at + below(random, Math.max(1, text.length - at + 1));
    const end = Math.min(text.length, start + below(random, 4));
    if (start > text.length) break;
    edits.push({ span: { start, end }, text: "xyz\n".slice(0, below(random, 5)) });
    at = end + 1;
  }
  return edits;
}

test("two sets of edits put together do what one does after the other", () => {
  const random = randomFrom(7);
  for (let turn = 0; turn < 3_000; turn++) {
    const text = "abcdefghijklmnopqrst".slice(0, below(random, 20));
    const first = randomEdits(random, text);
    const between = written(text, first);
    const second = randomEdits(random, between);
    expect(written(text, together(text.length, first, second))).toBe(written(between, second));
  }
});

test("a place outside of the edits moves with what stands there", () => {
  const random = randomFrom(8);
  for (let turn = 0; turn < 1_000; turn++) {
    const text = "abcdefghijklmnopqrst";
    const edits = randomEdits(random, text);
    const after = written(text, edits);
    for (let offset = 0; offset < text.length; offset++) {
      if (edits.some(({ span }) => span.start <= offset && offset < span.end)) continue;
      expect(after[moved(edits, offset)]).toBe(text[offset]);
    }
  }
});

describe("a fix", () => {
  test("has the indentation of its line", () => {
    const text = "a {\n    b\n}\n";
    expect(applied(text, { edits: [{ span: { start: 9, end: 9 }, text: "\nc\n  d" }] })).toBe(
      "a {\n    b\n    c\n      d\n}\n",
    );
  });

  test("has the line ends of its file", () => {
    expect(applied("  a\r\n", { edits: [{ span: { start: 3, end: 3 }, text: "\nb" }] })).toBe("  a\r\n  b\r\n");
  });

  test("says what its settled edits do, or is none", () => {
    for (const text of ["  a\n  b\n", "\ta\r\n\tb\r\n"]) {
      const edits = [{ span: { start: 3, end: 3 }, text: "\nc {\n  d\n}" }];
      const same = asFix(text, settled(text, edits));
      expect(same === null ? null : applied(text, { edits: same })).toBe(applied(text, { edits }));
    }
    expect(asFix("  a\n", [{ span: { start: 3, end: 3 }, text: "\nnot indented" }])).toBeNull();
  });
});
