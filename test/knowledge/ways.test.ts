// What is bound at a place, against an oracle that goes all ways through random choreographies of the whole language
// with the real bindings in its hands: every statement is met with every set of bindings that some run brings there.

import { describe, expect, test } from "vitest";
import type { Block, Choreography, Saga, Statement } from "../../compiler/src/bind/program.js";
import { knowledge } from "../../compiler/src/knowledge/knowledge.js";
import { namesAt } from "../../compiler/src/knowledge/names-at.js";
import {
  abort,
  again,
  awaited,
  build,
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
  type Part,
  type Sketch,
} from "../support/build.js";
import { below, pick, randomFrom, type Random } from "../support/random.js";

describe("random choreographies of the whole language", () => {
  test("an error comes iff some run brings a sender to pass on what it does not know", () => {
    const counts = { wrong: 0, right: 0 };
    for (let seed = 1; seed <= 800; seed++) {
      const { choreography } = build(randomProgram(randomFrom(seed)));
      const expected = wrongReads(choreography);
      const found = knowledge(choreography);
      expect([seed, found.length > 0]).toEqual([seed, expected.length > 0]);
      for (const { span } of found) expect([seed, expected]).toEqual([seed, expect.arrayContaining([span.start])]);
      counts[expected.length > 0 ? "wrong" : "right"]++;
    }
    expect(Math.min(counts.wrong, counts.right)).toBeGreaterThan(80);
  });

  test("a name is bound where, and by what, the runs say", () => {
    const seen = { definite: 0, nullable: 0, list: 0, inherited: 0 };
    for (let seed = 1; seed <= 800; seed++) {
      const { choreography } = build(randomProgram(randomFrom(seed)));
      const found = allWays(choreography);
      for (const [offset, environments] of found) {
        const expected = summary(environments);
        const names = namesAt(choreography, offset)
          .filter(({ name }) => name !== "failure" && !name.startsWith("e"))
          .map(({ name, definite, collects, boundAt }) => {
            return { name, definite, collects, boundAt: sorted(boundAt.map(({ start }) => start)) };
          });
        expect([seed, offset, names.toSorted(byName)]).toEqual([seed, offset, expected]);
        for (const { name, definite, collects } of names) {
          seen[collects ? "list" : definite ? "definite" : "nullable"]++;
          if (name.includes(".")) seen.inherited++;
        }
      }
    }
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(150);
  });
});

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

// ---- the oracle: sets of environments ------------------------------------------------------------------

/** By name: where the message begins that bound it last; for a list, all that were appended, ascending. */
interface Environment {
  readonly singles: Readonly<Record<string, number>>;
  readonly lists: Readonly<Record<string, readonly number[]>>;
}

/** Different environments, by their text. */
type Ways = ReadonlyMap<string, Environment>;

/** What comes out of a block, by the way out: `end`, `return`, `abort`, `break x`, `continue x`. */
type Outcome = ReadonlyMap<string, Ways>;

const START = ways([{ singles: {}, lists: {} }]);

function ways(environments: readonly Environment[]): Ways {
  return new Map(environments.map((each) => [textOf(each), each]));
}

function textOf({ singles, lists }: Environment): string {
  return JSON.stringify([Object.entries(singles).toSorted(), Object.entries(lists).toSorted()]);
}

function both(...all: readonly (Ways | undefined)[]): Ways {
  return new Map(all.flatMap((each) => [...(each ?? [])]));
}

/** For each statement, what it is met with. */
function allWays({ body }: Choreography): ReadonlyMap<number, Ways> {
  const met = new Map<number, Ways>();
  runBlock(body, START, met);
  return met;
}

