// The reports that an endpoint makes itself, beside those of its monitor: about frames, handlers and what cannot
// go on. Whatever came from outside is quoted as data.

import { placeOf } from "../monitor/actions.js";
import { maxText, report as monitorReport, type Refusal } from "../monitor/report.js";
import type { Refused } from "../monitor/monitor.js";
import { plain } from "../schema/text.js";
import type { Issue } from "../schema/schema.js";
import type { Report } from "./agent.js";
import { last } from "./list.js";
import { automaton, type State } from "./state.js";

/** What came, in words of the wire. */
export interface Came {
  readonly label: string;
  readonly from: string;
  readonly to: string;
}

const codes = {
  unreadable: "CHOR0811",
  otherProtocol: "CHOR0812",
  otherAddress: "CHOR0813",
  equivocation: "CHOR0814",
  diverged: "CHOR0815",
  rejected: "CHOR0816",
  threw: "CHOR0817",
  killed: "CHOR0818",
} as const;

/** A frame, an answer or a handler that this endpoint refuses or cannot go on with. Certain blame is for what its own role did. */
export function endpointReport(
  state: State,
  code: keyof typeof codes,
  came: Came,
  sentences: readonly string[],
): Report {
  const peer = came.from === state.role ? came.to : came.from;
  return {
    code: codes[code],
    text: plain(`${codes[code]}: ${sentences.join(" ")}`, maxText),
    at: placesHere(state),
    issues: [],
    expected: [],
    got: { label: plain(came.label, 80), from: plain(came.from, 80), to: plain(came.to, 80) },
    blame: { role: plain(peer, 80), certain: code === "threw" },
    attemptsLeft: 0,
  };
}

/** What the monitor says of an answer of this role's own agent. */
export function sendReport(
  state: State,
  verdict: Refused,
  came: Came,
  payload: unknown,
  left: number,
  known: Pick<Refusal, "issues" | "fields"> = {},
): Report {
  const seq = state.monitor.nextTo(state.row, 0, came.to);
  return refusal(state, verdict, "send", came, seq, seq, payload, left, known);
}

/** What the monitor says of a message of another role. `left`: attempts; null where it spends none. */
export function receiveReport(
  state: State,
  verdict: Refused,
  came: Came,
  seq: number,
  payload: unknown,
  left: number | null,
): Report {
  const next = state.monitor.nextFrom(state.row, 0, came.from);
  const known = left === null ? { counts: false } : {};
  return refusal(state, verdict, "receive", came, seq, next, payload, left ?? 0, known);
}

/** A report as it is journalled and sent: what is expected has functions in it, and is made again from the machine. */
export function stored(report: Report): Report {
  return { ...report, expected: [] };
}

/** Why a value is not JSON, as an issue of an answer. */
export function jsonIssue(pointer: string, reason: string): Issue {
  return { pointer, code: "type", expected: "JSON", actual: plain(reason, 80) };
}

function refusal(
  state: State,
  verdict: Refused,
  direction: "send" | "receive",
  came: Came,
  seq: number,
  next: number,
  payload: unknown,
  attemptsLeft: number,
  known: Pick<Refusal, "issues" | "fields" | "counts"> = {},
): Report {
  return monitorReport({
    machine: state.monitor.machine,
    state: state.monitor.state(state.row, 0),
    verdict,
    direction,
    peer: direction === "send" ? came.to : came.from,
    seq,
    next,
    label: came.label,
    payload,
    attemptsLeft,
    places: state.places,
    recent: last(state.history, 3),
    ...known,
  });
}

function placesHere(state: State): string {
  const here = automaton(state);
  const steps = "sends" in here ? here.sends : "receives" in here ? here.receives : [];
  return [...new Set(steps.map((step) => placeOf(step.at, state.places)))].join(", ");
}
