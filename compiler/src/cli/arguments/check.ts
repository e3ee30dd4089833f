// The words of `chorc check`. In: the program. Out: the same with this command, which says what was understood.

import type { Command } from "commander";
import { WATCH, command, examples, shared, withFiles } from "./shared.js";
import type { Flags, Found } from "./shared.js";

/** The words of `chorc check`. */
export function checkCommand(program: Command, found: Found): void {
  const own = command(program, "check", "[FILES…]")
    .option("-w, --watch", WATCH)
    .option("--bounds", "print the most bytes of every artifact and steps of every contract")
    .option("--knowledge", "print who knows which name, at every message and choice");
  withFiles(own, "check files, write nothing")
    .description("Checks files and writes nothing. `-` is standard input.")
    .addHelpText(
      "after",
      examples([
        ["chorc check team.chor", "one file"],
        ["chorc check protocols 'more/*.chor'", "a folder with all in it, a pattern"],
        ["chorc check --format json", "the project, told to programs"],
        ["cat team.chor | chorc check -", "standard input"],
      ]),
    )
    .action((files: readonly string[], options: Flags) =>
      found({
        kind: "check",
        files,
        ...shared(options),
        watch: options.watch === true,
        show: { bounds: options.bounds === true, knowledge: options.knowledge === true },
      }),
    );
}
