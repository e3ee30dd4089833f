// The straight-line validators of one record: `is` (fast, stops at the first thing that is wrong) and `check` (every
// issue, with its place). In: a type. Out: statements as text, in the shape that the runtime's schema/generated.ts asks for.

import { notCarried } from "../carried/never.js";
import type { Field, ListType, RecordType, ReferenceType, StringType, Type } from "../bind/program.js";
import { isInherited, type Scope } from "./names.js";
import { literal, quote } from "./text.js";
import { expected, expectedForm } from "./types.js";

/** What the validators of one type need of the file around them. */
export interface ValidatorFile {
  readonly scope: Scope;
  /** `isTag`, `checkTag` for an artifact `Tag`. */
  artifact(name: string): Validators;
  /** The validators of an inline record; `at` names it: the artifact and the fields that lead to it. */
  inline(type: RecordType, at: readonly string[]): Validators;
  /** The constant that holds a pattern. */
  pattern(pattern: string, at: readonly string[]): string;
  /** The constant that holds a set of literals: an expression that compares with each would be too deep for a parser. */
  set(literals: readonly string[], at: readonly string[], what: "values" | "fields"): string;
}

/** The names of the two functions of one type. */
export interface Validators {
  readonly is: string;
  readonly check: string;
}

/** More literals than these are looked up. */
const MOST_COMPARED = 24;

interface Writer {
  readonly file: ValidatorFile;
  /** Names inside the function. */
  readonly scope: Scope;
  readonly lines: string[];
}

/** The body of `is` for any type of value. */
export function isStatements(type: Type, at: readonly string[], file: ValidatorFile): string[] {
  const writer = writerFor(file, "value");
  if (type.kind !== "record") {
    refuse(writer, type, "value", at, false);
    writer.lines.push("return true;");
    return writer.lines;
  }
  writer.lines.push('if (typeof value !== "object" || value === null) return false;');
  const fields = readFields(writer, type, "value as { readonly [field: string]: unknown }");
  const count = writer.scope.claim("fields");
  const optional = fields.filter(({ field }) => field.optional);
  writer.lines.push(
    "if (!chor.isRecord(value)) return false;",
    `let ${count} = 0;`,
    `for (const ${writer.scope.claim("_")} in value) ${count}++;`,
    ...optional.map(({ name }) => `if (${name} !== undefined) ${count}--;`),
    `if (${count} !== ${fields.length - optional.length}) return false;`,
  );
  for (const { field, name } of fields) {
    const place = [...at, field.name];
    refuse(writer, field.type, name, place, field.optional);
  }
  writer.lines.push("return true;");
  return writer.lines;
}

/** The body of `check` for any type of value. `what`: how the value is called where it is no record. */
export function checkStatements(type: Type, at: readonly string[], what: string, file: ValidatorFile): string[] {
  const writer = writerFor(file, "value", "at", "issues");
  if (type.kind !== "record") {
    report(writer, type, "value", "${at}", at);
    return writer.lines;
  }
  const known = type.fields.map(({ name }) => quote(name));
  writer.scope.claim("field");
  writer.lines.push(`if (!chor.isRecord(value)) return chor.wrong(issues, at, "type", ${quote(what)}, value);`);
  const isUnknown = known.length === 0 ? "" : `if (${isNoneOf(writer, known, "field", at, "fields")}) `;
  writer.lines.push(
    "for (const field in value)",
    `${isUnknown}chor.wrong(issues, chor.pointer(at, field), "unknown", "no such field", value[field]);`,
  );
  for (const { field, name } of readFields(writer, type, "value")) {
    const note = (): void => report(writer, field.type, name, `\${at}/${field.name}`, [...at, field.name]);
    if (!field.optional) note();
    else if (isCalled(field.type)) {
      writer.lines.push(`if (${name} !== undefined)`);
      note();
    } else inBlock(writer, `if (${name} !== undefined)`, note);
  }
  return writer.lines;
}

function writerFor(file: ValidatorFile, ...parameters: readonly string[]): Writer {
  const scope = file.scope.child();
  for (const parameter of parameters) scope.claim(parameter);
  return { file, scope, lines: [] };
}

/** Reads all fields into constants; what every object inherits is read as the record's own. */
function readFields(
  writer: Writer,
  type: RecordType,
  value: string,
): { readonly field: Field; readonly name: string }[] {
  const fields = type.fields.map((field) => ({ field, name: writer.scope.claim(field.name) }));
  const plain = fields.filter(({ field }) => !isInherited(field.name));
  if (plain.length > 0) {
    const parts = plain.map(({ field, name }) => (field.name === name ? name : `${field.name}: ${name}`));
    writer.lines.push(`const { ${parts.join(", ")} } = ${value};`);
  }
  for (const { field, name } of fields) {
    if (isInherited(field.name)) writer.lines.push(`const ${name} = chor.own(value, ${quote(field.name)});`);
  }
  return fields;
}

