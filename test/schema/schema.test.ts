// Schemas against Ajv on random values, and against values that no validator likes.

import { runInNewContext } from "node:vm";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { ArtifactError, schema } from "../../runtime/src/schema/artifact.js";
import * as chor from "../../runtime/src/schema/generated.js";
import type { Issue } from "../../runtime/src/schema/schema.js";
import { seeded, type Chance } from "../monitor/seeded.js";
import { Draft, draftJson, validDraft } from "./draft.js";

const strings = ["", "a", "é", "😀😀😀😀", "new", "a b c", "Upper", "abcdefghijkl", "abcdefghijklm", "a\u0000b"];
const numbers = [0, -0, 1, 3, 99, 100, 0.5, -1, 1e300, 2 ** 53];
const names = [
  "title",
  "pages",
  "weight",
  "state",
  "tags",
  "author",
  "notes",
  "done",
  "text",
  "name",
  "toString",
  "constructor",
  "__proto__",
];

function anyValue(chance: Chance, depth: number): unknown {
  const kind = chance.below(depth > 2 ? 4 : 6);
  if (kind === 0) return chance.one(strings);
  if (kind === 1) return chance.one(numbers);
  if (kind === 2) return chance.one([true, false]);
  if (kind === 3) return null;
  if (kind === 4) return Array.from({ length: chance.below(4) }, () => anyValue(chance, depth + 1));
  return anyRecord(chance, depth);
}

function anyRecord(chance: Chance, depth: number): unknown {
  const record: Record<string, unknown> = {};
  for (let i = chance.below(4); i > 0; i--) set(record, chance.one(names), anyValue(chance, depth + 1));
  return record;
}

/** As `JSON.parse` would: a field `__proto__` is one like any other. */
function set(record: object, name: string, value: unknown): void {
  Object.defineProperty(record, name, { value, enumerable: true, configurable: true, writable: true });
}

function validValue(chance: Chance): Record<string, unknown> {
  return {
    title: chance.one(["a", "é", "😀 😀", "abcdefghijkl"]),
    pages: 1 + chance.below(99),
    weight: chance.one([0, 0.5, 1]),
    state: chance.one(["new", "old", 3, true]),
    tags: Array.from({ length: 1 + chance.below(3) }, () => chance.one(["", "a", "😀😀😀😀"])),
    author: chance.once(2) ? { name: "Ann" } : { name: "Bé", toString: "text" },
    ...(chance.once(2)
      ? {}
      : { notes: Array.from({ length: chance.below(3) }, () => ({ text: chance.one(strings) })) }),
    ...(chance.once(2) ? {} : { done: chance.once(2) }),
  };
}

/** One thing is changed, somewhere. */
function mutate(chance: Chance, value: unknown): unknown {
  if (typeof value !== "object" || value === null || chance.once(6)) return anyValue(chance, 1);
  const keys = Object.keys(value);
  if (Array.isArray(value)) {
    const copy: unknown[] = [...value];
    const kind = chance.below(3);
    if (copy.length === 0 || kind === 0) copy.push(anyValue(chance, 1));
    else if (kind === 1) copy.pop();
    else copy[chance.below(copy.length)] = mutate(chance, chance.one(copy));
    return copy;
  }
  const copy = { ...(value as Record<string, unknown>) };
  const name = chance.once(4) || keys.length === 0 ? chance.one(names) : chance.one(keys);
  if (chance.once(4)) delete copy[name];
  else set(copy, name, mutate(chance, copy[name]));
  return copy;
}

describe("a schema", () => {
  // Otherwise Ajv takes what every object inherits (`toString`) for a field.
  const ajv = new Ajv2020({ allErrors: false, strict: true, ownProperties: true });
  const oracle = ajv.compile(draftJson);

  test("takes what Ajv takes", () => {
    const chance = seeded(1);
    let taken = 0;
    for (let i = 0; i < 60_000; i++) {
      let value: unknown = validValue(chance);
      for (let times = chance.below(3); times > 0; times--) value = mutate(chance, value);
      const expected = oracle(value) as boolean;
      const issues = Draft.issues(value);
      const fine = Draft.is(value) === expected && (issues.length === 0) === expected;
      // `expect` for each of them would take most of the time.
      if (!fine || issues.some(({ actual }) => actual.length > 80)) expect({ value, issues }).toBe(expected);
      if (expected) taken++;
    }
    // Neither nearly all nor nearly none: the test could fail either way.
    expect(taken).toBeGreaterThan(15_000);
    expect(taken).toBeLessThan(45_000);
  });

  test("points to what is wrong, all at once", () => {
    const value = { ...validDraft, title: "UPPER", pages: 0, tags: ["fine", "too long"], extra: 1, author: {} };
    expect(Draft.issues(value).map(({ pointer, code, actual }) => [pointer, code, actual])).toEqual([
      ["/extra", "unknown", "1"],
      ["/title", "pattern", '"UPPER"'],
      ["/pages", "range", "0"],
      ["/tags/1", "range", '"too long"'],
      ["/author/name", "missing", "undefined"],
    ]);
  });

  test("tells at most 100 issues, and escapes where they are", () => {
    const value: Record<string, unknown> = { ...validDraft, "a/b~c\n\u202e": 1 };
    for (let i = 0; i < 1000; i++) value[`x${i}`] = i;
    const issues = Draft.issues(value);
    expect(issues).toHaveLength(chor.maxIssues);
    expect(issues[0]!.pointer).toBe("/a~1b~0c\\n\\u202e");
  });

  test("gives the value back, or throws with the issues", () => {
    expect(Draft.parse(validDraft)).toBe(validDraft);
    expect(Draft.of(validDraft)).toBe(validDraft);
    const wrong = { ...validDraft, pages: 1.5 };
    expect(() => Draft.parse(wrong)).toThrow(ArtifactError);
    expect(() => Draft.parse(wrong)).toThrow("This is no `Draft`:\n  /pages: expected integer from 1 to 99, got 1.5");
  });
});

