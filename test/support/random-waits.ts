// Random choreographies with waits that may fail, choices by data, gathers, picks, optional roles and `fail`: well
// formed, coherent or not. In: a seed and what there is. Out: a sketch.

import { formOf } from "../../compiler/src/automaton/form.js";
import { desugar } from "../../compiler/src/core/desugar.js";
import {
  again,
  awaited,
  build,
  choice,
  fail,
  leave,
  loop,
  pickOne,
  send,
  seq,
  when,
  type Part,
  type Sketch,
} from "./build.js";
import { below, pick, randomFrom, type Random } from "./random.js";

export interface Kinds {
  /** How many waits with `else` there are, at least and at most. */
  readonly waits: readonly [number, number];
  readonly statements: number;
  readonly depth: number;
  readonly labels: number;
  readonly roles: number;
  readonly loops: "none" | "counted" | "uncounted";
  /** How often a statement is a choice by data, and a part ends with `fail`: from 0 (the default) to 1. */
  readonly data?: number;
  readonly fails?: number;
  /** The size of a family that is gathered from, sent to and picked from; none: there is no family. */
  readonly family?: number;
  /** Whether the last role is optional. */
  readonly optional?: boolean;
}

/** The sketch of a seed: the first of its random sketches that has no error of form, and as many waits as are wanted. */
export function randomWaits(seed: number, kinds: Kinds): Sketch {
  const random = randomFrom(seed);
  const names = ["A", "B", "C", "D", "E"].slice(0, kinds.roles);
  const { family, optional = false } = kinds;
  const heads = names.map((name, i) => (optional && i === names.length - 1 ? `${name}?` : name));
  const roles = family === undefined ? heads : [...heads, `F[${family}..${family}]`];
  for (;;) {
    const maker: Maker = { random, kinds, roles: names, loops: [], waits: 0, count: 0 };
    const sketch = { roles, body: block(maker, kinds.statements, kinds.depth, null) };
    if (maker.waits < kinds.waits[0] || maker.waits > kinds.waits[1]) continue;
    const { diagnostics } = formOf(desugar(build(sketch).choreography, { knowers: toldKnowers }));
    if (diagnostics.length === 0) return sketch;
  }
}

/** Who knows the condition of a choice by data stands in its name: `c_ab`. */
export const toldKnowers: NonNullable<Parameters<typeof desugar>[1]>["knowers"] & {} = ({ branches }) => {
  const condition = branches[0]?.when;
  return condition?.kind === "name" ? Array.from(condition.name.slice(2)).map((role) => role.toUpperCase()) : [];
};

interface Maker {
  readonly random: Random;
  readonly kinds: Kinds;
  readonly roles: readonly string[];
  readonly loops: readonly string[];
  /** Inside of a `pick` the family is a single role. */
  readonly picked?: boolean;
  waits: number;
  count: number;
}

function block(maker: Maker, most: number, depth: number, first: string | null): Part {
  const { random, kinds } = maker;
  const parts: Part[] = [];
  const length = 1 + below(random, most);
  if (first !== null) {
    if (random() < 0.1) return ended(maker, [], true);
    parts.push(message(maker, first));
  }
  while (parts.length < length) {
    const kind = depth === 0 ? random() * 0.6 : random();
    if (kind < 0.3) parts.push(message(maker, null));
    else if (kind < 0.6) parts.push(waiting(maker, most, depth));
    else if (random() < (kinds.data ?? 0)) parts.push(byData(maker, most, depth));
    else if (kinds.family !== undefined && maker.picked !== true && random() < 0.15)
      parts.push(picking(maker, most, depth));
    else if (kind < 0.85 || kinds.loops === "none") parts.push(branching(maker, most, depth));
    else parts.push(looping(maker, most, depth));
  }
  return ended(maker, parts, parts.at(-1)?.kind === "send" && isPlain(parts.at(-1)));
}

function isPlain(part: Part | undefined): boolean {
  return part?.kind === "send" && part.options.otherwise === undefined && !part.from.endsWith("[*]");
}

