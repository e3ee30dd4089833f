// Random choreographies with arms: `par`, `scatter`, messages to and from families; in each other, in branches, in
// loops; coherent or not. Small alphabets, so that errors happen. In: a seed and sizes. Out: a sketch.

import { again, choice, leave, loop, par, scatter, send, seq, type Part, type Sketch } from "./build.js";
import { below, pick, randomFrom, type Random } from "./random.js";

export interface ArmsSizes {
  /** Number of plain roles, from 2. */
  readonly roles: number;
  readonly labels: number;
  /** Statements in the outermost block, at most; half as many in each further one. */
  readonly statements: number;
  readonly depth: number;
  /** Arms of a `par`, at most. */
  readonly arms: number;
  /** Members of the family; 0: none, and no scatter. */
  readonly family: number;
  readonly loops: "none" | "counted" | "uncounted";
  /** How often a message outside of arms is waited for with an `else`: from 0 (the default) to 1. */
  readonly waits?: number;
}

/** The sketch of a seed; it may have errors of form. */
export function randomArms(seed: number, sizes: ArmsSizes): Sketch {
  const random = randomFrom(seed);
  const plain = ["A", "B", "C", "D"].slice(0, sizes.roles);
  const roles = sizes.family === 0 ? plain : [...plain, `F[${sizes.family}..${sizes.family}]`];
  const maker: Maker = { random, sizes, plain, family: sizes.family > 0 ? "all" : "none", loops: [], count: { of: 0 } };
  const parts = [block(maker, sizes.statements, sizes.depth, null)];
  const wanted = sizes.family > 0 && random() < 0.8 ? scattering : arms;
  const one = wanted(maker, sizes.statements, sizes.depth);
  const must = random() < 0.6 ? around(maker, one) : one;
  const rest = block(maker, 2, Math.max(0, sizes.depth - 1), null);
  return { roles, body: random() < 0.5 ? seq(must, rest) : seq(...parts, must, ...(random() < 0.5 ? [rest] : [])) };
}

/** The part in a branch, or in both, or behind one. */
function around(maker: Maker, part: Part): Part {
  const at = pick(maker.random, maker.plain);
  const told = (): Part =>
    maker.random() < 0.6 ? send(at, othersThan(maker, at), pick(maker.random, ["Go", "On"])) : message(maker, at);
  const kind = maker.random();
  if (kind < 0.5) return choice(at, seq(told(), part), seq(told(), block(maker, 1, 0, null)));
  if (kind < 0.7) return choice(at, seq(told(), part), seq(told(), arms(maker, 2, 0)));
  return seq(choice(at, seq(told(), block(maker, 1, 0, null)), told()), part);
}

function othersThan({ plain, family }: Maker, role: string): readonly string[] {
  const others = plain.filter((other) => other !== role);
  return family === "all" ? [...others, "F[*]"] : family === "one" ? [...others, "F"] : others;
}

interface Maker {
  readonly random: Random;
  readonly sizes: ArmsSizes;
  readonly plain: readonly string[];
  /** Whether the family is there, as a whole or, in a scatter, as one role. */
  readonly family: "none" | "all" | "one";
  readonly loops: readonly string[];
  readonly inArm?: boolean;
  readonly count: { of: number };
}

function block(maker: Maker, most: number, depth: number, first: string | null): Part {
  const parts: Part[] = [];
  const length = first === null ? below(maker.random, most + 1) : 1 + below(maker.random, most);
  if (first !== null) parts.push(message(maker, first));
  while (parts.length < length) {
    const kind = depth === 0 ? 0 : maker.random();
    if (kind < 0.5) parts.push(message(maker, null));
    else if (kind < 0.65) parts.push(branching(maker, most, depth));
    else if (kind < 0.8) parts.push(arms(maker, most, depth));
    else if (kind < 0.9 && maker.family === "all") parts.push(scattering(maker, most, depth));
    else if (maker.sizes.loops !== "none") parts.push(looping(maker, most, depth));
    else parts.push(message(maker, null));
  }
  const jump = maker.loops[0];
  if (jump !== undefined && maker.random() < 0.4) parts.push(maker.random() < 0.8 ? leave(jump) : again(jump));
  return seq(...parts);
}

function message(maker: Maker, by: string | null): Part {
  const { waits = 0 } = maker.sizes;
  if (by !== null || maker.inArm === true || maker.random() >= waits) return plainMessage(maker, by);
  const [from, to] = maker.random() < 0.5 ? maker.plain : maker.plain.toReversed();
  const quiet: Maker = { ...maker, inArm: true };
  const otherwise = seq(...Array.from({ length: below(maker.random, 3) }, () => plainMessage(quiet, null)));
  return send(from ?? "A", to ?? "B", `L${below(maker.random, maker.sizes.labels)}`, { otherwise });
}

function plainMessage(maker: Maker, by: string | null): Part {
  const { random, plain, family } = maker;
  const label = `L${below(random, maker.sizes.labels)}`;
  const roles = family === "one" ? [...plain, "F"] : plain;
  if (by === null && family === "all" && random() < 0.3) {
    const one = pick(random, plain);
    return random() < 0.5 ? send(one, "F[*]", label) : send("F[*]", one, label);
  }
  const from = by ?? pick(random, roles);
  const others = roles.filter((role) => role !== from);
  return send(from, random() < 0.2 ? others : pick(random, others), label);
}

function branching(maker: Maker, most: number, depth: number): Part {
  const at = pick(maker.random, maker.family === "one" ? [...maker.plain, "F"] : maker.plain);
  const branches = Array.from({ length: 2 }, () => block(maker, Math.ceil(most / 2), depth - 1, at));
  return choice(at, ...branches);
}

function arms(maker: Maker, most: number, depth: number): Part {
  const count = 2 + below(maker.random, maker.sizes.arms - 1);
  const inner: Maker = { ...maker, loops: [], inArm: true };
  const bodies = Array.from({ length: count }, () => {
    const body = block(inner, Math.ceil(most / 2), Math.max(0, depth - 1), null);
    return body.kind === "seq" && body.parts.length === 0 ? seq(message(inner, null)) : body;
  });
  return par(...bodies);
}

function scattering(maker: Maker, most: number, depth: number): Part {
  const inner: Maker = { ...maker, family: "one", loops: [], inArm: true };
  const name = `e${maker.count.of++}`;
  const small = Math.ceil(most / 2);
  const body = seq(message(inner, null), block(inner, small, Math.max(0, depth - 1), null));
  if (maker.random() < 0.25) {
    const at = pick(maker.random, [...maker.plain, "F"]);
    const early = seq(block(inner, 1, 0, at), leave(name));
    return scatter(name, ["F"], choice(at, early, block(inner, small, 0, at)), body);
  }
  return scatter(name, ["F"], body);
}

function looping(maker: Maker, most: number, depth: number): Part {
  const name = `x${maker.count.of++}`;
  const inner: Maker = { ...maker, loops: [name, ...maker.loops] };
  const small = Math.ceil(most / 2);
  const body = block(inner, small, depth - 1, null);
  if (maker.sizes.loops === "counted")
    return loop(name, { max: 1 + below(maker.random, 2) }, body, message(maker, null));
  const at = pick(maker.random, maker.plain);
  const others = maker.plain.filter((role) => role !== at);
  const out = maker.random() < 0.7 ? send(at, others, "Out") : message(maker, at);
  const on = maker.random() < 0.7 ? send(at, others, "On") : message(maker, at);
  return loop(name, {}, body, choice(at, seq(out, leave(name)), seq(on)));
}
