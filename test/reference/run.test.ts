// `isRun` against its definition: all words of a small program are listed, and the traces compared with each.

import { describe, expect, test } from "vitest";
import type { Core, Send } from "../../compiler/src/core/core.js";
import { enabled, over, start, step } from "../../compiler/src/reference/interpret.js";
import { isCompleteRun, isRun, type Event, type Traces } from "../../compiler/src/reference/run.js";
import { again, choice, core, leave, loop, send, seq } from "../support/build.js";
import { below, pick, randomFrom, type Random } from "../support/random.js";
import { randomCore } from "../support/random-core.js";

const sizes = { roles: 3, labels: 2, statements: 3, depth: 2, loops: "counted" } as const;

function both(program: Core, word: readonly Send[]): Event[][] {
  const traces: Event[][] = program.roles.map(() => []);
  for (const { from, to, label } of word) {
    traces[from]?.push({ kind: "send", peer: to, label });
    traces[to]?.push({ kind: "receive", peer: from, label });
  }
  return traces;
}

/** All complete words; null where they are many or long. */
function words(program: Core): readonly (readonly Send[])[] | null {
  const complete: (readonly Send[])[] = [];
  const work = [{ configuration: start(program), word: [] as readonly Send[] }];
  for (let item = work.pop(); item !== undefined; item = work.pop()) {
    if (over(program, item.configuration)) complete.push(item.word);
    if (complete.length > 300 || item.word.length > 20) return null;
    for (const send of enabled(program, item.configuration)) {
      const configuration = step(program, item.configuration, send);
      if (configuration !== null) work.push({ configuration, word: [...item.word, send] });
    }
  }
  return complete;
}

/** The definition: a run begins for each role with its trace, and each channel has received no more than was sent. */
function defined(program: Core, complete: readonly (readonly Send[])[], traces: Traces): boolean {
  const causal = traces.every((trace, role) =>
    program.roles.every((_, peer) => {
      const received = trace.filter((event) => event.kind === "receive" && event.peer === peer).length;
      const sent = traces[peer]?.filter((event) => event.kind === "send" && event.peer === role).length ?? 0;
      return received <= sent;
    }),
  );
  return causal && complete.some((word) => startsWith(both(program, word), traces));
}

function startsWith(whole: Traces, traces: Traces): boolean {
  return traces.every((trace, role) =>
    trace.every((event, i) => JSON.stringify(whole[role]?.[i]) === JSON.stringify(event)),
  );
}

/** What the roles have done at some moment of an asynchronous run of a word. */
function moment(random: Random, program: Core, word: readonly Send[]): Event[][] {
  const whole = both(program, word);
  const done = whole.map(() => 0);
  const traces: Event[][] = whole.map(() => []);
  for (let i = below(random, word.length * 2 + 1); i > 0; i--) {
    const role = below(random, whole.length);
    const event = whole[role]?.[done[role] ?? 0];
    if (event === undefined) continue;
    const sent = traces[event.peer]?.filter((other) => other.kind === "send" && other.peer === role).length ?? 0;
    const received = traces[role]?.filter((other) => other.kind === "receive" && other.peer === event.peer).length ?? 0;
    if (event.kind === "receive" && received >= sent) continue;
    traces[role]?.push(event);
    done[role] = (done[role] ?? 0) + 1;
  }
  return traces;
}

describe("isRun", () => {
  test("agrees with its definition on moments of runs and on spoilt ones", () => {
    let yes = 0;
    let no = 0;
    for (let seed = 1; seed <= 400; seed++) {
      const program = randomCore(seed, sizes);
      const random = randomFrom(seed);
      const complete = words(program);
      if (complete === null) continue;
      for (let i = 0; i < 10; i++) {
        const traces = moment(random, program, pick(random, complete));
        expect(isRun(program, traces)).toBe(true);
        const role = below(random, traces.length);
        const spoilt = traces.map((trace, r) =>
          r === role && trace.length > 1 ? trace.toSpliced(below(random, trace.length), 1) : trace,
        );
        const expected = defined(program, complete, spoilt);
        expect(isRun(program, spoilt)).toBe(expected);
        if (expected) yes++;
        else no++;
      }
      const word = pick(random, complete);
      expect(isCompleteRun(program, both(program, word))).toBe(true);
      const shorter = both(program, word.slice(0, -1));
      expect(isCompleteRun(program, shorter)).toBe(
        complete.some((other) => JSON.stringify(both(program, other)) === JSON.stringify(shorter)),
      );
    }
    expect(Math.min(yes, no)).toBeGreaterThan(100);
  });

  test("a role may be ahead of one that has not acted yet", () => {
    const program = core({
      roles: ["A", "B", "C"],
      body: seq(choice("A", send("A", "B", "Left"), send("A", "B", "Right")), send("C", "A", "Go")),
    });
    const go: Event = { kind: "send", peer: 0, label: "Go" };
    expect(isRun(program, [[], [], [go]])).toBe(true);
    expect(isCompleteRun(program, [[], [], [go]])).toBe(false);
    expect(isRun(program, [[], [{ kind: "receive", peer: 0, label: "Left" }], [go]])).toBe(false);
  });

  test("the search ends where roles that have not acted could go round for ever", () => {
    const program = core({
      roles: ["A", "B", "C"],
      body: seq(
        loop("x", {}, choice("A", seq(send("A", "B", "More"), again("x")), seq(send("A", "B", "Stop"), leave("x")))),
        send("C", "A", "Go"),
      ),
    });
    expect(isRun(program, [[], [], [{ kind: "send", peer: 0, label: "Go" }]])).toBe(true);
    expect(isRun(program, [[], [], [{ kind: "send", peer: 0, label: "Other" }]])).toBe(false);
  });
});
