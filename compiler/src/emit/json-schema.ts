// A type of the language as JSON Schema 2020-12. In: a bound type. Out: the text of an object literal.

import { notCarried } from "../carried/never.js";
import { KEY_LIMIT } from "../bind/limits.js";
import type { FormatType, Type } from "../bind/program.js";
import { literal, numeral, quote } from "./text.js";

/** Names of the constants that hold the schemas of artifacts inside others. */
export interface SchemaConstants {
  artifact(name: string): string;
  /** Of an artifact as a member of a union, with its label. */
  labelled(name: string): string;
}

/**
 * The type as a JSON Schema 2020-12, in text. Artifacts inside are the constants that `constants` names: one schema
 * stands in another without `$ref`, so it can be put anywhere, and the text is as long as the source. `open`: a record
 * lets fields through that are not declared.
 */
export function jsonSchemaText(type: Type, doc: string, constants: SchemaConstants, open = false): string {
  if (type.kind === "reference" && doc.trim() === "") return constants.artifact(type.artifact);
  const keywords =
    type.kind === "reference"
      ? [`allOf: [${constants.artifact(type.artifact)}]`]
      : schemaKeywords(type, constants, open);
  if (doc.trim() !== "") keywords.push(`description: ${quote(doc.trim())}`);
  return `{ ${keywords.join(", ")} }`;
}

function schemaKeywords(
  type: Exclude<Type, { kind: "reference" }>,
  constants: SchemaConstants,
  open: boolean,
): string[] {
  switch (type.kind) {
    case "string":
      return [
        `type: "string"`,
        ...(type.min > 0 ? [`minLength: ${type.min}`] : []),
        `maxLength: ${type.max}`,
        ...(type.pattern === null ? [] : [`pattern: ${quote(type.pattern)}`]),
      ];
    case "int":
    case "number":
      return [
        `type: ${type.kind === "int" ? `"integer"` : `"number"`}`,
        ...(type.min === null ? [] : [`minimum: ${numeral(type.min)}`]),
        ...(type.max === null ? [] : [`maximum: ${numeral(type.max)}`]),
      ];
    case "boolean":
      return [`type: "boolean"`];
    case "literals":
      return [...literalsType(type.values), `enum: [${type.values.map(literal).join(", ")}]`];
    case "list":
      return [
        `type: "array"`,
        `items: ${jsonSchemaText(type.item, "", constants)}`,
        ...(type.min > 0 ? [`minItems: ${type.min}`] : []),
        `maxItems: ${type.max}`,
      ];
    case "record": {
      const properties = type.fields.map(
        (field) => `${field.name}: ${jsonSchemaText(field.type, field.doc, constants)}`,
      );
      const required = type.fields.filter((field) => !field.optional).map(({ name }) => quote(name));
      return [
        `type: "object"`,
        `properties: {${properties.join(", ")}}`,
        ...(required.length > 0 ? [`required: [${required.join(", ")}]`] : []),
        ...(open ? [] : ["additionalProperties: false"]),
      ];
    }
    case "map":
      return [
        `type: "object"`,
        `propertyNames: { maxLength: ${KEY_LIMIT} }`,
        `additionalProperties: ${jsonSchemaText(type.value, "", constants)}`,
        ...(type.min > 0 ? [`minProperties: ${type.min}`] : []),
        `maxProperties: ${type.max}`,
      ];
    case "union":
      return [`anyOf: [${type.members.map(({ artifact }) => constants.labelled(artifact)).join(", ")}]`];
    case "nullable":
      return [`anyOf: [${jsonSchemaText(type.of, "", constants)}, { type: "null" }]`];
    case "json":
      return [];
    case "digest":
      return [`type: "string"`, `pattern: ${quote("^sha256:[0-9a-f]{64}$")}`];
    case "format":
      return formatKeywords(type);
    default:
      return notCarried(type.kind);
  }
}

function formatKeywords({ format, min, max }: FormatType): string[] {
  const lengths = [...(min > 0 ? [`minLength: ${min}`] : []), `maxLength: ${max}`];
  switch (format) {
    case "uuid":
      return [`type: "string"`, `format: "uuid"`];
    case "datetime":
      return [`type: "string"`, `format: "date-time"`];
    case "url":
      return [`type: "string"`, `format: "uri"`, ...lengths];
    case "path":
      return [`type: "string"`, ...lengths, `pattern: ${quote(PATH)}`];
    case "bytes":
      return [
        `type: "string"`,
        `contentEncoding: "base64"`,
        ...(min > 0 ? [`minLength: ${4 * Math.ceil(min / 3)}`] : []),
        `maxLength: ${4 * Math.ceil(max / 3)}`,
        `pattern: ${quote(BASE64)}`,
      ];
    case "typescript":
      return [`type: "string"`, `contentMediaType: "text/typescript"`, ...lengths];
  }
}

/** As the runtime's schema/formats.ts has it. */
const PATH =
  "^(?![A-Za-z]:)(?!\\.{1,2}(?:/|$))[^/\\\\\\u0000-\\u001f\\u007f]+(?:/(?!\\.{1,2}(?:/|$))[^/\\\\\\u0000-\\u001f\\u007f]+)*$";
const BASE64 = "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$";

/** `type` beside `enum`, where the values have one: some providers ask for it. */
function literalsType(values: readonly (string | number | boolean)[]): string[] {
  const [first] = values;
  return values.every((value) => typeof value === typeof first) ? [`type: "${typeof first}"`] : [];
}
