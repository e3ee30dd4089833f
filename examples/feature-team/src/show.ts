// What the watcher sees: one line a message, in columns, and the monitor's refusals in full.
// Payloads come from agents: they are cut, and control characters do not reach the terminal.

import type { Report } from "@chor/runtime";
import type { FeatureTeamMessage } from "../gen/feature-team/index.js";

const colours = process.stdout.isTTY === true && process.env["NO_COLOR"] === undefined;
const paint = (code: number, text: string): string => (colours ? `\x1b[${code}m${text}\x1b[0m` : text);
export const bold = (text: string): string => paint(1, text);
export const dim = (text: string): string => paint(2, text);
const red = (text: string): string => paint(31, text);

/** `Coder      -> Reviewer   Module     14 lines`. `fresh` is false for what was in the journal already. */
export function messageLine(message: FeatureTeamMessage, fresh: boolean): string {
  const line = `  ${message.from.padEnd(10)} -> ${message.to.padEnd(10)} ${bold(message.label.padEnd(8))} ${summary(message)}`;
  return fresh ? line : dim(`${line}  (from the journal)`);
}

function summary(message: FeatureTeamMessage): string {
  switch (message.label) {
    case "Brief":
      return quoted(message.payload.goals.join("; "));
    case "Design":
      return quoted(message.payload.exports.map(({ name, type }) => `${name}: ${type}`).join("; "));
    case "Module":
    case "Deliver":
      return dim(`${message.payload.source.split("\n").length} lines of TypeScript`);
    case "Revise":
    case "GiveUp":
      return message.payload.problems
        .map(
          ({ found, line, words }) =>
            `\n      ${red(found)}${line === undefined ? "" : `, line ${line}`}: ${plain(words)}`,
        )
        .join("");
    case "Approve":
      return dim("compiled, and all examples give what they should");
  }
}

/** The report of a refusal, indented, as an agent would get it. */
export function refusal(report: Report): string {
  const [first = "", ...rest] = plain(report.text, 600).split("\n");
  return [`  ${red("refused")}  ${first}`, ...rest.map((line) => `           ${line}`)].join("\n");
}

const quoted = (text: string): string => dim(plain(text, 90));

function plain(text: string, most = 160): string {
  const visible = text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");
  return visible.length > most ? `${visible.slice(0, most - 1)}…` : visible;
}
