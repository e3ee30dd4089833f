// The language server over standard input and output. In: a shell, for what cannot be told over the connection. Out: an
// exit code that never comes: the protocol's `exit`, or the end of standard input, ends the process.

import { realpathSync } from "node:fs";
import { isMainThread } from "node:worker_threads";
import { createConnection } from "vscode-languageserver/node";
import { answerChecks, checker } from "./checker.js";
import { serveConnection } from "./server.js";

/** For what cannot be told over the connection. */
interface LastResort {
  readonly error: { readonly write: (text: string) => unknown };
}

/** Serves one client. Checks run in a thread, which is this same program: there it serves the checks. */
export function serve(shell: LastResort): Promise<0> {
  if (isMainThread) serveClient(shell);
  else answerChecks();
  return new Promise(() => {});
}

function serveClient({ error }: LastResort): void {
  const connection = createConnection(process.stdin, process.stdout);
  const log = (problem: unknown): void => connection.console.error(`chorc: ${shown(problem)}`);
  // Whatever happens between two messages must not end the session of an editor.
  const survive = (problem: unknown): void => void error.write(`chorc: ${shown(problem)}\n`);
  process.on("uncaughtException", survive);
  process.on("unhandledRejection", survive);
  serveConnection(connection, checker(thisProgram(), log), log);
  connection.listen();
}

/** The script that Node runs; what `npx` starts is a link to it. */
function thisProgram(): string | null {
  const script = process.argv[1];
  try {
    return script === undefined ? null : realpathSync(script);
  } catch {
    return null;
  }
}

function shown(problem: unknown): string {
  return problem instanceof Error ? (problem.stack ?? problem.message) : String(problem);
}
