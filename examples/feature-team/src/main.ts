// `npm start`: the team builds a module on a SQLite journal, then a rogue coder steps out of line. Killed and
// started again, an unfinished session goes on where it was.

import { appendFileSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Journal } from "@chor/runtime";
import { sqlite } from "@chor/runtime/sqlite";
import { FeatureTeam, type FeatureTeamEnd } from "../gen/feature-team/index.js";
import { team } from "./agents.js";
import { rogue } from "./rogue.js";
import { bold, dim, messageLine } from "./show.js";

const home = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const usage = `Usage: npm start -- [options]

Runs the team of feature-team.chor, then a rogue coder.

  --session NAME   which session to begin or to go on with (default: the unfinished one, or a new one)
  --out DIR        where the journal and the module go (default: examples/feature-team/out)
  --pause MS       how long each agent thinks (default: 150)
  --log FILE       adds a line to FILE for each question that an agent is asked
  --help           this text`;

const flags = readFlags();
const stop = new AbortController();
process.once("SIGINT", () => stop.abort());
// Somebody who reads only the first lines (`npm start | head`) is no error.
process.stdout.on("error", () => process.exit(0));

await mkdir(flags.out, { recursive: true });
const file = join(flags.out, "journal.db");
const journal = sqlite(file);
const session = flags.session ?? (await unfinished(journal));
try {
  await show(session, journal);
} catch (error) {
  const kept = "The journal keeps what has happened: `npm start` goes on from there.";
  if (stop.signal.aborted) console.log(`\nStopped. ${kept}`);
  else console.error(`\n${error instanceof Error ? error.message : String(error)}\n${kept}`);
  process.exitCode = stop.signal.aborted ? 130 : 1;
} finally {
  await journal.close();
}

/** The team, the rogue, and where the files are. */
async function show(session: string, journal: Journal): Promise<void> {
  const built = await build(session, journal);
  console.log(`\n${bold("A rogue coder")}: it skips the review and hands its module straight to the lead.\n`);
  await rogue(join(flags.out, "rogue"), flags.pause, stop.signal);
  console.log(`
${bold("The files")}
  the protocol        ${shown(join(home, "feature-team.chor"))}
  its wrong twin      ${shown(join(home, "feature-team.wrong.chor"))} ${dim("(npx chorc check says why)")}
  the generated code  ${shown(join(home, "gen"))}
  the built module    ${built === null ? "none: the team gave up" : shown(built)}
  the journal         ${shown(file)} ${dim(`(session ${session})`)}`);
}

/** Plays the session to its end; gives the file of the module that was built, null if the team gave up. */
async function build(session: string, journal: Journal): Promise<string | null> {
  const before = await journal.heads(session);
  console.log(
    `${bold("A feature team")}: ${FeatureTeam.roles.map(({ name }) => name).join(", ")} in session ${session}${before.length > 0 ? ", resumed" : ""}\n`,
  );
  const run = FeatureTeam.run({
    session,
    journal,
    signal: stop.signal,
    agents: team(join(flags.out, session), flags.pause, log),
  });
  for await (const event of run.events) {
    if (event.kind === "received") console.log(messageLine(event.message, event.fresh));
  }
  const { known } = await run;
  return deliver(session, known);
}

/** Puts the delivered module where it belongs, whole or not at all. */
async function deliver(session: string, { Lead, Architect }: FeatureTeamEnd["known"]): Promise<string | null> {
  if (Lead.deliver === undefined) return null;
  const target = join(flags.out, session, `${Architect.design.name}.ts`);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(`${target}.new`, Lead.deliver.source);
  await rename(`${target}.new`, target);
  return target;
}

/** The first session of `feature-1`, `feature-2`, … that has not ended. */
async function unfinished(journal: Journal): Promise<string> {
  for (let number = 1; ; number++) {
    const heads = await journal.heads(`feature-${number}`);
    if (heads.length < FeatureTeam.roles.length || heads.some(({ closed }) => !closed)) return `feature-${number}`;
  }
}

function readFlags(): {
  readonly session: string | undefined;
  readonly out: string;
  readonly pause: number;
  readonly log: string | undefined;
} {
  const options = {
    session: { type: "string" },
    out: { type: "string" },
    pause: { type: "string" },
    log: { type: "string" },
    help: { type: "boolean" },
  } as const;
  try {
    const { values } = parseArgs({ options });
    if (values.help === true) {
      console.log(usage);
      process.exit(0);
    }
    const pause = Number(values.pause ?? "150");
    if (!Number.isInteger(pause) || pause < 0) throw new Error(`--pause takes milliseconds, not '${values.pause}'`);
    return { session: values.session, out: values.out ?? join(home, "out"), pause, log: values.log };
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    process.exit(2);
  }
}

function log(role: string, about: string, key: string): void {
  if (flags.log !== undefined) appendFileSync(flags.log, `${JSON.stringify({ role, about, key })}\n`);
}

function shown(path: string): string {
  const near = relative(process.env["INIT_CWD"] ?? process.cwd(), path);
  return near.startsWith("..") ? path : near;
}
