// What holds of all programs: a program does not differ from itself, however it is laid out; and who may be replaced alone
// gets on with the old team in every order of events (mixed.ts, which knows nothing of how versions are compared). Wrong
// rules are caught.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { format } from "@chor/grammar";
import { check, type Checked } from "../../compiler/src/check.js";
import { checkFiles } from "../../compiler/src/check-files.js";
import { diff } from "../../compiler/src/difference/diff.js";
import { endpointsOf, type Endpoint } from "../../compiler/src/difference/endpoint.js";
import { meaningOf } from "../../compiler/src/difference/meaning.js";
import { refines } from "../../compiler/src/difference/refine.js";
import { fromDisk } from "../../compiler/src/modules/disk.js";
import { standardFile } from "../../compiler/src/package.js";
import type { LocalAutomaton } from "../../compiler/src/project/local.js";
import { build } from "../support/build.js";
import { randomArms } from "../support/random-arms.js";
import { randomSketch } from "../support/random-core.js";
import { randomProgram } from "../support/random-language.js";
import { randomWaits } from "../support/random-waits.js";
import { randomFrom } from "../support/random.js";
import type { Sketch } from "../support/sketch.js";
import { edited } from "./edits.js";
import { exploreMixed, type MixedOutcome } from "./mixed.js";

const cases = Math.max(40, Math.floor(Number(process.env["CHOR_CASES"] ?? 800) / 20));
const nobody = { choreography: null, role: null };

function isNothing(old: readonly Checked[], now: readonly Checked[]): boolean {
  const { verdict, choreographies } = diff(old, now, nobody);
  const quiet = choreographies.every(
    (each) =>
      each.changes.length === 0 &&
      each.sessions.goOn &&
      each.roles.every(({ changes, handlers, trace }) => changes.length + handlers.length === 0 && trace === null),
  );
  return verdict === "nothing" && quiet;
}

function accepted(text: string): Checked | null {
  const result = check({ file: "sketch.chor", text });
  return result.diagnostics.some(({ severity }) => severity === "error") ? null : result;
}

/** A bound choreography that nobody has checked: what is compared is made of nothing else. */
function bound(sketch: Sketch): Checked {
  const { choreography, source } = build(sketch);
  const program = {
    source,
    artifacts: [],
    contracts: [],
    choreographies: [choreography],
    broken: [],
    imports: [],
    otherArtifacts: [],
  };
  const one = { choreography, core: null, automaton: null, observations: [], locals: [] };
  return { program, choreographies: [one], diagnostics: [] };
}

describe("a program does not differ from itself", () => {
  test("with choices, loops, exits", () => {
    for (let seed = 1; seed <= cases; seed++) {
      const one = bound(
        randomSketch(seed, { roles: 3, labels: 3, statements: 4, depth: 3, loops: "both", exits: 0.1 }),
      );
      expect(isNothing([one], [one]), `seed ${seed}`).toBe(true);
    }
  });

  test("with waits, data, families, optional roles, fail", () => {
    for (let seed = 1; seed <= cases; seed++) {
      const kinds = { waits: [1, 3], statements: 4, depth: 2, labels: 3, roles: 3, loops: "counted" } as const;
      const more = { data: 0.2, fails: 0.1, optional: true, ...(seed % 2 === 0 ? { family: 2 } : {}) };
      const one = bound(randomWaits(seed, { ...kinds, ...more }));
      expect(isNothing([one], [one]), `seed ${seed}`).toBe(true);
    }
  });

  test("with arms, and of the whole language", () => {
    for (let seed = 1; seed <= cases; seed++) {
      const sizes = { roles: 3, labels: 3, statements: 3, depth: 2, arms: 3, family: 2, loops: "counted" } as const;
      for (const sketch of [randomArms(seed, sizes), randomProgram(seed)]) {
        const one = bound(sketch);
        expect(isNothing([one], [one]), `seed ${seed}`).toBe(true);
      }
    }
  });

  test("when it is laid out", async () => {
    let compared = 0;
    for (let seed = 1; seed <= cases; seed++) {
      const { text } = build(
        randomSketch(seed, { roles: 2, labels: 5, statements: 4, depth: 3, loops: "both" }),
      ).source;
      const one = accepted(text);
      if (one === null) continue;
      compared++;
      const formatted = await format(`// a comment\n${text.replaceAll("\n", "\n\n ")}`);
      const other = accepted("formatted" in formatted ? formatted.formatted : "");
      expect(other !== null && isNothing([one], [other]), `seed ${seed}`).toBe(true);
    }
    expect(compared).toBeGreaterThan(cases / 10);
  });
});