/** Where something is passed on that is not bound on some way, or was exchanged without the sender. */
function wrongReads(choreography: Choreography): readonly number[] {
  const met = allWays(choreography);
  const parties = new Map(
    choreography.interactions.map(({ span, from, to, collects }) => {
      const all = collects && from.all ? to : [from, ...to];
      return [span.start, all.map(({ role }) => role)];
    }),
  );
  return choreography.interactions.flatMap(({ payload, from, span }) => {
    if (payload.kind !== "computed" || payload.expression.kind !== "name") return [];
    const { name } = payload.expression;
    // That nobody binds a name at all is found out when names are resolved.
    if (choreography.interactions.every(({ binds }) => binds !== name)) return [];
    const isWrong = [...(met.get(span.start)?.values() ?? [])].some(({ singles, lists }) => {
      const bindings = name === "all" ? (lists[name] ?? []) : [singles[name] ?? -1];
      return bindings.some((start) => !parties.get(start)?.includes(from.role));
    });
    return isWrong ? [span.start] : [];
  });
}

function runBlock({ statements }: Block, from: Ways, met: Map<number, Ways>): Outcome {
  const out = new Map<string, Ways>();
  let here = from;
  for (const statement of statements) {
    if (here.size === 0) break;
    met.set(statement.span.start, both(met.get(statement.span.start), here));
    const outcome = runStatement(statement, here, met);
    here = outcome.get("end") ?? new Map();
    add(out, outcome, ["end"]);
  }
  return out.set("end", here);
}

function add(out: Map<string, Ways>, outcome: Outcome, without: readonly string[]): void {
  for (const [exit, environments] of outcome)
    if (!without.includes(exit)) out.set(exit, both(out.get(exit), environments));
}

function runStatement(statement: Statement, from: Ways, met: Map<number, Ways>): Outcome {
  const run = (block: Block, start: Ways): Outcome => runBlock(block, start, met);
  const out = new Map<string, Ways>();
  switch (statement.kind) {
    case "interaction": {
      const { binds, collects, otherwise, span } = statement.interaction;
      const sent = ways([...from.values()].map((each) => bound(each, binds, collects, span.start)));
      out.set("end", sent);
      const isGather = collects && statement.interaction.from.all;
      if (otherwise !== null) add(out, run(otherwise, isGather ? sent : from), []);
      return out;
    }
    case "choice":
      for (const { body } of statement.branches) add(out, run(body, from), []);
      if (statement.otherwise !== null) add(out, run(statement.otherwise, from), []);
      return out;
    case "loop": {
      let head = from;
      let outcome = run(statement.body, head);
      const again = (): Ways => both(outcome.get("end"), outcome.get(`continue ${statement.name}`));
      for (let before = -1; before !== head.size;) {
        before = head.size;
        head = both(head, again());
        outcome = run(statement.body, head);
      }
      add(out, outcome, ["end", `break ${statement.name}`, `continue ${statement.name}`]);
      out.set("end", both(outcome.get(`break ${statement.name}`)));
      if (statement.max === null) return out;
      if (statement.otherwise === null) out.set("end", both(out.get("end"), again()));
      else if (again().size > 0) add(out, run(statement.otherwise, again()), []);
      return out;
    }
    case "par":
      return runPar(statement.arms, from, run);
    case "scatter":
    case "pick": {
      for (const each of from.values()) {
        const outcome = run(statement.body, ways([each]));
        const exits = new Map<string, Ways>();
        for (const [exit, inside] of outcome) {
          const left = ways([...inside.values()].map(({ lists }) => ({ singles: each.singles, lists })));
          const isEnd = statement.kind === "scatter" && exit === `break ${statement.as}`;
          exits.set(isEnd ? "end" : exit, both(exits.get(isEnd ? "end" : exit), left));
        }
        add(out, exits, []);
      }
      if (statement.kind === "scatter") out.set("end", both(out.get("end"), from));
      return out;
    }
    case "do": {
      const { callee, as, otherwise } = statement;
      const outcome = runBlock(callee.body, START, new Map());
      const back = (exits: readonly string[]): Ways =>
        ways(
          exits.flatMap((exit) =>
            [...(outcome.get(exit) ?? new Map<string, Environment>()).values()].flatMap((result) =>
              [...from.values()].map((each) => returned(each, result, `${as}.`)),
            ),
          ),
        );
      out.set("end", back(["end", "return"]));
      const aborted = back(["abort"]);
      if (aborted.size === 0) return out;
      if (otherwise === null) out.set("abort", aborted);
      else add(out, run(otherwise, aborted), []);
      return out;
    }
    case "saga":
      return runSaga(statement, from, run);
    case "fail":
      return out;
    case "break":
    case "continue":
      return out.set(`${statement.kind} ${statement.name}`, from);
    default:
      return out.set(statement.kind, from);
  }
}

