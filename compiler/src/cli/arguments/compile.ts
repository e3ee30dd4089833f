// The words of `chorc compile`. In: the program. Out: the same with this command, which says what was understood.

import { Option } from "commander";
import type { Command } from "commander";
import { TARGETS } from "../../config/config.js";
import { WATCH, command, examples, shared, withFiles } from "./shared.js";
import type { Flags, Found } from "./shared.js";

/** The words of `chorc compile`. */
export function compileCommand(program: Command, found: Found): void {
  const own = command(program, "compile", "[FILES…]")
    .option("-o, --out <folder>", "where to write (default: as chor.config.json says)")
    .addOption(new Option("-t, --target <name...>", "what to write").choices(TARGETS))
    .option("-w, --watch", WATCH)
    .addOption(
      new Option("--check", "write nothing; exit code 1 and a diff if the output is stale").conflicts("watch"),
    );
  withFiles(own, "check files, then write TypeScript for every role")
    .description(
      "Checks files and, if there are no errors in any of them, writes TypeScript for every role. Files in the output folder that chorc has not made stay as they are.",
    )
    .addHelpText(
      "after",
      examples([
        ["chorc compile team.chor --out gen", "one file"],
        ["chorc compile", "what chor.config.json says"],
        ["chorc compile --watch", "the same after every change"],
        ["chorc compile --check", "in CI: is what is committed up to date?"],
      ]),
    )
    .action((files: readonly string[], options: Flags) =>
      found({
        kind: "compile",
        files,
        ...shared(options),
        out: options.out ?? null,
        targets: options.target ?? null,
        watch: options.watch === true,
        check: options.check === true,
      }),
    );
}
