// Runs for people: a table of steps, how it ended, many runs in a few lines, a counterexample that was played. In: runs.
// Out: text for a terminal. What comes from the source is made printable.

import { lineStarts, positionAt } from "@chor/grammar";
import type { LineStarts, Run as ToldRun, RunStep, Source, Span, TwoRuns } from "@chor/grammar";
import { paint, type Paint } from "../report/render/paint.js";
import { renderRuns } from "../report/render/runs.js";
import { columns, cut, escape, wrap } from "../report/render/text.js";
import type { Trouble } from "../team/ends.js";
import type { Team } from "../team/team.js";
import type { Told } from "./counterexamples.js";
import type { Replayed } from "./replay.js";
import type { Ending, Happened, Run } from "./run.js";
import type { Spread, Summary } from "./summary.js";
import { nameOf, troubleText } from "./words.js";

export interface RunLook {
  readonly source: Source;
  readonly width: number;
  readonly color: boolean;
}

/** One run: who acted, its steps, its end. */
export function renderRun(team: Team, run: Run, title: string, look: RunLook): string {
  const style = paint(look.color);
  const head = `${style("bold", escape(title))}${style("dim", headText(run))}`;
  const lines = [
    head,
    "",
    ...table(run.happened, 1, look, style),
    "",
    ...endLines(team, run.ending, run.happened, look, style),
  ];
  return `${lines.join("\n")}\n`;
}

function headText({ seed, agents }: Run): string {
  if (agents === null) return ", by script";
  const manner = agents.manner === "even" ? "" : `, ${agents.manner}`;
  return `, seed ${seed}${manner}, judges give up ${agents.givesUp}`;
}

/** Steps, one a line: its number, who, what, and the line of the source. */
function table(happened: readonly Happened[], first: number, look: RunLook, style: Paint): readonly string[] {
  const shown = happened.filter(({ isShown }) => isShown);
  if (shown.length === 0) return ["  nothing happens"];
  const starts = lineStarts(look.source.text);
  const number = Math.max(4, String(first + shown.length).length);
  const who = Math.min(20, Math.max(3, ...shown.map(({ role }) => columns(role))));
  const room = Math.max(20, look.width - number - who - 12);
  const what = Math.min(room, Math.max(4, ...shown.map(({ does }) => columns(does))));
  const row = (a: string, b: string, c: string, d: string): string =>
    `${a.padStart(number)}  ${filled(b, who)}  ${filled(c, what)}  ${d}`;
  return [
    style("dim", row("step", "who", "what", "line")),
    ...shown.map(({ role, does, span }, i) =>
      row(String(first + i), cut(role, who), cut(does, what), style("dim", String(lineAt(starts, span)).padStart(4))),
    ),
  ];
}

function filled(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - columns(text)));
}

function lineAt(starts: LineStarts, { start }: Span): number {
  return positionAt(starts, start).line;
}

// ---- ends ------------------------------------------------------------------------------------------------

const mostNext = 8;

function endLines(
  team: Team,
  ending: Ending,
  happened: readonly Happened[],
  { width }: RunLook,
  style: Paint,
): readonly string[] {
  const count = happened.filter(({ isShown }) => isShown).length;
  const steps = `${count} ${count === 1 ? "step" : "steps"}`;
  const bullets = (texts: readonly string[]): readonly string[] =>
    texts.flatMap((text) =>
      wrap(text, Math.max(20, Math.min(100, width - 4))).map((line, i) => (i === 0 ? `  - ${line}` : `    ${line}`)),
    );
  switch (ending.kind) {
    case "over":
      return [style("green", `Over after ${steps}: everybody is at the end, and nothing is left unread.`)];
    case "failed":
      return [style("yellow", `Failed after ${steps}: ${escape(happened.at(-1)?.line ?? "somebody fails")}.`)];
    case "stuck":
      return [
        style("red", stuckText(ending.troubles, steps)),
        ...bullets(ending.troubles.map((trouble) => troubleText(team, trouble))),
      ];
    case "lost": {
      const lost = `\`${escape(nameOf(team, ending.role))}\` is lost`;
      return ending.troubles.length === 0
        ? [style("green", `Over after ${steps}: ${lost}, and all others are at the end.`)]
        : [
            style("red", `After ${steps} ${lost}, and others wait for ever.`),
            ...bullets(ending.troubles.map((trouble) => troubleText(team, trouble))),
          ];
    }
    case "open": {
      const more = ending.next.length - mostNext;
      return [
        style("yellow", `Not over after ${steps}. Next could come:`),
        ...bullets(ending.next.slice(0, mostNext)),
        ...(more > 0 ? [`    … ${more} more`] : []),
      ];
    }
  }
}

function stuckText(troubles: readonly Trouble[], steps: string): string {
  const isUnaware = troubles.every(({ kind }) => kind === "unaware");
  return isUnaware
    ? `After ${steps} it should be over, and somebody still waits.`
    : `Stuck after ${steps}: nothing can happen any more.`;
}

// ---- many runs -------------------------------------------------------------------------------------------

const ENDINGS: readonly (readonly [keyof Summary["endings"], string])[] = [
  ["over", "over"],
  ["failed", "failed"],
  ["stuck", "stuck"],
  ["lost", "with a lost role"],
  ["open", "not over"],
];

