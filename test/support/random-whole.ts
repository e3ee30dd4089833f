// Random choreographies of the whole language, as text: every construct that `check` can meet, with swarm policies: each
// seed switches a random half of the constructs on, so that some programs hold many of few and others few of many.
// (Groce, Zhang, Eide, Chen, Regehr: Swarm Testing, ISSTA 2012.) Names, types and knowledge are right always; whether
// everybody is told what he has to know is a policy of the seed. In: a seed. Out: the text, and what is in it.

import { below, pick, randomFrom, type Random } from "./random.js";
import { answer, artifactTexts, condition, payload, type Data, type Known } from "./random-whole-data.js";

export const constructs = [
  "payload",
  "forward",
  "record",
  "where",
  "gate",
  "retry",
  "collect",
  "open",
  "union",
  "value",
  "deadline",
  "optional",
  "multicast",
  "everybody",
  "choice",
  "byData",
  "byAll",
  "loop",
  "counted",
  "bounded",
  "silentRound",
  "continue",
  "wait",
  "awaitedChoice",
  "family",
  "gather",
  "quorum",
  "majority",
  "pick",
  "scatter",
  "after",
  "par",
  "do",
  "typeParameter",
  "saga",
  "undo",
  "abort",
  "return",
  "fail",
] as const;

export type ConstructName = (typeof constructs)[number];

export interface Whole {
  readonly text: string;
  /** What stands in the text, not only what is switched on. */
  readonly holds: ReadonlySet<ConstructName>;
}

/** How large a program is, and how often who should be told is not: from 0 to 1. */
export interface WholeSizes {
  /** Statements in the outermost block, at most. */
  readonly statements?: number;
  readonly depth?: number;
  readonly careless?: number;
}

/** The program of a seed; without names, types or knowledge being wrong. The sizes that are not given are those of the seed. */
export function randomWhole(seed: number, sizes: WholeSizes = {}): Whole {
  const random = randomFrom(seed);
  const on = new Set(constructs.filter(() => random() < 0.5));
  const plain = ["Ann", "Bob", "Cid", "Dan"].slice(0, 2 + below(random, 3));
  const families = on.has("family") ? ["Fox", "Gnu"].slice(0, 1 + below(random, 2)) : [];
  const maker: Maker = {
    random,
    on,
    holds: new Set(),
    plain,
    ranges: new Map(families.map((name) => [name, pick(random, ["1..4", "2..3", "2", "3", "3..9"])])),
    optional: on.has("optional") && random() < 0.6 ? "Opt" : null,
    careless: sizes.careless ?? pick(random, [0, 0.15, 0.3, 0.5]),
    callees: [],
    count: { of: 0 },
  };
  const place: Place = {
    known: [],
    single: new Set(),
    loops: [],
    inArm: false,
    mayReturn: true,
  };
  const body = block(maker, place, sizes.statements ?? 4 + below(random, 6), sizes.depth ?? 1 + below(random, 3));
  const heads = [
    ...plain,
    ...[...maker.ranges].map(([name, range]) => `${name}[${range}]`),
    ...(maker.optional === null ? [] : [`${maker.optional}?`]),
    ...(on.has("value") ? ["amount: int(0..9)", "rounds: int(1..5)", "patience: duration"] : []),
  ];
  if (on.has("value")) maker.holds.add("value");
  if (families.length > 0) maker.holds.add("family");
  if (maker.optional !== null) maker.holds.add("optional");
  if (on.has("deadline")) maker.holds.add("deadline");
  const within = on.has("deadline") ? " within 4h" : "";
  const main = [`choreography Whole(${heads.join(", ")})${within} {`, ...indented(body), "}"];
  return { text: [...artifactTexts, "", ...maker.callees, ...main, ""].join("\n"), holds: maker.holds };
}

