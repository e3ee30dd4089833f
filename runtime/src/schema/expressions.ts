// What the expressions of invariants and contracts come to, where TypeScript would say something else: `==` is deep,
// text is counted in code points, numbers are exact, and what cannot be computed is a refusal with its reason. Nothing
// is changed and everything ends. A field that is not there is `null` in an expression, and `undefined` here.

/** Something that cannot be computed: the message is refused, as if the condition were false. */
export class NotComputable extends Error {
  override readonly name = "NotComputable";
}

/** Whether a condition holds; where it cannot be computed, it does not. */
export function holds(condition: () => boolean): boolean {
  try {
    return condition();
  } catch (problem) {
    if (problem instanceof NotComputable) return false;
    throw problem;
  }
}

/** Deep equality of data; a field that is not there is like one that is `null`. As deep as data may be nested. */
export function equal(a: unknown, b: unknown): boolean {
  if (a === b || (a ?? null) === (b ?? null)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, i) => equal(item, b[i]));
  }
  return covers(a, b) && covers(b, a);
}

/** Whether every field of `a` is equal to that of `b`. */
function covers(a: object, b: object): boolean {
  return Object.keys(a).every((field) => equal(at(a, field), at(b, field)));
}

/** What stands under a key: only what is the record's own. */
export function at<T>(map: { readonly [key: string]: T }, key: string): T | undefined;
export function at(map: object, key: string): unknown;
export function at(map: object, key: string): unknown {
  return Object.hasOwn(map, key) ? (map as { readonly [key: string]: unknown })[key] : undefined;
}

/** The keys of a map, in the order of their UTF-16 units. */
export function keys(map: object): readonly string[] {
  return Object.keys(map).toSorted();
}

/** Whether an item is in a list. */
export function contains(list: readonly unknown[], item: unknown): boolean {
  return list.some((one) => equal(one, item));
}

/** Code points of a text. */
export function length(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** The parts of a text between separators; its code points where the separator is empty. */
export function split(text: string, separator: string): readonly string[] {
  return separator === "" ? [...text] : text.split(separator);
}

/** A result that has to be a safe integer. */
export function whole(value: number): number {
  if (Number.isSafeInteger(value)) return value;
  throw new NotComputable("a number is larger than what is exact");
}

/** A result that has to be a number. */
export function finite(value: number): number {
  if (Number.isFinite(value)) return value;
  throw new NotComputable("a number is too large");
}

/** `a / b`. */
export function divide(a: number, b: number): number {
  if (b === 0) throw new NotComputable("a division by zero");
  return finite(a / b);
}

/** `a % b`, with the sign of `a`. */
export function remainder(a: number, b: number): number {
  if (b === 0) throw new NotComputable("a division by zero");
  return a % b;
}

/** The sum of a list; 0 for an empty one. */
export function sum(list: readonly number[]): number {
  return list.reduce((all, one) => all + one, 0);
}

/** The least of a list; null for an empty one. */
export function least(list: readonly number[]): number | null {
  return list.length === 0 ? null : list.reduce((a, b) => Math.min(a, b));
}

/** The greatest of a list; null for an empty one. */
export function greatest(list: readonly number[]): number | null {
  return list.length === 0 ? null : list.reduce((a, b) => Math.max(a, b));
}
