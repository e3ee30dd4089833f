// The state of an endpoint is the fold of its journal, and nothing else: no clock, no process, no carrier. So a
// restart is the same fold, and any prefix of a journal gives the state in which a crash left it.

import { Broken } from "../journal/errors.js";
import type { JournalRecord } from "../journal/journal.js";
import { actions, type Places } from "../monitor/actions.js";
import { Verdict, type Monitor } from "../monitor/monitor.js";
import type { State as Automaton, Step } from "../monitor/machine.js";
import type { Message, Report } from "./agent.js";
import { add, empty, get, type List } from "./list.js";

export interface State {
  readonly monitor: Monitor;
  /** Where the interactions stand in the source; shown, never decided by. */
  readonly places: Places;
  readonly role: string;
  /** The monitor's row. Never changed once it is in a state. */
  readonly row: Int32Array;
  /** The next free step of the journal, and the time of the record before it. */
  readonly next: number;
  readonly at: number;
  /** Of step 0; null for an empty journal. */
  readonly protocol: string | null;
  /** How often this endpoint was opened. */
  readonly epoch: number;
  /** How often it was opened since something else was recorded that brings it further. */
  readonly reopened: number;
  /** Odd: faulted. */
  readonly era: number;
  readonly closed: "done" | "failed" | null;
  /** The step that entered the automaton's state: what is asked here is asked at this point. */
  readonly point: number;
  /** How many answers of its own agent were refused at this point; how many of them in this era. */
  readonly attempt: number;
  readonly spent: number;
  /** Why the last one was refused. */
  readonly rejection: Report | null;
  /** The messages of others that were refused in the slots that are open now; how many of them in this era. */
  readonly refusals: List<Refusal>;
  readonly poisoned: number;
  /** What `ctx.step` has given at this point. */
  readonly memos: List<Memo>;
  /** The step of the message after which nothing has happened yet: its notification may still have to run. */
  readonly unheard: number | null;
  readonly known: ReadonlyMap<string, unknown>;
  readonly history: List<Message>;
  /** By the index of the peer in `monitor.peers`, then by `seq`. */
  readonly sent: readonly List<Sent>[];
  readonly received: readonly List<string>[];
}

export interface Sent {
  readonly label: string;
  readonly digest: string;
  readonly payload: unknown;
}

export interface Refusal {
  readonly from: string;
  readonly seq: number;
  readonly digest: string;
  readonly report: Report;
}

export interface Memo {
  readonly attempt: number;
  readonly name: string;
  readonly value: unknown;
}

/** The state of an endpoint whose journal is empty. */
export function begin(monitor: Monitor, places: Places): State {
  const row = new Int32Array(monitor.width);
  monitor.open(row, 0);
  return {
    monitor,
    places,
    role: monitor.machine.role,
    row,
    next: 0,
    at: 0,
    protocol: null,
    epoch: 0,
    reopened: 0,
    era: 0,
    closed: null,
    point: 0,
    attempt: 0,
    spent: 0,
    rejection: null,
    refusals: empty(),
    poisoned: 0,
    memos: empty(),
    unheard: null,
    known: new Map(),
    history: empty(),
    sent: monitor.peers.map(() => empty()),
    received: monitor.peers.map(() => empty()),
  };
}

/** The state after one more record. Throws `Broken` for a record that this endpoint cannot have written. */
export function fold(before: State, record: JournalRecord): State {
  const state: State = { ...before, next: record.step + 1, at: record.at };
  switch (record.kind) {
    case "open":
      return {
        ...state,
        epoch: state.epoch + 1,
        reopened: state.reopened + 1,
        protocol: state.protocol ?? record.protocol,
      };
    case "sent":
      return foldSent(state, record);
    case "received":
      return foldReceived(state, record);
    case "rejected":
      return foldRejected(state, record);
    case "memo": {
      const { point, attempt, name, value } = record;
      if (point !== state.point) return state;
      return { ...state, reopened: 0, memos: add(state.memos, { attempt, name, value }) };
    }
    case "era":
      return { ...state, reopened: 0, era: record.era, spent: 0, poisoned: 0 };
    case "close":
      return { ...state, closed: record.outcome, unheard: null };
  }
}

