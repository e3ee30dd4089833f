// Makes the schema of an artifact. In: its name and doc comment, the two generated validators (their shape is in
// generated.ts) and its JSON Schema. Out: a `Schema`, whose members never throw but for `parse`.

import { wrong } from "./generated.js";
import type { Issue, JsonSchema, Schema } from "./schema.js";
import { describe, standard } from "./standard.js";

const none: readonly Issue[] = Object.freeze([]);

/** A schema. `is` answers, `check` adds all that is wrong; `json` is of draft 2020-12. */
export function schema<T>(
  name: string,
  doc: string,
  is: (value: unknown) => value is T,
  check: (value: unknown, at: string, issues: Issue[]) => void,
  json: JsonSchema,
): Schema<T> {
  // What throws when it is read (a getter, a revoked proxy) is wrong, like anything else.
  const valid = (value: unknown): value is T => {
    try {
      return is(value);
    } catch {
      return false;
    }
  };

  const issues = (value: unknown): readonly Issue[] => {
    if (valid(value)) return none;
    const found: Issue[] = [];
    try {
      check(value, "", found);
    } catch {
      wrong(found, "", "type", "plain data, readable at any time", value);
    }
    // `check` passes over what is no data at all: fields that are there and undefined, or hidden ones.
    if (found.length === 0) wrong(found, "", "type", `${name} as plain JSON, without undefined fields`, value);
    return found;
  };

  return {
    name,
    doc,
    jsonSchema: json,
    is: valid,
    issues,
    parse(value) {
      if (valid(value)) return value;
      throw new ArtifactError(name, issues(value));
    },
    of: (value) => value,
    "~standard": standard<T>(json, issues),
  };
}

/** A value is not what its artifact asks for; `issues` says all that is wrong. */
export class ArtifactError extends Error {
  override readonly name = "ArtifactError";
  readonly artifact: string;
  readonly issues: readonly Issue[];

  constructor(artifact: string, issues: readonly Issue[]) {
    const told = issues.slice(0, 5).map((issue) => `  ${issue.pointer || "(all of it)"}: ${describe(issue)}`);
    if (issues.length > told.length) told.push(`  and ${issues.length - told.length} more`);
    super([`This is no \`${artifact}\`:`, ...told].join("\n"));
    this.artifact = artifact;
    this.issues = issues;
  }
}
