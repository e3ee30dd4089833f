// The side of a schema that other libraries see: Standard Schema and Standard JSON Schema, version 1
// (https://standardschema.dev). In: a validator and a JSON Schema of draft 2020-12. Out: the member `~standard`.

import { path } from "./pointer.js";
import type { Issue, JsonSchema, Standard } from "./schema.js";

/** The member `~standard`. `issues` is empty for a valid value. */
export function standard<T>(json: JsonSchema, issues: (value: unknown) => readonly Issue[]): Standard<T> {
  const jsonSchema = ({ target }: { readonly target: string }): Record<string, unknown> => inTarget(json, target);
  return {
    version: 1,
    vendor: "chor",
    validate(value) {
      const found = issues(value);
      if (found.length === 0) return { value: value as T };
      return { issues: found.map((issue) => ({ message: describe(issue), path: path(issue.pointer) })) };
    },
    jsonSchema: { input: jsonSchema, output: jsonSchema },
  };
}

/** An issue in words, without its place: `expected string of 1 to 120 characters, got 12`. */
export function describe({ code, expected, actual }: Issue): string {
  if (code === "missing") return `missing: expected ${expected}`;
  if (code === "unknown") return `unknown field: ${expected}, got ${actual}`;
  return `expected ${expected}, got ${actual}`;
}

/** A copy for a target. Standard JSON Schema asks to throw for targets that are not served. */
function inTarget(json: JsonSchema, target: string): Record<string, unknown> {
  if (target === "draft-2020-12") {
    return { $schema: "https://json-schema.org/draft/2020-12/schema", ...structuredClone(json) };
  }
  if (target === "draft-07") return { $schema: "http://json-schema.org/draft-07/schema#", ...toDraft07(json) };
  throw new Error(`JSON Schema for \`${target}\` is not available; ask for \`draft-2020-12\` or \`draft-07\`.`);
}

/** Keywords whose value is a schema, a list of schemas, or schemas by name; all other values are plain data. */
const one: ReadonlySet<string> = new Set(["items", "additionalProperties", "not"]);
const many: ReadonlySet<string> = new Set(["anyOf", "oneOf", "allOf"]);
const named: ReadonlySet<string> = new Set(["properties", "$defs"]);

/** Draft 7 calls `$defs` `definitions`, and passes over whatever stands beside a `$ref`. Schemas are as deep as types. */
function toDraft07(schema: JsonSchema): Record<string, unknown> {
  const entries = Object.entries(schema).map(([keyword, value]): readonly [string, unknown] => {
    if (keyword === "$ref") return [keyword, String(value).replace(/^#\/\$defs\//, "#/definitions/")];
    if (one.has(keyword)) return [keyword, convert(value)];
    if (many.has(keyword)) return [keyword, (value as readonly unknown[]).map(convert)];
    if (named.has(keyword)) {
      const schemas = Object.entries(value as JsonSchema).map(([name, inside]) => [name, convert(inside)] as const);
      return [keyword === "$defs" ? "definitions" : keyword, Object.fromEntries(schemas)];
    }
    return [keyword, structuredClone(value)];
  });
  const copy: Record<string, unknown> = Object.fromEntries(entries);
  const { $ref, definitions, ...rest } = copy;
  if ($ref === undefined || Object.keys(rest).length === 0) return copy;
  return { ...rest, allOf: [{ $ref }], ...(definitions === undefined ? {} : { definitions }) };
}

function convert(value: unknown): unknown {
  return typeof value === "object" && value !== null ? toDraft07(value as JsonSchema) : value;
}
