// Narrowing: what is known behind a test, as in TypeScript. In: a typed test and how it came out. Out: the
// environment with what follows from it. `!= null` takes away null, `is` and its opposite members of a union,
// `xs.length > 0` and `i < xs.length` make items be there, `k in map` an entry.

import { keyOf } from "../artifact-table.js";
import type { Expression, ReferenceType, Type } from "../program.js";
import { boundsOf, isNumeric, membersOf, shapeOf, unionOf, withoutNull } from "../type-shapes.js";
import { itemKey, pathKey, withLength, withPresent, withType, type Environment } from "./scope.js";

/** Takes a typed test that is `truth`, gives the environment behind it. What it cannot use, it leaves alone. */
export function assume(test: Expression, truth: boolean, environment: Environment): Environment {
  switch (test.kind) {
    case "unary":
      return test.operator === "!" ? assume(test.operand, !truth, environment) : environment;
    case "is":
      return assumeMember(test.operand, test.artifact, truth, environment);
    case "method":
      // A list in which something is found is not empty.
      if (!truth || (test.method !== "includes" && test.method !== "some")) return environment;
      return longer(test.of, 1, environment);
    case "binary":
      return assumeBinary(test, truth, environment);
    default:
      return environment;
  }
}

function assumeBinary(
  { operator, left, right }: Extract<Expression, { readonly kind: "binary" }>,
  truth: boolean,
  environment: Environment,
): Environment {
  switch (operator) {
    case "&&":
      return truth ? assume(right, true, assume(left, true, environment)) : environment;
    case "||":
      return truth ? environment : assume(right, false, assume(left, false, environment));
    case "==":
    case "!=":
      return assumeEqual(left, right, (operator === "==") === truth, environment);
    case "<":
      return truth ? assumeLess(left, right, 1, environment) : assumeLess(right, left, 0, environment);
    case "<=":
      return truth ? assumeLess(left, right, 0, environment) : assumeLess(right, left, 1, environment);
    case ">":
      return truth ? assumeLess(right, left, 1, environment) : assumeLess(left, right, 0, environment);
    case ">=":
      return truth ? assumeLess(right, left, 0, environment) : assumeLess(left, right, 1, environment);
    case "in": {
      if (!truth) return environment;
      const of = pathKey(right, environment);
      const key = pathKey(left, environment);
      const isMap = shapeOf(right.type, environment.scope.types.artifacts)?.kind === "map";
      if (isMap) return of === null || key === null ? environment : withPresent(itemKey(of, key), environment);
      return longer(right, 1, environment);
    }
    default:
      return environment;
  }
}

function assumeEqual(left: Expression, right: Expression, equal: boolean, environment: Environment): Environment {
  if (isNullLiteral(right)) return assumeNull(left, equal, environment);
  if (isNullLiteral(left)) return assumeNull(right, equal, environment);
  if (!equal) {
    if (isZero(right)) return longerThanZero(left, environment);
    return isZero(left) ? longerThanZero(right, environment) : environment;
  }
  // What equals something that is there, is there.
  let known = environment;
  if (!mayBeNull(right.type, environment)) known = assumeNull(left, false, known);
  if (!mayBeNull(left.type, environment)) known = assumeNull(right, false, known);
  return assumeLess(left, right, 0, assumeLess(right, left, 0, known));
}

function assumeNull(operand: Expression, isNull: boolean, environment: Environment): Environment {
  const key = pathKey(operand, environment);
  const type = shapeOf(operand.type, environment.scope.types.artifacts);
  if (key === null || type?.kind !== "nullable") return environment;
  return withType(key, isNull ? { kind: "null" } : type.of, environment);
}

/** `smaller + by <= larger`: a list of that length, or an index into one. */
function assumeLess(smaller: Expression, larger: Expression, by: 0 | 1, environment: Environment): Environment {
  if (larger.kind !== "field" || larger.field !== "length" || !isNumeric(smaller.type)) return environment;
  const known = longer(larger.of, Math.ceil(boundsOf(smaller.type).min) + by, environment);
  const of = pathKey(larger.of, environment);
  const index = pathKey(smaller, environment);
  return by === 0 || of === null || index === null ? known : withPresent(itemKey(of, index), known);
}

function longerThanZero(operand: Expression, environment: Environment): Environment {
  return operand.kind === "field" && operand.field === "length" ? longer(operand.of, 1, environment) : environment;
}

function longer(list: Expression, least: number, environment: Environment): Environment {
  const key = pathKey(list, environment);
  return key === null || !Number.isFinite(least) ? environment : withLength(key, least, environment);
}

function assumeMember(
  operand: Expression,
  artifact: ReferenceType,
  truth: boolean,
  environment: Environment,
): Environment {
  const key = pathKey(operand, environment);
  if (key === null) return environment;
  if (truth) return withType(key, artifact, environment);
  const shape = shapeOf(operand.type, environment.scope.types.artifacts);
  if (shape === null) return environment;
  const rest = unionOf(membersOf(withoutNull(shape)).filter((member) => keyOf(member) !== keyOf(artifact)));
  if (rest === null) return environment;
  return withType(key, shape.kind === "nullable" ? { kind: "nullable", of: rest } : rest, environment);
}

function mayBeNull(type: Type, environment: Environment): boolean {
  const shape = shapeOf(type, environment.scope.types.artifacts);
  return shape === null || shape.kind === "nullable" || shape.kind === "null" || shape.kind === "json";
}

function isNullLiteral(expression: Expression): boolean {
  return expression.kind === "literal" && expression.value === null;
}

function isZero(expression: Expression): boolean {
  return expression.kind === "literal" && expression.value === 0;
}
