// The words of the command line to what is to be done. In: the arguments. Out: a request, or a text to print.
// Commander does the splitting; nothing is printed and nothing is run here.

import { Command, CommanderError, Option } from "commander";
import { TARGETS } from "../config/config.js";
import type { Target } from "../config/config.js";
import type { CheckRequest } from "./commands/check.js";
import type { CompileRequest } from "./commands/compile.js";
import type { DiagramOptions } from "./commands/diagram.js";
import type { ExplainRequest } from "./commands/explain.js";
import type { InitRequest } from "./commands/init.js";
import type { ConfigChoice } from "./inputs.js";
import type { Format } from "./say.js";
import type { When } from "./shell.js";
import { wrong } from "./wrong.js";
import { version } from "../version.js";

export type Request =
  | CheckRequest
  | CompileRequest
  | FmtRequest
  | InitRequest
  | ExplainRequest
  | DiagramRequest
  | { readonly kind: "lsp" }
  /** `--help` or `--version`. */
  | { readonly kind: "print"; readonly text: string }
  /** Wrong use: what is wrong, and how it is meant. */
  | { readonly kind: "wrong"; readonly message: string; readonly hint: string };

export interface FmtRequest {
  readonly kind: "fmt";
  readonly files: readonly string[];
  readonly config: ConfigChoice;
  readonly check: boolean;
  readonly format: Format | null;
  readonly color: When;
}

export interface DiagramRequest {
  readonly kind: "diagram";
  readonly file: string;
  readonly options: DiagramOptions;
}

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
    return { kind: "wrong", ...wrong(problem, words) };
  }
  return request ?? { kind: "wrong", message: "there is nothing to do", hint: "run `chorc --help`" };
}

const MORE = `
FILES are files, folders or patterns; without any, chor.config.json names them.
Exit codes: 0 all is well, 1 errors in the files, 2 wrong use, unreadable files.
Examples:
  $ chorc init my-team                   begin with a project that runs
  $ chorc check 'protocols/**/*.chor'    say what is wrong, and why
  $ chorc compile --watch                write TypeScript after every change`;

function build(found: (request: Request) => void, print: (text: string) => void): Command {
  const program = new Command("chorc")
    .configureOutput({ writeOut: print, writeErr: () => undefined })
    .configureHelp({ helpWidth: 80, subcommandTerm: (command) => `${command.name()} ${command.usage()}` })
    .exitOverride()
    .description("Proves that a team of agents cannot deadlock; writes its endpoints and monitors.")
    .usage("<command> [options]")
    .version(version, "-v, --version", "print the version")
    .helpOption("-h, --help", "print this help, or that of a command")
    .helpCommand(false)
    .addHelpText("after", MORE);
  checkCommand(program, found);
  compileCommand(program, found);
  fmtCommand(program, found);
  initCommand(program, found);
  explainCommand(program, found);
  diagramCommand(program, found);
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
  return program;
}

type Found = (request: Request) => void;

const WATCH = "again whenever something changes, until Ctrl-C";

function checkCommand(program: Command, found: Found): void {
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

function compileCommand(program: Command, found: Found): void {
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

function fmtCommand(program: Command, found: Found): void {
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

function initCommand(program: Command, found: Found): void {
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

function explainCommand(program: Command, found: Found): void {
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

function diagramCommand(program: Command, found: Found): void {
  const own = command(program, "diagram", "FILE")
    .addOption(new Option("--kind <kind>", "what is drawn").choices(["sequence", "talks", "role"]).default("sequence"))
    .option("--choreography <name>", "which one (default: the only one)")
    .option("--role <name>", "the role, with `--kind role`")
    .addOption(new Option("--as <language>", "how it is drawn").choices(["mermaid", "svg"]).default("mermaid"))
    .option("-o, --out <file>", "where to write");
  withFormat(own)
    .summary("draw who sends what to whom")
    .description("Draws a choreography of a file, as Mermaid or SVG, on standard output or in a file of its own.")
    .argument("<file>", "a `.chor` file; `-` is standard input")
    .addHelpText(
      "after",
      examples([
        ["chorc diagram team.chor", "messages in their order"],
        ["chorc diagram team.chor --as svg -o team.svg", "the same as a picture"],
        ["chorc diagram team.chor --kind role --role Critic", "what one role does"],
      ]),
    )
    .action((file: string, options: DiagramFlags) =>
      found({
        kind: "diagram",
        file,
        options: {
          kind: options.kind,
          as: options.as,
          choreography: options.choreography ?? null,
          role: options.role ?? null,
          out: options.out ?? null,
          format: options.format ?? "pretty",
          color: options.color,
        },
      }),
    );
}

interface DiagramFlags extends Flags {
  readonly kind: DiagramOptions["kind"];
  readonly as: DiagramOptions["as"];
  readonly choreography?: string;
  readonly role?: string;
}

// ---- what commands share -----------------------------------------------------------------------------------

interface Flags {
  readonly format?: Format;
  readonly color: When;
  /** false: `--no-config`. */
  readonly config?: string | boolean;
  readonly out?: string;
  readonly target?: readonly Target[];
  readonly watch?: boolean;
  readonly bounds?: boolean;
  readonly knowledge?: boolean;
  readonly check?: boolean;
  readonly force?: boolean;
  readonly install?: boolean;
}

function command(program: Command, name: string, words: string): Command {
  return program.command(name).usage(words).helpOption("-h, --help", "print this help");
}

function withFiles(it: Command, summary: string): Command {
  return withFormat(it)
    .summary(summary)
    .argument("[files...]", "files, folders, patterns in quotes (default: as chor.config.json says)")
    .option("--config <file>", "this configuration (default: chor.config.json of this folder or one above)")
    .option("--no-config", "no configuration");
}

function withFormat(it: Command): Command {
  const format = new Option("--format <format>", "how the result is printed");
  return withColor(it.addOption(format.choices(["pretty", "json"])));
}

function withColor(it: Command): Command {
  return it.addOption(new Option("--color <when>", "colours").choices(["auto", "always", "never"]).default("auto"));
}

function shared({ format, color, config }: Flags): {
  readonly format: Format | null;
  readonly color: When;
  readonly config: ConfigChoice;
} {
  return {
    format: format ?? null,
    color,
    config: typeof config === "string" ? config : config === false ? false : null,
  };
}

function examples(lines: readonly (readonly [command: string, meaning: string])[]): string {
  const width = Math.max(...lines.map(([words]) => words.length)) + 2;
  return `\nExamples:\n${lines.map(([words, meaning]) => `  $ ${words.padEnd(width)}${meaning}`).join("\n")}`;
}
