// `chor.config.json`: what it may say, all that is wrong at its place, and the schema that says the same to editors.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { lineStarts, positionAt } from "@chor/grammar";
import { expect, test } from "vitest";
import { DEFAULTS, parseConfig } from "../../compiler/src/config/config.js";
import { parseJson } from "../../compiler/src/config/json.js";
import type { Json } from "../../compiler/src/config/json.js";
import { applyLints, LINTS, lintCode, OFF, wantedLints } from "../../compiler/src/config/lints.js";
import { randomFrom } from "../support/random.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const schema = JSON.parse(readFileSync(join(root, "compiler/schema/chor.config.schema.json"), "utf8")) as {
  readonly properties: Readonly<Record<string, { readonly properties?: Readonly<Record<string, unknown>> }>>;
};
const fits = new Ajv({ allErrors: true }).compile(schema);

/** `code line:column` of everything that is wrong. */
function wrong(text: string): readonly string[] {
  const starts = lineStarts(text);
  return parseConfig({ file: "chor.config.json", text }).diagnostics.map(({ code, span }) => {
    const { line, column } = positionAt(starts, span.start);
    return `${code} ${line}:${column}`;
  });
}

test("all keys together", () => {
  const text = `{
    "$schema": "./x.json",
    "files": ["protocols", "!protocols/drafts/**"],
    "out": "gen",
    "targets": ["typescript"],
    "lints": { "unused-role": "off", "CHOR0217": "error" },
    "format": "json"
  }`;
  const { config, diagnostics } = parseConfig({ file: "c", text });
  expect(diagnostics).toEqual([]);
  expect(config).toEqual({
    files: ["protocols", "!protocols/drafts/**"],
    out: "gen",
    targets: ["typescript"],
    lints: new Map([
      ["CHOR0218", "off"],
      ["CHOR0217", "error"],
    ]),
    lintOptions: { bottleneckShare: 0.6 },
    format: "json",
  });
  expect(parseConfig({ file: "c", text: "{}" }).config).toEqual(DEFAULTS);
});

const cases: readonly (readonly [text: string, wrong: readonly string[]])[] = [
  [`{ "fils": [] }`, ["CHOR0053 1:3"]],
  [`{ "files": [] }`, ["CHOR0054 1:12"]],
  [`{ "files": "a.chor" }`, ["CHOR0054 1:12"]],
  [`{ "files": ["a", 1,\n  ""] }`, ["CHOR0054 1:18", "CHOR0054 2:3"]],
  [`{ "out": null }`, ["CHOR0054 1:10"]],
  [`{ "targets": ["typescript", "rust"] }`, ["CHOR0055 1:29"]],
  [`{ "format": "pritty" }`, ["CHOR0055 1:13"]],
  [`{ "lints": [] }`, ["CHOR0054 1:12"]],
  [`{ "lints": { "unused-role": "loud", "nothing": "off" } }`, ["CHOR0055 1:29", "CHOR0056 1:37"]],
  [`{ "lints": { "bottleneck": { "share": 60 } } }`, ["CHOR0054 1:28"]],
  [`{ "lints": { "bottleneck": { "level": "error", "share": 0 } } }`, ["CHOR0054 1:57"]],
  [`{ "lints": { "CHOR0653": { "level": "error", "share": "60" } } }`, ["CHOR0054 1:55"]],
  [`{ "lints": { "bottleneck": { "level": "error", "part": 60 } } }`, ["CHOR0053 1:48"]],
  [`{ "lints": { "unused-role": { "level": "error" } } }`, ["CHOR0054 1:29"]],
  [`{ "lints": { "CHOR0602": "off" } }`, ["CHOR0056 1:14"]],
  [`{ "lints": { "unused-role": "off", "CHOR0218": "error" } }`, ["CHOR0057 1:36"]],
  [`{ "out": "a", "out": "b" }`, ["CHOR0057 1:15"]],
  [`{ "out": "a", }`, ["CHOR0052 1:15"]],
  [`{ "out": "a" } x`, ["CHOR0052 1:16"]],
  [`// no\n{}`, ["CHOR0052 1:1"]],
  [`{ 'out': "a" }`, ["CHOR0052 1:3"]],
  [`{ "out": "a\nb" }`, ["CHOR0052 1:10"]],
  [`[]`, ["CHOR0054 1:1"]],
  ["", ["CHOR0052 1:1"]],
];

test.each(cases)("%s", (text, expected) => {
  expect(wrong(text)).toEqual(expected);
});

