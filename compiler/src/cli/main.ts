// `chorc`: words in, exit code out. A plain `chorc check FILES…` is run here and now; everything else is in more.ts, a
// bundle of its own, which is loaded when it is used. Nothing that a user can do ends in a stack trace.

import { describe } from "./bug.js";
import { debug } from "./checking.js";
import { check } from "./commands/check.js";
import { plainCheck } from "./plain.js";
import { complain } from "./say.js";
import type { ExitCode } from "./say.js";
import type { Shell } from "./shell.js";

export type { ExitCode } from "./say.js";

/** Runs `chorc` with the words behind its name. Never throws. */
export async function main(words: readonly string[], shell: Shell): Promise<ExitCode> {
  try {
    const request = plainCheck(words);
    return await (request === null ? (await import("./more.js")).more(words, shell) : check(request, shell));
  } catch (problem) {
    complain(
      shell,
      `this is a bug in chorc: ${describe(problem)}`,
      "report it; `CHORC_DEBUG=1` prints where it happened",
    );
    debug(shell, problem);
    return 2;
  }
}
