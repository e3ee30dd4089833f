// The words of `chorc diff`. In: the program. Out: the same with this command, which says what was understood.

import type { Command } from "commander";
import type { DiffRequest } from "../commands/diff.js";
import { command, examples, withFormat } from "./shared.js";
import type { Flags, Found } from "./shared.js";

/** The words of `chorc diff`. */
export function diffCommand(program: Command, found: Found): void {
  const own = command(program, "diff", "OLD NEW")
    .option("--choreography <name>", "only this one (default: all that no other one calls)")
    .option("--role <name>", "only this role");
  withFormat(own)
    .summary("what has changed for each role, and whether it breaks")
    .description(
      "Compares two versions of a protocol: what has changed for each role, whether it may be replaced alone, and whether running sessions go on. Exit codes: 0 nothing or compatible, 1 breaking, 2 wrong use or errors in the files.",
    )
    .argument("<old>", "a `.chor` file or a folder; `-` is standard input")
    .argument("<new>", "the same, of the new version")
    .addHelpText(
      "after",
      examples([
        ["chorc diff v1/team.chor team.chor", "two files"],
        ["git show main:team.chor | chorc diff - team.chor", "what a branch changes"],
        ["chorc diff old new --format json", "folders, for programs"],
      ]),
    )
    .action((old: string, now: string, options: DiffFlags) => found(request(old, now, options)));
}

interface DiffFlags extends Flags {
  readonly choreography?: string;
  readonly role?: string;
}

function request(old: string, now: string, options: DiffFlags): DiffRequest {
  return {
    kind: "diff",
    old,
    now,
    choreography: options.choreography ?? null,
    role: options.role ?? null,
    format: options.format ?? "pretty",
    color: options.color,
  };
}
