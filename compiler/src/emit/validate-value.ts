// What validators say of one value, by its type: a condition that is true where it is wrong, and the statements that
// note what is. In: a type, and the expression that the value is. Out: text.

import { notCarried } from "../carried/never.js";
import type { FormatType, Type } from "../bind/program.js";
import { literal, quote } from "./text.js";
import { expected, expectedForm } from "./types.js";
import {
  eachEntry,
  eachItem,
  inBlock,
  isCalled,
  KEY,
  noKey,
  type CalledType,
  type Validators,
  type Writer,
} from "./writer.js";

/** More literals than these are looked up. */
const MOST_COMPARED = 24;

// ---- is ------------------------------------------------------------------------------------------------

/**
 * Leaves the function with false where `value` is not of the type. `guards`: conditions under which it is asked at all
 * (it is there, it is not null).
 */
export function refuse(
  writer: Writer,
  type: Type,
  value: string,
  at: readonly string[],
  guards: readonly string[],
): void {
  const { lines } = writer;
  if (type.kind === "nullable") return refuse(writer, type.of, value, at, [...guards, `${value} !== null`]);
  if (type.kind !== "list" && type.kind !== "map") {
    const wrong = isWrong(writer, type, value, at);
    lines.push(`if (${guards.length > 0 ? `${guards.join(" && ")} && (${wrong})` : wrong}) return false;`);
    return;
  }
  if (guards.length > 0) {
    inBlock(writer, `if (${guards.join(" && ")})`, () => refuse(writer, type, value, at, []));
    return;
  }
  if (type.kind === "list") {
    lines.push(`if (!Array.isArray(${value}) || ${outside(type, `${value}.length`)}) return false;`);
    eachItem(writer, type, value, (inner, item) => refuse(inner, type.item, item, at, []));
    return;
  }
  lines.push(`if (!chor.isRecord(${value})) return false;`);
  const inner: Writer = { ...writer, scope: writer.scope.child() };
  const count = inner.scope.claim("entries");
  inBlock(inner, "", () => {
    lines.push(`let ${count} = 0;`);
    eachEntry(inner, type, value, (one, entry, key) => {
      lines.push(`if (++${count} > ${type.max} || ${noKey(key)}) return false;`);
      refuse(one, type.value, entry(), at, []);
    });
    if (type.min > 0) lines.push(`if (${count} < ${type.min}) return false;`);
  });
}

type Simple = Exclude<Type, { kind: "list" } | { kind: "map" } | { kind: "nullable" }>;

/** A condition: true where `value` is not of the type. */
function isWrong(writer: Writer, type: Simple, value: string, at: readonly string[]): string {
  switch (type.kind) {
    case "string":
    case "format":
    case "digest":
      return [`typeof ${value} !== "string"`, ...textRules(writer, type, value, at).map(({ wrong }) => wrong)].join(
        " || ",
      );
    case "int":
    case "number":
      return [notNumber(type, value), ...bounds(type, value)].join(" || ");
    case "boolean":
      return `typeof ${value} !== "boolean"`;
    case "literals":
      return isNoneOf(writer, type.values.map(literal), value, at, "values");
    case "json":
      return `!chor.isJson(${value}, ${type.max})`;
    case "record":
    case "union":
    case "reference":
      return `!${validatorsOf(writer, type, at).is}(${value})`;
    default:
      return notCarried(type.kind);
  }
}

// ---- check ---------------------------------------------------------------------------------------------

/**
 * One statement that notes everything that is wrong with `value`; `pointer` is the inside of a template. What is
 * undefined is of no type, and `chor.wrong` calls it missing.
 */
export function report(writer: Writer, type: Type, value: string, pointer: string, at: readonly string[]): void {
  const { lines } = writer;
  const wrong = (code: string, text: string): string =>
    `chor.wrong(issues, ${template(pointer)}, "${code}", ${quote(text)}, ${value});`;
  switch (type.kind) {
    case "nullable":
      if (isCalled(type.of)) lines.push(`if (${value} !== null)`);
      else {
        inBlock(writer, `if (${value} !== null)`, () => report(writer, type.of, value, pointer, at));
        return;
      }
      report(writer, type.of, value, pointer, at);
      return;
    case "string":
    case "format":
    case "digest":
      lines.push(`if (typeof ${value} !== "string") ${wrong("type", expected(type))}`);
      for (const rule of textRules(writer, type, value, at)) {
        lines.push(`else if (${rule.wrong}) ${wrong(rule.code, rule.expected)}`);
      }
      return;
    case "int":
    case "number": {
      const limits = bounds(type, value);
      lines.push(`if (${notNumber(type, value)}) ${wrong("type", expected(type))}`);
      if (limits.length > 0) lines.push(`else if (${limits.join(" || ")}) ${wrong("range", expected(type))}`);
      return;
    }
    case "boolean":
    case "json":
    case "literals": {
      const code = type.kind === "literals" ? "literal" : "type";
      lines.push(`if (${isWrong(writer, type, value, at)}) ${wrong(code, expected(type))}`);
      return;
    }
    case "list":
      lines.push(`if (!Array.isArray(${value})) ${wrong("type", expected(type))}`);
      lines.push(`else if (${outside(type, `${value}.length`)}) ${wrong("range", expected(type))}`);
      lines.push("else");
      eachItem(writer, type, value, (inner, item, index) =>
        report(inner, type.item, item, `${pointer}/\${${index}}`, at),
      );
      return;
    case "map":
      lines.push(`if (!chor.isRecord(${value})) ${wrong("type", expected(type))}`);
      lines.push(`else if (${outside(type, `Object.keys(${value}).length`)}) ${wrong("range", expected(type))}`);
      lines.push("else");
      eachEntry(writer, type, value, (inner, entry, key) => {
        const place = inner.scope.claim("place");
        lines.push(
          `const ${place} = chor.pointer(${template(pointer)}, ${key});`,
          `if (${noKey(key)}) chor.wrong(issues, ${place}, "unknown", ${quote(KEY)}, ${key});`,
        );
        report(inner, type.value, entry(), `\${${place}}`, at);
      });
      return;
    case "record":
    case "union":
    case "reference":
      lines.push(`${validatorsOf(writer, type, at).check}(${value}, ${template(pointer)}, issues);`);
  }
}

