// A type of the language as JSON Schema 2020-12. In: a bound type. Out: the text of an object literal.

import { notCarried } from "../carried/never.js";
import type { Type } from "../bind/program.js";
import { literal, numeral, quote } from "./text.js";
import type { ArtifactNames } from "./types.js";

/**
 * The type as a JSON Schema 2020-12, in text. Artifacts inside are the constants that `constants` names: one schema
 * stands in another without `$ref`, so it can be put anywhere, and the text is as long as the source.
 */
export function jsonSchemaText(type: Type, doc: string, constants: ArtifactNames): string {
  if (type.kind === "reference" && doc.trim() === "") return constants(type.artifact);
  const keywords =
    type.kind === "reference" ? [`allOf: [${constants(type.artifact)}]`] : schemaKeywords(type, constants);
  if (doc.trim() !== "") keywords.push(`description: ${quote(doc.trim())}`);
  return `{ ${keywords.join(", ")} }`;
}

function schemaKeywords(type: Exclude<Type, { kind: "reference" }>, constants: ArtifactNames): string[] {
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
        "additionalProperties: false",
      ];
    }
    default:
      return notCarried(type.kind);
  }
}

/** `type` beside `enum`, where the values have one: some providers ask for it. */
function literalsType(values: readonly (string | number | boolean)[]): string[] {
  const [first] = values;
  return values.every((value) => typeof value === typeof first) ? [`type: "${typeof first}"`] : [];
}
