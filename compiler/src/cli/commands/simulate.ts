// `chorc simulate`: runs the team of one choreography, by chance, by script, or along a counterexample. In: the request.
// Out: the run on standard output; 1 where a run gets stuck, or the source cannot be run.

import { resolve } from "node:path";
import type { Source } from "@chor/grammar";
import { mermaidSequence } from "../../diagram/mermaid.js";
import { toldByCode, toldByReport, type Chosen } from "../../simulate/chosen.js";
import { replayAsJson, runAsJson, summaryAsJson } from "../../simulate/json.js";
import { renderReplay, renderRun, renderSummary } from "../../simulate/render.js";
import { replay } from "../../simulate/replay.js";
import { runByChance, type Run } from "../../simulate/run.js";
import { runScript } from "../../simulate/script.js";
import { sequenceOfRun } from "../../simulate/sequence.js";
import { tallyOf } from "../../simulate/summary.js";
import { teamOf, type Team } from "../../team/team.js";
import { oneTeam } from "../one-team.js";
import { progress } from "../progress.js";
import { readSource, readSources } from "../read.js";
import { lookOf, report, wrongly, type ExitCode, type Look } from "../say.js";
import type { Shell } from "../shell.js";

export interface SimulateRequest extends Look {
  readonly kind: "simulate";
  readonly file: string;
  readonly choreography: string | null;
  /** null: by the clock. */
  readonly seed: number | null;
  /** null: one run, which is shown. */
  readonly runs: number | null;
  readonly steps: number;
  readonly members: ReadonlyMap<string, number>;
  readonly elements: number;
  /** A file. */
  readonly script: string | null;
  /** A code, or a file. */
  readonly replay: string | null;
  readonly lost: string | null;
  readonly as: "table" | "sequence" | "svg";
}

/** How many situations a replay looks at for each way of going on. */
const replayed = 5_000;

/** Simulates. */
export async function simulate(request: SimulateRequest, shell: Shell): Promise<ExitCode> {
  const made = await oneTeam(request, shell);
  if (typeof made === "number") return made;
  const { team, choreography } = made;
  const lost = request.lost === null ? null : team.roles.findIndex(({ name }) => name === request.lost);
  if (lost === -1) {
    const names = team.roles
      .filter(({ kind }) => kind !== "network" && kind !== "within")
      .map(({ name }) => `\`${name}\``);
    return wrongly({ message: `there is no role \`${request.lost}\``, hint: `there is ${names.join(", ")}` }, shell);
  }
  const shown: Shown = { request, team, title: choreography.name, source: choreography.source, shell };
  if (request.replay !== null) {
    const chosen = await counterexample(request.replay, choreography, shell);
    return chosen.kind === "wrong" ? wrongly(chosen, shell) : play(shown, chosen);
  }
  if (request.script !== null) return byScript(request.script, shown);
  const seed = request.seed ?? shell.now().getTime() % 1_000_000;
  if (request.runs !== null) return many(shown, seed, request.runs, lost);
  return one(shown, runByChance(team, { seed, steps: request.steps, lost }));
}

interface Shown {
  readonly request: SimulateRequest;
  readonly team: Team;
  readonly title: string;
  readonly source: Source;
  readonly shell: Shell;
}

async function one({ request, team, title, source, shell }: Shown, run: Run): Promise<ExitCode> {
  const code: ExitCode = isBad(run) ? 1 : 0;
  const { seed } = run;
  if (request.as !== "table") {
    const sequence = sequenceOfRun(team, run, run.agents === null ? title : `${title}, seed ${seed}`);
    const text =
      request.as === "svg"
        ? (await import("../../diagram/svg-sequence.js")).svgSequence(sequence)
        : mermaidSequence(sequence);
    shell.out.write(request.format === "json" ? json({ choreography: title, seed, diagram: text }) : text);
  } else if (request.format === "json") shell.out.write(json({ choreography: title, ...runAsJson(team, run, source) }));
  else shell.out.write(renderRun(team, run, title, { source, ...lookOf(shell.out, request.color, shell) }));
  return code;
}

/** Whether something has gone wrong that a coherent team does not do. */
function isBad({ ending }: Run): boolean {
  return ending.kind === "stuck" || (ending.kind === "lost" && ending.troubles.length > 0);
}

function many(
  { request, team, title, source, shell }: Shown,
  seed: number,
  runs: number,
  lost: number | null,
): ExitCode {
  const tally = tallyOf(team);
  const show = progress("running", runs, shell);
  let bad = false;
  for (let i = 0; i < runs; i++) {
    show.at(i, title);
    const run = runByChance(team, { seed: seed + i, steps: request.steps, lost });
    bad ||= isBad(run);
    tally.add(run);
  }
  show.done();
  const summary = tally.summary();
  if (request.format === "json")
    shell.out.write(json({ choreography: title, seed, summary: summaryAsJson(summary, source) }));
  else shell.out.write(renderSummary(summary, title, seed, { source, ...lookOf(shell.out, request.color, shell) }));
  return bad ? 1 : 0;
}

async function byScript(file: string, shown: Shown): Promise<ExitCode> {
  const { shell, team } = shown;
  const [read] = await readSources([file], shell);
  if (read === undefined || "diagnostic" in read) {
    if (read !== undefined) report([{ file, source: null, diagnostics: [read.diagnostic] }], shown.request, shell);
    return 2;
  }
  const scripted = runScript(team, read.source.text);
  if (scripted.kind === "run") return one(shown, scripted.run);
  const { line, text, possible } = scripted;
  const hint =
    possible.length === 0
      ? "nothing can happen there any more"
      : `there could come: ${possible
          .slice(0, 6)
          .map((each) => `\`${each}\``)
          .join(", ")}`;
  return wrongly({ message: `line ${line} of the script cannot happen there: \`${text}\``, hint }, shell);
}

async function counterexample(
  word: string,
  choreography: Parameters<typeof toldByCode>[0],
  shell: Shell,
): Promise<Chosen> {
  if (/^CHOR\d{4}$/.test(word)) return toldByCode(choreography, word);
  const read = readSource(word, resolve(shell.folder, word));
  if ("diagnostic" in read)
    return { kind: "wrong", message: `\`${word}\` is no code, and cannot be read`, hint: "codes look like `CHOR0604`" };
  return toldByReport(choreography, read.source.text);
}

function play({ request, team, title, source, shell }: Shown, { told }: Extract<Chosen, { kind: "chosen" }>): ExitCode {
  // The runs are of the sizes of families that the check has refused.
  const own = told.core.roles.length === team.core.roles.length ? team : teamOf(told.core, request).team;
  if (own === null)
    return wrongly({ message: "the team is too large to be run", hint: "run it without `--replay`" }, shell);
  const found = replay(own, told, replayed);
  if (request.format === "json")
    shell.out.write(json({ choreography: title, ...replayAsJson(own, told, found, source) }));
  else shell.out.write(renderReplay(own, told, found, title, { source, ...lookOf(shell.out, request.color, shell) }));
  return 1;
}

function json(data: object): string {
  return `${JSON.stringify(data, null, 2)}\n`;
}
