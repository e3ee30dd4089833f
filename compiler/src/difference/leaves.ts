// What is known of two types without looking into others: ranges, patterns, literals, digests aside. In: two of them and
// where they stand. Out: changes.

import { shownType } from "../bind/type-text.js";
import type { LiteralsType, Type } from "../bind/program.js";
import type { Place } from "./difference.js";

/** `other`: some values more and some fewer, or it is not compared further. */
export type Direction = "wider" | "narrower" | "other";

export interface TypeChange {
  readonly id: string;
  /** From the type that was asked about: `Brief/goals`, `/0` an item of a list, `/*` a value of a map. */
  readonly path: string;
  /** What is now, and what was. */
  readonly text: string;
  /** `same`: only what it is called. */
  readonly direction: Direction | "same";
  /** A type of TypeScript for it would change: ranges, patterns and invariants do not. */
  readonly visible: boolean;
  readonly old: Place | null;
  readonly now: Place | null;
}

/** Where two types stand. */
export interface At {
  readonly path: string;
  readonly old: Place | null;
  readonly now: Place | null;
}

/** Whether the new type has more values, fewer, both; null: the same. */
export function directionOf(changes: readonly { readonly direction: Direction | "same" }[]): Direction | null {
  const directions = new Set(changes.map(({ direction }) => direction));
  directions.delete("same");
  const [first, another] = directions;
  if (first === undefined || first === "same") return null;
  return another === undefined ? first : "other";
}

export function change(
  at: At,
  id: string,
  direction: TypeChange["direction"],
  visible: boolean,
  text: string,
): TypeChange {
  return { id, path: at.path, text, direction, visible, old: at.old, now: at.now };
}

export function was(now: Type, old: Type): string {
  return `\`${shownType(now)}\`, was \`${shownType(old)}\``;
}

interface Limits {
  readonly min: number | null;
  readonly max: number | null;
}

export function range(old: Limits, now: Limits, at: At, unit: string): readonly TypeChange[] {
  const low = [old.min ?? -Infinity, now.min ?? -Infinity] as const;
  const high = [old.max ?? Infinity, now.max ?? Infinity] as const;
  if (low[0] === low[1] && high[0] === high[1]) return [];
  const isWider = low[1] <= low[0] && high[1] >= high[0];
  const isNarrower = low[1] >= low[0] && high[1] <= high[0];
  const direction = isWider ? "wider" : isNarrower ? "narrower" : "other";
  const id = isWider ? "range-widened" : isNarrower ? "range-narrowed" : "range-changed";
  const shown = ([min, max]: readonly [number, number]): string =>
    min === max ? String(min) : `${Number.isFinite(min) ? min : ""}..${Number.isFinite(max) ? max : ""}`;
  const text = `${shown([low[1], high[1]])}${unit === "" ? "" : ` ${unit}`}, was ${shown([low[0], high[0]])}`;
  return [change(at, id, direction, false, text)];
}

export function pattern(old: string | null, now: string | null, at: At): readonly TypeChange[] {
  if (old === now) return [];
  if (old === null) return [change(at, "pattern-added", "narrower", false, `matches \`/${now}/\``)];
  if (now === null) return [change(at, "pattern-removed", "wider", false, `matched \`/${old}/\``)];
  return [change(at, "pattern-changed", "other", false, `\`/${now}/\`, was \`/${old}/\`; not compared further`)];
}

export function literals(a: LiteralsType, b: LiteralsType, at: At): readonly TypeChange[] {
  const added = b.values.filter((value) => !a.values.includes(value));
  const removed = a.values.filter((value) => !b.values.includes(value));
  const shown = (values: LiteralsType["values"]): string =>
    values.map((value) => `\`${JSON.stringify(value)}\``).join(", ");
  return [
    ...(added.length === 0 ? [] : [change(at, "values-added", "wider", true, shown(added))]),
    ...(removed.length === 0 ? [] : [change(at, "values-removed", "narrower", true, shown(removed))]),
  ];
}

/** Whether each literal is a value of the other type; a pattern is not asked. */
export function allFit({ values }: LiteralsType, type: Type): boolean {
  return values.every((value) => {
    if (type.kind === "boolean") return typeof value === "boolean";
    if (type.kind === "string")
      return typeof value === "string" && type.pattern === null && isWithin([...value].length, type);
    if (type.kind === "int" || type.kind === "number")
      return typeof value === "number" && isWithin(value, type) && (type.kind === "number" || Number.isInteger(value));
    return false;
  });
}

function isWithin(value: number, { min, max }: Limits): boolean {
  return value >= (min ?? -Infinity) && value <= (max ?? Infinity);
}
