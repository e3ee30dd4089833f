// `chorc init`: a project that runs, from the template, with its packages installed. Asks nothing, overwrites nothing.

import { spawn } from "node:child_process";
import { basename, join, resolve } from "node:path";
import { starter } from "../../init/template.js";
import { writeStarter } from "../../init/write.js";
import { listed } from "../../report/diagnostic.js";
import { paint } from "../../report/render/paint.js";
import { escape } from "../../report/render/text.js";
import { complain, lookOf } from "../say.js";
import type { ExitCode } from "../say.js";
import type { Shell, When } from "../shell.js";

export interface InitRequest {
  readonly kind: "init";
  /** As it was named; `.` is the working folder. */
  readonly folder: string;
  readonly force: boolean;
  readonly install: boolean;
  readonly color: When;
}

/** Makes the project and says how to go on. */
export async function init({ folder, force, install, color }: InitRequest, shell: Shell): Promise<ExitCode> {
  const path = resolve(shell.folder, folder);
  const { written, kept, problems } = await writeStarter(path, starter(basename(path)), force);
  for (const problem of problems) complain(shell, problem, null);
  if (problems.length > 0) return 2;
  if (kept.length > 0 && !force) {
    complain(
      shell,
      `\`${folder}\` has files in the way: ${listed(kept, 12)}`,
      "name another folder, or add `--force`: it writes what is missing and leaves these as they are",
    );
    return 2;
  }
  const style = paint(lookOf(shell.out, color, shell).color);
  for (const file of written) shell.out.write(`${style("green", "wrote")} ${escape(join(folder, file))}\n`);
  for (const file of kept) shell.out.write(`${style("yellow", "kept")}  ${escape(join(folder, file))}\n`);
  const installed = install && (await installPackages(path, shell));
  if (install && !installed) {
    complain(shell, "`npm install` has failed; the files are all there", "run it again in the new folder");
  }
  const commands = [
    ...(path === shell.folder ? [] : [`cd ${quoted(folder)}`]),
    ...(installed ? [] : ["npm install"]),
    "npm start",
    "npm test",
    "npx chorc compile --watch",
  ].slice(0, 3);
  shell.out.write(`\nGo on with\n\n${commands.map((command) => `  ${command}\n`).join("")}`);
  return install && !installed ? 2 : 0;
}

/** Runs npm in the new folder; what it says is shown if it fails. */
function installPackages(folder: string, shell: Shell): Promise<boolean> {
  if (shell.error.isTTY) shell.error.write("installing ...\n");
  return new Promise((done) => {
    const npm = spawn("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error"], {
      cwd: folder,
      env: withoutNpm(shell.environment),
      stdio: ["ignore", "pipe", "pipe"],
      // There npm is a script of the command interpreter.
      shell: process.platform === "win32",
    });
    let said = "";
    for (const stream of [npm.stdout, npm.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
    npm.on("error", (problem) => done(failed(problem.message)));
    npm.on("close", (code) => done(code === 0 || failed(said)));
  });

  function failed(text: string): false {
    shell.error.write(`${text.trimEnd().split("\n").map(escape).join("\n")}\n`);
    return false;
  }
}

/** Where chorc was started by npm itself, that npm's own folder and script are not meant. */
function withoutNpm(environment: Shell["environment"]): Record<string, string | undefined> {
  const own = /^(?:npm_(?:config_(?:local_prefix|prefix|workspaces?)|lifecycle|package|command|execpath)|INIT_CWD$)/i;
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !own.test(name)));
}

/** As a shell takes it: in quotes if need be. */
function quoted(folder: string): string {
  return /^[\w./-]+$/.test(folder) ? folder : `'${escape(folder).replaceAll("'", "'\\''")}'`;
}