describe("hostile values", () => {
  const throwing = { ...validDraft };
  Object.defineProperty(throwing, "pages", {
    enumerable: true,
    get: () => {
      throw new Error("read me not");
    },
  });
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const circle: Record<string, unknown> = { ...validDraft };
  circle["author"] = circle;
  const { title: inherited, ...withoutTitle } = validDraft;
  class Titled {
    get title(): string {
      return inherited;
    }
  }
  const hole = [...validDraft.tags];
  delete hole[1];

  const cases: readonly (readonly [string, unknown])[] = [
    ["a getter that throws", throwing],
    ["a revoked proxy", revoked.proxy],
    ["a field that is a revoked proxy", { ...validDraft, notes: revoked.proxy }],
    ["a circle", circle],
    ["inherited fields", Object.create(validDraft)],
    ["inherited and own fields", Object.assign(Object.create({ title: "a" }), { ...validDraft, title: undefined })],
    ["a class whose getter stands in for a field", Object.assign(new Titled(), { ...withoutTitle, extra: 1 })],
    ["a hole", { ...validDraft, tags: hole }],
    ["a huge list", { ...validDraft, tags: Array(2 ** 31) }],
    ["undefined where a field is optional", { ...validDraft, done: undefined }],
    ["a BigInt", { ...validDraft, pages: 3n }],
    ["NaN", { ...validDraft, weight: Number.NaN }],
    ["infinity", { ...validDraft, weight: Number.POSITIVE_INFINITY }],
    ["a boxed string", { ...validDraft, title: new String("a") }],
    ["a list instead of a record", Object.assign([], validDraft)],
    ["a list that looks like a record", Object.setPrototypeOf(Object.assign([], validDraft), Object.prototype)],
    ["undefined", undefined],
    ["a symbol", Symbol("s")],
    ["a function", () => validDraft],
    ["a hidden field", Object.defineProperty({ ...validDraft }, "title", { enumerable: false })],
  ];
  test.each(cases)("%s is refused without an exception", (_, value) => {
    const issues = Draft.issues(value);
    expect(Draft.is(value)).toBe(false);
    expect(issues.length).toBeGreaterThan(0);
    for (const issue of issues) expect(issue.actual.length).toBeLessThanOrEqual(80);
    expect("issues" in Draft["~standard"].validate(value)).toBe(true);
  });

  test("plain data without a prototype, or of another realm, is taken", () => {
    expect(Draft.is(Object.assign(Object.create(null), validDraft))).toBe(true);
    expect(Draft.is(runInNewContext(`JSON.parse(${JSON.stringify(JSON.stringify(validDraft))})`))).toBe(true);
  });

  test("a list may carry what JSON does not", () => {
    expect(Draft.is({ ...validDraft, tags: Object.assign(["a"], { extra: 1 }) })).toBe(true);
  });

  test("validators that disagree still give an issue", () => {
    const odd = schema<never>(
      "Odd",
      "",
      (value): value is never => value !== value,
      () => {},
      {},
    );
    expect(odd.issues({ a: 1 })).toEqual([
      { pointer: "", code: "type", expected: "Odd as plain JSON, without undefined fields", actual: '{"a":1}' },
    ] satisfies Issue[]);
  });
});

describe("as a standard schema", () => {
  const standard = Draft["~standard"];

  test("validates", () => {
    expect(standard.version).toBe(1);
    expect(standard.vendor).toBe("chor");
    expect(standard.validate(validDraft)).toEqual({ value: validDraft });
    expect(standard.validate({ ...validDraft, tags: ["fine", 2], "a/b": 1 })).toEqual({
      issues: [
        { message: "unknown field: no such field, got 1", path: ["a/b"] },
        { message: "expected string of 0 to 4 characters, got 2", path: ["tags", 1] },
      ],
    });
  });

  test.each([
    ["draft-2020-12", new Ajv2020({ ownProperties: true })],
    ["draft-07", new Ajv({ ownProperties: true })],
  ] as const)("its JSON Schema for %s says the same", (target, ajv) => {
    for (const side of [standard.jsonSchema.input, standard.jsonSchema.output]) {
      const json = side({ target });
      const oracle = ajv.compile(json);
      expect(oracle(validDraft)).toBe(true);
      expect(oracle({ ...validDraft, notes: [{ text: "fine" }] })).toBe(true);
      expect(oracle({ ...validDraft, notes: [{ text: 1 }] })).toBe(false);
      expect(oracle({ ...validDraft, pages: 0 })).toBe(false);
    }
  });

  test("draft 7 has no `$defs`, and nothing beside a `$ref`", () => {
    const json = JSON.stringify(standard.jsonSchema.input({ target: "draft-07" }));
    expect(json).not.toContain("$defs");
    expect(json).toContain('{"description":"One of the notes.","allOf":[{"$ref":"#/definitions/Note"}]}');
  });

  test("what it gives is the caller's own", () => {
    const json = standard.jsonSchema.input({ target: "draft-2020-12" });
    (json["required"] as string[]).length = 0;
    expect(draftJson["required"]).toHaveLength(6);
  });

  test("another target throws, as the specification asks", () => {
    expect(() => standard.jsonSchema.input({ target: "openapi-3.0" })).toThrow("`openapi-3.0` is not available");
  });
});