export interface Maker extends Data {
  readonly on: ReadonlySet<ConstructName>;
  readonly holds: Set<ConstructName>;
  readonly plain: readonly string[];
  /** The families, with how many members they have. */
  readonly ranges: ReadonlyMap<string, string>;
  readonly optional: string | null;
  readonly careless: number;
  /** Choreographies that are called, as lines. */
  readonly callees: string[];
}

interface Place {
  /** What is bound on every way to here. */
  readonly known: readonly Known[];
  /** Families that are one member here. */
  readonly single: ReadonlySet<string>;
  /** What a `break` may leave here; an instance of a scatter has no next round. */
  readonly loops: readonly { readonly name: string; readonly instance: boolean }[];
  readonly inArm: boolean;
  /** Whether `abort` and `return` may stand here. */
  readonly mayReturn: boolean;
}

type Lines = readonly string[];

/** The lines of a statement, and what is known behind it. */
interface Made {
  readonly lines: Lines;
  readonly known?: readonly Known[];
}

function indented(lines: Lines): Lines {
  return lines.map((line) => `  ${line}`);
}

function braced(head: string, body: Lines, tail = "}"): Lines {
  return [`${head} {`, ...indented(body), tail];
}

function block(maker: Maker, place: Place, most: number, depth: number): Lines {
  const lines: string[] = [];
  const known = [...place.known];
  for (let left = 1 + below(maker.random, most); left > 0; left--) {
    const made = statement(maker, { ...place, known: [...known] }, most, depth);
    lines.push(...made.lines);
    known.push(...(made.known ?? []));
  }
  return lines;
}

/** What a construct needs around it, and how it is made. */
type Rule = readonly [
  ConstructName,
  (maker: Maker, place: Place) => boolean,
  (maker: Maker, place: Place, most: number, depth: number) => Made,
];

const always = (): boolean => true;
const outside = (_: Maker, { inArm }: Place): boolean => !inArm;
const hasFree = (maker: Maker, place: Place): boolean => freeFamilies(maker, place).length > 0;

const rules: readonly Rule[] = [
  ["choice", always, branching],
  ["byData", (maker, place) => deciders(maker, place).length > 0, branchingByData],
  ["byAll", ({ on }) => on.has("value"), branchingByAll],
  ["loop", outside, looping],
  ["counted", outside, looping],
  ["silentRound", outside, silentRounds],
  ["wait", always, waiting],
  ["awaitedChoice", always, waitingForChoice],
  ["gather", hasFree, gathering],
  ["quorum", hasFree, gathering],
  ["majority", hasFree, gathering],
  ["pick", hasFree, picking],
  ["scatter", (maker, place) => hasFree(maker, place) && !place.inArm && place.single.size === 0, scattering],
  ["par", outside, sideBySide],
  ["do", outside, calling],
  ["saga", outside, undoing],
];

function statement(maker: Maker, place: Place, most: number, depth: number): Made {
  const { random, on } = maker;
  const able = depth <= 0 ? [] : rules.filter(([name, fits]) => on.has(name) && fits(maker, place));
  if (able.length === 0 || random() < 0.3) return message(maker, place);
  const [name, , make] = pick(random, able);
  maker.holds.add(name);
  return make(maker, place, Math.max(1, most >> 1), depth - 1);
}

// ---- who is here -------------------------------------------------------------------------------------------

function freeFamilies({ ranges }: Maker, { single }: Place): readonly string[] {
  return [...ranges.keys()].filter((family) => !single.has(family));
}

/** Roles that can do something by themselves: optional ones only answer. */
function actors({ plain }: Maker, { single }: Place): readonly string[] {
  return [...plain, ...single];
}

/** Everybody but one, as receivers. */
function others(maker: Maker, place: Place, but: string): readonly string[] {
  const all = [...actors(maker, place), ...freeFamilies(maker, place).map((family) => `${family}[*]`)];
  const optional = maker.optional === null || place.inArm || maker.random() < 0.5 ? [] : [maker.optional];
  return [...all, ...optional].filter((role) => role !== but);
}

