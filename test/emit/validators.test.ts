// Generated validators against an oracle: random artifacts, and values that fit or are spoilt a little. Ajv, which
// reads only the generated JSON Schema, has to say the same. Seeded: `SEED=7 CASES=20000` for another or a longer run.

import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { describe, expect, it } from "vitest";
import type { Artifact, Field, RecordType, Type } from "@chor/compiler";
import type { ReferenceType } from "../../compiler/src/bind/program.js";
import type { Schema } from "@chor/runtime";
import { emit } from "../../compiler/src/emit/emit.js";
import { below, pick, randomFrom, type Random } from "../support/random.js";
import { artifact, field, referenceTo, artifactsOnly, load, textOf, typeErrors } from "./helpers.js";

const seed = Number(process.env["SEED"] ?? "1");
const cases = Number(process.env["CASES"] ?? "4000");

/** Few artifacts with many fields, so that all kinds meet; names that are unpleasant among them. */
const fieldNames = [
  "title",
  "value",
  "at",
  "issues",
  "fields",
  "field",
  "_",
  "i",
  "item",
  "class",
  "then",
  "constructor",
  "toString",
  "hasOwnProperty",
  "Array",
  "chor",
  "isA0",
  "undefined",
  "length",
  "a0",
];
const patterns = ["^[a-z]+$", "^\\d{1,3}(?:/\\d+)?$", "[^\\u{1F600}]", "\\p{Lu}", "^$|`\\$\\{x\\}`", "\\*/"];
const texts = [
  "",
  "a",
  "abc",
  "Zoë",
  "😀",
  "😀😀😀",
  "12",
  "7/12",
  "`${x}`",
  "*/",
  "\u2028",
  "a".repeat(9),
  "__proto__",
  "\ud800",
];

/** Texts of the forms that have a name: the first ones fit, the others do not. */
const forms = {
  uuid: {
    fit: ["123e4567-e89b-12d3-a456-426614174000", "123E4567-E89B-12D3-A456-426614174000"],
    not: ["123e4567e89b12d3a456426614174000", "123e4567-e89b-12d3-a456-42661417400g", ""],
  },
  datetime: {
    fit: ["2026-01-31T12:00:00Z", "2024-02-29T00:00:00.123+02:00", "1998-12-31T23:59:60Z", "1999-01-01T01:29:60+01:30"],
    not: [
      "2026-02-29T00:00:00Z",
      "2026-01-31T12:00:00",
      "2026-01-31T24:00:00Z",
      "2026-01-31T12:00:60Z",
      "2026-13-01T00:00:00Z",
      "now",
    ],
  },
  url: {
    fit: ["https://example.org/a?b=c#d", "mailto:ada@example.org", "http://[::1]:80/%20"],
    not: ["//example.org", "example.org", "https://exa mple.org", "https://example.org/%zz", "https://example.org/<"],
  },
  path: {
    fit: ["a", "src/a.ts", "a/b/c", ".git/x", "..a/b..", "ä/😀"],
    not: ["/a", "a/", "a//b", "../a", "a/./b", "a/..", "C:/a", "a\\b", "a\u0000"],
  },
  bytes: { fit: ["", "YQ==", "YWI=", "YWJj", "YWJjZA=="], not: ["YQ", "YR==", "YW==I", "====", "Y Q=", "YWJ="] },
  typescript: { fit: ["", "let a = 1;"], not: [] },
} as const;

const digests = { fit: [`sha256:${"0a".repeat(32)}`], not: [`sha256:${"0A".repeat(32)}`, "0a".repeat(32), "sha256:"] };

function randomFormat(random: Random): Type {
  const format = pick(random, ["uuid", "datetime", "url", "path", "bytes", "typescript"] as const);
  const min = format === "bytes" || format === "typescript" ? below(random, 3) : 1;
  if (format === "uuid") return { kind: "format", format, min: 36, max: 36 };
  if (format === "datetime") return { kind: "format", format, min: 20, max: 35 };
  // The schema counts Base64 in groups of three bytes: between them only the validator knows.
  if (format === "bytes") return { kind: "format", format, min: below(random, 2), max: 3 * (1 + below(random, 5)) };
  return { kind: "format", format, min, max: min + below(random, 40) };
}

