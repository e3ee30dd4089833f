// Walks a choreography the way its runs go, whatever is counted along them. In: a bound choreography and what is to be
// counted. Out: the state in which it ends. A construct means here what it means to the direct reading of the language
// (reference/meaning.ts), which the figures are tested against: a message counts when it is received.

import type { Artifacts } from "../bind/artifact-table.js";
import type { Block, Choice, Choreography, Do, Interaction, Saga, Scatter, Statement } from "../bind/program.js";
import { put, type Domain, type Round, type Ways } from "./domain.js";
import {
  atTop,
  claimsOf,
  exchangeOf,
  inCallee,
  memberOf,
  millisecondsOf,
  oneOf,
  partiesOf,
  roundsOf,
  type Surroundings,
} from "./surroundings.js";

/**
 * The state in which all runs of a choreography end; null: none does. It must not be too large to be spelt out
 * (core/measure.ts), which bounds callees; recursive over nesting only.
 */
export function walk<State>(choreography: Choreography, artifacts: Artifacts, domain: Domain<State>): State | null {
  const ways = block(choreography.body, domain.start, { ...atTop(choreography, artifacts), domain, decided: null });
  return [...ways.values()].reduce<State | null>(
    (one, other) => (one === null ? other : domain.join(one, other)),
    null,
  );
}

interface Place<State> extends Surroundings {
  readonly domain: Domain<State>;
  /** The role whose agent has made its choice with the message that comes first here. */
  readonly decided: string | null;
}

function block<State>(part: Block, state: State, place: Place<State>): Ways<State> {
  let ways: Ways<State> = new Map([["on", state]]);
  part.statements.forEach((each, i) => {
    const here = i === 0 ? place : { ...place, decided: null };
    ways = after(ways, "on", (before) => statement(each, before, here), place);
  });
  return ways;
}

/** The ways on from a way, beside the others. */
function after<State>(
  ways: Ways<State>,
  way: string,
  next: (state: State) => Ways<State>,
  { domain }: Place<State>,
): Ways<State> {
  const state = ways.get(way);
  if (state === undefined) return ways;
  const all = new Map(ways);
  all.delete(way);
  for (const [then, behind] of next(state)) put(all, then, behind, domain);
  return all;
}

function renamed<State>(ways: Ways<State>, from: string, to: string, { domain }: Place<State>): Ways<State> {
  const state = ways.get(from);
  if (state === undefined) return ways;
  const all = new Map(ways);
  all.delete(from);
  put(all, to, state, domain);
  return all;
}

function merged<State>(all: readonly Ways<State>[], { domain }: Place<State>): Ways<State> {
  const found = new Map<string, State>();
  for (const ways of all) for (const [way, state] of ways) put(found, way, state, domain);
  return found;
}

function statement<State>(each: Statement, state: State, place: Place<State>): Ways<State> {
  const { domain } = place;
  switch (each.kind) {
    case "interaction":
      return interaction(each.interaction, state, place);
    case "choice":
      return choice(each, state, place);
    case "loop": {
      const rounds = each.max === null ? null : roundsOf(each.max, place);
      const round = (before: State): Round<State> =>
        ending(block(each.body, before, inside(place)), `continue ${each.name}`, place);
      const { again, out } = domain.loop(state, round, rounds, each);
      const { otherwise } = each;
      if (again === null) return renamed(out, `break ${each.name}`, "on", place);
      const exhausted: Ways<State> = otherwise === null ? new Map([["on", again]]) : block(otherwise, again, place);
      return renamed(merged([out, exhausted], place), `break ${each.name}`, "on", place);
    }
    case "par":
      return domain.beside(
        state,
        each.arms.map((arm) => (before) => block(arm, before, inside(place))),
      );
    case "scatter":
      return scatter(each, state, place);
    case "pick": {
      const by = oneOf(each.at, place);
      const decided = place.decided === each.at ? state : domain.decide(state, { by, judges: [], within: Infinity });
      const members = place.roles.get(each.family) ?? [];
      return merged(
        members.map((member) =>
          block(each.body, decided, {
            ...place,
            roles: new Map(place.roles).set(each.family, [memberOf(member)]),
            decided: each.at,
          }),
        ),
        place,
      );
    }
    case "do":
      return call(each, state, place);
    case "saga":
      return saga(each, state, place);
    case "break":
    case "continue":
      return new Map([[`${each.kind} ${each.name}`, state]]);
    case "return":
    case "abort":
    case "fail":
      return new Map([[each.kind, state]]);
  }
}

function inside<State>(place: Place<State>): Place<State> {
  return place.decided === null ? place : { ...place, decided: null };
}

