// Which member of a union a value is: `v is Approve`. In: the typed value and the member's name. Out: the typed test, or
// null and a diagnostic: a test that comes out the same always is no test.

import type { Name, Span } from "@chor/grammar";
import { nearest } from "@chor/grammar";
import { isAlready, isNever, isOfUnion } from "../../report/expressions.js";
import { artifactOf, keyOf } from "../artifact-table.js";
import type { Expression } from "../program.js";
import { refuse, resolveArtifact } from "../type-context.js";
import { membersOf, shapeOf, withoutNull } from "../type-shapes.js";
import { shownType } from "../type-text.js";
import type { Environment } from "./scope.js";
import { spoken } from "./spoken.js";

/** `operand is artifact`; null: an error was told. Null is no member. */
export function isOf(operand: Expression, artifact: Name, span: Span, { scope }: Environment): Expression | null {
  const { types } = scope;
  const shape = shapeOf(withoutNull(operand.type), types.artifacts);
  if (shape === null) return null;
  const value = withoutNull(shape);
  const names = membersOf(value).map((member) => member.artifact);
  const reference = resolveArtifact(artifact, names, types);
  const meant = reference === null ? null : shapeOf(reference, types.artifacts);
  if (reference === null || meant === null || artifactOf(reference, types.artifacts) === null) return null;
  if (value.kind === "union" && meant.kind === "union") {
    const parts = membersOf(meant).map((member) => member.artifact);
    return refuse(isOfUnion(artifact, parts), types);
  }
  const isMember = meant.kind === "reference" && membersOf(value).some((member) => keyOf(member) === keyOf(meant));
  const type = shownType(operand.type);
  const mayBeNull = shape.kind === "nullable" || operand.type.kind === "nullable";
  if (names.length === 0 || (value.kind !== "union" && !mayBeNull))
    return refuse(isAlready(artifact, spoken(operand), type, isMember, operand.span), types);
  if (isMember) return { kind: "is", operand, artifact: meant, type: { kind: "boolean" }, span };
  return refuse(isNever(artifact, spoken(operand), type, names, nearest(artifact.text, names)), types);
}
