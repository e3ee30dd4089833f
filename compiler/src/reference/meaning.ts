// The meaning of every construct told directly, message by message (SPEC.md, "Meaning"), without the core: all runs of
// a bound choreography up to a length. Written for tests: what `desugar` gives must have the same runs. In: a bound
// choreography. Out: its runs, as far as messages between roles that have an endpoint are concerned.

import type { Block, Bound, Choice, Choreography, Interaction, RoleReference, Statement } from "../bind/program.js";

export interface Run {
  /** `A -> B: Label`, one after the other. */
  readonly events: readonly string[];
  /** Whether it is over; otherwise these are the first of more events than were asked for. */
  readonly over: boolean;
}

export interface RunOptions {
  /** How many events of a run are told. */
  readonly longest: number;
  /** How many elements the list of every scatter has. */
  readonly instances: number;
  readonly members: (low: number, high: number) => number;
  readonly value: (name: string) => number;
  /** More ways than this through any part, and there is no answer. */
  readonly most: number;
}

/** All runs of a choreography, each once, in no particular order; null where they are too many. */
export function runsOf(choreography: Choreography, options: RunOptions): readonly Run[] | null {
  const limit = { exceeded: false };
  const roles = new Map(
    choreography.roles.map(({ name, family }) => {
      if (family === null) return [name, [name]];
      const size = Math.max(1, options.members(family.low, family.high));
      return [name, Array.from({ length: size }, (_, i) => `${name}[${i + 1}]`)];
    }),
  );
  const ways = block(choreography.body, { options, limit, choreography, roles, prefix: "", suffix: "" });
  if (limit.exceeded) return null;
  return distinct(ways.map(({ events, then }) => ({ events, then: then === "cut" ? "cut" : "over" }))).map(
    ({ events, then }) => ({ events, over: then === "over" }),
  );
}

interface Place {
  readonly options: RunOptions;
  readonly limit: { exceeded: boolean };
  readonly choreography: Choreography;
  readonly roles: ReadonlyMap<string, readonly string[]>;
  readonly prefix: string;
  readonly suffix: string;
}

/** What can happen in a part, and how it goes on: behind it (`on`), by a jump, or not at all. */
interface Way {
  readonly events: readonly string[];
  readonly then: string;
}

const silence: Way = { events: [], then: "on" };

function block({ statements }: Block, place: Place): readonly Way[] {
  return inOrder(
    statements.map((each) => () => statement(each, place)),
    place,
  );
}

/** One part after the other, as long as they go on. */
function inOrder(parts: readonly (() => readonly Way[])[], place: Place): readonly Way[] {
  return parts.reduce<readonly Way[]>((ways, part) => after(ways, "on", part, place), [silence]);
}

/** The ways that go `then`, each with everything that comes next; the others as they are. */
function after(ways: readonly Way[], then: string, next: () => readonly Way[], place: Place): readonly Way[] {
  if (place.limit.exceeded || !ways.some((way) => way.then === then)) return ways;
  const behind = next();
  return bounded(
    ways.flatMap((way) => (way.then === then ? behind.map((more) => joined(way, more, place)) : [way])),
    place,
  );
}

function joined(first: Way, second: Way, { options }: Place): Way {
  const events = [...first.events, ...second.events];
  return events.length > options.longest
    ? { events: events.slice(0, options.longest), then: "cut" }
    : { ...second, events };
}

function bounded(ways: readonly Way[], { limit, options }: Place): readonly Way[] {
  const all = distinct(ways);
  if (all.length > options.most) limit.exceeded = true;
  return limit.exceeded ? [] : all;
}

function distinct(ways: readonly Way[]): readonly Way[] {
  return [...new Map(ways.map((way) => [JSON.stringify(way), way])).values()];
}

