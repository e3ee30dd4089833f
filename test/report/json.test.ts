// The JSON of diagnostics against a schema written by hand, which allows nothing else.

import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { toJson } from "../../compiler/src/report/render/json.js";
import { incoherent, team, unused } from "./examples.js";
import { reportSchema } from "./schema.js";

const validate = new Ajv2020({ strict: true, allErrors: true }).compile(reportSchema);

const files = [
  { file: "team.chor", source: { file: "team.chor", text: team }, diagnostics: [incoherent, unused] },
  { file: "calm.chor", source: { file: "calm.chor", text: team }, diagnostics: [unused] },
  { file: "gone.chor", source: null, diagnostics: [{ ...incoherent, related: [], span: { start: 0, end: 0 } }] },
];

test("the shape", () => {
  const report = JSON.parse(JSON.stringify(toJson(files))) as unknown;
  expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
  expect(validate({ files: [{ file: "a", ok: true, diagnostics: [], more: 1 }] })).toBe(false);
  expect(validate({ files: [{ file: "a", ok: true }] })).toBe(false);
});

test("a warning leaves a file ok, an error does not", () => {
  expect(toJson(files).files.map(({ file, ok }) => [file, ok])).toEqual([
    ["team.chor", false],
    ["calm.chor", true],
    ["gone.chor", false],
  ]);
});

test("positions count from line 1, column 1, offset 0", () => {
  const span = toJson(files).files[1]?.diagnostics[0]?.span;
  expect(span).toEqual({ start: { line: 2, column: 10, offset: 42 }, end: { line: 2, column: 16, offset: 48 } });
});

test("what is absent is null, and runs are there only where there are some", () => {
  const [first, second] = toJson(files).files[0]?.diagnostics ?? [];
  expect(second).toMatchObject({ hint: null, related: [] });
  expect(second).not.toHaveProperty("runs");
  expect(first?.runs?.runs).toHaveLength(2);
});