function deciders(maker: Maker, place: Place): readonly string[] {
  return actors(maker, place).filter((role) => place.known.some(({ by }) => by.has(role)));
}

function fresh(maker: Maker, word: string): string {
  return `${word}${maker.count.of++}`;
}

// ---- messages ----------------------------------------------------------------------------------------------

/** Somebody tells everybody, unless he is careless and tells only one. */
function telling(maker: Maker, place: Place, by: string, word: string): string {
  const all = others(maker, place, by);
  const told = maker.random() < maker.careless ? [pick(maker.random, all)] : all;
  return `${by} -> ${told.join(", ")}: ${fresh(maker, word)}()`;
}

function message(maker: Maker, place: Place, by?: string): Made {
  const { random, on, holds } = maker;
  const from = by ?? pick(random, actors(maker, place));
  const all = others(maker, place, from);
  const several = on.has("multicast") && all.length > 1 && random() < 0.3;
  const everybody = on.has("everybody") && !place.inArm && place.single.size === 0 && random() < 0.2;
  const to = several ? all : [pick(random, all)];
  if (several) holds.add("multicast");
  if (everybody) holds.add("everybody");
  const knowers = everybody ? others({ ...maker, optional: null }, place, from) : to;
  const { text, known } = payload(maker, place.known, from, knowers, false);
  return { lines: [`${from} -> ${everybody ? "*" : to.join(", ")}: ${text}`], known };
}

function waiting(maker: Maker, place: Place, most: number, depth: number): Made {
  const { random, on } = maker;
  const [from = "", judge = ""] = shuffled(random, actors(maker, place));
  const { text } = payload(maker, place.known, from, [judge], true);
  const time = on.has("value") && random() < 0.3 ? "patience" : "5m";
  const way = wayOut(maker, place, judge);
  const late = random() < 0.3 ? [] : block(maker, place, most, Math.min(depth, 0));
  const body = way === null ? late : [telling(maker, place, judge, "Late"), way];
  const after = random() < 0.9 ? [telling(maker, place, judge, "Went")] : [];
  return { lines: [...braced(`${from} -> ${judge}: ${text} within ${time} else`, body), ...after] };
}

function waitingForChoice(maker: Maker, place: Place, most: number, depth: number): Made {
  const [at = "", judge = ""] = shuffled(maker.random, actors(maker, place));
  const branch = (): Lines => [
    `${at} -> ${judge}: ${fresh(maker, "Say")}()`,
    ...inner(maker, place, most, depth, judge),
  ];
  const late = maker.random() < 0.5 ? [] : [telling(maker, place, judge, "Late")];
  const lines = [
    ...braced(`choice ${fresh(maker, "wish")} at ${at} within 1h`, branch(), "} or {"),
    ...indented(branch()),
    "} else {",
    ...indented(late),
    "}",
    telling(maker, place, judge, "Went"),
  ];
  return { lines };
}

/** A few statements that somebody begins by telling everybody. */
function inner(maker: Maker, place: Place, most: number, depth: number, by: string): Lines {
  const rest = maker.random() < 0.5 ? [] : block(maker, place, most, Math.max(0, depth));
  return [telling(maker, place, by, "Told"), ...rest];
}

// ---- choices -----------------------------------------------------------------------------------------------

function branching(maker: Maker, place: Place, most: number, depth: number): Made {
  const { random } = maker;
  const at = pick(random, actors(maker, place));
  const name = random() < 0.3 ? ` ${fresh(maker, "verdict")}` : "";
  return { lines: alternatives(maker, place, most, depth, at, `choice${name} at ${at}`, null) };
}

function branchingByData(maker: Maker, place: Place, most: number, depth: number): Made {
  const at = pick(maker.random, deciders(maker, place));
  const when = condition(
    maker,
    place.known.filter(({ by }) => by.has(at)),
  );
  return { lines: alternatives(maker, place, most, depth, at, `choice at ${at}`, when) };
}