test("the schema takes what chorc takes, and nothing else", () => {
  const valid = [
    "{}",
    `{ "files": ["a"], "out": "b", "targets": ["typescript"], "format": "pretty" }`,
    `{ "lints": { "bottleneck": { "level": "warning", "share": 75 } } }`,
    ...[...LINTS].flat().map((lint) => `{ "lints": { "${lint}": "off" } }`),
    readFileSync(join(root, "compiler/templates/starter/chor.config.json"), "utf8"),
  ];
  for (const text of valid) expect([text, wrong(text), fits(JSON.parse(text))]).toEqual([text, [], true]);
  // A schema cannot tell of keys that come twice, nor which codes are those of warnings.
  for (const [text, [first]] of cases) {
    if (/CHOR005[27]/.test(first ?? "") || text.includes("CHOR0602")) continue;
    expect([text, fits(JSON.parse(text))]).toEqual([text, false]);
  }
  expect(Object.keys(schema.properties["lints"]?.properties ?? {})).toEqual([...LINTS.keys()]);
});

test("every warning of the sources has a name, and every name a warning", () => {
  const codes = new Set<string>();
  for (const house of ["grammar/src", "compiler/src"]) {
    for (const entry of readdirSync(join(root, house), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !entry.name.endsWith(".ts")) continue;
      const text = readFileSync(join(entry.parentPath, entry.name), "utf8");
      const told = [
        ...text.matchAll(/\bwarning\(\s*"(CHOR\d{4})"/g),
        ...text.matchAll(/code: "(CHOR\d{4})",\s*severity: "warning"/g),
      ];
      for (const [, code] of told) if (code !== undefined) codes.add(code);
    }
  }
  expect([...codes].toSorted()).toEqual([...LINTS.values()].toSorted());
});

test("a bottleneck can be told from which share on it is one", () => {
  const { config } = parseConfig({
    file: "c",
    text: `{ "lints": { "bottleneck": { "level": "error", "share": 80 } } }`,
  });
  expect(config.lints).toEqual(new Map([["CHOR0653", "error"]]));
  expect(config.lintOptions).toEqual({ bottleneckShare: 0.8 });
});

test("what is off by itself is wanted only by who asks for it", () => {
  expect(wantedLints(new Map())).toEqual(new Set([...LINTS.values()].filter((code) => !OFF.has(code))));
  const levels = new Map([
    ["CHOR0650", "error"],
    ["CHOR0652", "off"],
  ] as const);
  const wanted = wantedLints(levels);
  expect(wanted.has("CHOR0650")).toBe(true);
  expect(wanted.has("CHOR0651")).toBe(false);
  expect(wanted.has("CHOR0652")).toBe(false);
});

test("levels change warnings and nothing else", () => {
  const span = { start: 0, end: 1 };
  const one = (code: `CHOR${number}`, severity: "error" | "warning") =>
    ({ code, severity, message: "", span, related: [] }) as const;
  const all = [one("CHOR0217", "warning"), one("CHOR0218", "warning"), one("CHOR0602", "error")];
  expect(applyLints(all, new Map())).toBe(all);
  const levels = new Map([
    ["CHOR0217", "off"],
    ["CHOR0218", "error"],
    ["CHOR0602", "off"],
  ] as const);
  expect(applyLints(all, levels).map(({ code, severity }) => `${code} ${severity}`)).toEqual([
    "CHOR0218 error",
    "CHOR0602 error",
  ]);
  expect(lintCode("constructor")).toBeNull();
});

/** The value without its places. */
function plain(json: Json): unknown {
  if (json.kind === "list") return json.items.map(plain);
  if (json.kind === "object") return Object.fromEntries(json.entries.map(({ key, value }) => [key, plain(value)]));
  return json.value;
}

test("JSON is read as JSON.parse reads it, and refused where it refuses", () => {
  const random = randomFrom(7);
  const pieces = [
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    " ",
    '"a"',
    '"\\u00e9\\n"',
    "1",
    "-0.5e3",
    "01",
    "true",
    "nul",
    "null",
    "'",
    "\\",
  ];
  let accepted = 0;
  const texts = Array.from({ length: 20_000 }, () =>
    Array.from({ length: 1 + Math.floor(random() * 6) }, () => pieces[Math.floor(random() * pieces.length)]).join(""),
  );
  for (const text of [...texts, '{"a":{"b":[1,{"c":null}]},"d":[]}', '["\\ud800", "\\"\\\\/"]', "\ufeff1"]) {
    let expected: unknown;
    try {
      expected = JSON.parse(text.replace(/^\ufeff/, ""));
    } catch {
      expected = undefined;
    }
    const parsed = parseJson(text);
    const found = "value" in parsed ? plain(parsed.value) : undefined;
    if (expected !== undefined) accepted++;
    expect([text, found]).toEqual([text, expected]);
  }
  expect(accepted).toBeGreaterThan(500);
});

test("whatever stands there ends in a diagnostic", () => {
  for (const text of [
    "[".repeat(1_000_000),
    `{"a":`.repeat(100_000),
    '"'.repeat(10_000),
    "\u0000",
    `{"__proto__":1}`,
  ]) {
    expect(wrong(text).length).toBeGreaterThan(0);
  }
});