/** A template with nothing but a constant in it is the constant. */
function template(pointer: string): string {
  const [, only] = /^\$\{(\w[\w$]*)\}$/.exec(pointer) ?? [];
  return only ?? `\`${pointer}\``;
}

/** A condition: true where `value` is none of the literals. */
export function isNoneOf(
  { file }: Writer,
  literals: readonly string[],
  value: string,
  at: readonly string[],
  what: "values" | "fields",
): string {
  if (literals.length > MOST_COMPARED) return `!${file.set(literals, at, what)}.has(${value})`;
  return literals.map((one) => `${value} !== ${one}`).join(" && ");
}

// ---- what both say -------------------------------------------------------------------------------------

interface Rule {
  /** A condition: true where the rule is broken. */
  readonly wrong: string;
  readonly code: "range" | "pattern";
  readonly expected: string;
}

type TextType = Extract<Type, { kind: "string" | "format" | "digest" }>;

/** What must hold of a text, its length first, so that the work is bounded. */
function textRules(writer: Writer, type: TextType, value: string, at: readonly string[]): readonly Rule[] {
  const told = expected(type);
  const form = (test: string): Rule => ({ wrong: `!chor.${test}(${value})`, code: "pattern", expected: told });
  if (type.kind === "digest") return [form("isDigest")];
  const { min, max } = type;
  const fits = type.kind === "format" && type.format === "bytes" ? "fitsBytes" : "fits";
  const length: Rule = { wrong: `!chor.${fits}(${value}, ${min}, ${max})`, code: "range", expected: told };
  if (type.kind === "format") {
    const test = FORMS[type.format];
    return test === null ? [length] : [...(isOfOneLength(type) ? [] : [length]), form(test)];
  }
  if (type.pattern === null) return [length];
  const pattern = writer.file.pattern(type.pattern, at);
  return [length, { wrong: `!${pattern}.test(${value})`, code: "pattern", expected: expectedForm(type.pattern) }];
}

/** What the runtime calls the test of a form; null: only its length is asked. */
const FORMS: Readonly<Record<FormatType["format"], string | null>> = {
  bytes: "isBase64",
  uuid: "isUuid",
  datetime: "isDateTime",
  url: "isUrl",
  path: "isPath",
  // Parsing it is for the gate that reads it.
  typescript: null,
};

/** The test of the form asks for the length as well. */
function isOfOneLength({ format }: FormatType): boolean {
  return format === "uuid" || format === "datetime";
}

function notNumber(type: { readonly kind: "int" | "number" }, value: string): string {
  return `typeof ${value} !== "number" || !Number.${type.kind === "int" ? "isSafeInteger" : "isFinite"}(${value})`;
}

/** Conditions: true where a number is out of its bounds. A bound that every safe integer keeps is left out. */
function bounds(
  type: { readonly kind: "int" | "number"; readonly min: number | null; readonly max: number | null },
  value: string,
): string[] {
  const whole = type.kind === "int";
  const low = type.min === null || (whole && type.min <= Number.MIN_SAFE_INTEGER) ? [] : [`${value} < ${type.min}`];
  const high = type.max === null || (whole && type.max >= Number.MAX_SAFE_INTEGER) ? [] : [`${value} > ${type.max}`];
  return [...low, ...high];
}

function outside(type: { readonly min: number; readonly max: number }, length: string): string {
  return type.min > 0 ? `${length} < ${type.min} || ${length} > ${type.max}` : `${length} > ${type.max}`;
}

function validatorsOf({ file }: Writer, type: CalledType, at: readonly string[]): Validators {
  return type.kind === "reference" ? file.artifact(type.artifact) : file.inline(type, at);
}