function branchingByAll(maker: Maker, place: Place, most: number, depth: number): Made {
  const at = pick(maker.random, actors(maker, place));
  const when = `amount > ${below(maker.random, 9)}`;
  return { lines: alternatives(maker, place, most, depth, at, "choice", when) };
}

function alternatives(
  maker: Maker,
  place: Place,
  most: number,
  depth: number,
  by: string,
  head: string,
  when: string | null,
): Lines {
  const count = 2 + below(maker.random, when === null ? 2 : 1);
  const bodies = Array.from({ length: count }, (_, i): Lines => {
    const told = [telling(maker, place, by, "Case")];
    const rest = maker.random() < 0.4 ? [] : block(maker, place, most, depth);
    const way = i === 0 ? wayOut(maker, place, by) : null;
    return [...told, ...rest, ...(way === null || endsAlready(rest) ? [] : saidThen(maker, place, by, way))];
  });
  return bodies.flatMap((body, i): Lines => {
    const last = i === bodies.length - 1;
    const guard = when === null || last ? "" : ` when ${when}`;
    return [...(i === 0 ? [`${head}${guard} {`] : [`} or${guard} {`]), ...indented(body), ...(last ? ["}"] : [])];
  });
}

/** Everybody is told, then the place is left. */
function saidThen(maker: Maker, place: Place, by: string, way: string): Lines {
  return maker.random() < 0.7 ? [telling(maker, place, by, "Leaving"), way] : [way];
}

function endsAlready(lines: Lines): boolean {
  return /^(?:break|continue|return|abort|fail)\b/.test(lines.at(-1) ?? "");
}

/** A statement that leaves this place, or null. */
function wayOut(maker: Maker, place: Place, by: string): string | null {
  const { random, on, holds } = maker;
  if (random() < 0.4) return null;
  const ways: [ConstructName | null, string][] = [];
  for (const { name, instance } of place.loops) {
    ways.push([null, `break ${name}`]);
    if (!instance && on.has("continue")) ways.push(["continue", `continue ${name}`]);
  }
  if (place.mayReturn && !place.inArm) {
    if (on.has("return")) ways.push(["return", "return"]);
    if (on.has("abort")) ways.push(["abort", "abort"]);
  }
  if (on.has("fail") && by !== "") ways.push(["fail", `fail "no way"`]);
  if (ways.length === 0) return null;
  const [name, text] = pick(random, ways);
  if (name !== null) holds.add(name);
  return text;
}

// ---- loops -------------------------------------------------------------------------------------------------

function looping(maker: Maker, place: Place, most: number, depth: number): Made {
  const { random, on, holds } = maker;
  const name = fresh(maker, "round");
  const at = pick(random, actors(maker, place));
  const counted = on.has("counted") && (!on.has("loop") || random() < 0.5);
  const bounded = counted && on.has("value") && on.has("bounded") && random() < 0.5;
  holds.add(counted ? "counted" : "loop");
  if (bounded) holds.add("bounded");
  const inside = { ...place, loops: [...place.loops, { name, instance: false }] };
  const body = block(maker, inside, most, depth);
  const turn = [
    ...braced(`choice at ${at}`, [telling(maker, place, at, "Out"), `break ${name}`], "} or {"),
    ...indented([telling(maker, place, at, "On")]),
    "}",
  ];
  const whole = endsAlready(body) ? body : [...body, ...turn];
  if (!counted) return { lines: braced(`loop ${name}`, whole) };
  const head = `loop ${name} max ${bounded ? "rounds" : 1 + below(random, 4)}`;
  return { lines: [...braced(head, whole, "} else {"), `  ${telling(maker, place, at, "Over")}`, "}"] };
}

