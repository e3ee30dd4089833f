// Artifacts by hand, as generated code would have them: records of text and of lists of text.

import { isRecord, schema, wrong, type Issue, type Schema } from "@chor/runtime";

/** A field is a text of 1 to 200 characters, or (`"list"`) 1 to 5 of them. */
export type Fields = { readonly [field: string]: "text" | "list" };

export type Value<F extends Fields> = { readonly [K in keyof F]: F[K] extends "list" ? readonly string[] : string };

/** The schema of a record of these fields, all of them required. */
export function artifact<const F extends Fields>(name: string, doc: string, fields: F): Schema<Value<F>> {
  const names = Object.keys(fields);
  const check = (value: unknown, at: string, issues: Issue[]): void => {
    if (!isRecord(value)) return wrong(issues, at, "type", name, value);
    for (const field of Object.keys(value)) {
      if (!names.includes(field)) wrong(issues, `${at}/${field}`, "unknown", "no such field", value[field]);
    }
    for (const field of names) checkField(value[field], fields[field]!, `${at}/${field}`, issues);
  };
  const is = (value: unknown): value is Value<F> => {
    const issues: Issue[] = [];
    check(value, "", issues);
    return issues.length === 0;
  };
  const text = { type: "string", minLength: 1, maxLength: 200 };
  const list = { type: "array", items: text, minItems: 1, maxItems: 5 };
  return schema(name, doc, is, check, {
    type: "object",
    properties: Object.fromEntries(names.map((field) => [field, fields[field] === "list" ? list : text])),
    required: names,
    additionalProperties: false,
  });
}

const isText = (one: unknown): boolean => typeof one === "string" && one.length >= 1 && one.length <= 200;

function checkField(value: unknown, kind: "text" | "list", at: string, issues: Issue[]): void {
  if (value === undefined) return wrong(issues, at, "missing", kind, value);
  if (kind === "text") {
    if (!isText(value)) wrong(issues, at, "range", "string of 1 to 200 characters", value);
  } else if (!Array.isArray(value) || value.length < 1 || value.length > 5 || !value.every(isText)) {
    wrong(issues, at, "range", "list of 1 to 5 strings", value);
  }
}
