// The monitor: steps a role's local automaton, message by message. In: the generated machine, compiled once to
// dense arrays, and a session's row of integers. Out: a small integer for each message; nothing is allocated
// when it is accepted, and a refusal leaves the row as it was.

import { compile, enter, lastNumber, receives, repeat, sends } from "./compile.js";
import { mayComeFirst } from "./later.js";
import type { Machine } from "./machine.js";

/** What a monitor says of a message. All but `accepted` leave the row untouched. */
export const Verdict = {
  accepted: 0,
  /** The slot is the one that is awaited; its label is not, and cannot be before this slot is used up. */
  label: 1,
  /** Not with this role: it is no peer here, or another one is waited for (first). */
  role: 2,
  /** The payload is not what the artifact asks, or there should be none. */
  payload: 3,
  /** The slot of this sequence number is used up. */
  duplicate: 4,
  /** A slot before this one is still open. */
  gap: 5,
  /** The role is over, or it is its own turn (to receive: the others'). */
  notNow: 6,
} as const;
export type Verdict = (typeof Verdict)[keyof typeof Verdict];
export type Refused = Exclude<Verdict, 0>;

/**
 * A session takes `width` integers of `rows`, from index `at` on:
 *
 *     state | a counter for each counted loop | next number from each peer | next number to each peer
 *
 * The state is never one that is passed through. Rows are plain numbers: to fork a session, copy them.
 */
export interface Monitor {
  readonly machine: Machine;
  /** All roles that this one speaks to or hears, in the order of the table. */
  readonly peers: readonly string[];
  readonly width: number;

  /** Begins a session. */
  open(rows: Int32Array, at: number): void;

  /** The state (an index into `machine.states`) in which the session is. */
  state(rows: Int32Array, at: number): number;

  /**
   * A message has come. `seq` counts the messages of the channel (`from`, this role) from 0, `payload` is
   * undefined for none. Refusals, the first that holds: `role` for a stranger, `duplicate`, `gap`, `notNow`,
   * `role` when another one is waited for, or this one's message may become right when another one's has come,
   * `label`, `payload`. So `label` and `payload` are about the slot that
   * is awaited; what is refused as `gap`, `notNow` or `role` (of a peer) may come again later and be right.
   */
  receive(rows: Int32Array, at: number, from: string, seq: number, label: string, payload: unknown): Verdict;

  /**
   * This role wants to send. `seq` counts the messages of the channel (this role, `to`) from 0. Refusals, the
   * first that holds: `notNow`, `label` (no such message now), `role` (it goes to another one), `duplicate`,
   * `gap`, `payload`.
   */
  send(rows: Int32Array, at: number, to: string, seq: number, label: string, payload: unknown): Verdict;

  /** What `receive` would say; changes nothing. */
  mayReceive(rows: Int32Array, at: number, from: string, seq: number, label: string, payload: unknown): Verdict;

  /** What `send` would say; changes nothing. */
  maySend(rows: Int32Array, at: number, to: string, seq: number, label: string, payload: unknown): Verdict;

  /** The number of the next message from a peer; -1 for a stranger. */
  nextFrom(rows: Int32Array, at: number, peer: string): number;

  /** The number of the next message to a peer; -1 for a stranger. */
  nextTo(rows: Int32Array, at: number, peer: string): number;
}

/**
 * Compiles a machine. It is trusted, as the compiler made it; throws a `RangeError` when an index or a name in
 * it leads nowhere, or when it could pass through states for ever.
 */
