// Chance that can be repeated: the same seed gives the same numbers on every machine. In: a seed. Out: numbers.

/** A source of numbers from 0 up to 1: mulberry32. */
export type Chance = () => number;

/** The numbers of a seed, an integer; only its last 32 bits count. */
export function chanceFrom(seed: number): Chance {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** The index of one of some weights, each as likely as it is heavy; -1 where nothing weighs anything. */
export function weighted(chance: Chance, weights: readonly number[]): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let left = chance() * total;
  let last = -1;
  for (const [index, weight] of weights.entries()) {
    if (weight <= 0) continue;
    last = index;
    if (left < weight) return index;
    left -= weight;
  }
  return last;
}
