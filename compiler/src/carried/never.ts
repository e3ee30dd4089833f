// Where the back end relies on this folder: what it is not built for has been refused before. In: what came through
// all the same, which is a mistake of the compiler and not of its input.

/** Stops: the back end was given something that `unwritten` should have refused. */
export function notCarried(kind: string): never {
  throw new Error(`The back end was given \`${kind}\`, which it does not carry.`);
}
