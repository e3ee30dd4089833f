// Random choreographies with arms and with all that can stand in them or beside them: waits that may fail, gathers with a
// quorum, choices by data, `fail`, an optional role; well formed, coherent or not. In: a seed and what there is. Out: a
// sketch.

import { formOf } from "../../compiler/src/automaton/form.js";
import { desugar } from "../../compiler/src/core/desugar.js";
import { again, awaited, build, choice, fail, leave, loop, par, scatter, send, seq, when } from "./build.js";
import { innerParts, type Part, type SendOptions, type Sketch } from "./build.js";
import { below, pick, randomFrom, type Random } from "./random.js";
import { toldKnowers } from "./random-waits.js";

export interface TeamKinds {
  /** Number of plain roles, from 2. */
  readonly roles: number;
  readonly labels: number;
  /** Statements in the outermost block, at most; half as many in each further one. */
  readonly statements: number;
  readonly depth: number;
  /** Arms of a `par`, at most. */
  readonly arms: number;
  /** Members of the family; 0 (the default): none, and no scatter. */
  readonly family?: number;
  readonly loops?: "none" | "counted" | "uncounted";
  /** How often a message is waited for with an `else`, a statement is a choice by data, a block ends with `fail`: 0 (the default) to 1. */
  readonly waits?: number;
  readonly data?: number;
  readonly fails?: number;
  /** How many of the last plain roles are optional; 0 by default. */
  readonly optional?: number;
}

/** The sketch of a seed: the first of its random sketches that has arms, something to wait for, and no error of form. */
export function randomTeam(seed: number, kinds: TeamKinds): Sketch {
  const random = randomFrom(seed);
  const plain = ["A", "B", "C", "D"].slice(0, kinds.roles);
  const { family = 0, optional = 0 } = kinds;
  const heads = plain.map((name, i) => (i >= plain.length - optional ? `${name}?` : name));
  const roles = family === 0 ? heads : [...heads, `F[${family}..${family}]`];
  for (;;) {
    const count = { of: 0, special: optional };
    const maker: Maker = { random, kinds, plain, family: family > 0 ? "all" : "none", leaves: [], count };
    const wanted = family > 0 && random() < 0.8 ? scattering : arms;
    const one = wanted(maker, kinds.statements, kinds.depth);
    const must = random() < 0.5 ? around(maker, one) : one;
    const before = random() < 0.5 ? [] : [block(maker, kinds.statements, Math.max(0, kinds.depth - 1), null)];
    const behind = random() < 0.5 ? [] : [block(maker, 2, Math.max(0, kinds.depth - 1), null)];
    const sketch = { roles, body: seq(...before, must, ...behind) };
    if (count.special === 0) continue;
    const core = desugar(build(sketch).choreography, { knowers: toldKnowers });
    if (formOf(core).diagnostics.length === 0) return sketch;
  }
}

interface Maker {
  readonly random: Random;
  readonly kinds: TeamKinds;
  readonly plain: readonly string[];
  /** Whether the family is there, as a whole or, in a scatter, as one role. */
  readonly family: "none" | "all" | "one";
  /** What a `break` may leave here, the innermost first; a scatter or a loop. */
  readonly leaves: readonly { readonly name: string; readonly loops: boolean }[];
  readonly count: { of: number; special: number };
}

function rolesOf({ plain, family }: Maker): readonly string[] {
  return family === "one" ? [...plain, "F"] : plain;
}

/** The part in a branch, or in both, or behind one. */
function around(maker: Maker, part: Part): Part {
  const at = pick(maker.random, maker.plain);
  const told = (): Part => {
    if (maker.random() >= 0.6) return plainMessage(maker, at);
    const others = maker.plain.filter((other) => other !== at);
    return send(at, maker.family === "all" ? [...others, "F[*]"] : others, pick(maker.random, ["Go", "On"]));
  };
  const kind = maker.random();
  if (kind < 0.5) return choice(at, seq(told(), part), seq(told(), block(maker, 1, 0, null)));
  if (kind < 0.7) return choice(at, seq(told(), part), seq(told(), arms(maker, 2, 0)));
  return seq(choice(at, seq(told(), block(maker, 1, 0, null)), told()), part);
}

/** `first`: who has to speak first. */
function block(maker: Maker, most: number, depth: number, first: string | null): Part {
  const { random, kinds } = maker;
  const parts: Part[] = [];
  const length = first === null ? below(random, most + 1) : 1 + below(random, most);
  if (first !== null) parts.push(plainMessage(maker, first));
  while (parts.length < length) {
    const kind = depth === 0 ? random() * 0.55 : random();
    if (kind < 0.5) parts.push(statement(maker, most, depth));
    else if (kind < 0.55)
      parts.push(random() < (kinds.data ?? 0) ? byData(maker, most, depth) : statement(maker, most, 0));
    else if (kind < 0.65) parts.push(branching(maker, most, depth));
    else if (kind < 0.7 && random() < (kinds.data ?? 0)) parts.push(byData(maker, most, depth));
    else if (kind < 0.82) parts.push(arms(maker, most, depth));
    else if (kind < 0.92 && maker.family === "all") parts.push(scattering(maker, most, depth));
    else if ((kinds.loops ?? "none") !== "none") parts.push(looping(maker, most, depth));
    else parts.push(statement(maker, most, depth));
  }
  return ended(maker, parts, first === null ? 0.15 : 1);
}

