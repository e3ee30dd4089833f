// Runs for programs: the stable shape of `--format json`. In: runs. Out: plain data with nothing in it but what SPEC.md
// names; text is as it stands in the source.

import { lineStarts, positionAt } from "@chor/grammar";
import type { Source } from "@chor/grammar";
import type { Team } from "../team/team.js";
import type { Told } from "./counterexamples.js";
import type { Replayed } from "./replay.js";
import type { Ending, Happened, Run } from "./run.js";
import type { Summary } from "./summary.js";
import { troubleText } from "./words.js";

/** One run. */
export function runAsJson(team: Team, { seed, agents, happened, ending }: Run, source: Source): object {
  const manners = agents === null ? {} : { seed, agents: agents.manner, givesUp: agents.givesUp };
  return { ...manners, steps: stepsAsJson(happened, source), end: endAsJson(team, ending) };
}

/** The numbers of many runs. */
export function summaryAsJson(summary: Summary, source: Source): object {
  const starts = lineStarts(source.text);
  const choices = summary.choices.map(({ name, span, branches }) => ({
    name,
    line: positionAt(starts, span.start).line,
    branches,
  }));
  return { ...summary, choices };
}

/** A counterexample that the team has played. */
export function replayAsJson(team: Team, { diagnostic }: Told, { runs, failure }: Replayed, source: Source): object {
  return {
    code: diagnostic.code,
    message: diagnostic.message,
    role: diagnostic.runs?.role ?? null,
    runs: runs?.map(({ happened, isWhole }) => ({ steps: stepsAsJson(happened, source), whole: isWhole })) ?? null,
    failure:
      failure === null
        ? null
        : {
            run: failure.run,
            steps: stepsAsJson(failure.happened, source),
            end: failure.isStrange ? { kind: "strange", troubles: [] } : endAsJson(team, failure.ending),
          },
  };
}

function stepsAsJson(happened: readonly Happened[], source: Source): readonly object[] {
  const starts = lineStarts(source.text);
  return happened
    .filter(({ isShown }) => isShown)
    .map(({ role, does, line, span, move, rounds }) => ({
      role,
      kind: move.kind,
      does,
      line,
      at: positionAt(starts, span.start),
      ...(rounds.length === 0 ? {} : { rounds: rounds.map(({ loop, round, last }) => ({ loop, round, last })) }),
    }));
}

function endAsJson(team: Team, ending: Ending): object {
  if (ending.kind === "open") return { kind: ending.kind, next: ending.next };
  if (ending.kind === "over" || ending.kind === "failed") return { kind: ending.kind };
  const troubles = ending.troubles.map((trouble) => ({ kind: trouble.kind, text: troubleText(team, trouble) }));
  return { kind: ending.kind, troubles };
}
