// A type of the language as TypeScript, as the source would write it, and in words. In: a bound type, and how
// artifacts are called in generated code. Out: text. Types are nested at most `DEPTH_LIMIT` deep: the binder sees to it.

import { notCarried } from "../carried/never.js";
import type { Field, FormatType, Type } from "../bind/program.js";
import { literal, numeral, onLines, onOneLine, quote } from "./text.js";
import { inWords } from "../report/words.js";

/** Of more literals, only the first are told. */
const MOST_TOLD = 12;

/** How an artifact is called in generated code. */
export type ArtifactNames = (artifact: string) => string;

/** The type in TypeScript: `readonly ModuleSpec[]`. Fields carry their doc comments and ranges. */
export function typeText(type: Type, names: ArtifactNames): string {
  switch (type.kind) {
    case "string":
      return "string";
    case "int":
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    case "literals":
      return type.values.map(literal).join(" | ");
    case "list": {
      const item = typeText(type.item, names);
      return `readonly ${isOneOfSeveral(type.item) ? `(${item})` : item}[]`;
    }
    case "map":
      return `{ readonly [key: string]: ${typeText(type.value, names)} }`;
    case "record":
      return recordText(type.fields, false, names);
    case "reference":
      return names(type.artifact);
    case "union":
      return type.members
        .map(({ artifact }) => `({ readonly label: ${quote(artifact)} } & ${names(artifact)})`)
        .join(" | ");
    case "nullable":
      return `${typeText(type.of, names)} | null`;
    case "format":
      return "string";
    case "json":
      return "chor.Json";
    case "digest":
      return `chor.Digest<${type.of === null ? "unknown" : typeText(type.of, names)}>`;
    default:
      return notCarried(type.kind);
  }
}

/** An item of a list in TypeScript stands in parentheses where it is one of several. */
function isOneOfSeveral({ kind }: Type): boolean {
  return kind === "literals" || kind === "list" || kind === "nullable" || kind === "union";
}

/** A record in TypeScript; an open one has any other fields as well. */
export function recordText(fields: readonly Field[], open: boolean, names: ArtifactNames): string {
  if (fields.length === 0 && !open) return "{}";
  const lines = fields.map((field) => {
    const comment = fieldComment(field);
    return `${comment}readonly ${field.name}${field.optional ? "?" : ""}: ${typeText(field.type, names)};`;
  });
  if (open) lines.push("readonly [field: string]: unknown;");
  return `{\n${lines.join("\n")}\n}`;
}

/** Doc comment and range of a field, `""` if there is nothing to say. */
function fieldComment(field: Field): string {
  const text = [onLines(field.doc), onOneLine(range(field.type))].filter((part) => part !== "").join("\n\n");
  if (text === "") return "";
  return text.includes("\n")
    ? `/**\n${text
        .split("\n")
        .map((line) => ` * ${line}`.trimEnd())
        .join("\n")}\n */\n`
    : `/** ${text} */\n`;
}

/** The type as the source has it, ranges left out: `ModuleSpec[]`. */
export function sourceText(type: Type): string {
  switch (type.kind) {
    case "literals":
      return type.values.map(literal).join(" | ");
    case "list":
      return isOneOfSeveral(type.item) ? `(${sourceText(type.item)})[]` : `${sourceText(type.item)}[]`;
    case "map":
      return `map<${sourceText(type.value)}>`;
    case "record":
      return `{ ${type.fields.map(({ name }) => name).join(" ")} }`;
    case "reference":
      return type.artifact;
    case "union":
      return type.members.map(({ artifact }) => artifact).join(" | ");
    case "nullable":
      return `${sourceText(type.of)} | null`;
    case "format":
      return type.format;
    case "digest":
      return type.of === null ? type.kind : `digest<${sourceText(type.of)}>`;
    default:
      return type.kind;
  }
}

