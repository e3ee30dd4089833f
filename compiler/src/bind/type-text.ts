// A type as a reader writes it. In: a type. Out: its text, with the ranges that differ from the defaults.

import {
  BYTES_DEFAULT,
  DATETIME_LENGTH,
  JSON_DEFAULT,
  LIST_DEFAULT,
  MAP_DEFAULT,
  PATH_DEFAULT,
  STRING_DEFAULT,
  TYPESCRIPT_DEFAULT,
  URL_DEFAULT,
  UUID_LENGTH,
} from "./limits.js";
import type { FormatType, Type } from "./program.js";

interface Bounds {
  readonly min: number;
  readonly max: number;
}

const counts = (max: number): Bounds => ({ min: 0, max });

/** What a format's range is where the source says nothing. */
export const FORMAT_DEFAULTS: Readonly<Record<FormatType["format"], Bounds>> = {
  uuid: { min: UUID_LENGTH, max: UUID_LENGTH },
  datetime: DATETIME_LENGTH,
  url: { min: 1, max: URL_DEFAULT },
  path: { min: 1, max: PATH_DEFAULT },
  bytes: counts(BYTES_DEFAULT),
  typescript: counts(TYPESCRIPT_DEFAULT),
};

/** The type as a reader writes it; two types of one file are the same iff their texts are. */
export function typeText(type: Type): string {
  switch (type.kind) {
    case "string":
      return `string${range(type, counts(STRING_DEFAULT))}${type.pattern === null ? "" : ` matches /${type.pattern}/`}`;
    case "int":
      return `int${range(type, { min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER })}`;
    case "number":
      return type.min === null && type.max === null ? "number" : `number(${between(type.min, type.max)})`;
    case "boolean":
    case "duration":
    case "null":
      return type.kind;
    case "literals":
      return type.values.map((value) => JSON.stringify(value)).join(" | ");
    case "format":
      return `${type.format}${range(type, FORMAT_DEFAULTS[type.format])}`;
    case "json":
      return type.max === JSON_DEFAULT ? "json" : `json(..${type.max})`;
    case "digest":
      return type.of === null ? "digest" : `digest<${typeText(type.of)}>`;
    case "list":
      return `${itemText(type.item)}[${within(type, counts(LIST_DEFAULT))}]`;
    case "map":
      return `map<${typeText(type.value)}>${range(type, counts(MAP_DEFAULT))}`;
    case "record": {
      const fields = type.fields.map(
        ({ name, optional, type: of }) => `${name}${optional ? "?" : ""}: ${typeText(of)}`,
      );
      return fields.length === 0 ? "{}" : `{ ${fields.join("  ")} }`;
    }
    case "reference":
      return type.artifact;
    case "union":
      return type.members.map(({ artifact }) => artifact).join(" | ");
    case "nullable":
      return `${typeText(type.of)} | null`;
    case "parameter":
      return type.name;
    case "foreign":
      return `${type.by === "schema" ? "schema" : "type"} ${JSON.stringify(type.path)}`;
  }
}

const SHOWN = 60;

/** The same, cut to what fits into a message. */
export function shownType(type: Type): string {
  if (isNothing(type)) return "nothing";
  const text = typeText(type);
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN - 1)}…`;
}

/** The type of the items of `[]`: no value has it. */
export function isNothing(type: Type): boolean {
  return type.kind === "literals" && type.values.length === 0;
}

function itemText(item: Type): string {
  const text = typeText(item);
  const several = item.kind === "union" || item.kind === "nullable" || item.kind === "foreign";
  return several || (item.kind === "literals" && item.values.length > 1) ? `(${text})` : text;
}

function range(found: Bounds, normal: Bounds): string {
  const text = within(found, normal);
  return text === "" ? "" : `(${text})`;
}

function within({ min, max }: Bounds, normal: Bounds): string {
  if (min === max) return min === normal.min && max === normal.max ? "" : String(min);
  return between(min === normal.min ? null : min, max === normal.max ? null : max);
}

function between(min: number | null, max: number | null): string {
  if (min === null && max === null) return "";
  return min !== null && min === max ? String(min) : `${min ?? ""}..${max ?? ""}`;
}