function randomType(random: Random, depth: number, artifacts: readonly string[]): Type {
  const kind = below(random, depth > 2 ? 9 : 14);
  const min = below(random, 3);
  switch (kind) {
    case 0:
    case 1:
      return { kind: "string", min, max: min + below(random, 8), pattern: null };
    case 2:
      return { kind: "string", min: 0, max: 4 + below(random, 60), pattern: pick(random, patterns) };
    case 3:
      return random() < 0.3
        ? { kind: "int", min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }
        : { kind: "int", min: min - 3, max: min + below(random, 9) };
    case 4:
      return { kind: "number", min: random() < 0.5 ? null : -min, max: random() < 0.5 ? null : min + 0.5 };
    case 5:
      return random() < 0.3
        ? { kind: "boolean" }
        : {
            kind: "literals",
            values: pick(random, [
              ["low", "high"],
              ["*/"],
              [1, 2],
              [true],
              ["a", 1, false],
              [-0.5, 0],
              ["\u2028`${", "constructor"],
            ]),
          };
    case 6:
      return randomFormat(random);
    case 7:
      return {
        kind: "digest",
        of: artifacts.length === 0 || random() < 0.3 ? null : referenceTo(pick(random, artifacts)),
      };
    case 8:
      return { kind: "json", max: 1_000 };
    case 9:
      return { kind: "list", item: randomType(random, depth + 1, artifacts), min, max: min + below(random, 4) };
    case 10:
      return {
        kind: "map",
        value: randomType(random, depth + 1, artifacts),
        min: below(random, 2),
        max: 1 + below(random, 3),
      };
    case 11:
      return randomRecord(random, depth + 1, artifacts);
    case 12: {
      const of = randomType(random, depth + 1, artifacts);
      return of.kind === "nullable" || of.kind === "json" ? of : { kind: "nullable", of };
    }
    default:
      return artifacts.length === 0 ? { kind: "boolean" } : referenceTo(pick(random, artifacts));
  }
}

function randomRecord(random: Random, depth: number, artifacts: readonly string[]): RecordType {
  const names = fieldNames.filter(() => random() < 0.2).slice(0, 7);
  const fields = names.map((name): Field => {
    const doc = random() < 0.2 ? "Ends */ here? `${x}`\n@ts-expect-error" : "";
    const optional = random() < 0.4;
    return field(name, randomType(random, depth, artifacts), optional, doc);
  });
  return { kind: "record", fields };
}

function randomArtifacts(random: Random, count: number): Artifact[] {
  const names: string[] = [];
  // Those that refer to others come before them in the source as often as behind.
  const records: string[] = [];
  const made = Array.from({ length: count }, (_, index) => {
    const made = { ...artifact(`A${index}`, typeOf(index)), open: false };
    names.push(made.name);
    if (made.type.kind !== "record") return made;
    records.push(made.name);
    return { ...made, open: random() < 0.15 };
  });
  /** Most are records; some are unions of records before them, or other types under a name. */
  function typeOf(index: number): Type {
    if (index % 7 === 6) {
      const members = [...new Set([pick(random, records), pick(random, records), pick(random, records)])];
      return { kind: "union", members: members.map((name) => referenceTo(name) as ReferenceType) };
    }
    return index % 7 === 5 ? randomType(random, 0, names.slice(-4)) : randomRecord(random, 0, names.slice(-4));
  }
  return random() < 0.5 ? made : made.toReversed();
}

type Artifacts = ReadonlyMap<string, Artifact>;

/** A value that fits, mostly. */
function randomValue(random: Random, type: Type, artifacts: Artifacts): unknown {
  switch (type.kind) {
    case "string": {
      const fitting = texts.filter(
        (text) => [...text].length >= type.min && [...text].length <= type.max && text.isWellFormed(),
      );
      const matching = fitting.filter((text) => type.pattern === null || new RegExp(type.pattern, "u").test(text));
      return matching.length > 0 ? pick(random, matching) : "x".repeat(type.min);
    }
    case "int":
      return type.min + below(random, Math.min(type.max - type.min, 2 ** 40) + 1);
    case "number":
      return (type.min ?? -1) + random() * ((type.max ?? 1) - (type.min ?? -1));
    case "boolean":
      return random() < 0.5;
    case "literals":
      return pick(random, type.values);
    case "list":
      return Array.from({ length: type.min + below(random, type.max - type.min + 1) }, () =>
        randomValue(random, type.item, artifacts),
      );
    case "record":
      return Object.fromEntries(
        type.fields
          .filter(({ optional }) => !optional || random() < 0.6)
          .map((field) => [field.name, randomValue(random, field.type, artifacts)]),
      );
    case "reference":
      return randomValue(random, artifacts.get(type.artifact)!.type, artifacts);
    case "union": {
      const { artifact } = pick(random, type.members);
      return { label: artifact, ...(randomValue(random, artifacts.get(artifact)!.type, artifacts) as object) };
    }
    case "nullable":
      return random() < 0.4 ? null : randomValue(random, type.of, artifacts);
    case "format":
      return random() < 0.9 ? pick(random, forms[type.format].fit) : pick(random, [...forms[type.format].not, ""]);
    case "digest":
      return pick(random, random() < 0.9 ? digests.fit : digests.not);
    case "json":
      return pick(random, [null, 1, "x", [1, [2]], { a: { b: null } }, true]);
    case "map":
      return Object.fromEntries(
        Array.from({ length: type.min + below(random, type.max - type.min + 1) }, (_, i) => [
          `${pick(random, ["k", "constructor", "a/b~"])}${i}`,
          randomValue(random, type.value, artifacts),
        ]),
      );
    default:
      throw new Error(`no values of ${type.kind}`);
  }
}

