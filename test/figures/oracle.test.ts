// The figures of random programs of the whole language are those of their runs, counted one by one; and that this finds
// mistakes: figures that are wrong by one are caught.

import { beforeAll, describe, expect, test } from "vitest";
import type { Block, Choreography, Statement } from "../../compiler/src/bind/program.js";
import type { Range } from "../../compiler/src/figures/domain.js";
import { figuresOf, type Figures } from "../../compiler/src/figures/figures.js";
import { build, type Part, type Sketch } from "../support/build.js";
import { innerParts } from "../support/sketch.js";
import { randomProgram } from "../support/random-language.js";
import { counted, type Counted } from "./runs.js";

const cases = Math.min(Number(process.env["CHOR_CASES"] ?? 250), 3_000);
const longest = 10;

type Take = (choreography: Choreography) => Figures | null;

const take: Take = (choreography) => figuresOf(choreography, new Map());

interface Case {
  readonly seed: number;
  readonly sketch: Sketch;
  readonly choreography: Choreography;
  readonly runs: Counted;
}

/** Programs whose runs are few enough to be counted. */
function* programs(): Generator<Case> {
  for (let seed = 1; seed <= cases; seed++) {
    const sketch = randomProgram(seed);
    const { choreography } = build(sketch);
    const runs = counted(choreography, longest);
    if (runs !== null) yield { seed, sketch, choreography, runs };
  }
}

/** What is told wrong. */
function wrong({ sketch, choreography, runs }: Case, figures: Take): readonly string[] {
  const told = figures(choreography);
  // No run of it ends, so there was none to count either.
  if (told === null) return runs.ended ? ["there are no figures"] : [];
  const found: string[] = [];
  const compare = (what: string, one: unknown, other: unknown): void => {
    if (JSON.stringify(one) !== JSON.stringify(other))
      found.push(`${what}: ${JSON.stringify(one)}, but ${JSON.stringify(other)} by the runs`);
  };
  // In the runs all lists are of one length.
  const { low, high } = told.messages;
  if (count(sketch.body, "scatter") < 2 || low > runs.messages.low || high < runs.messages.high)
    compare("messages", told.messages, runs.messages);
  // Inside a scatter the runs do not tell which members act.
  if (has(sketch.body, "scatter")) return found;
  for (const { role, sent, received } of told.roles) {
    compare(`sent by ${role}`, sent, runs.sent.get(role));
    compare(`received by ${role}`, received, runs.received.get(role));
  }
  // Nor do they tell arms apart: who has a part in several seems to do one thing after the other.
  if (!has(sketch.body, "par") || told.path.length > runs.path) compare("path", told.path.length, runs.path);
  return found;
}

function has(part: Part, kind: Part["kind"]): boolean {
  return count(part, kind) > 0;
}

function count(part: Part, kind: Part["kind"]): number {
  const own = part.kind === kind ? 1 : 0;
  const called = part.kind === "do" ? count(part.callee.body, kind) : 0;
  return innerParts(part).reduce((sum, inner) => sum + count(inner, kind), own + called);
}

/** Every counted loop goes round once less. */
function shorter(choreography: Choreography): Choreography {
  const inBlock = (block: Block): Block => ({ ...block, statements: block.statements.map(inStatement) });
  const inStatement = (statement: Statement): Statement => {
    switch (statement.kind) {
      case "loop": {
        const max = typeof statement.max === "number" ? Math.max(1, statement.max - 1) : statement.max;
        return { ...statement, max, body: inBlock(statement.body) };
      }
      case "choice":
        return {
          ...statement,
          branches: statement.branches.map((branch) => ({ ...branch, body: inBlock(branch.body) })),
        };
      default:
        return statement;
    }
  };
  return { ...choreography, body: inBlock(choreography.body) };
}

describe("the figures", () => {
  const all: Case[] = [];
  beforeAll(() => void all.push(...programs()), 600_000);

  test("are those of the runs, on random programs", () => {
    for (const each of all) {
      const found = wrong(each, take);
      if (found.length > 0) expect.fail(`seed ${each.seed}\n${build(each.sketch).source.text}\n${found.join("\n")}`);
    }
    expect(all.length).toBeGreaterThan(cases * 0.4);
  });

  const one = { low: 1, high: 1 };
  const plus = (range: Range, other: Partial<Range>): Range => ({
    low: range.low + (other.low ?? 0),
    high: range.high + (other.high ?? 0),
  });
  const controls: readonly (readonly [string, (figures: Figures, choreography: Choreography) => Figures])[] = [
    ["one message more, at most", (figures) => ({ ...figures, messages: plus(figures.messages, { high: 1 }) })],
    ["one message less, at least", (figures) => ({ ...figures, messages: plus(figures.messages, { low: -1 }) })],
    [
      "a chain that is longer by one",
      (figures) => ({ ...figures, path: { ...figures.path, length: figures.path.length + 1 } }),
    ],
    [
      "one too many for the first role",
      (figures) => ({
        ...figures,
        roles: figures.roles.map((role, i) => (i > 0 ? role : { ...role, sent: plus(role.sent, one) })),
      }),
    ],
    ["a round too few", (figures, choreography) => take(shorter(choreography)) ?? figures],
  ];
  test.each(controls)("that are wrong are caught: %s", (_, wronged) => {
    const caught = all.some((each) => {
      const found = wrong(each, (choreography) => {
        const right = take(choreography);
        return right === null ? null : wronged(right, choreography);
      });
      return found.length > 0;
    });
    expect(caught).toBe(true);
  });
});
