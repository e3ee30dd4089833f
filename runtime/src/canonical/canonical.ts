// Canonical JSON (RFC 8785): one text for one value, so that its digest says what was meant. In: any value of
// JavaScript, or any text. Out: the canonical text, or frozen data; or why it is not JSON. Never throws.

import { isRecord } from "../schema/generated.js";
import { pointer } from "../schema/pointer.js";
import { plain, quote, wellFormed } from "../schema/text.js";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** Why a value or a text is not (our) JSON. */
export interface NotJson {
  readonly ok: false;
  /** JSON Pointer: where in the value. */
  readonly pointer: string;
  /** `undefined: leave the field out`; what came is quoted. */
  readonly reason: string;
}

/** How deep lists and records may be nested. */
export const maxDepth = 64;

/** How long a canonical text may be unless said otherwise, in UTF-16 units: bigger things travel as a digest. */
const maxLength = 1 << 20;

/**
 * The canonical text of a value. Records are objects without a class; their own enumerable fields count.
 * Refused: undefined, functions, symbols, BigInt, numbers that are not finite, holes, circles, lone surrogates, a
 * field `__proto__`, what throws when it is read, what is nested deeper than 64 or longer than `limit`.
 * `toJSON` is not called. Source: RFC 8785.
 */
export function canonical(value: unknown, limit: number = maxLength): string | NotJson {
  const writer: Writer = { limit, length: 0, ancestors: [], path: [], fault: null };
  try {
    const text = write(writer, value);
    return writer.fault ?? text;
  } catch {
    return { ok: false, pointer: "", reason: "it throws when it is read" };
  }
}

/**
 * Parses a text to deeply frozen data. Whatever it gives, `canonical` takes (if it is short enough).
 * Refused, beside what is no JSON: a field `__proto__`, lone surrogates, numbers that overflow, too deep, too long.
 * Of two fields of one name the last counts, as in JavaScript; compare with `canonical` where that matters.
 */
export function parseJson(
  text: string,
  limit: number = maxLength,
): { readonly ok: true; readonly value: Json } | NotJson {
  if (text.length > limit) return { ok: false, pointer: "", reason: `longer than ${limit} characters` };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, pointer: "", reason: `not JSON: ${quote(text)}` };
  }
  return freeze(value, []) ?? { ok: true, value: value as Json };
}

// ---- writing -------------------------------------------------------------------------------------------

interface Writer {
  readonly limit: number;
  /** Of what is written; a bound on the work too, for each value writes at least one character. */
  length: number;
  /** The lists and records around, outermost first, and which field or item of each. */
  readonly ancestors: object[];
  readonly path: (string | number)[];
  fault: NotJson | null;
}

/** The text, or `""` with `writer.fault` set. Recursion is bounded by `maxDepth`. */
function write(writer: Writer, value: unknown): string {
  if (typeof value === "string") {
    if (value.length > writer.limit) return tooLong(writer);
    return wellFormed(value) ? emit(writer, JSON.stringify(value)) : fault(writer, "a lone surrogate");
  }
  if (typeof value === "number") {
    return Number.isFinite(value) ? emit(writer, JSON.stringify(value)) : fault(writer, String(value));
  }
  if (typeof value === "boolean") return emit(writer, value ? "true" : "false");
  if (value === null) return emit(writer, "null");
  if (value === undefined) return fault(writer, "undefined: leave it out");
  if (typeof value !== "object") return fault(writer, quote(value));

  if (writer.ancestors.includes(value)) return fault(writer, "a circle");
  if (writer.ancestors.length === maxDepth) return fault(writer, `deeper than ${maxDepth}`);
  writer.ancestors.push(value);
  const text = Array.isArray(value) ? writeList(writer, value) : writeRecord(writer, value);
  writer.ancestors.pop();
  return text;
}

function writeList(writer: Writer, list: readonly unknown[]): string {
  const { length } = list;
  if (length > writer.limit) return tooLong(writer);
  let text = emit(writer, "[");
  for (let i = 0; i < length; i++) {
    if (i > 0) text += emit(writer, ",");
    writer.path.push(i);
    text += i in list ? write(writer, list[i]) : fault(writer, "a hole");
    if (writer.fault !== null) return "";
    writer.path.pop();
  }
  return text + emit(writer, "]");
}

function writeRecord(writer: Writer, record: object): string {
  if (!isRecord(record)) return fault(writer, `an object of a class: ${classOf(record)}`);
  let text = emit(writer, "{");
  // `toSorted` without a function compares UTF-16 units, as RFC 8785 asks.
  for (const name of Object.keys(record).toSorted()) {
    if (text !== "{") text += emit(writer, ",");
    writer.path.push(name);
    if (name === "__proto__") return fault(writer, "a field `__proto__`");
    text += `${write(writer, name)}${emit(writer, ":")}${write(writer, record[name])}`;
    if (writer.fault !== null) return "";
    writer.path.pop();
  }
  return text + emit(writer, "}");
}

/** `Date`, `Map`: what an object calls itself. */
function classOf(value: object): string {
  return plain(Object.prototype.toString.call(value).slice("[object ".length, -1), 40);
}

function emit(writer: Writer, text: string): string {
  writer.length += text.length;
  return writer.length > writer.limit ? tooLong(writer) : text;
}

function tooLong(writer: Writer): string {
  return fault(writer, `longer than ${writer.limit} characters`);
}

function fault(writer: Writer, reason: string): string {
  writer.fault ??= notJson(writer.path, reason);
  return "";
}

// ---- reading -------------------------------------------------------------------------------------------

/** Freezes parsed data, children first; gives what is wrong with it, or null. Recursion is bounded by `maxDepth`. */
function freeze(value: unknown, path: (string | number)[]): NotJson | null {
  if (typeof value === "string") return wellFormed(value) ? null : notJson(path, "a lone surrogate");
  if (typeof value === "number") return Number.isFinite(value) ? null : notJson(path, "a number that overflows");
  if (typeof value !== "object" || value === null) return null;
  if (path.length === maxDepth) return notJson(path, `deeper than ${maxDepth}`);
  const list = Array.isArray(value);
  for (const name of Object.keys(value)) {
    path.push(name);
    if (!list && name === "__proto__") return notJson(path, "a field `__proto__`");
    if (!list && !wellFormed(name)) return notJson(path, "a lone surrogate");
    const wrong = freeze((value as Record<string, unknown>)[name], path);
    if (wrong !== null) return wrong;
    path.pop();
  }
  Object.freeze(value);
  return null;
}

function notJson(path: readonly (string | number)[], reason: string): NotJson {
  return { ok: false, pointer: plain(path.reduce<string>(pointer, ""), 200), reason };
}
