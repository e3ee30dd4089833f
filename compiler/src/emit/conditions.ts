// The invariants of an artifact as functions. In: an artifact, and how it is called. Out: for each a function that says
// whether it holds, and what a validator needs to know of it.

import type { Artifacts } from "../bind/artifact-table.js";
import { namesIn } from "../bind/expressions/names-in.js";
import type { Artifact, Condition, RecordType } from "../bind/program.js";
import { orNull } from "../bind/type-shapes.js";
import { expressionText, namesOnce, ownField, type Declared, type ExpressionScope } from "./expressions.js";
import type { FunctionDeclaration } from "./module.js";
import { isInherited, type Scope } from "./names.js";
import { docs, onLines } from "./text.js";
import type { ArtifactNames } from "./types.js";
import type { ConditionFunction } from "./validators.js";

/** An invariant as code. */
export interface Invariant {
  readonly condition: ConditionFunction;
  readonly declaration: FunctionDeclaration;
}

interface Around {
  readonly file: Scope;
  readonly names: ArtifactNames;
  readonly artifacts: Artifacts;
}

/** The invariants of an artifact, in the order of the source. `name`: how it is called in generated code. */
export function conditionsOf(artifact: Artifact, name: string, around: Around): readonly Invariant[] {
  const { type, invariants } = artifact;
  if (type.kind !== "record") return [];
  return invariants.map((condition, place) => invariantOf(artifact, type, { ...condition, place }, name, around));
}

function invariantOf(
  { source }: Artifact,
  { fields }: RecordType,
  { expression, message, place }: Condition & { readonly place: number },
  type: string,
  { file, names, artifacts }: Around,
): Invariant {
  const read = new Set(namesIn(expression).map(({ name }) => name));
  const scope = file.child();
  const reads = fields.filter(({ name }) => read.has(name));
  const isPlain = reads.every(({ name }) => !isInherited(name));
  const values = new Map<string, Declared>();
  const around: ExpressionScope = { artifacts, names, values, once: namesOnce(expression), scope };
  const value = isPlain ? "" : scope.claim("value");
  for (const field of reads) {
    const declared = field.optional ? orNull(field.type) : field.type;
    values.set(
      field.name,
      isPlain ? { text: scope.claim(field.name), type: declared } : ownField(value, field, around),
    );
  }
  const parts = reads.map(({ name }) => [name, values.get(name)?.text ?? name] as const);
  const parameter = isPlain
    ? `{ ${parts.map(([name, text]) => (name === text ? name : `${name}: ${text}`)).join(", ")} }`
    : value;
  const text = source.text.slice(expression.span.start, expression.span.end).replace(/\s+/g, " ");
  const holds = expressionText(expression, around);
  const called = file.claim(`${type}$where${place === 0 ? "" : place + 1}`);
  return {
    condition: {
      name: called,
      type,
      expected: message === null ? text : `${message} (${text})`,
      reads: reads.map(({ name }) => name),
    },
    declaration: {
      kind: "function",
      name: called,
      parameters: [{ name: parameter, type }],
      returns: "boolean",
      statements: [`return ${holds};`],
      docs: message === null ? [] : docs(onLines(message)),
    },
  };
}