export function monitor(machine: Machine): Monitor {
  const table = compile(machine);
  const { peers, width, kind, first, counter, max, then, last, labels, partners, numbers, artifacts, thens } = table;
  const carries = artifacts.map((artifact) => (artifact === null ? isNothing : artifact.is));
  const initial = settledStart();

  function settledStart(): Int32Array {
    const row = new Int32Array(width);
    settle(row, 0, 0);
    return row;
  }

  /** Goes to a state, and on through those that only count. Ends, as `compile` refuses a circle of them. */
  function settle(rows: Int32Array, at: number, target: number): void {
    let state = target;
    while (kind[state] === enter || kind[state] === repeat) {
      const count = at + counter[state]!;
      const more = kind[state] === repeat && rows[count]! + 1 < max[state]!;
      rows[count] = more ? rows[count]! + 1 : 0;
      state = kind[state] === enter || more ? then[state]! : last[state]!;
    }
    rows[at] = state;
  }

  /**
   * The step that accepts the message, or the verdict with a minus. What accepts is kept small, and what refuses apart
   * from it: only so does the optimiser put all of it, validator included, into its caller.
   */
  function judge(
    rows: Int32Array,
    at: number,
    direction: number,
    peer: string,
    seq: number,
    label: string,
    payload: unknown,
  ): number {
    const step = find(rows[at]!, direction, peer, label);
    const isNext = step >= 0 && rows[at + numbers[step]!] === seq && seq !== lastNumber;
    return isNext && carries[step]!(payload) ? step : -whyNot(rows, at, direction, peer, seq, label, step);
  }

  /** The step of a state with this label and peer; -1 if there is none. */
  function find(state: number, direction: number, peer: string, label: string): number {
    if (kind[state] !== direction) return -1;
    const end = first[state + 1]!;
    for (let step = first[state]!; step < end; step++)
      if (labels[step] === label && partners[step] === peer) return step;
    return -1;
  }

  /** Why a message is refused for which there is this step, or none (-1). */
  function whyNot(
    rows: Int32Array,
    at: number,
    direction: number,
    peer: string,
    seq: number,
    label: string,
    step: number,
  ): Refused {
    if (step < 0)
      return direction === receives ? whyNotReceived(rows, at, peer, seq, label) : whyNotSent(rows[at]!, label);
    return whyNotNext(seq, rows[at + numbers[step]!]!) ?? Verdict.payload;
  }

  /** No step fits the sender and label. */
  function whyNotReceived(rows: Int32Array, at: number, from: string, seq: number, label: string): Refused {
    const next = nextFrom(rows, at, from);
    if (next < 0) return Verdict.role;
    const numbered = whyNotNext(seq, next);
    if (numbered !== null) return numbered;
    const state = rows[at]!;
    if (kind[state] !== receives) return Verdict.notNow;
    let awaited = false;
    for (let step = first[state]!; step < first[state + 1]!; step++) awaited ||= partners[step] === from;
    // Of several senders the one that is due may be slower: what comes behind its message waits.
    return awaited && !mayComeFirst(table, state, from, label) ? Verdict.label : Verdict.role;
  }

  /** No step fits the receiver and label. */
  function whyNotSent(state: number, label: string): Refused {
    if (kind[state] !== sends) return Verdict.notNow;
    for (let step = first[state]!; step < first[state + 1]!; step++) if (labels[step] === label) return Verdict.role;
    return Verdict.label;
  }

  function take(rows: Int32Array, at: number, step: number): Verdict {
    const target = thens[step]!;
    rows[at + numbers[step]!]!++;
    if (kind[target] === enter || kind[target] === repeat) settle(rows, at, target);
    else rows[at] = target;
    return Verdict.accepted;
  }

  function nextFrom(rows: Int32Array, at: number, peer: string): number {
    const index = peers.indexOf(peer);
    return index < 0 ? -1 : rows[at + 1 + counters + index]!;
  }

  const counters = machine.counters?.length ?? 0;

  return {
    machine,
    peers,
    width,
    open: (rows, at) => rows.set(initial, at),
    state: (rows, at) => rows[at]!,
    receive(rows, at, from, seq, label, payload) {
      const step = judge(rows, at, receives, from, seq, label, payload);
      return step < 0 ? (-step as Verdict) : take(rows, at, step);
    },
    send(rows, at, to, seq, label, payload) {
      const step = judge(rows, at, sends, to, seq, label, payload);
      return step < 0 ? (-step as Verdict) : take(rows, at, step);
    },
    mayReceive(rows, at, from, seq, label, payload) {
      const step = judge(rows, at, receives, from, seq, label, payload);
      return step < 0 ? (-step as Verdict) : Verdict.accepted;
    },
    maySend(rows, at, to, seq, label, payload) {
      const step = judge(rows, at, sends, to, seq, label, payload);
      return step < 0 ? (-step as Verdict) : Verdict.accepted;
    },
    nextFrom,
    nextTo(rows, at, peer) {
      const index = peers.indexOf(peer);
      return index < 0 ? -1 : rows[at + 1 + counters + peers.length + index]!;
    },
  };
}

/** Why a number is not the next one of its channel; null if it is. */
function whyNotNext(seq: number, next: number): Refused | null {
  if (seq === next && next !== lastNumber) return null;
  return seq < next ? Verdict.duplicate : Verdict.gap;
}

function isNothing(payload: unknown): boolean {
  return payload === undefined;
}