/** Without an `else` the messages; with one the judge gives up before it has read, or refuses what it has read. */
function interaction<State>(each: Interaction, state: State, place: Place<State>): Ways<State> {
  const { domain } = place;
  const { otherwise } = each;
  const { asked, read } = exchanged(each, state, place);
  if (otherwise === null) return new Map([["on", read]]);
  return after(
    new Map([
      ["on", read],
      ["else", domain.join(asked, read)],
    ]),
    "else",
    (before) => block(otherwise, before, inside(place)),
    place,
  );
}

interface Exchanged<State> {
  /** The sender's agent has been asked, nothing is read. */
  readonly asked: State;
  readonly read: State;
}

function exchanged<State>(each: Interaction, state: State, place: Place<State>): Exchanged<State> {
  const { domain } = place;
  const exchange = exchangeOf(each, place);
  const isAsked = each.payload.kind === "asked" && place.decided !== each.from.role;
  const { from: by, to: judges } = exchange;
  const asked = isAsked ? domain.decide(state, { by, judges, within: millisecondsOf(each.within, place) }) : state;
  return { asked, read: domain.exchange(asked, exchange) };
}

function choice<State>(each: Choice, state: State, place: Place<State>): Ways<State> {
  const { at, branches, otherwise } = each;
  const byAgent = at !== null && branches.every(({ when }) => when === null);
  const decided = byAgent && place.decided !== at ? decide(each, at, state, place) : state;
  const within: Place<State> = { ...place, decided: byAgent ? at : null };
  if (otherwise === null)
    return merged(
      branches.map(({ body }) => block(body, decided, within)),
      place,
    );
  const ways = branches.flatMap(({ body }): readonly Ways<State>[] => {
    const [first, ...rest] = body.statements;
    if (first?.kind !== "interaction") return [];
    const { read } = exchanged(first.interaction, decided, within);
    return [new Map([["else", read]]), block({ ...body, statements: rest }, read, inside(place))];
  });
  return after(
    merged([...ways, new Map([["else", decided]])], place),
    "else",
    (before) => block(otherwise, before, inside(place)),
    place,
  );
}

function decide<State>(each: Choice, at: string, state: State, place: Place<State>): State {
  const [first] = each.branches[0]?.body.statements ?? [];
  const judges = first?.kind === "interaction" ? first.interaction.to.flatMap((to) => partiesOf(to, place)) : [];
  return place.domain.decide(state, { by: oneOf(at, place), judges, within: millisecondsOf(each.within, place) });
}

function scatter<State>(each: Scatter, state: State, place: Place<State>): Ways<State> {
  const { count, members, claims } = claimsOf(each, place);
  const body = (before: State): Round<State> => {
    const ways = claims.map((roles) => block(each.body, before, { ...inside(place), roles }));
    return ending(merged(ways, place), `break ${each.as}`, place);
  };
  const { again, out } = place.domain.instances(state, body, count, members);
  return again === null ? out : merged([out, new Map([["on", again]])], place);
}

/** What goes on at the end of a round, or of an instance, which `way` leads to, too; and what leaves. */
function ending<State>(ways: Ways<State>, way: string, place: Place<State>): Round<State> {
  const all = new Map(renamed(ways, way, "on", place));
  const again = all.get("on") ?? null;
  all.delete("on");
  return { again, out: all };
}

function call<State>(each: Do, state: State, place: Place<State>): Ways<State> {
  const { callee, otherwise } = each;
  const ways = block(callee.body, state, { ...inside(place), ...inCallee(each, place) });
  const done = renamed(ways, "return", "on", place);
  return otherwise === null ? done : after(done, "abort", (before) => block(otherwise, before, inside(place)), place);
}

/** `abort` in a step: what undoes the finished steps, newest first, then the `else`, or on to the next one outside. */
function saga<State>({ steps, otherwise }: Saga, state: State, outer: Place<State>): Ways<State> {
  const place = inside(outer);
  let ways: Ways<State> = new Map([["on", state]]);
  const undos: Block[] = [];
  for (const { step, undo } of steps) {
    const undoing = undos.toReversed();
    const undone = (before: State): Ways<State> => {
      const all = undoing.reduce<Ways<State>>(
        (done, each) => after(done, "on", (then) => block(each, then, place), place),
        new Map([["on", before]]),
      );
      return renamed(all, "on", "failed saga", place);
    };
    ways = after(
      ways,
      "on",
      (before) => after(renamed(block(step, before, place), "abort", "undo", place), "undo", undone, place),
      place,
    );
    if (undo !== null) undos.push(undo);
  }
  if (otherwise === null) return renamed(ways, "failed saga", "abort", place);
  return after(ways, "failed saga", (before) => block(otherwise, before, place), place);
}
