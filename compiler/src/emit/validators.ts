// The straight-line validators of one type: `is` (fast, stops at the first thing that is wrong) and `check` (every
// issue, with its place). In: a type. Out: statements as text, in the shape that the runtime's schema/generated.ts asks
// for. What is said of single values stands in validate-value.ts.

import type { Field, RecordType, Type, UnionType } from "../bind/program.js";
import { isInherited } from "./names.js";
import { quote } from "./text.js";
import { isNoneOf, refuse, report } from "./validate-value.js";
import { inBlock, isCalled, writerFor, type ValidatorFile, type Writer } from "./writer.js";
import { inWords } from "../report/words.js";

/** A type whose validators are written. */
export interface Validated {
  readonly type: Type;
  /** The artifact, and the fields that lead from it to the type. */
  readonly at: readonly string[];
  /** How a value is called where it is not even of its kind. */
  readonly called: string;
  /** Fields that are not declared are let through. */
  readonly open: boolean;
  /** What it is called as a member of a union, which stands beside its fields; null: it is none. */
  readonly label: string | null;
  readonly conditions: readonly ConditionFunction[];
}

/** An invariant, as a function over the artifact. */
export interface ConditionFunction {
  readonly name: string;
  /** The type of its argument. */
  readonly type: string;
  /** What is said where it does not hold. */
  readonly expected: string;
  /** The fields that it reads, which are quoted then. */
  readonly reads: readonly string[];
}

/** The body of `is`. */
export function isStatements(of: Validated, file: ValidatorFile): string[] {
  const writer = writerFor(file, "value");
  const { type } = of;
  if (type.kind === "record") isRecordStatements(writer, type, of);
  else if (type.kind === "union") isUnionStatements(writer, type);
  else {
    refuse(writer, type, "value", of.at, []);
    writer.lines.push("return true;");
  }
  return writer.lines;
}

/** The body of `check`. */
export function checkStatements(of: Validated, file: ValidatorFile): string[] {
  const writer = writerFor(file, "value", "at", "issues");
  const { type } = of;
  if (type.kind === "record") checkRecordStatements(writer, type, of);
  else if (type.kind === "union") checkUnionStatements(writer, type, of);
  else report(writer, type, "value", "${at}", of.at);
  return writer.lines;
}

// ---- records -------------------------------------------------------------------------------------------

function isRecordStatements(writer: Writer, type: RecordType, of: Validated): void {
  const { lines } = writer;
  lines.push('if (typeof value !== "object" || value === null) return false;');
  const fields = readFields(writer, fieldsOf(type, of), "value as { readonly [field: string]: unknown }");
  lines.push("if (!chor.isRecord(value)) return false;");
  if (of.open) lines.push('if (Object.hasOwn(value, "__proto__")) return false;');
  else countFields(writer, fields);
  for (const { field, name } of fields)
    refuse(writer, field.type, name, [...of.at, field.name], field.optional ? [`${name} !== undefined`] : []);
  for (const condition of of.conditions)
    lines.push(`if (!${condition.name}(value as ${condition.type})) return false;`);
  lines.push("return true;");
}

/** No field that is not declared: as many are there as have to be. */
function countFields(writer: Writer, fields: readonly ReadField[]): void {
  const count = writer.scope.claim("fields");
  const optional = fields.filter(({ field }) => field.optional);
  writer.lines.push(
    `let ${count} = 0;`,
    `for (const ${writer.scope.claim("_")} in value) ${count}++;`,
    ...optional.map(({ name }) => `if (${name} !== undefined) ${count}--;`),
    `if (${count} !== ${fields.length - optional.length}) return false;`,
  );
}