function statement(each: Statement, place: Place): readonly Way[] {
  switch (each.kind) {
    case "interaction":
      return interaction(each.interaction, place);
    case "choice":
      return each.otherwise === null
        ? each.branches.flatMap(({ body }) => block(body, place))
        : awaited(each, each.otherwise, place);
    case "loop":
      return loop(each, place);
    case "par":
      return sideBySide(
        each.arms.map((arm) => block(arm, place)),
        place,
      );
    case "scatter": {
      const roles = new Map(place.roles);
      for (const family of each.over) roles.set(family, [`${place.prefix}${family}`]);
      const instance = block(each.body, { ...place, roles }).map((way) => renamed(way, `break ${each.as}`, "on"));
      return sideBySide(
        Array.from({ length: place.options.instances }, () => instance),
        place,
      );
    }
    case "pick":
      return (place.roles.get(each.family) ?? []).flatMap((member, i) =>
        block(each.body, {
          ...place,
          roles: new Map(place.roles).set(each.family, [member]),
          suffix: `${place.suffix}[${i + 1}]`,
        }),
      );
    case "do": {
      const { callee, otherwise } = each;
      const roles = callee.roles.map(({ name }, i): [string, readonly string[]] => [
        name,
        (each.roles[i] ?? []).flatMap((role) => named(role, place)),
      ]);
      const inside: Place = {
        ...place,
        choreography: callee,
        roles: new Map(roles),
        prefix: `${place.prefix}${each.as}.`,
      };
      const done = block(callee.body, inside).map((way) => renamed(way, "return", "on"));
      return otherwise === null ? done : after(done, "abort", () => block(otherwise, place), place);
    }
    case "saga":
      return saga(each, place);
    case "break":
    case "continue":
      return [{ events: [], then: `${each.kind} ${each.name}` }];
    default:
      return [{ events: [], then: each.kind }];
  }
}

function renamed(way: Way, from: string, to: string): Way {
  return way.then === from ? { ...way, then: to } : way;
}

function named({ role, all }: RoleReference, { roles }: Place): readonly string[] {
  const members = roles.get(role) ?? [];
  return all ? members : members.slice(0, 1);
}

/** Without an `else`, messages; with one, the judge gives up, or reads as many as it needs and takes or refuses them. */
function interaction(each: Interaction, place: Place): readonly Way[] {
  const senders = named(each.from, place);
  const receivers = each.to.flatMap((to) => named(to, place));
  const label = `${place.prefix}${each.label}${place.suffix}`;
  const sent = senders.map((from): Way => ({
    events: receivers.map((to) => `${from} -> ${to}: ${label}`),
    then: "on",
  }));
  const needed = quorum(each.quorum, senders.length, place);
  const { otherwise } = each;
  if (otherwise === null && needed === senders.length)
    return sideBySide(
      sent.map((way) => [fitted(way, place)]),
      place,
    );
  const read = choices(sent, needed).map((chosen) => chosen.reduce((way, more) => joined(way, more, place), silence));
  if (otherwise === null) return bounded(read, place);
  const refused = read.map((way) => renamed(way, "on", "else"));
  return after([...read, ...refused, { events: [], then: "else" }], "else", () => block(otherwise, place), place);
}

function fitted(way: Way, place: Place): Way {
  return joined(silence, way, place);
}

function quorum(of: Interaction["quorum"], senders: number, { options }: Place): number {
  if (of === null || of === "all") return senders;
  if (of === "majority") return Math.floor(senders / 2) + 1;
  return Math.max(1, Math.min(senders, number(of, options)));
}

function number(bound: Bound, { value }: RunOptions): number {
  return typeof bound === "number" ? bound : value(bound.value);
}

/** All sublists of so many. */
function choices<T>(items: readonly T[], count: number): readonly (readonly T[])[] {
  if (count === 0) return [[]];
  const [first, ...others] = items;
  if (first === undefined) return [];
  return [...choices(others, count - 1).map((more) => [first, ...more]), ...choices(others, count)];
}

/** The judge gives up before anything is read, or reads what was chosen and takes it, or refuses it. */
function awaited({ branches }: Choice, otherwise: Block, place: Place): readonly Way[] {
  const ways = branches.flatMap(({ body }) => {
    const [first, ...rest] = body.statements;
    if (first?.kind !== "interaction") return [];
    const read = interaction(first.interaction, place);
    return [
      ...after(read, "on", () => block({ ...body, statements: rest }, place), place),
      ...read.map((way) => renamed(way, "on", "else")),
    ];
  });
  return after([...ways, { events: [], then: "else" }], "else", () => block(otherwise, place), place);
}

