// How many bytes a value can take, as canonical JSON in UTF-8. In: a type, and the bytes of the artifacts that it
// leads to. Out: the most that it can be, null where nothing bounds it. Sums saturate: a number that is no longer
// exact is the largest safe integer.

import { KEY_LIMIT } from "./limits.js";
import type { Field, ReferenceType, Type } from "./program.js";

/** `\u001f`: the longest way to write one code point. Four bytes of UTF-8 are shorter. */
const CODE_POINT = 6;

/** `"sha256:` and 64 hex digits `"`. */
const DIGEST = 73;

/** `-2.2250738585072014e-308`. */
const NUMBER = 24;

const FALSE = 5;
const NULL = 4;

/** What an artifact takes; null: nothing bounds it. */
export type BytesOf = (reference: ReferenceType) => number | null;

/** Takes a type, gives the most bytes that a value of it takes; null where nothing bounds it. */
export function bytesOfType(type: Type, bytesOf: BytesOf): number | null {
  switch (type.kind) {
    case "string":
      return quoted(type.max);
    case "format":
      return formatBytes(type.format, type.max);
    case "int":
      return Math.max(String(type.min).length, String(type.max).length);
    case "number":
      return NUMBER;
    case "boolean":
      return FALSE;
    case "literals":
      return type.values.reduce<number>((most, value) => Math.max(most, utf8(JSON.stringify(value))), 0);
    case "json":
      return type.max;
    case "digest":
      return DIGEST;
    case "null":
      return NULL;
    case "nullable":
      return orUnbounded(bytesOfType(type.of, bytesOf), (of) => Math.max(NULL, of));
    case "list":
      return orUnbounded(bytesOfType(type.item, bytesOf), (item) => repeated(type.max, item));
    case "map":
      return orUnbounded(bytesOfType(type.value, bytesOf), (value) =>
        repeated(type.max, plus(quoted(KEY_LIMIT), 1, value)),
      );
    case "record":
      return bytesOfFields(type.fields, bytesOf);
    case "reference":
      return bytesOf(type);
    case "union":
      return type.members.reduce<number | null>((most, member) => {
        const bytes = bytesOf(member);
        // `"label":"Name",` in front of its fields.
        return most === null || bytes === null ? null : Math.max(most, plus(bytes, member.artifact.length, 11));
      }, 0);
    case "duration":
    case "parameter":
    case "foreign":
      return null;
  }
}

function bytesOfFields(fields: readonly Field[], bytesOf: BytesOf): number | null {
  let sum: number | null = 2 + Math.max(0, fields.length - 1);
  for (const { name, type } of fields) {
    const value = bytesOfType(type, bytesOf);
    sum = sum === null || value === null ? null : plus(sum, utf8(JSON.stringify(name)), 1, value);
  }
  return sum;
}

function formatBytes(format: string, max: number): number {
  if (format === "bytes") return plus(times(4, Math.ceil(max / 3)), 2);
  // Letters, digits, `-`, `:`, `+` and `.` only.
  return format === "uuid" || format === "datetime" ? max + 2 : quoted(max);
}

function quoted(codePoints: number): number {
  return plus(times(CODE_POINT, codePoints), 2);
}

/** So many in brackets, with commas. */
function repeated(count: number, bytes: number): number {
  return plus(2, times(count, bytes), Math.max(0, count - 1));
}

function orUnbounded(bytes: number | null, then: (bytes: number) => number): number | null {
  return bytes === null ? null : then(bytes);
}

function utf8(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** The sum, at most the largest safe integer. */
export function plus(...numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => Math.min(Number.MAX_SAFE_INTEGER, sum + number), 0);
}

/** The product of two numbers that are not negative, at most the largest safe integer. */
export function times(a: number, b: number): number {
  return Math.min(Number.MAX_SAFE_INTEGER, a * b);
}
