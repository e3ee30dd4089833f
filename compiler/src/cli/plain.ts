// `chorc check FILES…` without options, understood without Commander: loading it takes longer than checking a file
// does. In: the arguments. Out: the request, or null for everything else, which arguments.ts understands.

import type { Request } from "./arguments.js";

/** The request of a plain `check`. Says nothing of any other words, wrong ones included. */
export function plainCheck(words: readonly string[]): Request | null {
  const [command, ...files] = words;
  const plain = command === "check" && files.length > 0 && files.every((file) => file === "-" || !file.startsWith("-"));
  return plain ? { kind: "check", files, options: { format: "pretty", color: "auto" } } : null;
}
