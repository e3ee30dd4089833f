// The words of the command line to what is to be done. In: the arguments. Out: a request, or a text to print.
// Commander does the splitting; nothing is printed and nothing is run here. A command, a file of this folder.

import { Command, CommanderError } from "commander";
import { version } from "../../version.js";
import type { CheckRequest } from "../commands/check.js";
import type { CompileRequest } from "../commands/compile.js";
import type { FixRequest } from "../commands/fix.js";
import type { DiffRequest } from "../commands/diff.js";
import type { ExplainRequest } from "../commands/explain.js";
import type { InitRequest } from "../commands/init.js";
import { wrong } from "../wrong.js";
import { checkCommand } from "./check.js";
import { compileCommand } from "./compile.js";
import { diagramCommand } from "./diagram.js";
import type { DiagramRequest } from "./diagram.js";
import { diffCommand } from "./diff.js";
import { explainCommand } from "./explain.js";
import { fmtCommand } from "./fmt.js";
import type { FmtRequest } from "./fmt.js";
import { initCommand } from "./init.js";
import { lspCommand } from "./lsp.js";
import { simulateCommand } from "./simulate.js";
import type { SimulateRequest } from "../commands/simulate.js";
import { verifyCommand } from "./verify.js";
import type { VerifyRequest } from "../commands/verify.js";

export type Request =
  | CheckRequest
  | FixRequest
  | CompileRequest
  | FmtRequest
  | InitRequest
  | ExplainRequest
  | DiagramRequest
  | DiffRequest
  | SimulateRequest
  | VerifyRequest
  | { readonly kind: "lsp" }
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
    return { kind: "wrong", ...wrong(problem, words) };
  }
  return request ?? { kind: "wrong", message: "there is nothing to do", hint: "run `chorc --help`" };
}

const MORE = `
FILES are files, folders or patterns; without any, chor.config.json names them.
Exit codes: 0 all is well, 1 errors in the files, 2 wrong use, unreadable files.
Begin a project that runs with \`chorc init my-team\`.`;

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
  diffCommand(program, found);
  simulateCommand(program, found);
  verifyCommand(program, found);
  lspCommand(program, found);
  return program;
}
