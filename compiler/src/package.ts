// Where this package is on the disk, for what is shipped beside its code: pages and templates. In: a path below it.
// Out: the absolute path, from the sources, from `dist` and from the bundle alike.

import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The file of the standard library: beside a program that brings this code with it, else in this package. */
export function standardFile(): string {
  const beside = join(dirname(fileURLToPath(import.meta.url)), "std.chor");
  return existsSync(beside) ? beside : join(packageFolder(), "std", "std.chor");
}

/** The folder of this package: the nearest one above this code that has a manifest. */
export function packageFolder(): string {
  let at = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(at, "package.json")) && dirname(at) !== at) at = dirname(at);
  return at;
}