const junk: readonly unknown[] = [
  null,
  true,
  0,
  -0,
  1.5,
  -7,
  2 ** 53,
  1e300,
  "",
  "x",
  "😀".repeat(5),
  "y".repeat(80),
  [],
  {},
  [1, 2, 3, 4, 5, 6, 7, 8],
  { a: 1 },
  ["a", []],
];

/** The value with one thing changed somewhere: replaced, left out, added. */
function spoilt(random: Random, value: unknown): unknown {
  if (typeof value !== "object" || value === null || random() < 0.15)
    return random() < 0.3 && typeof value === "number" ? value + 0.5 : pick(random, junk);
  if (Array.isArray(value)) {
    if (value.length === 0 || random() < 0.3)
      return random() < 0.5 ? value.slice(1) : [...value, ...value, pick(random, junk)];
    const at = below(random, value.length);
    return value.map((item, index) => (index === at ? spoilt(random, item) : item));
  }
  const entries = Object.entries(value);
  if (entries.length === 0 || random() < 0.3)
    return Object.fromEntries([
      ...entries,
      [pick(random, ["extra", "__proto__", "a/b~c", ...fieldNames]), pick(random, junk)],
    ]);
  const at = below(random, entries.length);
  if (random() < 0.3) return Object.fromEntries(entries.filter((_, index) => index !== at));
  return Object.fromEntries(
    entries.map(([name, inner], index) => [name, index === at ? spoilt(random, inner) : inner]),
  );
}

/** What is wrong anywhere in a value for JSON's sake alone: there Ajv is not asked. */
function isOutsideJson(value: unknown): boolean {
  if (typeof value === "string") return !value.isWellFormed();
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some(isOutsideJson);
}

/** A key that is refused everywhere, and that no JSON Schema speaks of. */
function hasProto(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.hasOwn(value, "__proto__") || Object.values(value).some(hasProto);
}

/** Ajv tells what is wrong with every member of an `anyOf`, and of a key where its object is. */
function tellsPlaces(errors: readonly ErrorObject[]): boolean {
  return errors.every(({ keyword }) => keyword !== "anyOf" && keyword !== "propertyNames");
}

/** Whether a JSON Pointer leads to something, or at least to where something is missing. */
function leads(value: unknown, pointer: string): boolean {
  const names = pointer
    .split("/")
    .slice(1)
    .map((name) => name.replaceAll("~1", "/").replaceAll("~0", "~"));
  let at: unknown = value;
  for (const name of names) {
    if (typeof at !== "object" || at === null) return false;
    at = Object.hasOwn(at, name) ? (at as Record<string, unknown>)[name] : undefined;
  }
  return true;
}

/** Where Ajv finds something wrong. Inside a list of a wrong length `check` does not look, Ajv does. */
function placesOf(errors: readonly ErrorObject[], told: ReadonlySet<string>): string[] {
  const escaped = (name: string): string => name.replaceAll("~", "~0").replaceAll("/", "~1");
  const places = errors.map(({ instancePath, params }) => {
    const field: unknown = params["missingProperty"] ?? params["additionalProperty"];
    return typeof field === "string" ? `${instancePath}/${escaped(field)}` : instancePath;
  });
  const isInside = (place: string): boolean => [...told].some((outer) => place.startsWith(`${outer}/`));
  return [...new Set(places)].filter((place) => !isInside(place)).toSorted();
}

