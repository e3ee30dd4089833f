// The words of `chorc simulate`. In: the program. Out: the same with this command, which says what was understood.

import { Option } from "commander";
import type { Command } from "commander";
import type { SimulateRequest } from "../commands/simulate.js";
import { command, examples, withFormat } from "./shared.js";
import type { Flags, Found } from "./shared.js";
import { collect, isWrong, membersIn, numberIn, type Wrong } from "./team.js";

/** The words of `chorc simulate`. */
export function simulateCommand(program: Command, found: Found): void {
  const own = command(program, "simulate", "FILE")
    .option("--choreography <name>", "which one (default: the only one)")
    .option("--seed <n>", "the same seed gives the same run (default: by the clock)")
    .option("--runs <n>", "so many runs, one seed after the other, in a summary")
    .option("--steps <n>", "steps of a run, at most", "1000")
    .option("--members <family=n>", "the size of a family; may be repeated", collect)
    .option("--elements <n>", "how long the list of every `scatter` is", "2")
    .option("--script <file>", "what is to happen, a line a step; `-` is standard input")
    .option("--replay <what>", "play a counterexample of `check`: its code, or a JSON report")
    .option("--lost <role>", "a role that stops somewhere and is not heard of again")
    .addOption(new Option("--as <shape>", "how a run is shown").choices(["table", "sequence", "svg"]).default("table"));
  withFormat(own)
    .summary("run a team, by chance or by script")
    .description(
      "Runs the team of a choreography with agents that act by chance. Payloads are not simulated: only who sends which label to whom. What `check` refuses for coherence is run as well, and shows how it fails.",
    )
    .argument("<file>", "a `.chor` file; `-` is standard input")
    .addHelpText(
      "after",
      examples([
        ["chorc simulate team.chor --seed 7", "one run"],
        ["chorc simulate team.chor --runs 1000", "how often each branch is taken"],
        ["chorc simulate bad.chor --replay CHOR0604", "see what a refusal means"],
      ]),
    )
    .action((file: string, options: SimulateFlags) => {
      const understood = requestOf(file, options);
      found("message" in understood ? { kind: "wrong", ...understood } : understood);
    });
}

interface SimulateFlags extends Flags {
  readonly choreography?: string;
  readonly seed?: string;
  readonly runs?: string;
  readonly steps: string;
  readonly members?: readonly string[];
  readonly elements: string;
  readonly script?: string;
  readonly replay?: string;
  readonly lost?: string;
  readonly as: SimulateRequest["as"];
}

function requestOf(file: string, options: SimulateFlags): SimulateRequest | Wrong {
  const seed = numberIn("--seed", options.seed, 0, 4_294_967_295);
  const runs = numberIn("--runs", options.runs, 1, 1_000_000);
  const steps = numberIn("--steps", options.steps, 1, 1_000_000);
  const elements = numberIn("--elements", options.elements, 0, 16);
  const members = membersIn(options.members ?? []);
  for (const each of [seed, runs, steps, elements, members]) if (each !== null && isWrong(each)) return each;
  const { script = null, replay = null } = options;
  const ways = [options.runs === undefined ? null : "--runs", script && "--script", replay && "--replay"].filter(
    (each) => each !== null && each !== "",
  );
  if (ways.length > 1)
    return { message: `\`${ways[0]}\` and \`${ways[1]}\` do not go together`, hint: "say one of them" };
  if (ways.length > 0 && options.as !== "table" && script === null)
    return { message: `\`--as ${options.as}\` shows one run`, hint: `leave \`${ways[0]}\` out, or say \`--as table\`` };
  return {
    kind: "simulate",
    file,
    choreography: options.choreography ?? null,
    seed: seed as number | null,
    runs: runs as number | null,
    steps: (steps as number | null) ?? 1000,
    elements: (elements as number | null) ?? 2,
    members: members as ReadonlyMap<string, number>,
    script,
    replay,
    lost: options.lost ?? null,
    as: options.as,
    format: options.format ?? "pretty",
    color: options.color,
  };
}