function loop(each: Extract<Statement, { kind: "loop" }>, place: Place): readonly Way[] {
  const { name, otherwise } = each;
  const max = each.max === null ? null : Math.max(1, number(each.max, place.options));
  const round = block(each.body, place).map((way) =>
    way.then === `continue ${name}` ? { ...way, then: "round" } : renamed(way, "on", "round"),
  );
  const found: Way[] = [];
  const seen = new Set<string>();
  let heads: readonly Way[] = [silence];
  for (let count = 1; heads.length > 0 && !place.limit.exceeded; count++) {
    const ways = heads.flatMap((head) => round.map((way) => joined(head, way, place)));
    found.push(...ways.filter(({ then }) => then !== "round"));
    heads = distinct(ways.filter(({ then }) => then === "round"));
    // Without a number of rounds only what has happened tells heads apart.
    if (max === null) heads = heads.filter((head) => !seen.has(head.events.join()) && seen.add(head.events.join()));
    if (count === max) {
      const last = otherwise === null ? [silence] : block(otherwise, place);
      found.push(...heads.flatMap((head) => last.map((way) => joined(head, way, place))));
      heads = [];
    }
    if (heads.length > place.options.most) place.limit.exceeded = true;
  }
  return bounded(
    found.map((way) => renamed(way, `break ${name}`, "on")),
    place,
  );
}

/** `abort` in a step: what undoes the finished steps, newest first, then the `else`, or on to the next one outside. */
function saga({ steps, otherwise }: Extract<Statement, { kind: "saga" }>, place: Place): readonly Way[] {
  let ways: readonly Way[] = [silence];
  const undos: (() => readonly Way[])[] = [];
  for (const { step, undo } of steps) {
    const undoing = undos.toReversed();
    const tried = block(step, place).map((way) => renamed(way, "abort", "undo"));
    const undone = after(tried, "undo", () => outOf(inOrder(undoing, place)), place);
    ways = after(ways, "on", () => undone, place);
    if (undo !== null) undos.push(() => block(undo, place));
  }
  if (otherwise === null) return ways.map((way) => renamed(way, "failed saga", "abort"));
  return after(ways, "failed saga", () => block(otherwise, place), place);
}

function outOf(ways: readonly Way[]): readonly Way[] {
  return ways.map((way) => renamed(way, "on", "failed saga"));
}

/** All interleavings; a `fail` ends all arms, whatever they have done by then. */
function sideBySide(arms: readonly (readonly Way[])[], place: Place): readonly Way[] {
  return arms.reduce<readonly Way[]>(
    (all, arm) =>
      bounded(place.limit.exceeded ? [] : all.flatMap((one) => arm.flatMap((other) => two(one, other, place))), place),
    [silence],
  );
}

function two(one: Way, other: Way, place: Place): readonly Way[] {
  const { longest } = place.options;
  const whole = interleavings(one.events, other.events, longest);
  const both = one.then === "on" && other.then === "on";
  const cut = one.then === "cut" || other.then === "cut";
  const ways: Way[] = whole.flatMap((events): Way[] => {
    if (cut || one.events.length + other.events.length > longest) return [{ events, then: "cut" }];
    return both ? [{ events, then: "on" }] : [];
  });
  for (const [failed, beside] of [
    [one, other],
    [other, one],
  ] as const) {
    if (failed.then !== "fail") continue;
    for (let done = 0; done <= beside.events.length; done++) {
      if (failed.events.length + done > longest) continue;
      for (const events of interleavings(failed.events, beside.events.slice(0, done), longest))
        ways.push({ events, then: "fail" });
    }
  }
  return distinct(ways);
}

/** All ways to put two lists into one, up to a length. */
function interleavings(
  one: readonly string[],
  other: readonly string[],
  longest: number,
): readonly (readonly string[])[] {
  const [first, ...rest] = one;
  const [second, ...others] = other;
  if (longest === 0) return [[]];
  if (first === undefined) return [other.slice(0, longest)];
  if (second === undefined) return [one.slice(0, longest)];
  return [
    ...interleavings(rest, other, longest - 1).map((more) => [first, ...more]),
    ...interleavings(one, others, longest - 1).map((more) => [second, ...more]),
  ];
}
