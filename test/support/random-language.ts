// Random choreographies of the whole language: every construct, nested, well formed or not (choices need not be), but
// every round of a loop has a message and nothing leaves an arm. In: a seed. Out: a sketch.

import {
  abort,
  again,
  awaited,
  call,
  choice,
  fail,
  giveBack,
  leave,
  loop,
  par,
  pickOne,
  saga,
  scatter,
  send,
  seq,
  when,
  type Part,
  type Sketch,
} from "./build.js";
import { below, pick, randomFrom, type Random } from "./random.js";

/** A sketch with three roles and a family, in which `F` is claimed, picked, gathered from and sent to. */
export function randomProgram(seed: number): Sketch {
  const random = randomFrom(seed);
  const maker: Maker = { random, labels: 0, names: 0 };
  const family = pick(random, ["F[1..1]", "F[2..2]", "F[2..4]", "F[3..3]"]);
  const place: Place = {
    plain: ["A", "B", "C"],
    family: "F",
    member: false,
    loops: [],
    ways: ["return", "abort", "fail"],
    callee: false,
    arms: 0,
  };
  return { roles: ["A", "B", "C", family], body: block(maker, place, 3, 3) };
}

interface Maker {
  readonly random: Random;
  labels: number;
  names: number;
}

interface Place {
  readonly plain: readonly string[];
  readonly family: string;
  /** Whether the family stands for one member here. */
  readonly member: boolean;
  /** Loops and instances that can be left; of loops, one can go on with the next round. */
  readonly loops: readonly { readonly name: string; readonly instance: boolean }[];
  /** How else this place can be left. */
  readonly ways: readonly ("return" | "abort" | "fail")[];
  readonly callee: boolean;
  /** How many constructs with arms there are around. */
  readonly arms: number;
}

function block(maker: Maker, place: Place, most: number, depth: number): Part {
  const parts = Array.from({ length: 1 + below(maker.random, most) }, () => statement(maker, place, depth));
  return seq(...parts, ...(maker.random() < 0.25 ? [wayOut(maker, place)] : []));
}

function wayOut({ random }: Maker, { loops, ways }: Place): Part {
  const jumps = loops.flatMap(({ name, instance }) => (instance ? [leave(name)] : [leave(name), again(name)]));
  const outs = ways.map((way) => (way === "return" ? giveBack : way === "abort" ? abort : fail));
  const all = [...jumps, ...jumps, ...outs];
  return all.length === 0 ? seq() : pick(random, all);
}

type Make = (maker: Maker, place: Place, depth: number) => Part;