describe("generated validators", () => {
  it("agree with Ajv, and tell what is wrong exactly when something is", async () => {
    const random = randomFrom(seed);
    const artifacts = randomArtifacts(random, 40);
    const files = await emit(artifactsOnly(artifacts), []);
    const module = load(files)("types/artifacts.ts") as { readonly [name: string]: Schema<unknown> };
    const byName: Artifacts = new Map(artifacts.map((artifact) => [artifact.name, artifact]));
    const ajv = new Ajv2020({ allErrors: true, strict: false, ownProperties: true });
    formats.default(ajv);
    const count = { valid: 0, invalid: 0 };
    const oracles = new Map(artifacts.map(({ name }) => [name, ajv.compile(module[name]!.jsonSchema)]));
    for (let round = 0; round < cases; round++) {
      const artifact = artifacts[round % artifacts.length]!;
      const schema = module[artifact.name]!;
      const sound = randomValue(random, artifact.type, byName);
      const value =
        random() < 0.4 ? sound : random() < 0.8 ? spoilt(random, sound) : spoilt(random, spoilt(random, sound));
      if (isOutsideJson(value)) continue;
      const told = JSON.stringify([seed, round, artifact.name, value]);
      const oracle = oracles.get(artifact.name)!;
      const isValid = oracle(value) && !hasProto(value);
      const errors = oracle.errors ?? [];
      count[isValid ? "valid" : "invalid"]++;
      const issues = schema.issues(value);
      const pointers = new Set(issues.map(({ pointer }) => pointer));
      const said = {
        told,
        isValid: schema.is(value),
        isSilent: issues.length === 0,
        places: tellsPlaces(errors) && !hasProto(value) ? [...pointers].toSorted() : [],
        // Not the general word that the runtime says where `check` found nothing; not missing what is there.
        amiss: issues.filter(
          ({ pointer, code, expected, actual }) =>
            expected.includes("as plain JSON") ||
            (code === "missing") !== (actual === "undefined") ||
            !leads(value, pointer),
        ),
      };
      const places = tellsPlaces(errors) && !hasProto(value) ? placesOf(errors, pointers) : [];
      const right = { told, isValid, isSilent: isValid, places, amiss: [] };
      if (JSON.stringify(said) !== JSON.stringify(right)) expect(said).toEqual(right);
    }
    expect(count.valid).toBeGreaterThan(cases / 5);
    expect(count.invalid).toBeGreaterThan(cases / 5);
  });

  it("type-check, whatever the artifacts", async () => {
    const random = randomFrom(seed + 1);
    expect(typeErrors(await emit(artifactsOnly(randomArtifacts(random, 10)), []))).toEqual([]);
  });

  it("take hundreds of literals and fields", async () => {
    const values = Array.from({ length: 600 }, (_, index) => `v${index}`);
    const fields = values.map((name, index): Field => {
      const type: Type = index === 0 ? { kind: "literals", values } : { kind: "boolean" };
      return field(name, type, index > 0);
    });
    const type: RecordType = { kind: "record", fields };
    const files = await emit(artifactsOnly([artifact("Wide", type)]), []);
    const { Wide } = load(files)("types/artifacts.ts") as { Wide: Schema<unknown> };
    expect(Wide.is({ v0: "v599", v1: true })).toBe(true);
    expect(Wide.issues({ v0: "v600", x: 1 }).map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      "/x unknown",
      "/v0 literal",
    ]);
  });

  it("tell every issue, with its place, its kind, what should be there and what came", async () => {
    const text: Type = { kind: "string", min: 1, max: 3, pattern: "^[a-z]+$" };
    const type: RecordType = {
      kind: "record",
      fields: [
        field("text", text),
        field("rows", {
          kind: "list",
          min: 1,
          max: 2,
          item: { kind: "list", min: 0, max: 2, item: { kind: "int", min: 0, max: 9 } },
        }),
        field("inner", { kind: "record", fields: [field("toString", { kind: "literals", values: ["a", 1] })] }, true),
        field("weight", { kind: "number", min: 0, max: null }),
      ],
    };
    const files = await emit(artifactsOnly([artifact("Sheet", type)]), []);
    const { Sheet } = load(files)("types/artifacts.ts") as { Sheet: Schema<unknown> };
    expect(Sheet.is({ text: "abc", rows: [[1, 2]], weight: 0 })).toBe(true);
    const issues = (value: unknown): string[] =>
      Sheet.issues(value).map(({ pointer, code, expected, actual }) => `${pointer} ${code}: ${expected}; ${actual}`);
    expect(
      issues({
        text: "ABC",
        rows: [
          [1, 10, 3],
          [10, "x"],
        ],
        inner: {},
        "a/b~": 1,
      }),
    ).toEqual([
      "/a~1b~0 unknown: no such field; 1",
      '/text pattern: string that matches /^[a-z]+$/u; "ABC"',
      "/rows/0 range: list of at most 2; [1,10,3]",
      "/rows/1/0 range: integer from 0 to 9; 10",
      '/rows/1/1 type: integer from 0 to 9; "x"',
      '/inner/toString missing: "a" or 1; undefined',
      "/weight missing: number of at least 0; undefined",
    ]);
    expect(issues({ text: "abcd", rows: [], inner: { toString: "b" }, weight: -1 })).toEqual([
      '/text range: string of 1 to 3 characters; "abcd"',
      "/rows range: list of 1 to 2; []",
      '/inner/toString literal: "a" or 1; "b"',
      "/weight range: number of at least 0; -1",
    ]);
    expect(issues([])).toEqual([" type: Sheet; []"]);
    expect(textOf(files, "types/artifacts.ts")).toContain("const Sheet$text$pattern = /^[a-z]+$/u;");
  });
});