/** With a way out at the end, for some of the ends; `fail` only where it is plain who executes it. */
function ended(maker: Maker, parts: readonly Part[], often: number): Part {
  const { random, kinds, leaves, count } = maker;
  if (isPlain(parts.at(-1)) && random() < (kinds.fails ?? 0) * often) {
    count.special++;
    return seq(...parts, fail);
  }
  const [jump] = leaves;
  if (jump === undefined || random() >= 0.3 * often) return seq(...parts);
  return seq(...parts, jump.loops && random() < 0.2 ? again(jump.name) : leave(jump.name));
}

function isPlain(part: Part | undefined): boolean {
  return part?.kind === "send" && part.options.otherwise === undefined && !part.from.endsWith("[*]");
}

function statement(maker: Maker, most: number, depth: number): Part {
  const { random, kinds } = maker;
  return random() < (kinds.waits ?? 0) ? waiting(maker, most, depth) : plainMessage(maker, null);
}

function plainMessage(maker: Maker, by: string | null): Part {
  const { random, plain, family, kinds } = maker;
  const label = `L${below(random, kinds.labels)}`;
  if (by === null && family === "all" && random() < 0.3) {
    const one = pick(random, plain);
    return random() < 0.5 ? send(one, "F[*]", label) : send("F[*]", one, label);
  }
  const roles = rolesOf(maker);
  const from = by ?? pick(random, roles);
  const others = roles.filter((role) => role !== from);
  return send(from, random() < 0.2 ? others : pick(random, others), label);
}

function waiting(maker: Maker, most: number, depth: number): Part {
  const { random, kinds, count } = maker;
  count.special++;
  const label = `L${below(random, kinds.labels)}`;
  const roles = rolesOf(maker);
  const judge = pick(random, roles);
  const sender = pick(
    random,
    roles.filter((role) => role !== judge),
  );
  const small = Math.ceil(most / 2);
  const late = (): Part => {
    if (random() < (kinds.fails ?? 0)) return fail;
    if (random() < 0.3) return ended(maker, [], 1);
    return block(maker, small, 0, random() < 0.5 ? judge : null);
  };
  if (maker.family === "all" && random() < 0.5) {
    const size = kinds.family ?? 0;
    const quorum: SendOptions = random() < 0.5 ? {} : { quorum: 1 + below(random, size) };
    const never = quorum.quorum !== undefined && quorum.quorum < size && random() < 0.3;
    return send("F[*]", pick(random, maker.plain), label, never ? quorum : { ...quorum, otherwise: late() });
  }
  if (depth > 0 && random() < 0.2) {
    const branches = [0, 1].map((i) => seq(send(sender, judge, `L${i}`), block(maker, small, 0, null)));
    return awaited(sender, late(), ...branches);
  }
  return send(sender, judge, label, { otherwise: late() });
}

function branching(maker: Maker, most: number, depth: number): Part {
  const at = pick(maker.random, rolesOf(maker));
  return choice(at, ...[0, 1].map(() => block(maker, Math.ceil(most / 2), depth - 1, at)));
}

function byData(maker: Maker, most: number, depth: number): Part {
  const { random, plain, count } = maker;
  count.special++;
  const knowers = plain.filter(() => random() < 0.7);
  const all = knowers.length === 0 ? plain : knowers;
  const branches = [0, 1].map(() => block(maker, Math.ceil(most / 2), Math.max(0, depth - 1), null));
  return when(`c_${all.join("").toLowerCase()}`, ...branches);
}

function arms(maker: Maker, most: number, depth: number): Part {
  const count = 2 + below(maker.random, maker.kinds.arms - 1);
  const inner: Maker = { ...maker, leaves: [] };
  const bodies = Array.from({ length: count }, () => {
    const body = block(inner, Math.ceil(most / 2), Math.max(0, depth - 1), null);
    return innerParts(body).length === 0 ? seq(statement(inner, most, 0)) : body;
  });
  return par(...bodies);
}

function scattering(maker: Maker, most: number, depth: number): Part {
  const name = `e${maker.count.of++}`;
  const inner: Maker = { ...maker, family: "one", leaves: [{ name, loops: false }] };
  const body = seq(statement(inner, 1, 0), block(inner, Math.ceil(most / 2), Math.max(0, depth - 1), null));
  return scatter(name, ["F"], body);
}

function looping(maker: Maker, most: number, depth: number): Part {
  const name = `x${maker.count.of++}`;
  const inner: Maker = { ...maker, leaves: [{ name, loops: true }, ...maker.leaves] };
  const body = block(inner, Math.ceil(most / 2), depth - 1, null);
  if (maker.kinds.loops === "counted")
    return loop(name, { max: 1 + below(maker.random, 2) }, body, plainMessage(maker, null));
  const at = pick(maker.random, maker.plain);
  const others = maker.plain.filter((role) => role !== at);
  return loop(name, {}, body, choice(at, seq(send(at, others, "Out"), leave(name)), send(at, others, "On")));
}
