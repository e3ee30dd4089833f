// An artifact as generated code states it, by hand, and the same as JSON Schema:
//
//     artifact Draft {
//       title: string(1..12) matches /^[a-zé😀 ]+$/
//       pages: int(1..99)
//       weight: number(0..1)
//       state: "new" | "old" | 3 | true
//       tags: string(0..4)[1..3]
//       author: { name: string(2..5)  toString?: string }
//       notes?: Note[0..2]
//       done?: boolean
//     }
//     artifact Note { text: string }

import { schema } from "../../runtime/src/schema/artifact.js";
import * as chor from "../../runtime/src/schema/generated.js";
import type { Issue, JsonSchema } from "../../runtime/src/schema/schema.js";

export type Note = { readonly text: string };
export type Draft = {
  readonly title: string;
  readonly pages: number;
  readonly weight: number;
  readonly state: "new" | "old" | 3 | true;
  readonly tags: readonly string[];
  readonly author: { readonly name: string };
  readonly notes?: readonly Note[];
  readonly done?: boolean;
};

const noteJson: JsonSchema = {
  type: "object",
  properties: { text: { type: "string", maxLength: 20 } },
  required: ["text"],
  additionalProperties: false,
};

export const draftJson: JsonSchema = {
  type: "object",
  properties: {
    title: { type: "string", minLength: 1, maxLength: 12, pattern: "^[a-zé😀 ]+$" },
    pages: { type: "integer", minimum: 1, maximum: 99 },
    weight: { type: "number", minimum: 0, maximum: 1 },
    state: { enum: ["new", "old", 3, true] },
    tags: { type: "array", items: { type: "string", maxLength: 4 }, minItems: 1, maxItems: 3 },
    author: {
      type: "object",
      properties: { name: { type: "string", minLength: 2, maxLength: 5 }, toString: { type: "string", maxLength: 9 } },
      required: ["name"],
      additionalProperties: false,
    },
    notes: { type: "array", items: { $ref: "#/$defs/Note", description: "One of the notes." }, maxItems: 2 },
    done: { type: "boolean" },
  },
  required: ["title", "pages", "weight", "state", "tags", "author"],
  additionalProperties: false,
  $defs: { Note: noteJson },
};

const titlePattern = /^[a-zé😀 ]+$/u;

function isNote(value: unknown): value is Note {
  if (typeof value !== "object" || value === null) return false;
  const { text } = value as { [field in keyof Note]: unknown };
  if (!chor.isRecord(value)) return false;
  let fields = 0;
  for (const _ in value) fields++;
  if (fields !== 1) return false;
  if (typeof text !== "string" || !chor.fits(text, 0, 20)) return false;
  return true;
}

function checkNote(value: unknown, at: string, issues: Issue[]): void {
  if (!chor.isRecord(value)) return chor.wrong(issues, at, "type", "Note", value);
  for (const field in value) {
    if (field !== "text") chor.wrong(issues, chor.pointer(at, field), "unknown", "no such field", value[field]);
  }
  const { text } = value;
  if (text === undefined) chor.wrong(issues, `${at}/text`, "missing", "string", text);
  else if (typeof text !== "string") chor.wrong(issues, `${at}/text`, "type", "string", text);
  else if (!chor.fits(text, 0, 20)) chor.wrong(issues, `${at}/text`, "range", "string of 0 to 20 characters", text);
}

function isAuthor(value: unknown): value is Draft["author"] {
  if (typeof value !== "object" || value === null) return false;
  const { name } = value as { name: unknown };
  if (!chor.isRecord(value)) return false;
  const toString = chor.own(value, "toString");
  let fields = 0;
  for (const _ in value) fields++;
  if (toString !== undefined) fields--;
  if (fields !== 1) return false;
  if (typeof name !== "string" || !chor.fits(name, 2, 5)) return false;
  if (toString !== undefined && (typeof toString !== "string" || !chor.fits(toString, 0, 9))) return false;
  return true;
}

function checkAuthor(value: unknown, at: string, issues: Issue[]): void {
  if (!chor.isRecord(value)) return chor.wrong(issues, at, "type", "record", value);
  for (const field in value) {
    if (field !== "name" && field !== "toString") {
      chor.wrong(issues, chor.pointer(at, field), "unknown", "no such field", value[field]);
    }
  }
  const { name } = value;
  const toString = chor.own(value, "toString");
  if (name === undefined) chor.wrong(issues, `${at}/name`, "missing", "string of 2 to 5 characters", name);
  else if (typeof name !== "string" || !chor.fits(name, 2, 5)) {
    chor.wrong(issues, `${at}/name`, "range", "string of 2 to 5 characters", name);
  }
  if (toString !== undefined && (typeof toString !== "string" || !chor.fits(toString, 0, 9))) {
    chor.wrong(issues, `${at}/toString`, "range", "string of 0 to 9 characters", toString);
  }
}

