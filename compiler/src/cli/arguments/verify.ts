// The words of `chorc verify`. In: the program. Out: the same with this command, which says what was understood.

import { Option } from "commander";
import type { Command } from "commander";
import type { VerifyRequest } from "../commands/verify.js";
import { command, examples, withFormat } from "./shared.js";
import type { Flags, Found } from "./shared.js";
import type { Request } from "./understand.js";

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
    .action((file: string, options: VerifyFlags) => found(requestOf(file, options)));
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

function collect(word: string, before: readonly string[] = []): readonly string[] {
  return [...before, word];
}

function requestOf(file: string, options: VerifyFlags): Request {
  const numbers = { elements: [0, 8], channel: [1, 250], states: [1, 1e8], memory: [16, 1e6], time: [1, 1e7] } as const;
  for (const [name, [least, most]] of Object.entries(numbers)) {
    const value = options[name as keyof typeof numbers];
    if (value !== undefined && !isNumber(value, least, most))
      return wrong(`\`--${name}\` is a whole number from ${least} to ${most.toLocaleString("en-US")}`);
  }
  const members = new Map<string, number>();
  for (const word of options.members ?? []) {
    const [, family, count] = /^([^=]+)=(\d{1,4})$/.exec(word) ?? [];
    if (family === undefined)
      return wrong(`\`--members ${word}\` names no family and number`, "say `--members Coder=2`");
    members.set(family, Number(count));
  }
  if (options.out !== undefined && options.emit === undefined)
    return wrong("`--out` is for `--emit promela`", "say `--emit promela --out FILE`");
  return request(file, options, members);
}

function request(file: string, options: VerifyFlags, members: ReadonlyMap<string, number>): VerifyRequest {
  const { channel, lost, time } = options;
  return {
    kind: "verify",
    file,
    choreography: options.choreography ?? null,
    members,
    elements: Number(options.elements),
    channel: channel === undefined ? null : Number(channel),
    lost: lost === undefined ? null : lost === "senders" ? "senders" : lost.split(",").map((name) => name.trim()),
    limits: {
      states: Number(options.states),
      megabytes: Number(options.memory),
      seconds: time === undefined ? null : Number(time),
    },
    full: options.full === true,
    strict: options.strict === true,
    emit: options.emit ?? null,
    out: options.out ?? null,
    format: options.format ?? "pretty",
    color: options.color,
  };
}

function isNumber(text: string, least: number, most: number): boolean {
  const value = /^\d+(\.\d+)?(e\d+)?$/i.test(text) ? Number(text) : NaN;
  return Number.isInteger(value) && value >= least && value <= most;
}

function wrong(message: string, hint = "run `chorc verify --help`"): Request {
  return { kind: "wrong", message, hint };
}
