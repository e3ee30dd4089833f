// What is said of other networks, CHOR0640 to CHOR0643: a choreography that check accepts is made for one FIFO channel for
// each ordered pair of roles. In: the choreography, the kind of the network, what was found. Out: diagnostics.

import type { Diagnostic, Span } from "@chor/grammar";
import type { Choreography } from "../bind/program.js";
import { error, warning } from "./diagnostic.js";

type Network = "mailbox" | "bag";

export interface BrokenRun {
  readonly steps: readonly { readonly text: string; readonly span: Span }[];
  /** What is wrong at its end, in sentences. */
  readonly says: readonly string[];
  /** With how many members and elements; empty where there is one team only. */
  readonly setting: string;
}

const WHERE: Readonly<Record<Network, string>> = {
  mailbox: "where each role has one inbox for all senders",
  bag: "where messages come in any order",
};

/** More steps than this are not shown. */
const shown = 24;

/** A run that goes wrong on the network, and would not on its own. */
export function brokenNetwork({ name, nameSpan }: Choreography, network: Network, run: BrokenRun): Diagnostic {
  const { steps, says, setting } = run;
  const size = setting === "" ? "" : `With ${setting}: `;
  const message = `${size}\`${name}\` is not safe ${WHERE[network]}. ${says.join(" ")}`;
  const left = Math.max(0, steps.length - shown);
  const related = steps.slice(left).map(({ text, span }, i) => ({ message: `Step ${left + i + 1}: ${text}.`, span }));
  if (network === "bag")
    return error("CHOR0641", message, nameSpan, {
      related,
      hint: "Keep the order of what one role sends to another, or let the sender wait for an answer in between.",
    });
  return error("CHOR0640", message, nameSpan, {
    related,
    hint: "Keep a channel for each pair of roles, or let the one who is too early wait for a word of the receiver.",
  });
}

/** Nothing goes wrong within these bounds. */
export function boundedNetwork(
  { name, nameSpan }: Choreography,
  network: Network,
  bounds: readonly string[],
): Diagnostic {
  return warning(
    "CHOR0642",
    `\`${name}\` was found safe ${WHERE[network]} up to a bound: ${bounds.join(", ")}. Beyond it nothing is said.`,
    nameSpan,
    { hint: "Keep a channel for each pair of roles where you need a proof." },
  );
}

/** A limit came first. */
export function unexploredNetwork({ name, nameSpan }: Choreography, network: Network): Diagnostic {
  return warning(
    "CHOR0643",
    `Whether \`${name}\` is safe ${WHERE[network]} is not known: there is too much to explore.`,
    nameSpan,
    {
      hint: "Keep a channel for each pair of roles, or make the choreography smaller.",
    },
  );
}