/** A counted loop whose decider says nothing where the round is over: his next word is the next round's, or the `else`'s. */
function silentRounds(maker: Maker, place: Place, most: number, depth: number): Made {
  const name = fresh(maker, "turn");
  const at = pick(maker.random, actors(maker, place));
  const body = [
    telling(maker, place, at, "Turn"),
    ...(maker.random() < 0.5 ? [] : block(maker, { ...place, mayReturn: false }, most, depth)),
  ];
  const turn = [...braced(`choice at ${at}`, [telling(maker, place, at, "Out"), `break ${name}`], "} or {"), "}"];
  const whole = endsAlready(body) ? body : [...body, ...turn];
  const lines = braced(`loop ${name} max ${1 + below(maker.random, 4)}`, whole, "} else {");
  return { lines: [...lines, `  ${telling(maker, place, at, "Over")}`, "}"] };
}

// ---- families ----------------------------------------------------------------------------------------------

function gathering(maker: Maker, place: Place, _most: number, depth: number): Made {
  const { random, on, holds } = maker;
  const family = pick(random, freeFamilies(maker, place));
  const judge = pick(random, actors(maker, place));
  const label = answer(maker);
  const quorum =
    on.has("majority") && random() < 0.5
      ? " quorum majority"
      : on.has("quorum") && random() < 0.6
        ? ` quorum ${least(maker, family)}`
        : "";
  if (quorum === "") {
    holds.add("gather");
    const after = random() < 0.5 ? [] : [telling(maker, place, judge, "Heard")];
    return { lines: [`${family}[*] -> ${judge}: ${label}`, ...after] };
  }
  holds.add(quorum.endsWith("majority") ? "majority" : "quorum");
  const late = random() < 0.5 || depth < 0 ? [] : [telling(maker, place, judge, "Few")];
  const lines = braced(`${family}[*] -> ${judge}: ${label}${quorum} within 5m else`, late);
  return { lines: [...lines, telling(maker, place, judge, "Counted")] };
}

/** How many votes a family certainly has, or one. */
function least({ random, ranges }: Maker, family: string): number {
  const size = Number.parseInt(ranges.get(family) ?? "1", 10);
  return random() < 0.5 ? 1 : size;
}

function picking(maker: Maker, place: Place, most: number, depth: number): Made {
  const { random } = maker;
  const family = pick(random, freeFamilies(maker, place));
  const at = pick(random, actors(maker, place));
  const name = random() < 0.5 ? "" : ` as ${fresh(maker, "who")}`;
  const inside = { ...place, single: new Set([...place.single, family]) };
  const reply = random() < 0.6 ? message(maker, inside, family).lines : block(maker, inside, most, depth);
  const lines = braced(`pick ${family}${name} at ${at}`, [`${at} -> ${family}: ${fresh(maker, "Do")}()`, ...reply]);
  return { lines: [...lines, telling(maker, place, at, "Picked")] };
}

function scattering(maker: Maker, place: Place, most: number, depth: number): Made {
  const { random, on, holds } = maker;
  const family = pick(random, freeFamilies(maker, place));
  const from = pick(random, maker.plain);
  const plan = fresh(maker, "plan");
  const part = fresh(maker, "part");
  const after = on.has("after") && random() < 0.5 ? ` after ${plan}.parts.filter(p => p.name in ${part}.needs)` : "";
  if (after !== "") holds.add("after");
  const inside: Place = {
    ...place,
    single: new Set([family]),
    loops: [{ name: part, instance: true }],
    inArm: true,
  };
  const guest = pick(random, maker.plain);
  const hidden: Maker = { ...maker, ranges: new Map([[family, ""]]), plain: [guest], optional: null };
  const first = random() < 0.5 ? guest : family;
  const body = [...message(hidden, inside, first).lines, ...(random() < 0.5 ? [] : block(hidden, inside, most, depth))];
  const to = others({ ...maker, optional: null }, place, from);
  return {
    lines: [
      `${from} -> ${to.join(", ")}: ${fresh(maker, "Share")}(Plan) as ${plan}`,
      ...braced(`scatter ${plan}.parts as ${part} over ${family}${after}`, body),
    ],
  };
}

