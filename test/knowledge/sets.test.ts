// Persistent sets of numbers against plain ones: the same numbers after any unions, the first one itself where the
// other adds nothing, and steps only where two sets differ.

import { expect, test } from "vitest";
import { isSameSet, numbersIn, union, type Numbers } from "../../compiler/src/knowledge/sets.js";
import { below, randomFrom } from "../support/random.js";

const endless = { left: Infinity };

function setOf(numbers: readonly number[]): Numbers {
  return numbers.reduce<Numbers>((all, number) => union(all, number, endless), null);
}

test("a union is what plain sets say, and one of the two where the other adds nothing", () => {
  const random = randomFrom(20);
  for (let round = 0; round < 3000; round++) {
    const range = [1, 4, 40, 2 ** 31 - 1][below(random, 4)] ?? 1;
    const [a, b] = [0, 1].map(() => Array.from({ length: below(random, 12) }, () => below(random, range + 1)));
    const [one, other] = [setOf(a ?? []), setOf(b ?? [])];
    const both = union(one, other, endless);
    const plain = [...new Set([...(a ?? []), ...(b ?? [])])].toSorted((x, y) => x - y);
    expect(numbersIn(both)).toEqual(plain);
    expect(isSameSet(both, setOf(plain.toReversed()))).toBe(true);
    expect(isSameSet(both, one)).toBe(plain.length === new Set(a).size);
    if (plain.length === new Set(a).size) expect(both).toBe(one);
  }
});

test("a number more costs its bits, not the set", () => {
  const large = setOf(Array.from({ length: 50_000 }, (_, i) => i));
  const effort = { left: 100 };
  expect(union(union(large, 50_000, effort), large, effort)).not.toBe(large);
  expect(effort.left).toBeGreaterThan(0);
});
