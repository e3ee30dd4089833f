// A value of type `json`: anything that is JSON, of a bounded size. In: any value. Out: yes or no. Never throws.

import { canonical } from "./canonical.js";

/** Whether a value is JSON whose canonical text takes at most `max` bytes of UTF-8. */
export function isJson(value: unknown, max: number): boolean {
  const text = canonical(value, max);
  return typeof text === "string" && utf8Length(text) <= max;
}

/** Bytes of a well-formed text in UTF-8. */
function utf8Length(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    // A surrogate is half of four bytes.
    if (unit >= 0x80) bytes += unit < 0x800 || (unit & 0xf800) === 0xd800 ? 1 : 2;
  }
  return bytes;
}
