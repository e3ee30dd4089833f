// Commander's errors in the words of the house. In: the error and the words of the command line. Out: what is wrong and
// how it is meant.

import { nearest } from "@chor/grammar";
import type { CommanderError } from "commander";

export interface WrongUse {
  readonly message: string;
  readonly hint: string;
}

/** What a user should read where Commander has thrown. */
export function wrong(problem: CommanderError, words: readonly string[]): WrongUse {
  const hint = "run `chorc --help`";
  switch (problem.code) {
    case "commander.help":
      return { message: "no command is given", hint: "say `chorc check FILES…`, or `chorc --help` for all of them" };
    case "commander.unknownCommand": {
      const word = words.find((each) => !each.startsWith("-")) ?? "";
      return word.endsWith(".chor")
        ? { message: `\`${word}\` is no command`, hint: `say \`chorc check ${word}\`` }
        : { message: `unknown command \`${word}\``, hint: suggestion(problem.message) ?? hint };
    }
    case "commander.excessArguments":
      return { message: "there are too many words", hint: `run \`chorc ${words[0] ?? ""} --help\`` };
    case "commander.invalidArgument":
      return invalid(problem.message) ?? { message: quoted(problem.message), hint };
    default: {
      const message = problem.message.replace(/^error: /, "").replace(/\n[^]*$/, "");
      const own = /^[a-z]+$/.test(words[0] ?? "") ? `run \`chorc ${words[0]} --help\`` : hint;
      return { message: quoted(message), hint: suggestion(problem.message) ?? own };
    }
  }
}

/** A value that is none of the choices of its option. */
function invalid(message: string): WrongUse | null {
  const [, option, value, allowed] =
    /^error: option '(?:-\w, )?(--[\w-]+)[^']*' argument '([^]*)' is invalid\. Allowed choices are (.*)\.$/.exec(
      message,
    ) ?? [];
  if (option === undefined || value === undefined || allowed === undefined) return null;
  const choices = allowed.split(", ");
  const near = nearest(value, choices);
  return {
    message: `\`${option}\` cannot be \`${value}\``,
    hint: near === null ? `it is ${choices.map((each) => `\`${each}\``).join(" or ")}` : `did you mean \`${near}\`?`,
  };
}

function suggestion(message: string): string | null {
  const found = /\(Did you mean (?:one of )?([^?]+)\?\)$/.exec(message)?.[1];
  return found === undefined
    ? null
    : `did you mean ${found
        .split(", ")
        .map((each) => `\`${each}\``)
        .join(" or ")}?`;
}

function quoted(message: string): string {
  return message.replace(/'([^']*)'/g, "`$1`");
}
