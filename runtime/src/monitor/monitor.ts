// The monitor: steps a role's local automaton, message by message. In: the generated machine, compiled once to
// dense arrays, and a session's row of integers. Out: a small integer for each message; nothing is allocated
// when it is accepted, and a refusal leaves the row as it was.

import type { Schema } from "../schema/schema.js";
import type { Machine } from "./machine.js";

/** What a monitor says of a message. All but `accepted` leave the row untouched. */
export const Verdict = {
  accepted: 0,
  /** The slot is the one that is awaited, its label is not. */
  label: 1,
  /** Not with this role: it is no peer here, or not what is waited for (now). */
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
   * `role` when another one is waited for, `label`, `payload`. So `label` and `payload` are about the slot that
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

/** The last sequence number that a row can hold is not given out, so that none ever wraps. */
const lastNumber = 0x7fff_ffff;

const sends = 0;
const receives = 1;
const enter = 2;
const repeat = 3;
const ends = 4;

/**
 * Compiles a machine. It is trusted, as the compiler made it; throws a `RangeError` when an index or a name in
 * it leads nowhere, or when it could pass through states for ever.
 */
export function monitor(machine: Machine): Monitor {
  const { peers, width, kind, first, counter, max, then, last, labels, partners, numbers, artifacts, thens } =
    compile(machine);
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

  /** The step that accepts the message, or the verdict with a minus. */
  function judge(
    rows: Int32Array,
    at: number,
    direction: number,
    peer: string,
    seq: number,
    label: string,
    payload: unknown,
  ): number {
    const state = rows[at]!;
    if (kind[state] === direction) {
      const end = first[state + 1]!;
      for (let step = first[state]!; step < end; step++) {
        if (labels[step] !== label || partners[step] !== peer) continue;
        const next = rows[at + numbers[step]!]!;
        if (seq !== next || next === lastNumber) return seq < next ? -Verdict.duplicate : -Verdict.gap;
        const artifact = artifacts[step]!;
        if (artifact === null ? payload === undefined : artifact.is(payload)) return step;
        return -Verdict.payload;
      }
    }
    return direction === receives ? -whyNotReceived(rows, at, peer, seq) : -whyNotSent(state, label);
  }

  /** No step fits the sender and label. */
  function whyNotReceived(rows: Int32Array, at: number, from: string, seq: number): Refused {
    const next = nextFrom(rows, at, from);
    if (next < 0) return Verdict.role;
    if (seq !== next || next === lastNumber) return seq < next ? Verdict.duplicate : Verdict.gap;
    const state = rows[at]!;
    if (kind[state] !== receives) return Verdict.notNow;
    for (let step = first[state]!; step < first[state + 1]!; step++) if (partners[step] === from) return Verdict.label;
    return Verdict.role;
  }

  /** No step fits the receiver and label. */
  function whyNotSent(state: number, label: string): Refused {
    if (kind[state] !== sends) return Verdict.notNow;
    for (let step = first[state]!; step < first[state + 1]!; step++) if (labels[step] === label) return Verdict.role;
    return Verdict.label;
  }

  function take(rows: Int32Array, at: number, step: number): Verdict {
    rows[at + numbers[step]!]!++;
    settle(rows, at, thens[step]!);
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

/** A machine as dense arrays: by state, then (from `labels` on) by step; the steps of a state lie side by side. */
interface Table {
  readonly peers: readonly string[];
  readonly width: number;
  readonly kind: Uint8Array;
  /** The first step of a state; one more entry than states. */
  readonly first: Int32Array;
  /** Of `enter` and `repeat`: where in the row the counter is, and the ways on. */
  readonly counter: Int32Array;
  readonly max: Int32Array;
  readonly then: Int32Array;
  readonly last: Int32Array;

  readonly labels: readonly string[];
  readonly partners: readonly string[];
  /** Where in the row the next sequence number of the step's channel is. */
  readonly numbers: Int32Array;
  readonly artifacts: readonly (Schema<unknown> | null)[];
  readonly thens: Int32Array;
}

function compile(machine: Machine): Table {
  const { states } = machine;
  const loops = new Map((machine.counters ?? []).map(({ loop }, index) => [loop, 1 + index]));
  const peers = [...new Set(states.flatMap((state) => stepsOf(state).map((step) => step.peer)))];
  const count = states.length;
  const kind = new Uint8Array(count);
  const first = new Int32Array(count + 1);
  const counter = new Int32Array(count);
  const max = new Int32Array(count);
  const then = new Int32Array(count);
  const last = new Int32Array(count);
  const steps = states.map(stepsOf);

  const target = (index: number, from: number): number => {
    if (Number.isInteger(index) && index >= 0 && index < count) return index;
    throw new RangeError(`Machine of ${machine.role}: state ${from} leads to ${index}, of ${count} states.`);
  };
  const loop = (name: string, from: number): number => {
    const at = loops.get(name);
    if (at !== undefined) return at;
    throw new RangeError(`Machine of ${machine.role}: state ${from} counts \`${name}\`, which is no counter.`);
  };

  target(0, 0);
  states.forEach((state, index) => {
    first[index + 1] = first[index]! + steps[index]!.length;
    if ("sends" in state) kind[index] = sends;
    else if ("receives" in state) kind[index] = receives;
    else if ("ends" in state) kind[index] = ends;
    else if ("enter" in state) {
      kind[index] = enter;
      counter[index] = loop(state.enter, index);
      then[index] = target(state.then, index);
    } else {
      kind[index] = repeat;
      counter[index] = loop(state.repeat, index);
      if (!(state.max >= 1 && state.max < lastNumber)) {
        throw new RangeError(`Machine of ${machine.role}: state ${index} repeats ${state.max} times.`);
      }
      max[index] = state.max;
      then[index] = target(state.then, index);
      last[index] = target(state.last, index);
    }
    const seen = new Set(steps[index]!.map((step) => `${step.peer} ${step.label}`));
    if (seen.size < steps[index]!.length) {
      throw new RangeError(`Machine of ${machine.role}: two steps of state ${index} have one label and peer.`);
    }
    for (const step of steps[index]!) target(step.then, index);
  });
  refuseSilentCircles(machine, kind, then, last);

  const flat = steps.flat();
  const channel = ({ peer, outward }: FlatStep): number =>
    1 + loops.size + (outward ? peers.length : 0) + peers.indexOf(peer);
  return {
    peers,
    width: 1 + loops.size + 2 * peers.length,
    kind,
    first,
    counter,
    max,
    then,
    last,
    labels: flat.map((step) => step.label),
    partners: flat.map((step) => step.peer),
    numbers: Int32Array.from(flat, channel),
    artifacts: flat.map((step) => step.artifact),
    thens: Int32Array.from(flat, (step) => step.then),
  };
}

interface FlatStep {
  readonly label: string;
  readonly peer: string;
  readonly outward: boolean;
  readonly artifact: Schema<unknown> | null;
  readonly then: number;
}

function stepsOf(state: Machine["states"][number]): readonly FlatStep[] {
  if ("sends" in state) return state.sends.map((step) => flatStep(step, step.to, true));
  if ("receives" in state) return state.receives.map((step) => flatStep(step, step.from, false));
  return [];
}

function flatStep(
  step: { readonly label: string; readonly artifact?: Schema<any>; readonly then: number },
  peer: string,
  outward: boolean,
): FlatStep {
  return { label: step.label, peer, outward, artifact: step.artifact ?? null, then: step.then };
}

/** A circle of states that are passed through would never end, as `enter` begins its count anew each time. */
function refuseSilentCircles(machine: Machine, kind: Uint8Array, then: Int32Array, last: Int32Array): void {
  const silent = (state: number): boolean => kind[state] === enter || kind[state] === repeat;
  // Kahn's algorithm over the silent states: what is left when no more can be taken away lies on a circle.
  const ways = (state: number): readonly number[] =>
    kind[state] === repeat ? [then[state]!, last[state]!] : [then[state]!];
  const into = new Int32Array(kind.length);
  let left = 0;
  kind.forEach((_, state) => {
    if (!silent(state)) return;
    left++;
    for (const next of ways(state)) into[next]!++;
  });
  const free = [...kind.keys()].filter((state) => silent(state) && into[state] === 0);
  for (let state = free.pop(); state !== undefined; state = free.pop()) {
    left--;
    for (const next of ways(state)) if (--into[next]! === 0 && silent(next)) free.push(next);
  }
  if (left > 0) throw new RangeError(`Machine of ${machine.role}: it can count for ever without a message.`);
}
