// Waits that may fail, and choices by data, as their parties see them: the roles of the network that they are translated
// with, and their words, are never shown. In: a global automaton and its letters. Out: what happens, in words.

import type { GlobalAutomaton } from "../automaton/global.js";
import { durationText } from "./words.js";

/** A wait of a judge for a sender. */
export interface Wait {
  readonly judge: number;
  readonly sender: number;
  /** `Module`, or of a choice `Approve or Revise`, in backticks. */
  readonly labels: string;
  /** `20m`; null: it waits as long as it takes. */
  readonly deadline: string | null;
}

/** What a letter is for those who take part in it. */
export type Happening =
  /** The sender's message on its way to the judge. */
  | { readonly kind: "sent"; readonly wait: Wait; readonly label: string }
  /** What a judge says: that it reads, or passes over, or gives up, and what it makes of what it has read. */
  | { readonly kind: "judged"; readonly wait: Wait; readonly word: Word }
  | { readonly kind: "read"; readonly wait: Wait; readonly label: string }
  | { readonly kind: "answered"; readonly wait: Wait; readonly counted: boolean }
  /** A role takes a branch of a `choice when`. */
  | { readonly kind: "decides"; readonly role: number; readonly branch: string }
  | { readonly kind: "fails"; readonly role: number; readonly reason: string };

export type Word = "ok" | "late" | "skip" | "pass" | "refused";

const words: readonly Word[] = ["ok", "late", "skip", "pass", "refused"];

/** What a letter is in which the network, or nobody, takes part; null: a message from one role to another, or of a loop. */
export function happening(automaton: GlobalAutomaton, letter: number): Happening | null {
  const own = automaton.letters[letter];
  if (own === undefined || own.kind === "round" || own.kind === "over") return null;
  if (own.kind === "fail") return { kind: "fails", role: own.from, reason: own.reason };
  const { roles } = automaton.core;
  const { from, to, label } = own;
  const network = roles[from]?.kind === "network" ? from : to;
  if (roles[network]?.kind !== "network") return null;
  const wait = waitsOf(automaton).get(network);
  if (wait === undefined) return { kind: "decides", role: to, branch: label };
  const word = words.find((one) => one === label);
  if (to === network)
    return word === undefined ? { kind: "sent", wait, label: plainLabel(label) } : { kind: "judged", wait, word };
  if (to === wait.judge) return { kind: "read", wait, label: plainLabel(label) };
  return { kind: "answered", wait, counted: label === "counted" };
}

/** By role of the network: whose wait it stands for; those that announce a choice by data have none. */
export function waitsOf(automaton: GlobalAutomaton): ReadonlyMap<number, Wait> {
  const found = known.get(automaton) ?? collected(automaton);
  known.set(automaton, found);
  return found;
}

const known = new WeakMap<GlobalAutomaton, ReadonlyMap<number, Wait>>();

function collected({ core, letters, states }: GlobalAutomaton): ReadonlyMap<number, Wait> {
  const deadlines = new Map<number, string>();
  for (const { transitions } of states)
    for (const { send } of transitions) {
      const within = send === null ? null : (core.messages[send.message]?.interaction?.within ?? null);
      if (send !== null && typeof within === "number") deadlines.set(send.to, durationText(within));
    }
  const drafts = new Map<number, { judge: number; sender: number; labels: string[] }>();
  for (const own of letters) {
    if (own.kind !== "message" || core.roles[own.to]?.kind !== "network") continue;
    const draft = drafts.get(own.to) ?? { judge: -1, sender: -1, labels: [] };
    if (words.some((word) => word === own.label)) draft.judge = own.from;
    else {
      draft.sender = own.from;
      draft.labels.push(own.label);
    }
    drafts.set(own.to, draft);
  }
  return new Map(
    [...drafts].map(([network, { judge, sender, labels }]) => [
      network,
      {
        judge,
        sender,
        labels: labels.map((label) => `\`${plainLabel(label)}\``).join(" or "),
        deadline: deadlines.get(network) ?? null,
      },
    ]),
  );
}

/** A label as the source has it: members that are picked around it, `Job[2]`, are seen by who takes part. */
export function plainLabel(label: string): string {
  return label.replace(/(?:\[\d+\])+$/, "");
}

/** A role by name; who is the only member that stands for its family goes by the name of the family. */
export function roleName({ core }: GlobalAutomaton, role: number): string {
  const own = core.roles[role];
  if (own === undefined || own.role === null || own.member === null) return own?.name ?? "";
  const members = core.roles.filter((other) => other.role === own.role && other.member !== null);
  return members.length === 1 ? own.role : own.name;
}

/** A happening as a step of a run; null: it is not shown, since what follows says it (what is read is then judged). */
export function shownHappening(automaton: GlobalAutomaton, happened: Happening): string | null {
  const name = (role: number): string => roleName(automaton, role);
  switch (happened.kind) {
    case "sent":
      return `${name(happened.wait.sender)} -> ${name(happened.wait.judge)}: ${happened.label}`;
    case "judged":
      return judged(name(happened.wait.judge), plain(happened.wait.labels), happened.word, name(happened.wait.sender));
    case "read":
      return null;
    case "answered": {
      const { labels, sender } = happened.wait;
      return `${name(sender)} is told: ${plain(labels)} was ${happened.counted ? "" : "not "}counted`;
    }
    case "decides":
      return `${name(happened.role)} takes ${happened.branch}, by data`;
    case "fails":
      return `${name(happened.role)}: fail ${JSON.stringify(happened.reason)}`;
  }
}

function judged(judge: string, labels: string, word: Word, sender: string): string | null {
  switch (word) {
    case "ok":
    case "skip":
      return null;
    case "late":
      return `${judge} gives up on ${labels} from ${sender}`;
    case "pass":
      return `${judge} accepts ${labels} from ${sender}`;
    case "refused":
      return `${judge} refuses ${labels} from ${sender}`;
  }
}

function plain(labels: string): string {
  return labels.replaceAll("`", "");
}
