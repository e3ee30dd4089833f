// The report of a refusal, built only when there is one. In: the machine, the state, the verdict and what came.
// Out: a `Report` for programs, whose text tells a model what to mend. It depends on nothing else, so the same
// refusal always reads the same. Whatever came from outside is quoted as data, cut and escaped.

import type { Action, Message, Report } from "../endpoint/agent.js";
import type { Issue } from "../schema/schema.js";
import { describe } from "../schema/standard.js";
import { plain, quote } from "../schema/text.js";
import { actions, type Places } from "./actions.js";
import type { Machine } from "./machine.js";
import { Verdict, type Refused } from "./monitor.js";

/** All that a report is made of. */
export interface Refusal {
  readonly machine: Machine;
  /** `monitor.state(…)`: a refusal does not change it. */
  readonly state: number;
  readonly verdict: Refused;
  /** Whether this role wanted to send, or was sent to. */
  readonly direction: "send" | "receive";
  /** The other role, as the message says. */
  readonly peer: string;
  readonly seq: number;
  /** `monitor.nextFrom` or `nextTo` of the peer. */
  readonly next: number;
  readonly label: string;
  readonly payload: unknown;
  /** Issues of the payload that are known already (it was no JSON); otherwise the artifact is asked. */
  readonly issues?: readonly Issue[];
  /** The fields that stand around the payload in an answer and should not, as issues of the answer. */
  readonly fields?: readonly Issue[];
  readonly attemptsLeft: number;
  /** False where it spends no attempt, however many are left. */
  readonly counts?: boolean;
  readonly places?: Places;
  /** What was sent and received before, oldest first; the last three are told. */
  readonly recent?: readonly Message[];
}

/** The longest text of a report. */
export const maxText = 600;

/** The report: codes `CHOR0801` (label) to `CHOR0806` (not now), in the order of `Verdict`. */
export function report(refusal: Refusal): Report {
  const { machine, state, verdict, direction, attemptsLeft, places = {} } = refusal;
  const expected = actions(machine, state, places);
  const met = expected.find((action) => action.label === refusal.label && peerOf(action, direction) === refusal.peer);
  const issues = verdict === Verdict.payload ? issuesOf(refusal, met) : [];
  const at = met?.at ?? [...new Set(expected.map((action) => action.at))].join(", ");
  const code = `CHOR080${verdict}`;
  const peer = shown(refusal.peer);
  const role = machine.role;
  return {
    code,
    text: compose(
      `${code}: ${headline(refusal, expected, met)}`,
      issues,
      [expectation(expected, role), at === "" ? "" : `Place: ${plain(at, 120)}.`, before(refusal.recent ?? [])],
      closing(refusal, expected),
    ),
    at,
    issues,
    expected,
    got: {
      label: shown(refusal.label),
      from: direction === "send" ? role : peer,
      to: direction === "send" ? peer : role,
    },
    blame: {
      role: direction === "send" ? role : peer,
      // A channel may double, delay and reorder, but not alter.
      certain: direction === "send" || verdict === Verdict.label || verdict === Verdict.payload,
    },
    attemptsLeft,
  };
}

function issuesOf({ issues, fields = [], payload }: Refusal, met: Action | undefined): readonly Issue[] {
  return [...fields, ...(issues ?? payloadIssues(met, payload))];
}

/** All that is wrong with the payload; nothing where only the fields around it are. */
function payloadIssues(met: Action | undefined, payload: unknown): readonly Issue[] {
  if (met !== undefined && met.artifact !== null) return met.artifact.issues(payload);
  if (payload === undefined) return [];
  return [{ pointer: "", code: "type", expected: "nothing: the message carries no payload", actual: quote(payload) }];
}

/** What is wrong. */
function headline(refusal: Refusal, expected: readonly Action[], met: Action | undefined): string {
  const { verdict, direction, seq, next } = refusal;
  const role = name(refusal.machine.role);
  const label = quote(refusal.label, 60);
  const peer = quote(refusal.peer, 60);
  const sending = direction === "send";
  switch (verdict) {
    case Verdict.label:
      return sending
        ? `${label} is no message that ${role} can send now.`
        : `${label} from ${peer} is not what ${role} waits for now.`;
    case Verdict.role:
      if (sending) return `${label} does not go to ${peer} now.`;
      if (isStranger(refusal)) return `${role} hears nothing from ${peer} in this protocol.`;
      return expected.some((action) => peerOf(action, direction) === refusal.peer)
        ? `${role} does not wait for ${label} from ${peer} yet.`
        : `${role} does not wait for ${peer} now.`;
    case Verdict.payload:
      if ((refusal.fields ?? []).length > 0) return `The answer ${label} has a field that it must not have.`;
      return met === undefined || met.artifact === null
        ? `${label} carries no payload.`
        : `The payload of ${label} is no ${name(met.artifact.name)}.`;
    case Verdict.duplicate:
      return `Message ${quote(seq)} ${sending ? "to" : "from"} ${peer} has been ${sending ? "sent" : "received"} already; the next is ${next}.`;
    case Verdict.gap:
      return `Message ${quote(seq)} ${sending ? "to" : "from"} ${peer} comes too early; the next is ${next}.`;
    case Verdict.notNow:
      if (expected.length === 0) return `${role} is over: it ${sending ? "sends" : "receives"} nothing more.`;
      return sending
        ? `${role} cannot send now: it waits for others.`
        : `${role} receives nothing now: it is its own turn.`;
  }
}