function bound(environment: Environment, name: string | null, collects: boolean, start: number): Environment {
  if (name === null) return environment;
  const { singles, lists } = environment;
  if (!collects) return { singles: { ...singles, [name]: start }, lists };
  const list = [...new Set([...(lists[name] ?? []), start])].toSorted((a, b) => a - b);
  return { singles, lists: { ...lists, [name]: list } };
}

function returned(environment: Environment, result: Environment, prefix: string): Environment {
  let after = environment;
  for (const [name, start] of Object.entries(result.singles)) after = bound(after, `${prefix}${name}`, false, start);
  for (const [name, all] of Object.entries(result.lists))
    for (const start of all) after = bound(after, `${prefix}${name}`, true, start);
  return after;
}

function runPar(arms: readonly Block[], from: Ways, run: (block: Block, start: Ways) => Outcome): Outcome {
  const end: Environment[] = [];
  for (const before of from.values()) {
    let all: readonly Environment[] = [before];
    for (const arm of arms) {
      const ends = [...(run(arm, ways([before])).get("end") ?? new Map<string, Environment>()).values()];
      all = all.flatMap((each) => ends.map((other) => merged(before, each, other)));
    }
    end.push(...all);
  }
  return new Map([["end", ways(end)]]);
}

function merged(before: Environment, a: Environment, b: Environment): Environment {
  const singles: Record<string, number> = { ...a.singles };
  for (const [name, start] of Object.entries(b.singles)) if (before.singles[name] !== start) singles[name] = start;
  const lists: Record<string, readonly number[]> = { ...a.lists };
  for (const [name, all] of Object.entries(b.lists))
    lists[name] = [...new Set([...(lists[name] ?? []), ...all])].toSorted((x, y) => x - y);
  return { singles, lists };
}

function runSaga({ steps, otherwise }: Saga, from: Ways, run: (block: Block, start: Ways) => Outcome): Outcome {
  const out = new Map<string, Ways>();
  let here = from;
  for (const [i, { step }] of steps.entries()) {
    if (here.size === 0) break;
    const outcome = run(step, here);
    add(out, outcome, ["end", "abort"]);
    here = outcome.get("end") ?? new Map();
    let aborted = both(outcome.get("abort"));
    for (const { undo } of steps.slice(0, i).toReversed()) {
      if (undo === null || aborted.size === 0) continue;
      const undone = run(undo, aborted);
      add(out, undone, ["end"]);
      aborted = undone.get("end") ?? new Map();
    }
    if (aborted.size === 0) continue;
    add(out, otherwise === null ? new Map([["abort", aborted]]) : run(otherwise, aborted), []);
  }
  return out.set("end", both(out.get("end"), here));
}

/** What all ways together say of each name. */
function summary(environments: Ways): readonly unknown[] {
  const all = [...environments.values()];
  const names = [...new Set(all.flatMap(({ singles }) => Object.keys(singles)))];
  const lists = [...new Set(all.flatMap((each) => Object.keys(each.lists)))];
  const single = names.map((name) => {
    const starts = all.map(({ singles }) => singles[name]);
    return { name, definite: !starts.includes(undefined), collects: false, boundAt: sorted(starts) };
  });
  const list = lists.map((name) => ({
    name,
    definite: true,
    collects: true,
    boundAt: sorted(all.flatMap((each) => each.lists[name] ?? [])),
  }));
  return [...single, ...list].toSorted(byName);
}

function sorted(starts: readonly (number | undefined)[]): readonly number[] {
  return [...new Set(starts.filter((start) => start !== undefined))].toSorted((a, b) => a - b);
}

// ---- random choreographies -----------------------------------------------------------------------------

interface Maker {
  readonly random: Random;
  /** Names that may be bound here: the arms of a `par` share none. */
  readonly names: readonly string[];
  readonly loops: readonly string[];
  readonly elements: readonly string[];
  /** Whether ways out of here may lead to an `else`, or to the end. */
  readonly aborts: boolean;
  readonly callees: readonly Sketch[];
  readonly count: { value: number };
}