/** What a value of this type is, for an issue: `string of 1 to 120 characters`. */
export function expected(type: Type): string {
  switch (type.kind) {
    case "string":
      return `string of ${span(type.min, type.max)} characters`;
    case "int":
      return between("integer", wholeRange(type.min, type.max));
    case "number":
      return between("number", type);
    case "boolean":
      return "true or false";
    case "literals":
      return oneOf(type.values.map(literal));
    case "list":
      return `list of ${span(type.min, type.max)}`;
    case "map":
      return `map of ${span(type.min, type.max)} entries`;
    case "record":
      return "record";
    case "reference":
      return type.artifact;
    case "union":
      return inWords(
        type.members.map(({ artifact }) => artifact),
        "or",
      );
    case "nullable":
      return `${expected(type.of)}, or null`;
    case "format":
      return formText(type);
    case "json":
      return `JSON of at most ${type.max} bytes`;
    case "digest":
      return `digest of ${type.of === null ? "something" : sourceText(type.of)}: \`sha256:\` and 64 hex digits`;
    default:
      return notCarried(type.kind);
  }
}

/** What a text of a form is: `URL of at most 2048 characters`. */
function formText({ format, min, max }: FormatType): string {
  switch (format) {
    case "uuid":
      return "UUID";
    case "datetime":
      return "date and time with a zone, as in 2026-01-31T12:00:00Z";
    case "url":
      return `absolute URL of ${span(min, max)} characters`;
    case "path":
      return `relative path of ${span(min, max)} characters, without \`..\``;
    case "bytes":
      return `Base64 of ${span(min, max)} bytes`;
    case "typescript":
      return `TypeScript of ${span(min, max)} characters`;
  }
}

function oneOf(values: readonly string[]): string {
  if (values.length <= MOST_TOLD) return inWords(values, "or");
  return `one of ${values.length} values: ${values.slice(0, MOST_TOLD).join(", ")}, …`;
}

/** The same for a text that has the right length but not the right form. */
export function expectedForm(pattern: string): string {
  return `string that matches ${regExp(pattern)}`;
}

/** A regular expression literal. */
export function regExp(pattern: string): string {
  return String(new RegExp(pattern, "u"));
}

/** The range in words, as a sentence for a doc comment; `""` where the type says all. */
function range(type: Type): string {
  switch (type.kind) {
    case "string":
      return `${capital(span(type.min, type.max))} characters${type.pattern === null ? "" : `, matching \`${regExp(type.pattern)}\``}.`;
    case "int":
      return `${capital(between("an integer", wholeRange(type.min, type.max)))}.`;
    case "number":
      return type.min === null && type.max === null ? "" : `${capital(between("a number", type))}.`;
    case "list": {
      const each = range(type.item);
      return `${capital(span(type.min, type.max))} items.${each === "" ? "" : ` Each: ${each.charAt(0).toLowerCase()}${each.slice(1)}`}`;
    }
    case "map": {
      const each = range(type.value);
      return `${capital(span(type.min, type.max))} entries.${each === "" ? "" : ` Each: ${each.charAt(0).toLowerCase()}${each.slice(1)}`}`;
    }
    case "format":
    case "json":
      return `${capital(expected(type))}.`;
    case "nullable":
      return range(type.of);
    default:
      return "";
  }
}

function span(min: number, max: number): string {
  if (min === max) return `exactly ${max}`;
  return min === 0 ? `at most ${max}` : `${min} to ${max}`;
}

interface Range {
  readonly min: number | null;
  readonly max: number | null;
}

/** The bounds of an `int` that say more than that it is one. */
function wholeRange(min: number, max: number): Range {
  return { min: min === Number.MIN_SAFE_INTEGER ? null : min, max: max === Number.MAX_SAFE_INTEGER ? null : max };
}

function between(what: string, { min, max }: Range): string {
  if (min === null) return max === null ? what : `${what} of at most ${numeral(max)}`;
  return max === null ? `${what} of at least ${numeral(min)}` : `${what} from ${numeral(min)} to ${numeral(max)}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
