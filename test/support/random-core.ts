// Random choreographies whose choices and loops are well formed, coherent or not: small alphabets, so that
// errors of coherence happen. In: a seed and sizes. Out: a sketch and its core.

import { globalAutomaton } from "../../compiler/src/automaton/build.js";
import type { Core } from "../../compiler/src/core/core.js";
import {
  abort,
  again,
  build,
  choice,
  giveBack,
  leave,
  loop,
  saga,
  send,
  seq,
  type Part,
  type Sketch,
} from "./build.js";
import { desugar } from "../../compiler/src/core/desugar.js";
import { below, pick, randomFrom, type Random } from "./random.js";

export interface Sizes {
  /** Number of roles, from 2. */
  readonly roles: number;
  /** Number of labels. */
  readonly labels: number;
  /** Statements in the outermost block, at most; half as many in each further one. */
  readonly statements: number;
  /** Nesting of choices and loops, at most. */
  readonly depth: number;
  /** Whether there are loops; `counted` only with `max`, `uncounted` only without. */
  readonly loops: "none" | "counted" | "uncounted" | "both";
  /** Whether labels with an odd number carry an artifact. */
  readonly payloads?: boolean;
  /** How often the body of a loop ends with a choice between leaving it and going on, and has such a loop in it: from 0 (the default) to 1. */
  readonly leaving?: number;
  /** How often the rounds of a counted loop may end in silence: from 0 (the default) to 1. */
  readonly silent?: number;
  /** How often there is a saga, and how often a block ends with `return` or, inside of one, `abort`: from 0 (the default) to 1. */
  readonly exits?: number;
}

export const smallSizes: Sizes = { roles: 3, labels: 3, statements: 4, depth: 3, loops: "both" };

/** The sketch of a seed: the first of its random sketches that has no error of form. */
export function randomSketch(seed: number, sizes: Sizes = smallSizes): Sketch {
  const random = randomFrom(seed);
  const roles = ["A", "B", "C", "D", "E", "F", "G", "H"].slice(0, sizes.roles);
  for (;;) {
    const maker: Maker = { random, sizes, roles, loops: [], count: 0 };
    const sketch = { roles, body: block(maker, sizes.statements, sizes.depth, null) };
    const { automaton, diagnostics } = globalAutomaton(desugar(build(sketch).choreography));
    if (automaton !== null && diagnostics.length === 0) return sketch;
  }
}

/** The core of a seed. */
export function randomCore(seed: number, sizes: Sizes = smallSizes): Core {
  return desugar(build(randomSketch(seed, sizes)).choreography);
}

interface Maker {
  readonly random: Random;
  readonly sizes: Sizes;
  readonly roles: readonly string[];
  /** The loops around this place. */
  readonly loops: readonly string[];
  /** Whether there is a saga around this place. */
  readonly saga?: boolean;
  count: number;
}

/** `first`: the role that has to speak first, or null. */
function block(maker: Maker, most: number, depth: number, first: string | null): Part {
  const parts: Part[] = [];
  const length = 1 + below(maker.random, most);
  if (first !== null) {
    if (maker.random() < 0.15) return jumpOr(maker, seq());
    parts.push(message(maker, first));
  }
  while (parts.length < length) {
    const { exits } = maker.sizes;
    if (exits !== undefined && depth > 0 && maker.random() < exits) {
      parts.push(undoing(maker, most, depth));
      continue;
    }
    const kind = depth === 0 ? 0 : maker.random();
    if (kind < 0.45) parts.push(message(maker, null));
    else if (kind < 0.75 || maker.sizes.loops === "none") parts.push(branching(maker, most, depth));
    else parts.push(looping(maker, most, depth));
  }
  const { exits } = maker.sizes;
  if (exits !== undefined && maker.random() < exits) return seq(...parts, maker.saga === true ? abort : giveBack);
  return maker.loops.length > 0 && maker.random() < 0.35 ? seq(...parts, jumpOr(maker, seq())) : seq(...parts);
}