function randomProgram(random: Random): Sketch {
  const callees: Sketch[] = [];
  for (let i = below(random, 3); i > 0; i--) callees.push(randomSketch(random, callees, `Callee${i}`));
  return randomSketch(random, callees, "Main");
}

function randomSketch(random: Random, callees: readonly Sketch[], name: string): Sketch {
  const maker: Maker = {
    random,
    names: ["x", "y", "z", "all"],
    loops: [],
    elements: [],
    aborts: true,
    callees: [...callees],
    count: { value: 0 },
  };
  return { roles: ["A", "B", "C", "F[2..3]"], body: randomBlock(maker, 4, 3), name };
}

function randomBlock(maker: Maker, most: number, depth: number): Part {
  const { random } = maker;
  const parts = Array.from({ length: below(random, most + 1) }, () => randomPart(maker, most, depth));
  return random() < 0.25 ? seq(...parts, randomExit(maker)) : seq(...parts);
}

function randomExit({ random, loops, elements, aborts }: Maker): Part {
  const exits: Part[] = [
    ...loops.flatMap((name) => [leave(name), again(name)]),
    ...elements.map((name) => leave(name)),
    fail,
  ];
  return pick(random, aborts ? [...exits, abort, abort, giveBack] : exits);
}

function randomPart(maker: Maker, most: number, depth: number): Part {
  const { random, count } = maker;
  const inner = (change: Partial<Maker> = {}): Part =>
    randomBlock({ ...maker, ...change }, Math.ceil(most / 2), depth - 1);
  if (depth === 0 || random() < 0.4) return randomSend(maker, depth === 0 ? null : inner);
  switch (below(random, 7)) {
    case 0:
      return random() < 0.3 ? awaited("A", inner(), inner(), inner()) : choice("A", inner(), inner());
    case 1: {
      const name = `l${count.value++}`;
      const loops = [...maker.loops, name];
      const body = inner({ loops });
      if (random() < 0.4) return loop(name, {}, body);
      return loop(name, random() < 0.5 ? { max: 2 } : { max: 2, otherwise: inner() }, body);
    }
    case 2: {
      const cut = below(random, maker.names.length + 1);
      const closed = { loops: [], elements: [], aborts: false, callees: [] };
      return par(
        inner({ ...closed, names: maker.names.slice(0, cut) }),
        inner({ ...closed, names: maker.names.slice(cut) }),
      );
    }
    case 3: {
      const name = `e${count.value++}`;
      return scatter(name, ["F"], inner({ loops: [], elements: [name], aborts: false }));
    }
    case 4:
      return pickOne("F", "A", inner());
    case 5: {
      const callee = maker.callees.length === 0 ? null : pick(random, maker.callees);
      if (callee === null) return inner();
      return call(callee, ["A", "B", "C", "F[*]"], pick(random, ["p", "q"]), inner());
    }
    default: {
      const steps = Array.from({ length: 1 + below(random, 3) }, () =>
        random() < 0.7 ? { step: inner({ aborts: true }), undo: inner() } : { step: inner({ aborts: true }) },
      );
      return maker.aborts && random() < 0.4 ? saga(steps) : saga(steps, inner());
    }
  }
}

function randomSend({ random, names }: Maker, inner: (() => Part) | null): Part {
  const name = names.length === 0 ? null : pick(random, names);
  const otherwise = inner !== null && random() < 0.25 ? { otherwise: inner() } : {};
  const plain = ["A", "B", "C"];
  const from = pick(random, plain);
  const others = plain.filter((role) => role !== from);
  const to = random() < 0.7 && inner !== null ? others : [pick(random, others)];
  if (name === null || random() < 0.2) return send(from, to, "Nothing", otherwise);
  if (random() < 0.4) return send(from, to, "Read", { forwarded: name, as: `r${name}`, ...otherwise });
  if (name !== "all") return send(from, to, "Some", { asked: "T", as: name, ...otherwise });
  const sender = random() < 0.3 ? "F[*]" : from;
  return send(sender, to, "One", { asked: "T", as: name, collects: true, ...otherwise });
}