function isDraft(value: unknown): value is Draft {
  if (typeof value !== "object" || value === null) return false;
  const { title, pages, weight, state, tags, author, notes, done } = value as { [field in keyof Draft]: unknown };
  if (!chor.isRecord(value)) return false;
  let fields = 0;
  for (const _ in value) fields++;
  if (notes !== undefined) fields--;
  if (done !== undefined) fields--;
  if (fields !== 6) return false;
  if (typeof title !== "string" || !chor.fits(title, 1, 12) || !titlePattern.test(title)) return false;
  if (!Number.isSafeInteger(pages) || (pages as number) < 1 || (pages as number) > 99) return false;
  if (typeof weight !== "number" || !Number.isFinite(weight) || weight < 0 || weight > 1) return false;
  if (state !== "new" && state !== "old" && state !== 3 && state !== true) return false;
  if (!Array.isArray(tags) || tags.length < 1 || tags.length > 3) return false;
  for (let i = 0; i < tags.length; i++) if (typeof tags[i] !== "string" || !chor.fits(tags[i], 0, 4)) return false;
  if (!isAuthor(author)) return false;
  if (notes !== undefined) {
    if (!Array.isArray(notes) || notes.length > 2) return false;
    for (let i = 0; i < notes.length; i++) if (!isNote(notes[i])) return false;
  }
  if (done !== undefined && typeof done !== "boolean") return false;
  return true;
}

const known: ReadonlySet<string> = new Set(Object.keys(draftJson["properties"] as object));

function checkDraft(value: unknown, at: string, issues: Issue[]): void {
  if (!chor.isRecord(value)) return chor.wrong(issues, at, "type", "Draft", value);
  for (const field in value) {
    if (!known.has(field)) chor.wrong(issues, chor.pointer(at, field), "unknown", "no such field", value[field]);
  }
  const { title, pages, weight, state, tags, author, notes, done } = value;
  if (title === undefined) chor.wrong(issues, `${at}/title`, "missing", "string of 1 to 12 characters", title);
  else if (typeof title !== "string") chor.wrong(issues, `${at}/title`, "type", "string of 1 to 12 characters", title);
  else if (!chor.fits(title, 1, 12)) chor.wrong(issues, `${at}/title`, "range", "string of 1 to 12 characters", title);
  else if (!titlePattern.test(title))
    chor.wrong(issues, `${at}/title`, "pattern", `string that matches ${titlePattern}`, title);
  if (!Number.isSafeInteger(pages) || (pages as number) < 1 || (pages as number) > 99) {
    chor.wrong(issues, `${at}/pages`, "range", "integer from 1 to 99", pages);
  }
  if (typeof weight !== "number" || !Number.isFinite(weight) || weight < 0 || weight > 1) {
    chor.wrong(issues, `${at}/weight`, "range", "number from 0 to 1", weight);
  }
  if (state !== "new" && state !== "old" && state !== 3 && state !== true) {
    chor.wrong(issues, `${at}/state`, "literal", `"new" | "old" | 3 | true`, state);
  }
  if (!Array.isArray(tags) || tags.length < 1 || tags.length > 3) {
    chor.wrong(issues, `${at}/tags`, "range", "list of 1 to 3", tags);
  } else {
    for (let i = 0; i < tags.length; i++) {
      if (typeof tags[i] !== "string" || !chor.fits(tags[i], 0, 4)) {
        chor.wrong(issues, `${at}/tags/${i}`, "range", "string of 0 to 4 characters", tags[i]);
      }
    }
  }
  checkAuthor(author, `${at}/author`, issues);
  if (notes !== undefined) {
    if (!Array.isArray(notes) || notes.length > 2) chor.wrong(issues, `${at}/notes`, "range", "list of 0 to 2", notes);
    else for (let i = 0; i < notes.length; i++) checkNote(notes[i], `${at}/notes/${i}`, issues);
  }
  if (done !== undefined && typeof done !== "boolean") chor.wrong(issues, `${at}/done`, "type", "boolean", done);
}

export const Draft = schema<Draft>("Draft", "A text on its way to print.", isDraft, checkDraft, draftJson);

export const validDraft: Draft = {
  title: "on é😀",
  pages: 3,
  weight: 0.5,
  state: "new",
  tags: ["a", "b"],
  author: { name: "Ann" },
};