function message(maker: Maker, by: string | null): Part {
  const from = by ?? pick(maker.random, maker.roles);
  const others = maker.roles.filter((role) => role !== from);
  const number = below(maker.random, maker.sizes.labels);
  const options = maker.sizes.payloads === true && number % 2 === 1 ? { asked: `T${number}` } : {};
  const to = maker.random() < 0.15 ? others : pick(maker.random, others);
  return send(from, to, `L${number}`, options);
}

function branching(maker: Maker, most: number, depth: number): Part {
  const at = pick(maker.random, maker.roles);
  const branches = Array.from({ length: 2 + below(maker.random, 2) }, () =>
    block(maker, Math.ceil(most / 2), depth - 1, at),
  );
  return choice(at, ...branches);
}

function undoing(maker: Maker, most: number, depth: number): Part {
  const inner: Maker = { ...maker, saga: true };
  const small = Math.ceil(most / 2);
  const first = { step: block(inner, small, depth - 1, null), undo: message(inner, null) };
  const second = { step: block(inner, small, depth - 1, null), undo: message(inner, null) };
  const otherwise = block({ ...inner, saga: maker.saga === true }, small, depth - 1, null);
  maker.count = Math.max(maker.count, inner.count) + 10;
  return saga([first, second], otherwise);
}

function looping(maker: Maker, most: number, depth: number): Part {
  const name = `x${maker.count++}`;
  const { loops, silent = 0 } = maker.sizes;
  const counted = loops === "counted" || (loops === "both" && maker.random() < 0.5);
  const inner: Maker = { ...maker, loops: [...maker.loops, name] };
  if (counted && maker.random() < silent) return silently(maker, inner, name, most, depth);
  const left = maker.sizes.leaving !== undefined && maker.random() < maker.sizes.leaving;
  const body = left ? leaving(inner, name, most, depth) : block(inner, Math.ceil(most / 2), depth - 1, null);
  maker.count = inner.count;
  if (!counted) return loop(name, {}, body);
  const max = 1 + below(maker.random, 3);
  if (maker.random() < 0.5) return loop(name, { max }, body);
  const otherwise = block(maker, Math.ceil(most / 2), depth - 1, null);
  return loop(name, { max, otherwise }, body);
}

/** A loop whose decider begins each round and, with one exception in ten, what follows the last, and ends some in silence. */
function silently(maker: Maker, inner: Maker, name: string, most: number, depth: number): Part {
  const { random } = maker;
  const at = pick(random, maker.roles);
  const small = Math.ceil(most / 2);
  const middle = random() < 0.6 ? block({ ...inner, loops: [] }, small, depth - 1, null) : seq();
  const quiet = random() < 0.8 ? seq() : again(random() < 0.8 ? name : pick(random, inner.loops));
  const branches = Array.from({ length: 1 + below(random, 2) }, () => block(inner, small, depth - 1, at));
  const behind = random() < 0.15 ? [message(inner, at)] : [];
  const body = seq(message(inner, at), middle, choice(at, ...branches, quiet), ...behind);
  const max = 1 + below(random, 3);
  const told = random() < 0.9 ? at : null;
  if (random() < 0.4) return seq(loop(name, { max }, body), message(maker, told));
  const otherwise = seq(message(maker, told), block({ ...maker, loops: [] }, small, Math.max(0, depth - 2), null));
  return loop(name, { max, otherwise }, body);
}

function leaving(maker: Maker, name: string, most: number, depth: number): Part {
  const at = pick(maker.random, maker.roles);
  const inner = depth > 1 && maker.random() < 0.7 ? looping(maker, most, depth - 1) : message(maker, null);
  return seq(inner, choice(at, seq(message(maker, at), leave(name)), message(maker, at)));
}

function jumpOr(maker: Maker, part: Part): Part {
  if (maker.loops.length === 0) return part;
  const name = pick(maker.random, maker.loops);
  return maker.random() < 0.7 ? leave(name) : again(name);
}
