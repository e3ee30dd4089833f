// What the words of several commands have in common: files, configuration, format, colours, examples. In: a command of
// Commander's. Out: the same with the words added, and what they came to.

import { Option } from "commander";
import type { Command } from "commander";
import type { Target } from "../../config/config.js";
import type { ConfigChoice } from "../inputs.js";
import type { Format } from "../say.js";
import type { When } from "../shell.js";
import type { Request } from "./understand.js";

/** Where a command puts what it has understood. */
export type Found = (request: Request) => void;

export const WATCH = "again whenever something changes, until Ctrl-C";

export interface Flags {
  readonly format?: Format;
  readonly color: When;
  /** false: `--no-config`. */
  readonly config?: string | boolean;
  readonly out?: string;
  readonly target?: readonly Target[];
  readonly watch?: boolean;
  readonly bounds?: boolean;
  readonly knowledge?: boolean;
  readonly figures?: boolean;
  readonly fix?: boolean;
  readonly dryRun?: boolean;
  readonly check?: boolean;
  readonly force?: boolean;
  readonly install?: boolean;
}

export function command(program: Command, name: string, words: string): Command {
  return program.command(name).usage(words).helpOption("-h, --help", "print this help");
}

export function withFiles(it: Command, summary: string): Command {
  return withFormat(it)
    .summary(summary)
    .argument("[files...]", "files, folders, patterns in quotes (default: as chor.config.json says)")
    .option("--config <file>", "this configuration (default: chor.config.json of this folder or one above)")
    .option("--no-config", "no configuration");
}

export function withFormat(it: Command): Command {
  const format = new Option("--format <format>", "how the result is printed");
  return withColor(it.addOption(format.choices(["pretty", "json"])));
}

export function withColor(it: Command): Command {
  return it.addOption(new Option("--color <when>", "colours").choices(["auto", "always", "never"]).default("auto"));
}

export function shared({ format, color, config }: Flags): {
  readonly format: Format | null;
  readonly color: When;
  readonly config: ConfigChoice;
} {
  return {
    format: format ?? null,
    color,
    config: typeof config === "string" ? config : config === false ? false : null,
  };
}

export function examples(lines: readonly (readonly [command: string, meaning: string])[]): string {
  const width = Math.max(...lines.map(([words]) => words.length)) + 2;
  return `\nExamples:\n${lines.map(([words, meaning]) => `  $ ${words.padEnd(width)}${meaning}`).join("\n")}`;
}
