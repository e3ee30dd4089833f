// How long to wait before something is tried again: doubled each time up to a longest wait, then shortened by up
// to a half by chance, so that those who failed together do not come back together.

/** Milliseconds before the next try, after `times` tries beyond the first; `chance` is from 0 up to 1. */
export function backOff(times: number, first: number, longest: number, chance: number): number {
  return Math.min(longest, first * 2 ** Math.min(times, 30)) * (1 - chance / 2);
}
