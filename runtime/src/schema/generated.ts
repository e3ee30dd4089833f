// What generated validators call, and the shape that they have. Nothing else of the runtime is called from them.
//
// `is` is straight-line, allocates nothing, and stops at the first thing that is wrong:
//
//     function isDraft(value: unknown): value is Draft {
//       if (typeof value !== "object" || value === null) return false;
//       const { title, pages, tags, note } = value as { [field in keyof Draft]: unknown };
//       if (!chor.isRecord(value)) return false;
//       let fields = 0;
//       for (const _ in value) fields++;
//       if (note !== undefined) fields--;                                        // for each optional field
//       if (fields !== 3) return false;                                          // title, pages, tags, and no other one
//       if (typeof title !== "string" || !chor.fits(title, 1, 120) || !titlePattern.test(title)) return false;
//       if (!Number.isSafeInteger(pages) || (pages as number) < 1 || (pages as number) > 99) return false;
//       if (!Array.isArray(tags) || tags.length < 1 || tags.length > 8) return false;
//       for (let i = 0; i < tags.length; i++) if (tags[i] !== "new" && tags[i] !== "old") return false;
//       if (note !== undefined && !isNote(note)) return false;
//       return true;
//     }
//
// `isRecord` stands behind the reads: V8 then knows the shape of the object, and so its prototype, for nothing.
//
// `check` goes on, and says of each thing where it is and what should be there:
//
//     function checkDraft(value: unknown, at: string, issues: chor.Issue[]): void {
//       if (!chor.isRecord(value)) return chor.wrong(issues, at, "type", "Draft", value);
//       for (const field in value)
//         if (field !== "title" && …) chor.wrong(issues, chor.pointer(at, field), "unknown", "no such field", value[field]);
//       const { title, pages, tags, note } = value;
//       if (typeof title !== "string") chor.wrong(issues, `${at}/title`, "type", "string of 1 to 120 characters", title);
//       else if (!chor.fits(title, 1, 120)) chor.wrong(issues, `${at}/title`, "range", "string of 1 to 120 characters", title);
//       else if (!titlePattern.test(title)) chor.wrong(issues, `${at}/title`, "pattern", "string that matches /^[a-z]+$/u", title);
//       …
//       else for (let i = 0; i < tags.length; i++) … `${at}/tags/${i}` …
//       if (note !== undefined) checkNote(note, `${at}/note`, issues);
//     }
//
// - A field that every object inherits (`constructor`, `toString`, `valueOf`, `hasOwnProperty`, …: the field is
//   `in Object.prototype`) is read as `chor.own(value, "toString")`, never by destructuring.
// - Check a list's length before its items (so the work is bounded), a string's length before its pattern.
// - A number is `typeof x === "number" && Number.isFinite(x)`; a literal union compares with `!==`.
// - Patterns have the flag `u`, never `g` or `y`: those remember where they were.
// - Neither has to guard against what throws when it is read, nor against an optional field that is there and
//   undefined: `schema` does. `is` must not be false where `check` finds nothing; if it is, `schema` says so in general.

import { pointer } from "./pointer.js";
import type { Issue } from "./schema.js";
import { fits, plain, quote } from "./text.js";

export { fits, pointer };

/** How many issues of one value are told. */
export const maxIssues = 100;

/** True for plain data: an object that is no list and has no class (its prototype is `Object.prototype` or null). */
export function isRecord(value: unknown): value is { readonly [field: string]: unknown } {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null || isRoot(prototype)) && !Array.isArray(value);
}

/** `Object.prototype` of another realm: test runners and `vm` hand out such objects. */
function isRoot(prototype: unknown): boolean {
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype as object, "isPrototypeOf");
}

/** A field that is the record's own; undefined otherwise. */
export function own(record: object, field: string): unknown {
  return Object.hasOwn(record, field) ? (record as Record<string, unknown>)[field] : undefined;
}

/**
 * Notes what is wrong; from the hundredth issue on, nothing. `value` is what came, and is quoted: where nothing came, it
 * is not of a wrong type but missing. `expected` comes from the source and is told as it stands.
 */
export function wrong(issues: Issue[], at: string, code: Issue["code"], expected: string, value: unknown): void {
  if (issues.length >= maxIssues) return;
  const isMissing = value === undefined && (code === "type" || code === "literal");
  issues.push({ pointer: plain(at, 200), code: isMissing ? "missing" : code, expected, actual: quote(value) });
}