const shared = fileURLToPath(new URL("../../../shared/lang", import.meta.url));
describe.skipIf(!existsSync(shared))("real programs (skipped where ../shared is absent)", () => {
  for (const name of existsSync(shared) ? readdirSync(shared).filter((each) => each.endsWith(".chor")) : [])
    test(`${name} does not differ from itself laid out`, async () => {
      const file = `${shared}/${name}`;
      const text = readFileSync(file, "utf8");
      const formatted = await format(text);
      const [old, now] = [text, "formatted" in formatted ? formatted.formatted : ""].map((each) => {
        const source = { file, text: each };
        const load = fromDisk({ cwd: shared, standard: standardFile(), known: [source] });
        return checkFiles([source], load).flatMap(({ source: from, checked }) =>
          from.file === file && checked !== null ? [checked] : [],
        );
      });
      expect(isNothing(old ?? [], now ?? [])).toBe(true);
    });
});

interface Versions {
  readonly old: Checked;
  readonly now: Checked;
  readonly text: string;
}

/** Accepted programs, each with an edited version that is accepted. */
function* versions(count: number): Generator<Versions> {
  for (let seed = 1, found = 0; found < count; seed++) {
    const random = randomFrom(seed * 7919);
    const sizes = { roles: 2 + (seed % 3), labels: 5, statements: 3, depth: 3, loops: "both", leaving: 0.7 } as const;
    const sketch = randomSketch(seed, sizes);
    const text = build(sketch).source.text;
    const old = accepted(text);
    if (old === null) continue;
    for (let i = 0; i < 6; i++) {
      const changed = build(edited(sketch, random)).source.text;
      const now = accepted(changed);
      if (now === null || changed === text) continue;
      found++;
      yield { old, now, text: `${text}\n${changed}` };
    }
  }
}

function localsOf({ choreographies }: Checked): readonly LocalAutomaton[] {
  return choreographies[0]?.locals ?? [];
}

/** The old team in which some roles are of the new version. */
function mixed({ old, now }: Versions, moved: readonly string[]): MixedOutcome {
  const after = new Map(localsOf(now).map((local) => [local.role, local]));
  return exploreMixed(
    localsOf(old).map((local) => (moved.includes(local.role) ? (after.get(local.role) ?? local) : local)),
  );
}

const fine: readonly MixedOutcome[] = ["sound", "unknown"];

describe("who may be replaced alone", () => {
  test(`gets on with the old team, and so do all of them together (${cases * 5} pairs)`, () => {
    const tally = { alone: 0, changed: 0, breaking: 0, shown: 0 };
    for (const pair of versions(cases * 5)) {
      const [difference] = diff([pair.old], [pair.now], nobody).choreographies;
      const roles = difference?.roles ?? [];
      for (const { role, verdict, changes, trace } of roles) {
        expect(
          changes.some(({ breaking }) => breaking),
          pair.text,
        ).toBe(verdict === "breaking");
        expect(trace !== null, pair.text).toBe(verdict === "breaking");
        const outcome = mixed(pair, [role]);
        if (verdict === "breaking") {
          tally.breaking++;
          if (!fine.includes(outcome)) tally.shown++;
          continue;
        }
        tally.alone++;
        if (verdict === "compatible") tally.changed++;
        expect(fine, `${role} ${outcome}\n${pair.text}`).toContain(outcome);
      }
      const movable = roles.filter(({ verdict }) => verdict !== "breaking").map(({ role }) => role);
      expect(fine, pair.text).toContain(mixed(pair, movable));
    }
    expect(tally.changed).toBeGreaterThan(0);
    // Refinement is not complete, but what it refuses mostly fails.
    expect(tally.shown / tally.breaking).toBeGreaterThan(0.9);
  });

  test("a rule the wrong way round is caught", () => {
    const wrong = (pair: Versions, role: string): boolean => {
      const [old, now] = [pair.old, pair.now].map(({ choreographies }) => choreographies[0]?.choreography);
      if (old === undefined || now === undefined) return false;
      const named = (all: ReturnType<typeof endpointsOf>): Endpoint | undefined =>
        all?.roles.find((each) => each.role.name === role)?.endpoint;
      const [before, after] = [old, now].map((each) => named(endpointsOf(each, {}, (name) => name)));
      const none = { choreography: old, artifacts: new Map() };
      if (before === undefined || after === undefined) return false;
      // As if a new role might send more and take less.
      return refines(after, before, meaningOf(none, { ...none, choreography: now })) === null;
    };
    let caught = 0;
    for (const pair of versions(cases * 5))
      for (const { role } of localsOf(pair.old)) if (wrong(pair, role) && !fine.includes(mixed(pair, [role]))) caught++;
    expect(caught).toBeGreaterThan(0);
  });

  test("a rule that takes everything is caught", () => {
    let caught = 0;
    for (const pair of versions(cases))
      for (const { role } of localsOf(pair.old)) if (!fine.includes(mixed(pair, [role]))) caught++;
    expect(caught).toBeGreaterThan(cases / 2);
  });
});