function sideBySide(maker: Maker, place: Place, most: number, depth: number): Made {
  const inside: Place = { ...place, loops: [], inArm: true };
  const arms = Array.from({ length: 2 + below(maker.random, 2) }, () => block(maker, inside, most, depth));
  const at = pick(maker.random, maker.plain);
  const lines = arms.flatMap((arm, i): Lines => [i === 0 ? "par {" : "} and {", ...indented(arm)]);
  return { lines: [...lines, "}", ...(maker.random() < 0.5 ? [telling(maker, place, at, "Joined")] : [])] };
}

// ---- choreographies in choreographies, sagas ---------------------------------------------------------------

function calling(maker: Maker, place: Place, most: number, depth: number): Made {
  const { random, on, holds } = maker;
  const name = fresh(maker, "Callee");
  const generic = on.has("typeParameter") && random() < 0.5;
  if (generic) holds.add("typeParameter");
  const free = freeFamilies(maker, place);
  const fills = free.length > 0 && random() < 0.5 ? `[${pick(random, free)}[*]]` : null;
  const mayAbort = on.has("abort") && random() < 0.4;
  const called: Maker = {
    ...maker,
    on: new Set([...on].filter((each) => each !== "value" && (each !== "abort" || mayAbort))),
    plain: ["Pia", "Quy"],
    ranges: new Map(fills === null ? [] : [["Ray", "1..9"]]),
    optional: null,
  };
  const there: Place = { ...place, known: [], single: new Set(), loops: [], mayReturn: true };
  const valued = on.has("value") && random() < 0.5;
  const body = [
    ...(valued ? branchingByAll(called, there, 1, 0).lines : []),
    ...(generic ? [`Pia -> Quy: ${fresh(maker, "Bring")}(T) as ${fresh(maker, "brought")}`] : []),
    ...block(called, there, most, depth),
  ];
  const heads = ["Pia", "Quy", ...(fills === null ? [] : ["Ray[1..9]"]), ...(valued ? ["amount: int(0..9)"] : [])];
  maker.callees.push(...braced(`choreography ${name}${generic ? "<T>" : ""}(${heads.join(", ")})`, body), "");
  const [pia = "", quy = ""] = shuffled(random, actors(maker, place));
  const given = [pia, quy, ...(fills === null ? [] : [fills]), ...(valued ? ["amount"] : [])];
  const head = `do ${name}${generic ? "<Draft>" : ""}(${given.join(", ")}) as ${fresh(maker, "part")}`;
  const aborting = body.some((line) => line.trim() === "abort");
  const lines = aborting ? braced(`${head} else`, random() < 0.5 ? [] : [telling(maker, place, pia, "Lost")]) : [head];
  return { lines };
}

function undoing(maker: Maker, place: Place, most: number, depth: number): Made {
  const { random, on, holds } = maker;
  const steps = Array.from({ length: 1 + below(random, 3) }, () => block(maker, place, most, depth));
  const lines = steps.flatMap((step): Lines => {
    const undo = on.has("undo") && random() < 0.7 ? message(maker, { ...place, known: [] }).lines : null;
    if (undo !== null) holds.add("undo");
    return [
      ...braced("step", step, undo === null ? "}" : "} undo {"),
      ...(undo === null ? [] : [...indented(undo), "}"]),
    ];
  });
  const otherwise = random() < 0.6 ? ["} else {", ...indented(message(maker, place).lines), "}"] : ["}"];
  return { lines: ["saga {", ...indented(lines), ...otherwise] };
}

function shuffled<T>(random: Random, items: readonly T[]): readonly T[] {
  return items
    .map((item) => [random(), item] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, item]) => item);
}
