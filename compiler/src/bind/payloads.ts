// Payloads: what a message carries. In: its tree, and a scope for what is computed. Out: the payload, or null where
// something is wrong with it (it is in the sink then).

import { nearest } from "@chor/grammar";
import type { InteractionTree, Name } from "@chor/grammar";
import { unknownArtifact, wrongKind } from "../report/names.js";
import { payloadMayBeNull, payloadNotData } from "../report/values.js";
import type { ExpressionScope } from "./expressions/scope.js";
import { typeExpression, typeRecord } from "./expressions/type-expression.js";
import type { Expression, ParameterType, Payload, ReferenceType } from "./program.js";
import type { Surroundings } from "./surroundings.js";
import { shownType } from "./type-text.js";

/** Takes an interaction and the scope in front of it, gives its payload. */
export function bindPayload(
  { message }: InteractionTree,
  scope: ExpressionScope,
  surroundings: Surroundings,
): Payload | null {
  const { payload, label } = message;
  switch (payload.kind) {
    case "none":
      return payload;
    case "same":
      return asked(artifactNamed(label, surroundings, `write \`${label.text}()\` if it carries nothing`));
    case "asked":
      return asked(artifactNamed(payload.artifact, surroundings));
    case "filled":
      return computed(typeRecord(payload.artifact, payload.record, scope), surroundings);
    case "computed":
      return computed(typeExpression(payload.expression, scope, null), surroundings);
  }
}

function asked(type: ReferenceType | ParameterType | null): Payload | null {
  return type === null ? null : { kind: "asked", type };
}

function computed(expression: Expression | null, { sink }: Surroundings): Payload | null {
  if (expression === null) return null;
  const { type, span } = expression;
  switch (type.kind) {
    case "nullable":
    case "null":
      sink.push(payloadMayBeNull(shownType(type), span));
      return null;
    case "duration":
      sink.push(payloadNotData(shownType(type), span));
      return null;
    default:
      return { kind: "computed", expression };
  }
}

/**
 * The artifact or type parameter of that name; null: there is none, and the sink says so, with `other` as another way
 * out. An imported name that could not be had is told of where it is imported.
 */
export function artifactNamed(
  name: Name,
  { declarations, source, sink }: Surroundings,
  other: string | null = null,
): ReferenceType | ParameterType | null {
  const declaration = declarations.byName.get(name.text);
  if (declaration === undefined) {
    const declare = `Declare it: \`artifact ${name.text} { … }\``;
    const hint = other === null ? `${declare}.` : `${declare}, or ${other}.`;
    sink.push(unknownArtifact(name, nearest(name.text, declarations.artifacts), hint));
    return null;
  }
  const { kind, imported } = declaration;
  if (imported === "unknown") return null;
  if (imported?.kind === "artifact") {
    return { kind: "reference", artifact: imported.artifact.name, file: imported.artifact.source.file };
  }
  if (kind === "type parameter") return { kind: "parameter", name: name.text };
  if (kind === "artifact") return { kind: "reference", artifact: name.text, file: source.file };
  sink.push(wrongKind(name, "an artifact", kind, declaration.name.span));
  return null;
}