/** Many runs in a few lines. */
export function renderSummary(summary: Summary, title: string, firstSeed: number, look: RunLook): string {
  const style = paint(look.color);
  const starts = lineStarts(look.source.text);
  const head = `${style("bold", escape(title))}${style("dim", `, ${summary.runs} runs, seeds ${firstSeed} to ${firstSeed + summary.runs - 1}`)}`;
  const row = (name: string, text: string): string => `  ${name.padEnd(12)}${text}`;
  const lines: string[] = [head, ""];
  for (const [kind, name] of ENDINGS) {
    const { count, seed } = summary.endings[kind];
    if (count === 0) continue;
    const where = kind === "over" ? "" : style("dim", `, the first with \`--seed ${seed}\``);
    lines.push(row(lines.length === 2 ? "endings" : "", `${percent(count, summary.runs)} ${name}${where}`));
  }
  lines.push(row("messages", spreadText(summary.messages)));
  summary.rounds.forEach(({ loop, spread }, i) =>
    lines.push(row(i === 0 ? "rounds" : "", `${spreadText(spread)} of ${escape(loop)}`)),
  );
  lines.push(
    row("sent", ""),
    ...bars(
      summary.sent.map(({ role, count }) => ({ text: role, count })),
      look,
    ),
  );
  for (const { name, span, branches } of summary.choices) {
    lines.push(`  ${escape(name)}${style("dim", `, line ${lineAt(starts, span)}`)}`);
    lines.push(
      ...bars(
        branches.map(({ line, count }) => ({ text: line, count })),
        look,
      ),
    );
  }
  if (summary.givenUp.length > 0) {
    lines.push(row("given up", ""));
    lines.push(
      ...bars(
        summary.givenUp.map(({ line, count }) => ({ text: line, count })),
        look,
      ),
    );
  }
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

function bars(
  rows: readonly { readonly text: string; readonly count: number }[],
  { width }: RunLook,
): readonly string[] {
  const total = rows.reduce((sum, { count }) => sum + count, 0);
  return rows.map(
    ({ text, count }) =>
      `    ${percent(count, total)} ${String(count).padStart(7)}  ${cut(text, Math.max(20, width - 20))}`,
  );
}

function percent(count: number, total: number): string {
  return `${((100 * count) / Math.max(1, total)).toFixed(1).padStart(5)} %`;
}

function spreadText({ min, median, max }: Spread): string {
  return min === max ? `${min}` : `${min} to ${max}, half of the runs at most ${median}`;
}

// ---- counterexamples -------------------------------------------------------------------------------------

/** A counterexample that the team has played: the two runs, and what goes wrong. */
export function renderReplay(team: Team, told: Told, replayed: Replayed, title: string, look: RunLook): string {
  const style = paint(look.color);
  const { diagnostic } = told;
  const space = Math.min(100, look.width);
  const lines = [
    `${style("bold", escape(title))}${style("dim", `, the runs of ${diagnostic.code}`)}`,
    ...wrap(diagnostic.message, space),
    "",
  ];
  const two = twoRuns(told, replayed);
  if (two !== null) lines.push(...renderRuns(two, lineStarts(look.source.text), look.width, style), "");
  const { failure } = replayed;
  if (failure === null) {
    lines.push(
      ...wrap(
        "No way on in which the team gets stuck was found near these runs: what it does may still be no run of the choreography.",
        space,
      ),
    );
    return `${lines.join("\n")}\n`;
  }
  const run = failure.run === null ? null : failure.run === 0 ? "first" : "second";
  const known = failure.run === null ? [] : (replayed.runs?.[failure.run].happened ?? []);
  const count = known.filter(({ isShown }) => isShown).length;
  if (failure.happened.some(({ isShown }) => isShown)) {
    const from = run === null ? "What the team can do:" : `What the team can do after the ${run} run:`;
    lines.push(style("bold", from), "", ...table(failure.happened, count + 1, look, style), "");
  } else if (run !== null) lines.push(style("bold", `When the team takes the ${run} run:`), "");
  if (failure.isStrange)
    lines.push(
      style("red", `\`${escape(nameOf(team, told.view.role))}\` does here what no run of the choreography has.`),
    );
  else lines.push(...endLines(team, failure.ending, [...known, ...failure.happened], look, style));
  return `${lines.join("\n")}\n`;
}

/** What the team has done in both runs, for the one picture that the check has of such runs. */
function twoRuns(told: Told, { runs }: Replayed): TwoRuns | null {
  const shown = told.diagnostic.runs;
  if (runs === null || shown === undefined) return shown ?? null;
  const run = (which: 0 | 1): ToldRun => ({
    steps: runs[which].happened.flatMap((happened) => stepOf(told, happened)),
    then: shown.runs[which].then,
  });
  return { role: shown.role, runs: [run(0), run(1)] };
}

/** Messages where they are sent; receptions only of the role that sees the same in both. */
function stepOf({ view }: Told, { move, isShown, line, span }: Happened): readonly RunStep[] {
  const isOwn = move.role === view.role;
  const isReception = move.kind === "receive" && move.text?.includes(" -> ") === true;
  return isShown && (isOwn || !isReception) ? [{ text: line, span, seen: isOwn }] : [];
}
