// The words of `chorc init`. In: the program. Out: the same with this command, which says what was understood.

import type { Command } from "commander";
import { command, examples, withColor } from "./shared.js";
import type { Flags, Found } from "./shared.js";

/** The words of `chorc init`. */
export function initCommand(program: Command, found: Found): void {
  const own = command(program, "init", "[FOLDER]")
    .option("--force", "where files are in the way: write what is missing, leave those as they are")
    .option("--no-install", "do not run `npm install`");
  withColor(own)
    .summary("begin a project that runs")
    .description("Writes a project with a protocol, two agents and a test, and installs its packages.")
    .argument("[folder]", "a new or empty folder", ".")
    .addHelpText(
      "after",
      examples([
        ["chorc init my-team", "a new folder"],
        ["chorc init", "the working folder"],
      ]),
    )
    .action((folder: string, options: Flags) =>
      found({
        kind: "init",
        folder,
        force: options.force === true,
        install: options.install !== false,
        color: options.color,
      }),
    );
}
