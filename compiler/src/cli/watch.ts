// Rounds of a command, one whenever something changes, until Ctrl-C. In: the command as a function that runs one round,
// and what it is about. Out: a log with times on standard error. Nothing that is in the files ends a watch.

import { basename, dirname, resolve, sep } from "node:path";
import type { Stats } from "node:fs";
import { watch as watchFolders } from "chokidar";
import type { FSWatcher } from "chokidar";
import { plural } from "../report/render/pretty.js";
import { paint } from "../report/render/paint.js";
import { escape } from "../report/render/text.js";
import { CONFIG_NAME } from "./inputs.js";
import type { Inputs, Root } from "./inputs.js";
import { shownPath } from "./say.js";
import type { ExitCode } from "./say.js";
import { wantsColor } from "./shell.js";
import type { Shell } from "./shell.js";

export interface Round {
  readonly inputs: Inputs;
  readonly code: ExitCode;
}

/**
 * What comes within this time (milliseconds) is one change: editors write a file in several steps. Longer than the 50
 * for which chokidar is silent about a file that it has just told of, so that nothing it leaves out is missed.
 */
const PAUSE = 75;

/**
 * Runs a round now and after every change below the roots of `inputs`; rounds never overlap. Ends with 0 on Ctrl-C, and
 * with the code of its one round where there is nothing to watch (wrong use).
 */
export async function watch(
  inputs: () => Promise<Inputs>,
  round: () => Promise<Round>,
  shell: Shell,
): Promise<ExitCode> {
  const first = await inputs();
  if (first.roots.length === 0) return (await round()).code;
  const style = paint(wantsColor("auto", shell.error, shell.environment));
  const log = (text: string): void => shell.error.write(`${style("dim", timeOf(shell.now()))} ${text}\n`);
  const stopped = shell.interrupted().then(() => null);
  const changes = queue();
  let watched = first;
  // Before the first round: what changes while it runs is seen.
  let watcher = await start(first, changes.push, shell);
  for (let next: readonly string[] | null = []; next !== null; next = await Promise.race([changes.next(), stopped])) {
    if (next.length > 0) log(next.length > 3 ? `${plural(next.length, "file")} changed` : next.join(", "));
    const { inputs: found, code } = await round();
    // While the configuration is wrong, what it said before is watched.
    if (found.problems.length === 0 && placesOf(found) !== placesOf(watched)) {
      watched = found;
      const fresh = await start(found, changes.push, shell);
      await watcher.close();
      watcher = fresh;
      // What has changed in between was seen by neither.
      await round();
    }
    const state = code === 0 ? style("green", "all is well") : style("red", "there are errors");
    log(`${state}; ${plural(found.files.length, "file")} watched, Ctrl-C ends`);
  }
  await watcher.close();
  return 0;
}

/** What has changed since it was last asked for, as lines for the log. */
function queue(): { readonly push: (line: string) => void; readonly next: () => Promise<readonly string[]> } {
  let lines: string[] = [];
  let wake: () => void = () => undefined;
  return {
    push(line) {
      lines.push(line);
      wake();
    },
    async next() {
      if (lines.length === 0) await new Promise<void>((done) => (wake = done));
      await new Promise((done) => setTimeout(done, PAUSE));
      const all = [...new Set(lines)];
      lines = [];
      return all;
    },
  };
}

const WORDS: Readonly<Record<string, string>> = { add: "added", change: "changed", unlink: "removed" };

/** A watcher over the roots, ready. Folders that cannot be read are left out. */
async function start(inputs: Inputs, push: (line: string) => void, shell: Shell): Promise<FSWatcher> {
  const named = new Set(inputs.files.map((file) => resolve(shell.folder, file)));
  const watcher = watchFolders(
    inputs.roots.map(({ folder }) => folder),
    { ignoreInitial: true, ignored: (path, stats) => isIgnored(path, stats, inputs, named) },
  );
  watcher.on("all", (event, path) => {
    const word = WORDS[event];
    if (word !== undefined) push(`${escape(shownPath(path, shell))} ${word}`);
  });
  watcher.on("error", (problem) => {
    push(`not all is watched: ${escape(problem instanceof Error ? problem.message : String(problem))}`);
  });
  await new Promise<void>((ready) => watcher.once("ready", () => ready()));
  return watcher;
}

/** Everything but `.chor` files, named files and the configuration; `node_modules` and dot folders whole. */
function isIgnored(path: string, stats: Stats | undefined, inputs: Inputs, named: ReadonlySet<string>): boolean {
  const { roots } = inputs;
  if (roots.some(({ folder }) => folder === path) || named.has(path)) return false;
  if (!roots.some((root) => isWithin(path, root, stats))) return true;
  if (stats === undefined || stats.isDirectory()) return false;
  return !path.endsWith(".chor") && path !== inputs.configFile && basename(path) !== CONFIG_NAME;
}

function isWithin(path: string, { folder, deep }: Root, stats: Stats | undefined): boolean {
  if (!deep) return dirname(path) === folder && stats?.isDirectory() !== true;
  const start = folder.endsWith(sep) ? folder : folder + sep;
  if (!path.startsWith(start)) return false;
  const parts = path.slice(start.length).split(sep);
  return !parts.some((part) => part === "node_modules" || part.startsWith("."));
}

function placesOf({ roots, configFile }: Inputs): string {
  return JSON.stringify([roots, configFile]);
}

/** `14:03:59`, in the time of the place. */
function timeOf(now: Date): string {
  return [now.getHours(), now.getMinutes(), now.getSeconds()].map((part) => String(part).padStart(2, "0")).join(":");
}
