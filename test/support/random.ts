// Seeded randomness for tests: the same seed gives the same numbers on every machine.

import type { Chance } from "../../compiler/src/simulate/chance.js";

export { chanceFrom as randomFrom, type Chance as Random } from "../../compiler/src/simulate/chance.js";

/** An integer in [0, bound). */
export function below(random: Chance, bound: number): number {
  return Math.floor(random() * bound);
}

/** One of a list that is not empty. */
export function pick<T>(random: Chance, items: readonly T[]): T {
  const item = items[below(random, items.length)];
  if (item === undefined) throw new Error("nothing to pick from");
  return item;
}
