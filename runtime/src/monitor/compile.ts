// A machine compiled once to dense arrays, so that a monitor steps it without allocating. In: the generated table.
// Out: numbers by state and by step; a `RangeError` where the table leads nowhere, or round without a message.

import type { Schema } from "../schema/schema.js";
import type { Machine } from "./machine.js";

/** The last sequence number that a row can hold is not given out, so that none ever wraps. */
export const lastNumber = 0x7fff_ffff;

export const sends = 0;
export const receives = 1;
export const enter = 2;
export const repeat = 3;
const ends = 4;

/** A machine as dense arrays: by state, then (from `labels` on) by step; the steps of a state lie side by side. */
export interface Table {
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

/** Compiles a machine; throws a `RangeError` for numbers and names that lead nowhere. */
export function compile(machine: Machine): Table {
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
