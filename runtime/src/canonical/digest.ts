// The digest of a value: SHA-256 of the UTF-8 bytes of its canonical JSON, as `sha256:` and 64 hex digits.

import { createHash } from "node:crypto";
import { canonical } from "./canonical.js";

/** The digest of a `T`. A digest of something else does not type-check. */
export type Digest<T> = string & { readonly [digestOf]?: T | undefined };
declare const digestOf: unique symbol;

/** The digest of a value. Throws a `TypeError` for what is not JSON: use `canonical` and `digestOfText` to ask first. */
export function digest<T>(value: T): Digest<T> {
  const text = canonical(value);
  if (typeof text === "string") return digestOfText(text);
  throw new TypeError(`A digest is of JSON, and this is not: ${text.reason}, at "${text.pointer}".`);
}

/** The digest of what has the given canonical text. */
export function digestOfText(text: string): string {
  return `sha256:${createHash("sha256").update(text, "utf8").digest("hex")}`;
}
