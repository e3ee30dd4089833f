// `chorc check FILES…` without options, understood without Commander: loading it takes longer than checking a file
// does. In: the arguments. Out: the request, or null for everything else, which arguments.ts understands.

import type { CheckRequest } from "./commands/check.js";

/** The request of a plain `check`. Says nothing of any other words, wrong ones included. */
export function plainCheck(words: readonly string[]): CheckRequest | null {
  const [command, ...files] = words;
  if (command !== "check" || files.some((file) => file !== "-" && file.startsWith("-"))) return null;
  return {
    kind: "check",
    files,
    config: null,
    format: null,
    color: "auto",
    watch: false,
    network: "fifo",
    show: { bounds: false, knowledge: false, figures: false },
  };
}
