// The searches that a seeded bug has to be caught by, as one module, so that it can be bundled with a compiler in which
// there is a bug. In: the name of a search and where it begins. Out: the first program with which something is wrong.

import { armsOf, compareOf, projectionOf, waitsOf } from "./searches.js";

/** What is searched: programs without waits, with waits, with arms; the local automata of the first. */
export const SEARCHES = { plain: compareOf, waits: waitsOf, arms: armsOf, projection: projectionOf };

export type SearchName = keyof typeof SEARCHES;

/** Gives the seed of the first program from `first` on, of at most `most`, with which something is wrong; null: none. */
export function hunt(search: SearchName, first: number, most: number): number | null {
  for (let seed = first; seed < first + most; seed++) if (isWrong(search, seed)) return seed;
  return null;
}

/** Whether something is wrong with the program of a seed: the two sides differ, or one of them throws. */
export function isWrong(search: SearchName, seed: number): boolean {
  try {
    return SEARCHES[search](seed);
  } catch {
    return true;
  }
}
