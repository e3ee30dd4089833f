// Random choreographies with families: messages to all members and from all, quorums, picks in each other, in branches
// and in loops; well formed, coherent or not. In: a seed and what there is. Out: a sketch whose families may have any size.

import { choice, leave, loop, pickOne, scatter, send, seq, type Part, type Sketch } from "./build.js";
import { below, pick, randomFrom, type Random } from "./random.js";

export interface FamilyKinds {
  /** How many families there are, at most four. */
  readonly families: number;
  readonly statements: number;
  readonly depth: number;
  readonly labels: number;
  /** How often a branch, a loop that is left and a pick that is over are told to everybody: from 0 to 1. */
  readonly told: number;
  /** How often a gather has a quorum or an `else`, and a statement is a `scatter`: from 0 to 1. */
  readonly quorums: number;
  readonly scatters: number;
}

export const familyNames: readonly string[] = ["F", "G", "H", "K"];

/** The sketch of a seed, with two plain roles; it may have errors of form. */
export function randomFamilies(seed: number, kinds: FamilyKinds): Sketch {
  const random = randomFrom(seed);
  const families = familyNames.slice(0, kinds.families);
  const maker: Maker = { random, kinds, families, single: new Set(), loops: [], inScatter: false, count: { of: 0 } };
  return {
    roles: ["A", "B", ...families.map((name) => `${name}[1..6]`)],
    body: block(maker, kinds.statements, kinds.depth),
  };
}

const plain = ["A", "B"];

interface Maker {
  readonly random: Random;
  readonly kinds: FamilyKinds;
  readonly families: readonly string[];
  /** Families that stand for one member here. */
  readonly single: ReadonlySet<string>;
  readonly loops: readonly string[];
  readonly inScatter: boolean;
  readonly count: { of: number };
}

function block(maker: Maker, most: number, depth: number): Part {
  const { random } = maker;
  const length = 1 + below(random, most);
  return seq(...Array.from({ length }, () => statement(maker, most, depth)));
}

function statement(maker: Maker, most: number, depth: number): Part {
  const { random, kinds } = maker;
  const kind = depth === 0 ? random() * 0.5 : random();
  if (kind < 0.3) return message(maker, null);
  if (kind < 0.5) return gather(maker, depth);
  if (kind < 0.75) return picking(maker, most, depth);
  if (kind < 0.75 + 0.25 * kinds.scatters) return scattering(maker, most, depth);
  return kind < 0.9 ? branching(maker, most, depth) : looping(maker, most, depth);
}

/** As a receiver: all members, or the one that stands for the family here. */
function whole({ single }: Maker, family: string): string {
  return single.has(family) ? family : `${family}[*]`;
}

function othersThan(maker: Maker, role: string): readonly string[] {
  return [...plain, ...maker.families.map((family) => whole(maker, family))].filter((other) => other !== role);
}

function label({ random, kinds }: Maker): string {
  return `L${below(random, kinds.labels)}`;
}

function message(maker: Maker, by: string | null): Part {
  const { random } = maker;
  const from = by ?? pick(random, [...plain, ...maker.single]);
  const others = othersThan(maker, from);
  return send(from, random() < 0.25 ? others : pick(random, others), label(maker));
}

function telling(maker: Maker, by: string, word: string): Part {
  return maker.random() < maker.kinds.told ? send(by, othersThan(maker, by), word) : message(maker, by);
}

function gather(maker: Maker, depth: number): Part {
  const { random, kinds, families, single } = maker;
  const free = families.filter((family) => !single.has(family));
  if (free.length === 0) return message(maker, null);
  const to = pick(random, plain);
  const from = `${pick(random, free)}[*]`;
  if (maker.inScatter || random() >= kinds.quorums) return send(from, to, label(maker));
  const kind = random();
  const asked = kind < 0.35 ? { majority: true } : kind < 0.6 ? { quorum: 1 + below(random, 2) } : {};
  const otherwise =
    random() < 0.3 ? seq() : random() < 0.7 ? telling(maker, to, "Late") : block(maker, 1, Math.max(0, depth - 1));
  return send(from, to, label(maker), { ...asked, otherwise });
}

function picking(maker: Maker, most: number, depth: number): Part {
  const { random, families, single } = maker;
  const free = families.filter((family) => !single.has(family));
  if (free.length === 0) return message(maker, null);
  const family = pick(random, free);
  const at = pick(random, plain);
  const inner: Maker = { ...maker, single: new Set([...single, family]) };
  const body = pickOne(family, at, send(at, family, label(maker)), block(inner, Math.ceil(most / 2), depth - 1));
  const closing = telling(maker, at, "Picked");
  return random() < 0.7 ? seq(body, closing) : body;
}

function scattering(maker: Maker, most: number, depth: number): Part {
  const { random, families, single } = maker;
  const free = families.filter((family) => !single.has(family));
  if (free.length === 0 || maker.inScatter) return message(maker, null);
  const family = pick(random, free);
  const inner: Maker = { ...maker, single: new Set([...single, family]), loops: [], inScatter: true };
  const name = `e${maker.count.of++}`;
  const body = scatter(name, [family], message(inner, null), block(inner, Math.ceil(most / 2), Math.min(depth - 1, 1)));
  return seq(telling(maker, pick(random, plain), "Start"), body);
}

function branching(maker: Maker, most: number, depth: number): Part {
  const at = pick(maker.random, [...plain, ...maker.single]);
  const branches = ["One", "Two"].map((word) => {
    const rest = maker.random() < 0.3 ? [] : [block(maker, Math.ceil(most / 2), depth - 1)];
    return seq(telling(maker, at, word), ...rest);
  });
  return choice(at, ...branches);
}

function looping(maker: Maker, most: number, depth: number): Part {
  if (maker.inScatter) return message(maker, null);
  const name = `x${maker.count.of++}`;
  const inner: Maker = { ...maker, loops: [...maker.loops, name] };
  const at = pick(maker.random, plain);
  const body = block(inner, Math.ceil(most / 2), depth - 1);
  const out = choice(at, seq(telling(maker, at, "Out"), leave(name)), telling(maker, at, "On"));
  if (maker.random() < 0.5) return loop(name, {}, body, out);
  return loop(name, { max: 2, otherwise: telling(maker, at, "Over") }, body, out);
}
