// The words of `chorc lsp`. In: the program. Out: the same with this command, which says what was understood.

import type { Command } from "commander";
import type { Found } from "./shared.js";

/** The words of `chorc lsp`. */
export function lspCommand(program: Command, found: Found): void {
  program
    .command("lsp")
    .usage(" ")
    .summary("the language server, for editors")
    .description("Speaks the language server protocol on standard input and output, until the editor ends it.")
    .helpOption("-h, --help", "print this help")
    .option("--stdio", "what it does anyway")
    // Editors add words of their own.
    .allowUnknownOption()
    .allowExcessArguments()
    .action(() => found({ kind: "lsp" }));
}