/** With a way out at the end; `fail` only where it is plain who executes it. */
function ended(maker: Maker, parts: readonly Part[], plain: boolean): Part {
  const { random, kinds, loops } = maker;
  if (plain && random() < (kinds.fails ?? 0)) return seq(...parts, fail);
  if (loops.length === 0 || random() > 0.35) return seq(...parts);
  const name = pick(random, loops);
  return seq(...parts, random() < 0.7 ? leave(name) : again(name));
}

function message(maker: Maker, by: string | null): Part {
  const { random, kinds } = maker;
  const from = by ?? pick(random, maker.roles);
  const all = kinds.family === undefined ? [] : [maker.picked === true ? "F" : "F[*]"];
  const others = [...maker.roles, ...all].filter((role) => role !== from);
  const label = `L${below(random, kinds.labels)}`;
  return send(from, random() < 0.15 ? others : pick(random, others), label);
}

function waiting(maker: Maker, most: number, depth: number): Part {
  const { random, kinds } = maker;
  maker.waits++;
  const small = Math.ceil(most / 2);
  const judge = pick(random, maker.roles);
  const sender = pick(random, [
    ...maker.roles.filter((role) => role !== judge),
    ...(maker.picked === true ? ["F"] : []),
  ]);
  const otherwise =
    random() < (kinds.fails ?? 0) ? fail : random() < 0.3 ? seq() : block(maker, small, Math.max(0, depth - 1), null);
  const label = `L${below(random, kinds.labels)}`;
  if (kinds.family !== undefined && maker.picked !== true && random() < 0.6) {
    const quorum = random() < 0.5 ? {} : { quorum: 1 + below(random, kinds.family) };
    const never = quorum.quorum !== undefined && quorum.quorum < kinds.family && random() < 0.3;
    return send("F[*]", judge, label, never ? quorum : { ...quorum, otherwise });
  }
  if (depth > 0 && random() < 0.4) {
    const branches = [0, 1].map((i) => seq(send(sender, judge, `L${i}`), block(maker, small, depth - 1, null)));
    return awaited(sender, otherwise, ...branches);
  }
  return send(sender, judge, label, { otherwise });
}

function branching(maker: Maker, most: number, depth: number): Part {
  const at = pick(maker.random, maker.roles);
  const count = 2 + below(maker.random, 2);
  return choice(at, ...Array.from({ length: count }, () => block(maker, Math.ceil(most / 2), depth - 1, at)));
}

function byData(maker: Maker, most: number, depth: number): Part {
  const { random } = maker;
  const knowers = maker.roles.filter(() => random() < 0.6);
  const all = knowers.length === 0 ? maker.roles : knowers;
  const branches = [0, 1].map(() => block(maker, Math.ceil(most / 2), depth - 1, null));
  return when(`c_${all.join("").toLowerCase()}`, ...branches);
}

function picking(maker: Maker, most: number, depth: number): Part {
  const at = pick(maker.random, maker.roles);
  const inner: Maker = { ...maker, picked: true };
  const body = block(inner, Math.ceil(most / 2), depth - 1, null);
  maker.waits = inner.waits;
  maker.count = inner.count;
  return pickOne("F", at, send(at, "F", `L${below(maker.random, maker.kinds.labels)}`), body);
}

function looping(maker: Maker, most: number, depth: number): Part {
  const name = `x${maker.count++}`;
  const inner: Maker = { ...maker, loops: [...maker.loops, name] };
  const body = block(inner, Math.ceil(most / 2), depth - 1, null);
  maker.count = inner.count;
  maker.waits = inner.waits;
  if (maker.kinds.loops === "uncounted") return loop(name, {}, body);
  const max = 1 + below(maker.random, 3);
  if (maker.random() < 0.5) return loop(name, { max }, body);
  return loop(name, { max, otherwise: block(maker, Math.ceil(most / 2), depth - 1, null) }, body);
}
