// The words of `chorc fmt`. In: the program. Out: the same with this command, which says what was understood.

import type { Command } from "commander";
import type { ConfigChoice } from "../inputs.js";
import type { Format } from "../say.js";
import type { When } from "../shell.js";
import { command, examples, shared, withFiles } from "./shared.js";
import type { Flags, Found } from "./shared.js";

export interface FmtRequest {
  readonly kind: "fmt";
  readonly files: readonly string[];
  readonly config: ConfigChoice;
  readonly check: boolean;
  readonly format: Format | null;
  readonly color: When;
}

/** The words of `chorc fmt`. */
export function fmtCommand(program: Command, found: Found): void {
  const own = command(program, "fmt", "[FILES…]").option(
    "--check",
    "write nothing; exit code 1 if a file would change",
  );
  withFiles(own, "lay files out")
    .description(
      "Lays files out in place, as .prettierrc and .editorconfig say. Files with syntax errors stay as they are; `-` reads standard input and prints.",
    )
    .addHelpText(
      "after",
      examples([
        ["chorc fmt", "the files of chor.config.json"],
        ["chorc fmt --check .", "in CI"],
        ["chorc fmt - < team.chor", "standard input to standard output"],
      ]),
    )
    .action((files: readonly string[], options: Flags) =>
      found({ kind: "fmt", files, ...shared(options), check: options.check === true }),
    );
}