const makers: readonly Make[] = [
  (maker, place) => message(maker, place),
  (maker, place) => message(maker, place),
  (maker, place, depth) => waiting(maker, place, depth),
  (maker, place, depth) => waiting(maker, place, depth),
  (maker, place, depth) => gather(maker, place, depth),
  (maker, place, depth) => {
    const at = pick(maker.random, place.plain);
    return choice(at, block(maker, place, 2, depth - 1), block(maker, place, 2, depth - 1));
  },
  (maker, place, depth) => when("nothing", block(maker, place, 2, depth - 1), block(maker, place, 2, depth - 1)),
  (maker, place, depth) => {
    const [at = "", judge = ""] = shuffled(maker.random, place.plain);
    const branch = (): Part => seq(send(at, judge, label(maker)), block(maker, place, 1, depth - 1));
    return awaited(at, block(maker, place, 2, depth - 1), branch(), ...(maker.random() < 0.7 ? [branch()] : []));
  },
  (maker, place, depth) => {
    const name = `l${maker.names++}`;
    const inner = { ...place, loops: [...place.loops, { name, instance: false }] };
    const body = seq(message(maker, place), block(maker, inner, 2, depth - 1));
    if (maker.random() < 0.4) return loop(name, {}, body);
    const max = 1 + below(maker.random, 2);
    return loop(name, maker.random() < 0.5 ? { max } : { max, otherwise: block(maker, place, 1, depth - 1) }, body);
  },
  (maker, place, depth) => {
    if (place.arms > 0) return message(maker, place);
    const inner: Place = { ...place, loops: [], ways: ["fail"], arms: 1 };
    return par(block(maker, inner, 2, depth - 1), block(maker, inner, 1, depth - 1));
  },
  (maker, place, depth) => {
    if (place.arms > 0 || place.member) return message(maker, place);
    const as = `e${maker.names++}`;
    const inner: Place = { ...place, member: true, loops: [{ name: as, instance: true }], ways: ["fail"], arms: 1 };
    return scatter(as, [place.family], block(maker, inner, 2, depth - 1));
  },
  (maker, place, depth) => {
    if (place.member) return message(maker, place);
    const at = pick(maker.random, place.plain);
    const first = send(at, place.family, label(maker));
    return pickOne(place.family, at, first, block(maker, { ...place, member: true }, 2, depth - 1));
  },
  (maker, place, depth) => {
    const otherwise = maker.random() < 0.7 ? block(maker, place, 1, depth - 1) : undefined;
    const mayAbort = otherwise !== undefined || place.ways.includes("abort");
    const inner: Place = {
      plain: ["P", "Q"],
      family: "G",
      member: false,
      loops: [],
      ways: mayAbort ? ["return", "abort", "fail"] : ["return", "fail"],
      callee: true,
      arms: place.arms,
    };
    const callee: Sketch = {
      name: `Callee${maker.names++}`,
      roles: ["P", "Q", "G[1..3]"],
      body: block(maker, inner, 2, depth - 1),
    };
    const [p = "", q = "", other = ""] = shuffled(maker.random, place.plain);
    const family = place.member ? place.family : `${place.family}[*]`;
    const list = other === "" || maker.random() < 0.5 ? [family] : [family, other];
    return call(callee, [p, q, list], `d${maker.names++}`, otherwise);
  },
  (maker, place, depth) => {
    const otherwise = maker.random() < 0.6 ? block(maker, place, 1, depth - 1) : undefined;
    const mayAbort = otherwise !== undefined || place.ways.includes("abort");
    const inner: Place = mayAbort ? { ...place, ways: [...place.ways, "abort", "abort"] } : place;
    const steps = Array.from({ length: 2 + below(maker.random, 2) }, () => ({
      step: block(maker, inner, 2, depth - 1),
      ...(maker.random() < 0.8 ? { undo: message(maker, place) } : {}),
    }));
    return saga(steps, otherwise);
  },
];

function statement(maker: Maker, place: Place, depth: number): Part {
  return depth === 0 ? message(maker, place) : pick(maker.random, makers)(maker, place, depth);
}

function label(maker: Maker): string {
  return `L${maker.labels++ % 40}`;
}

function rolesHere({ plain, family, member }: Place): readonly string[] {
  return member ? [...plain, family] : plain;
}

function message(maker: Maker, place: Place): Part {
  const [from = "", to = "", other = ""] = shuffled(maker.random, rolesHere(place));
  const way = maker.random();
  if (way < 0.1 && other !== "") return send(from, [to, other], label(maker));
  if (way < 0.2 && !place.member) return send(from, [to, `${place.family}[*]`], label(maker));
  return send(from, to, label(maker));
}

function waiting(maker: Maker, place: Place, depth: number): Part {
  const [from = "", to = ""] = shuffled(maker.random, rolesHere(place));
  return send(from, to, label(maker), { otherwise: block(maker, place, 1, depth - 1) });
}

function gather(maker: Maker, place: Place, depth: number): Part {
  if (place.member) return message(maker, place);
  const to = pick(maker.random, place.plain);
  const quorum = maker.random() < 0.6 ? { quorum: 1 + below(maker.random, 3) } : {};
  const otherwise = maker.random() < 0.6 ? { otherwise: block(maker, place, 1, depth - 1) } : {};
  return send(`${place.family}[*]`, to, label(maker), { ...quorum, ...otherwise });
}

function shuffled<T>(random: Random, items: readonly T[]): readonly T[] {
  return items
    .map((item) => [random(), item] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, item]) => item);
}
