// The words of `chorc explain`. In: the program. Out: the same with this command, which says what was understood.

import type { Command } from "commander";
import { command, examples, withFormat } from "./shared.js";
import type { Flags, Found } from "./shared.js";

/** The words of `chorc explain`. */
export function explainCommand(program: Command, found: Found): void {
  withFormat(command(program, "explain", "[CODE]"))
    .summary("what a diagnostic means, and what to do")
    .description("Explains a diagnostic with an example. Without a code: lists all of them.")
    .argument("[code]", "`CHOR0604`, `chor0604` or `604`")
    .addHelpText(
      "after",
      examples([
        ["chorc explain CHOR0604", "one diagnostic"],
        ["chorc explain", "the list"],
      ]),
    )
    .action((code: string | undefined, options: Flags) =>
      found({ kind: "explain", code: code ?? null, format: options.format ?? null, color: options.color }),
    );
}
