// Plain data as one text, the same for the same data. In: a type, or what is known somewhere. Out: text to compare
// and to hash by.

import type { Expression, Type } from "../bind/program.js";
import type { Known } from "./local.js";

/** The text of a type, or of none: two types have the same if and only if they are alike; the order of keys is no difference. */
export function typeText(type: Type | null): string {
  if (type === null) return "";
  const text =
    texts.get(type) ?? JSON.stringify(type, (_key, inner: unknown) => (isRecord(inner) ? entriesOf(inner) : inner));
  texts.set(type, text);
  return text;
}

/** The text of an expression: two have the same if and only if they are alike, wherever they stand. */
export function expressionText(expression: Expression): string {
  return JSON.stringify(expression, (key, inner: unknown) => (key.toLowerCase().endsWith("span") ? undefined : inner));
}

/** The text of what is known somewhere. */
export function knownText(known: readonly Known[]): string {
  return known.map(({ name, type, definite }) => `${name}${definite ? "!" : "?"}${typeText(type)}`).join(" ");
}

/** The same few types are looked at again and again. */
const texts = new WeakMap<Type, string>();

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

/** Where something stands is no part of what it is. */
function entriesOf(record: object): readonly (readonly [string, unknown])[] {
  return Object.entries(record)
    .filter(([key, value]) => !(key === "span" && isRecord(value)))
    .sort(byKey);
}

function isRecord(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
