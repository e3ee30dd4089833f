// The words of `chorc verify`. In: the program. Out: the same with this command, which says what was understood.

import { Option } from "commander";
import type { Command } from "commander";
import type { VerifyRequest } from "../commands/verify.js";
import { command, examples, withFormat } from "./shared.js";
import type { Flags, Found } from "./shared.js";
import { collect, isWrong, membersIn, numberIn, type Wrong } from "./team.js";

/** The words of `chorc verify`. */
export function verifyCommand(program: Command, found: Found): void {
  const own = command(program, "verify", "FILE")
    .option("--choreography <name>", "which one (default: the only one that no other one calls)")
    .option("--members <family=n>", "so many members (default: as many as stand for all); may be repeated", collect)
    .option("--elements <n>", "elements in the list of a scatter, at most", "3")
    .option("--channel <k>", "messages in a channel, at most (default: any number where every run ends, else 4)")
    .option("--lost <roles>", "these may stop for ever before they send: names with commas, or `senders`")
    .option("--states <n>", "situations, at most", "1e6")
    .option("--memory <mb>", "memory, at most", "1500")
    .option("--time <s>", "seconds, at most")
    .option("--full", "try everything in every order")
    .option("--strict", "what is not explored counts as failing")
    .addOption(new Option("--emit <language>", "write a model instead").choices(["promela"]))
    .option("-o, --out <file>", "where the model is written (default: standard output)");
  withFormat(own)
    .summary("explore everything that the team can do")
    .description(
      "Runs the projected team in every order, with bounded channels and waits that are given up at any moment, and says of each property whether it is proved, held up to a bound, was not explored, or fails, with a shortest run. Exit codes: 0 nothing fails, 1 something fails, 2 wrong use.",
    )
    .argument("<file>", "a `.chor` file, also one that check refuses; `-` is standard input")
    .addHelpText(
      "after",
      examples([
        ["chorc verify team.chor", "everything"],
        ["chorc verify team.chor --members Coder=2 --channel 2", "bounds of your own"],
        ["chorc verify team.chor --lost senders", "some may be lost"],
        ["chorc verify team.chor --emit promela -o team.pml", "a model for SPIN"],
      ]),
    )
    .action((file: string, options: VerifyFlags) => {
      const understood = requestOf(file, options);
      found("message" in understood ? { kind: "wrong", ...understood } : understood);
    });
}

interface VerifyFlags extends Flags {
  readonly choreography?: string;
  readonly members?: readonly string[];
  readonly elements: string;
  readonly channel?: string;
  readonly lost?: string;
  readonly states: string;
  readonly memory: string;
  readonly time?: string;
  readonly full?: boolean;
  readonly strict?: boolean;
  readonly emit?: "promela";
}

function requestOf(file: string, options: VerifyFlags): VerifyRequest | Wrong {
  const elements = numberIn("--elements", options.elements, 0, 8);
  const channel = numberIn("--channel", options.channel, 1, 250);
  const states = numberIn("--states", options.states, 1, 1e8);
  const megabytes = numberIn("--memory", options.memory, 16, 1e6);
  const seconds = numberIn("--time", options.time, 1, 1e7);
  const members = membersIn(options.members ?? []);
  for (const each of [elements, channel, states, megabytes, seconds, members])
    if (each !== null && isWrong(each)) return each;
  if (options.out !== undefined && options.emit === undefined)
    return { message: "`--out` is for `--emit promela`", hint: "say `--emit promela --out FILE`" };
  const { lost } = options;
  return {
    kind: "verify",
    file,
    choreography: options.choreography ?? null,
    members: members as ReadonlyMap<string, number>,
    elements: elements as number,
    channel: channel as number | null,
    lost: lost === undefined ? null : lost === "senders" ? "senders" : lost.split(",").map((name) => name.trim()),
    limits: { states: states as number, megabytes: megabytes as number, seconds: seconds as number | null },
    full: options.full === true,
    strict: options.strict === true,
    emit: options.emit ?? null,
    out: options.out ?? null,
    format: options.format ?? "pretty",
    color: options.color,
  };
}