/** The report of a `rejected` record, written in this state: what would have been in protocol is the machine's to say. */
export function reportIn(state: State, record: Of<"rejected">): Report {
  const expected = actions(state.monitor.machine, state.monitor.state(state.row, 0), state.places);
  return { ...(record.report as Report), expected };
}

/** The last refusal that this state still knows of. */
export function lastReport(state: State): Report | null {
  return state.rejection ?? get(state.refusals, state.refusals.length - 1)?.report ?? null;
}

/** Where the automaton is. */
export function automaton(state: State): Automaton {
  return state.monitor.machine.states[state.monitor.state(state.row, 0)]!;
}

/** The artifacts under some names, as far as they are known; all of them without `names`. Null prototype, frozen. */
export function knownAs(state: State, names?: readonly string[]): { readonly [name: string]: unknown } {
  const known = Object.create(null) as { [name: string]: unknown };
  for (const name of names ?? state.known.keys()) if (state.known.has(name)) known[name] = state.known.get(name);
  return Object.freeze(known);
}

/** The memo of this point under an attempt and name, or undefined. */
export function memoOf(state: State, attempt: number, name: string): Memo | undefined {
  for (let index = 0; index < state.memos.length; index++) {
    const memo = get(state.memos, index)!;
    if (memo.attempt === attempt && memo.name === name) return memo;
  }
  return undefined;
}

/** The step of the automaton that is this message, if it is in protocol here. */
export function stepOf(state: State, direction: "sends" | "receives", peer: string, label: string): Step | undefined {
  const here = automaton(state);
  if (direction === "sends") {
    return "sends" in here ? here.sends.find((step) => step.to === peer && step.label === label) : undefined;
  }
  return "receives" in here ? here.receives.find((step) => step.from === peer && step.label === label) : undefined;
}

type Of<Kind> = Extract<JournalRecord, { readonly kind: Kind }>;

function foldSent(state: State, record: Of<"sent">): State {
  const { to, seq, label, digest, payload } = record;
  const step = stepOf(state, "sends", to, label);
  const row = state.row.slice();
  const verdict = state.monitor.send(row, 0, to, seq, label, payload);
  const peer = state.monitor.peers.indexOf(to);
  if (verdict !== Verdict.accepted) return impossible(state, record);
  const sent = state.sent.with(peer, add(state.sent[peer]!, { label, digest, payload }));
  return { ...moved(state, record, row, step, message(label, state.role, to, payload)), sent, unheard: null };
}

function foldReceived(state: State, record: Of<"received">): State {
  const { from, seq, label, digest, payload } = record;
  const step = stepOf(state, "receives", from, label);
  const row = state.row.slice();
  const verdict = state.monitor.receive(row, 0, from, seq, label, payload);
  const peer = state.monitor.peers.indexOf(from);
  if (verdict !== Verdict.accepted) return impossible(state, record);
  const received = state.received.with(peer, add(state.received[peer]!, digest));
  const heard = moved(state, record, row, step, message(label, from, state.role, payload));
  return { ...heard, received, unheard: record.step };
}

function foldRejected(state: State, record: Of<"rejected">): State {
  const report = reportIn(state, record);
  if (record.from === state.role) {
    return { ...state, reopened: 0, attempt: state.attempt + 1, spent: state.spent + 1, rejection: report };
  }
  const { from, seq, digest } = record;
  const refusals = add(state.refusals, { from, seq, digest, report });
  return { ...state, refusals, poisoned: state.poisoned + 1 };
}

/** What every message changes, in either direction. */
function moved(state: State, record: JournalRecord, row: Int32Array, step: Step | undefined, said: Message): State {
  const names = step?.as !== undefined && said.payload !== undefined;
  return {
    ...state,
    row,
    reopened: 0,
    point: record.step,
    attempt: 0,
    spent: 0,
    rejection: null,
    refusals: empty(),
    poisoned: 0,
    memos: empty(),
    known: names ? new Map(state.known).set(step.as, said.payload) : state.known,
    history: add(state.history, said),
  };
}

function message(label: string, from: string, to: string, payload: unknown): Message {
  return Object.freeze(payload === undefined ? { label, from, to } : { label, from, to, payload });
}

function impossible(state: State, { step, kind }: JournalRecord): never {
  throw new Broken(`The journal of \`${state.role}\` does not follow its protocol: step ${step}, \`${kind}\`.`);
}
