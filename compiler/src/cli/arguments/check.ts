// The words of `chorc check`. In: the program. Out: the same with this command, which says what was understood.

import { Option } from "commander";
import type { Command } from "commander";
import type { CheckRequest } from "../commands/check.js";
import { WATCH, command, examples, shared, withFiles } from "./shared.js";
import type { Flags, Found } from "./shared.js";
import type { Request } from "./understand.js";

/** The words of `chorc check`. */
export function checkCommand(program: Command, found: Found): void {
  const own = command(program, "check", "[FILES…]")
    .option("-w, --watch", WATCH)
    .option("--bounds", "print the most bytes of every artifact and steps of every contract")
    .option("--knowledge", "print who knows which name, at every message and choice")
    .option("--figures", "print how many messages and decisions, by role, and the longest chain")
    .addOption(
      new Option("--network <kind>", "is it also safe with one inbox a role (mailbox), or in any order (bag)?")
        .choices(["fifo", "mailbox", "bag"])
        .default("fifo"),
    )
    .option("--fix", "mend what can be mended, each mend proved by a check; shown, then written")
    .option("--dry-run", "with --fix: only show it");
  withFiles(own, "check files, write nothing")
    .description("Checks files and writes nothing but what --fix mends. `-` is standard input.")
    .addHelpText(
      "after",
      examples([
        ["chorc check team.chor", "one file"],
        ["chorc check protocols 'more/*.chor'", "a folder with all in it, a pattern"],
        ["chorc check --format json", "the project, told to programs"],
        ["chorc check --fix --dry-run team.chor", "how its errors could be mended"],
        ["cat team.chor | chorc check -", "standard input"],
      ]),
    )
    .action((files: readonly string[], options: CheckFlags) => found(requestOf(files, options)));
}

interface CheckFlags extends Flags {
  readonly network: CheckRequest["network"];
}

function requestOf(files: readonly string[], options: CheckFlags): Request {
  const { network } = options;
  const { watch = false, bounds = false, knowledge = false, figures = false, fix = false, dryRun = false } = options;
  const hint = "run `chorc check --help`";
  if (dryRun && !fix) return { kind: "wrong", message: "`--dry-run` is for `--fix`", hint: "say `--fix --dry-run`" };
  if (watch && network !== "fifo") return { kind: "wrong", message: "`--network` goes not with `--watch`", hint };
  if (fix && (watch || bounds || knowledge || figures || network !== "fifo"))
    return { kind: "wrong", message: "`--fix` goes with no other task", hint };
  if (fix) return { kind: "fix", files, ...shared(options), dryRun };
  return { kind: "check", files, ...shared(options), watch, network, show: { bounds, knowledge, figures } };
}
