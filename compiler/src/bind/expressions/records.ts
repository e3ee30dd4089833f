// Records that are filled: `Stall { name: spec.name, why: "late" }`, `Notes { verdicts }`. In: the artifact, the
// entries and what is around them. Out: the typed record, or null and a diagnostic for each entry that is wrong. A
// value that may be null may fill an optional field: null leaves the field out.

import { nearest } from "@chor/grammar";
import type { ExpressionTree, Name, RecordTree, Span } from "@chor/grammar";
import { entryTwice, missingFields, notFilled, unknownField } from "../../report/expressions.js";
import { artifactOf } from "../artifact-table.js";
import type { Expression, Field, Type } from "../program.js";
import { orNull, recordOf, shapeOf } from "../type-shapes.js";
import { shownType } from "../type-text.js";
import { refuse, resolveArtifact } from "../type-context.js";
import { fits } from "./require.js";
import type { Environment } from "./scope.js";
import { typeIn } from "./typing.js";

/** Takes the artifact's name and the entries, `span` around both; null: an error was told. */
export function recordIn(artifact: Name, record: RecordTree, span: Span, environment: Environment): Expression | null {
  const { types } = environment.scope;
  const isParameter = types.declarations.byName.get(artifact.text)?.kind === "type parameter";
  if (isParameter) return refuse(notFilled(artifact, "a type parameter"), types);
  const reference = resolveArtifact(artifact, [], types);
  const fields = reference === null ? null : (recordOf(reference, types.artifacts)?.fields ?? null);
  if (reference !== null && fields === null) {
    const shape = shapeOf(reference, types.artifacts);
    const isBroken = shape === null || artifactOf(reference, types.artifacts) === null;
    if (!isBroken)
      types.sink.push(
        notFilled(artifact, shape.kind === "reference" ? "declared elsewhere" : `\`${shownType(shape)}\``),
      );
  }
  const entries = entriesIn(artifact, record, fields, environment);
  if (reference === null || fields === null || entries === null) return null;
  return { kind: "record", artifact: reference, entries, type: reference, span };
}

type Entry = Extract<Expression, { readonly kind: "record" }>["entries"][number];

/** Typed in any case, so that all errors are told; `fields` is null where they are not known. */
function entriesIn(
  artifact: Name,
  record: RecordTree,
  fields: readonly Field[] | null,
  environment: Environment,
): readonly Entry[] | null {
  const { types } = environment.scope;
  const byName = new Map((fields ?? []).map((field) => [field.name, field]));
  const first = new Map<string, Span>();
  const entries: Entry[] = [];
  for (const { name, value: tree, span } of record.entries) {
    const before = first.get(name.text);
    if (before !== undefined) types.sink.push(entryTwice(name, before));
    else first.set(name.text, name.span);
    const field = byName.get(name.text);
    if (field === undefined && fields !== null) {
      const names = [...byName.keys()];
      types.sink.push(unknownField(name, `\`${artifact.text}\``, names, nearest(name.text, names)));
    }
    const expected = field === undefined ? null : field.optional ? orNull(field.type) : field.type;
    const value = valueOf(name, tree, expected, environment);
    if (value === null || expected === null || before !== undefined) continue;
    if (fits(value, expected, `The field \`${name.text}\` of \`${artifact.text}\``, environment))
      entries.push({ name: name.text, value, span });
  }
  const missing = (fields ?? []).filter(({ name, optional }) => !optional && !first.has(name)).map(({ name }) => name);
  if (missing.length > 0) types.sink.push(missingFields(artifact, missing));
  return missing.length > 0 || entries.length < record.entries.length ? null : entries;
}

/** What fills a field: an expression, a record, or (where nothing is written) what has the field's name. */
function valueOf(
  name: Name,
  tree: RecordTree["entries"][number]["value"],
  expected: Type | null,
  environment: Environment,
): Expression | null {
  if (tree !== null && tree.kind === "record") return recordIn(tree.artifact, tree.record, tree.span, environment);
  const written: ExpressionTree = tree ?? { kind: "name", name, span: name.span };
  return typeIn(written, environment, expected);
}
