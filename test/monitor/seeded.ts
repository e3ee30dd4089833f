// Chance that can be repeated: the same seed gives the same numbers (mulberry32).

export interface Chance {
  /** 0 to `n - 1`. */
  below(n: number): number;
  /** True once in `n` times. */
  once(n: number): boolean;
  one<T>(of: readonly T[]): T;
}

export function seeded(seed: number): Chance {
  let state = seed >>> 0;
  const below = (n: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * n);
  };
  return { below, once: (n) => below(n) === 0, one: (of) => of[below(of.length)]! };
}