// ---- is ------------------------------------------------------------------------------------------------

/** Leaves the function with false unless `value` is of the type, or (`optional`) undefined. */
function refuse(writer: Writer, type: Type, value: string, at: readonly string[], optional: boolean): void {
  if (type.kind !== "list") {
    const wrong = isWrong(writer, type, value, at);
    writer.lines.push(`if (${optional ? `${value} !== undefined && (${wrong})` : wrong}) return false;`);
    return;
  }
  if (optional) {
    inBlock(writer, `if (${value} !== undefined)`, () => refuse(writer, type, value, at, false));
    return;
  }
  writer.lines.push(`if (!Array.isArray(${value}) || ${outside(type, `${value}.length`)}) return false;`);
  eachItem(writer, type, value, (inner, item) => refuse(inner, type.item, item, at, false));
}

/** A condition: true where `value` is not of the type. */
function isWrong(writer: Writer, type: Exclude<Type, { kind: "list" }>, value: string, at: readonly string[]): string {
  switch (type.kind) {
    case "string":
      return [`typeof ${value} !== "string"`, ...stringRules(writer, type, value, at).map(({ wrong }) => wrong)].join(
        " || ",
      );
    case "int":
    case "number":
      return [notNumber(type, value), ...bounds(type, value)].join(" || ");
    case "boolean":
      return `typeof ${value} !== "boolean"`;
    case "literals":
      return isNoneOf(writer, type.values.map(literal), value, at, "values");
    case "record":
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
function report(writer: Writer, type: Type, value: string, pointer: string, at: readonly string[]): void {
  const { lines } = writer;
  const wrong = (code: string, text: string): string =>
    `chor.wrong(issues, ${template(pointer)}, "${code}", ${quote(text)}, ${value});`;
  switch (type.kind) {
    case "string":
      lines.push(`if (typeof ${value} !== "string") ${wrong("type", expected(type))}`);
      for (const rule of stringRules(writer, type, value, at)) {
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
    case "literals": {
      const code = type.kind === "boolean" ? "type" : "literal";
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
    case "record":
    case "reference":
      lines.push(`${validatorsOf(writer, type, at).check}(${value}, ${template(pointer)}, issues);`);
  }
}

function template(pointer: string): string {
  return pointer === "${at}" ? "at" : `\`${pointer}\``;
}

/** A condition: true where `value` is none of the literals. */
function isNoneOf(
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

function stringRules(writer: Writer, type: StringType, value: string, at: readonly string[]): Rule[] {
  const length: Rule = {
    wrong: `!chor.fits(${value}, ${type.min}, ${type.max})`,
    code: "range",
    expected: expected(type),
  };
  if (type.pattern === null) return [length];
  const pattern = writer.file.pattern(type.pattern, at);
  return [length, { wrong: `!${pattern}.test(${value})`, code: "pattern", expected: expectedForm(type.pattern) }];
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

/** Has validators of its own: one call says all. */
type CalledType = RecordType | ReferenceType;

function isCalled(type: Type): type is CalledType {
  return type.kind === "record" || type.kind === "reference";
}

function validatorsOf({ file }: Writer, type: CalledType, at: readonly string[]): Validators {
  return type.kind === "record" ? file.inline(type, at) : file.artifact(type.artifact);
}

/** A loop over a list. Its items are `unknown` inside, and have a name where they are used more than once. */
function eachItem(
  writer: Writer,
  { item: type }: ListType,
  list: string,
  body: (writer: Writer, item: string, index: string) => void,
): void {
  // A block of its own: lists side by side use the same names, lists inside one another do not.
  const inner: Writer = { ...writer, scope: writer.scope.child() };
  const index = inner.scope.claim("i");
  const head = `for (let ${index} = 0; ${index} < ${list}.length; ${index}++)`;
  if (isCalled(type)) {
    inner.lines.push(head);
    body(inner, `${list}[${index}]`, index);
    return;
  }
  const item = inner.scope.claim("item");
  inBlock(inner, head, () => {
    inner.lines.push(`const ${item}: unknown = ${list}[${index}];`);
    body(inner, item, index);
  });
}

/** What runs under a condition, or again and again. */
function inBlock(writer: Writer, head: string, body: () => void): void {
  writer.lines.push(`${head} {`);
  body();
  writer.lines.push("}");
}