function checkRecordStatements(writer: Writer, type: RecordType, of: Validated): void {
  const { lines } = writer;
  const declared = fieldsOf(type, of);
  lines.push(`if (!chor.isRecord(value)) return chor.wrong(issues, at, "type", ${quote(of.called)}, value);`);
  const before = of.conditions.length === 0 ? null : writer.scope.claim("before");
  if (before !== null) lines.push(`const ${before} = issues.length;`);
  if (of.open)
    lines.push(
      'if (Object.hasOwn(value, "__proto__")) chor.wrong(issues, `${at}/__proto__`, "unknown", "no field of this name", null);',
    );
  else noteUnknown(writer, declared, of.at);
  const fields = readFields(writer, declared, "value");
  for (const { field, name } of fields) {
    const note = (): void => report(writer, field.type, name, `\${at}/${field.name}`, [...of.at, field.name]);
    if (!field.optional) note();
    else if (isCalled(field.type)) {
      lines.push(`if (${name} !== undefined)`);
      note();
    } else inBlock(writer, `if (${name} !== undefined)`, note);
  }
  // What an invariant says makes sense of a value only that has its type.
  if (before !== null)
    inBlock(writer, `if (issues.length === ${before})`, () => {
      // What stands behind an invariant may rely on it, so the first that does not hold is told.
      lines.push(of.conditions.map((condition) => noteBroken(condition, fields)).join("\nelse "));
    });
}

function noteUnknown(writer: Writer, declared: readonly Field[], at: readonly string[]): void {
  const known = declared.map(({ name }) => quote(name));
  writer.scope.claim("field");
  const isUnknown = known.length === 0 ? "" : `if (${isNoneOf(writer, known, "field", at, "fields")}) `;
  writer.lines.push(
    "for (const field in value)",
    `${isUnknown}chor.wrong(issues, chor.pointer(at, field), "unknown", "no such field", value[field]);`,
  );
}

function noteBroken({ name, type, expected, reads }: ConditionFunction, fields: readonly ReadField[]): string {
  const values = fields
    .filter(({ field }) => reads.includes(field.name))
    .map(({ field, name: constant }) => (field.name === constant ? constant : `${quote(field.name)}: ${constant}`));
  const test = `!chor.holds(() => ${name}(value as ${type}))`;
  return `if (${test}) chor.wrong(issues, at, "invariant", ${quote(expected)}, { ${values.join(", ")} });`;
}

/** The fields of a record, the label of a member of a union first. */
function fieldsOf({ fields }: RecordType, { label }: Validated): readonly Field[] {
  if (label === null) return fields;
  const type: Type = { kind: "literals", values: [label] };
  return [{ name: "label", doc: "", optional: false, type, span: { start: 0, end: 0 } }, ...fields];
}

interface ReadField {
  readonly field: Field;
  /** The constant that holds it. */
  readonly name: string;
}

/** Reads all fields into constants; what every object inherits is read as the record's own. */
function readFields(writer: Writer, declared: readonly Field[], value: string): readonly ReadField[] {
  const fields = declared.map((field) => ({ field, name: writer.scope.claim(field.name) }));
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

// ---- unions --------------------------------------------------------------------------------------------

function isUnionStatements(writer: Writer, { members }: UnionType): void {
  writer.lines.push(
    "if (!chor.isRecord(value)) return false;",
    "switch (value.label) {",
    ...members.map(({ artifact }) => `case ${quote(artifact)}: return ${writer.file.labelled(artifact).is}(value);`),
    "default: return false;",
    "}",
  );
}

function checkUnionStatements(writer: Writer, { members }: UnionType, { called }: Validated): void {
  const labels = inWords(
    members.map(({ artifact }) => quote(artifact)),
    "or",
  );
  writer.lines.push(
    `if (!chor.isRecord(value)) return chor.wrong(issues, at, "type", ${quote(called)}, value);`,
    "switch (value.label) {",
    ...members.map(
      ({ artifact }) => `case ${quote(artifact)}: return ${writer.file.labelled(artifact).check}(value, at, issues);`,
    ),
    `default: return chor.wrong(issues, \`\${at}/label\`, "literal", ${quote(labels)}, value.label);`,
    "}",
  );
}