/** What to do: told to whoever sent it. */
function closing(refusal: Refusal, expected: readonly Action[]): string {
  const { verdict, direction, next } = refusal;
  const role = name(refusal.machine.role);
  const sending = direction === "send";
  switch (verdict) {
    case Verdict.payload:
      return `Mend what is listed and ${sending ? "answer" : "send it"} again.${attempts(refusal)}`;
    case Verdict.label:
      return `${sending ? "Choose" : "Send"} one of the expected messages.${attempts(refusal)}`;
    case Verdict.role:
      if (sending) return `Address one of the expected receivers.${attempts(refusal)}`;
      return isStranger(refusal)
        ? `Send only what ${quote(refusal.peer, 60)} may send; ${hears(refusal)}.`
        : "Wait for its turn.";
    case Verdict.duplicate:
      return "It is done: nothing is left to do.";
    case Verdict.gap:
      return `Send message ${next} first.`;
    case Verdict.notNow:
      if (expected.length === 0) return sending ? "Stop here." : `Send nothing more to ${role}.`;
      return sending ? "Wait for one of the expected messages." : "Wait for its turn.";
  }
}

function attempts({ attemptsLeft, counts = true, machine }: Refusal): string {
  if (!counts) return "";
  if (attemptsLeft > 0) return ` Attempts left: ${attemptsLeft}.`;
  return ` No attempt is left: ${name(machine.role)} goes on only when the session is run again.`;
}

/** A role, or none, that never speaks to this one. */
function isStranger({ machine, peer }: Refusal): boolean {
  return !sendersTo(machine).includes(peer);
}

function sendersTo({ states }: Machine): readonly string[] {
  return [...new Set(states.flatMap((one) => ("receives" in one ? one.receives.map(({ from }) => from) : [])))];
}

function hears({ machine }: Refusal): string {
  const senders = sendersTo(machine);
  const told = senders.slice(0, 6).map(name).join(", ");
  const more = senders.length > 6 ? `, and ${senders.length - 6} more` : "";
  return `${name(machine.role)} hears ${senders.length === 0 ? "from nobody" : plain(`only from ${told}${more}`, 160)}`;
}

/** What the state allows, whichever way its messages go. */
function expectation(expected: readonly Action[], role: string): string {
  if (expected.length === 0) return "";
  const told = expected.slice(0, 6).map(({ label, artifact, from, to }) => {
    const message = `\`${plain(label, 60)}(${artifact === null ? "" : plain(artifact.name, 60)})\``;
    return from === role ? `${message} to ${name(to)}` : `${message} from ${name(from)}`;
  });
  const more = expected.length > told.length ? `, and ${expected.length - told.length} more` : "";
  return plain(`Expected: ${told.join(", ")}${more}.`, 300);
}

function before(recent: readonly Message[]): string {
  if (recent.length === 0) return "";
  const told = recent.slice(-3).map(({ label, from, to }) => `${shown(from)} -> ${shown(to)}: ${shown(label)}`);
  return plain(`Before: ${told.join("; ")}.`, 160);
}

/** The first and the last line, and between them what there is room for. */
function compose(first: string, issues: readonly Issue[], facts: readonly string[], last: string): string {
  const lines: string[] = [];
  let room = maxText - first.length - last.length - 1;
  const add = (line: string, spare: number): boolean => {
    if (line.length + 1 + spare > room) return false;
    lines.push(line);
    room -= line.length + 1;
    return true;
  };
  const moreRoom = "- and 100 more".length + 1;
  let told = 0;
  for (const issue of issues) {
    const line = `- ${issue.pointer === "" ? "" : `${issue.pointer}: `}${describe(issue)}`;
    if (!add(plain(line, 160), moreRoom)) break;
    told++;
  }
  if (told < issues.length) add(`- and ${issues.length - told} more`, 0);
  for (const fact of facts) if (fact !== "") add(fact, 0);
  return [first, ...lines, last].join("\n");
}

function peerOf(action: Action, direction: Refusal["direction"]): string {
  return direction === "send" ? action.to : action.from;
}

function name(text: string): string {
  return `\`${plain(text, 60)}\``;
}

function shown(text: string): string {
  return typeof text === "string" ? plain(text, 80) : quote(text);
}
