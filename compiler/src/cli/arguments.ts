// The words of the command line to what is to be done. In: the arguments. Out: a command, or a text to print.
// Commander does the splitting; nothing is printed and nothing is run here.

import { Command, CommanderError, Option } from "commander";
import type { When } from "./shell.js";
import { version } from "../version.js";

export type Format = "pretty" | "json";

export interface Options {
  readonly format: Format;
  readonly color: When;
}

export type Request =
  | { readonly kind: "check"; readonly files: readonly string[]; readonly options: Options }
  | { readonly kind: "compile"; readonly files: readonly string[]; readonly out: string; readonly options: Options }
  /** `--help` or `--version`. */
  | { readonly kind: "print"; readonly text: string }
  /** Wrong use: what is wrong, and how it is meant. */
  | { readonly kind: "wrong"; readonly message: string; readonly hint: string };

/** Understands the arguments behind the program's name. Never throws. */
export function understand(words: readonly string[]): Request {
  let request: Request | null = null;
  let printed = "";
  const program = build(
    (found) => (request = found),
    (text) => (printed += text),
  );
  try {
    program.parse(words, { from: "user" });
  } catch (problem) {
    if (!(problem instanceof CommanderError)) throw problem;
    if (problem.exitCode === 0) return { kind: "print", text: printed };
    return wrong(problem, words);
  }
  return request ?? { kind: "wrong", message: "there is nothing to do", hint: "run `chorc --help`" };
}

const MORE = `
Options of the commands:
  -o, --out <folder>                 where compile writes
  --format pretty | json             diagnostics for people or for programs
  --color auto | always | never      NO_COLOR and FORCE_COLOR are heeded, too

Examples:
  $ chorc check team.chor                         say what is wrong, and why
  $ chorc check protocols/*.chor --format json    the same for programs
  $ cat team.chor | chorc check -                 read standard input
  $ chorc compile team.chor --out gen             write TypeScript for every role

Diagnostics go to standard output; wrong use and unreadable files to standard error.
Exit codes: 0 no errors, 1 errors in the files, 2 wrong use or a file that cannot be read or written.`;

function build(found: (request: Request) => void, print: (text: string) => void): Command {
  const program = new Command("chorc")
    .configureOutput({ writeOut: print, writeErr: () => undefined })
    .configureHelp({ helpWidth: 100, subcommandTerm: (command) => `${command.name()} ${command.usage()}` })
    .exitOverride()
    .description("Checks choreographies and compiles them to an endpoint and a monitor for every role.")
    .usage("<command> FILES… [options]")
    .version(version, "-v, --version", "print the version")
    .helpOption("-h, --help", "print this help, or that of a command")
    .helpCommand(false)
    .addHelpText("after", MORE);
  shared(program.command("check"))
    .summary("check files, write nothing")
    .description("Checks files and writes nothing.")
    .argument("<files...>", "`.chor` files; `-` is standard input")
    .action((files: readonly string[], options: Options) => found({ kind: "check", files, options: pick(options) }));
  shared(program.command("compile"))
    .usage("FILES… --out DIR [options]")
    .summary("check files, then write TypeScript")
    .description("Checks files and, if there are no errors in any of them, writes TypeScript for every role.")
    .argument("<files...>", "`.chor` files")
    .requiredOption("-o, --out <folder>", "where to write; files there that chorc has not made stay as they are")
    .action((files: readonly string[], options: Options & { readonly out: string }) =>
      found({ kind: "compile", files, out: options.out, options: pick(options) }),
    );
  return program;
}

function shared(command: Command): Command {
  return command
    .usage("FILES… [options]")
    .helpOption("-h, --help", "print this help")
    .addOption(
      new Option("--format <format>", "how diagnostics are printed").choices(["pretty", "json"]).default("pretty"),
    )
    .addOption(new Option("--color <when>", "colours").choices(["auto", "always", "never"]).default("auto"));
}

function pick({ format, color }: Options): Options {
  return { format, color };
}

/** Commander's errors in the words of the house. */
function wrong(problem: CommanderError, words: readonly string[]): Request {
  const hint = "run `chorc --help`";
  switch (problem.code) {
    case "commander.help":
      return {
        kind: "wrong",
        message: "no command is given",
        hint: "say `chorc check FILES…` or `chorc compile FILES… --out DIR`",
      };
    case "commander.unknownCommand": {
      const word = words.find((each) => !each.startsWith("-")) ?? "";
      return word.endsWith(".chor")
        ? { kind: "wrong", message: `\`${word}\` is no command`, hint: `say \`chorc check ${word}\`` }
        : { kind: "wrong", message: `unknown command \`${word}\``, hint: suggestion(problem.message) ?? hint };
    }
    case "commander.missingArgument":
      return { kind: "wrong", message: "no files are given", hint: "name at least one `.chor` file" };
    case "commander.missingMandatoryOptionValue":
      return { kind: "wrong", message: "`compile` has to know where to write", hint: "add `--out DIR`" };
    default: {
      const message = problem.message.replace(/^error: /, "").replace(/\n[^]*$/, "");
      return { kind: "wrong", message: quoted(message), hint: suggestion(problem.message) ?? hint };
    }
  }
}

function suggestion(message: string): string | null {
  const found = /\(Did you mean (?:one of )?([^?]+)\?\)$/.exec(message)?.[1];
  return found === undefined
    ? null
    : `did you mean ${found
        .split(", ")
        .map((each) => `\`${each}\``)
        .join(" or ")}?`;
}

function quoted(message: string): string {
  return message.replace(/'([^']*)'/g, "`$1`");
}
