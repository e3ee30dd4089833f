// Operators: which operands they take, and which type comes out. In: typed operands. Out: the typed operation, or
// null and a diagnostic. Nothing is converted: text is added to text, numbers to numbers (an `int` is a `number`);
// `<` compares numbers, times and durations; `==` is deep, and two values that can never be equal are no comparison.

import type { BinaryOperator, Span } from "@chor/grammar";
import {
  alwaysSo,
  divisionByZero,
  inWrong,
  mixedBranches,
  neverEqual,
  neverNull,
  wrongOperand,
  wrongOperands,
} from "../../report/expressions.js";
import { STRING_LIMIT } from "../limits.js";
import type { Expression, Type } from "../program.js";
import { joined } from "../type-join.js";
import { assignable, comparable } from "../type-relations.js";
import { boundsOf, isNumeric, isText, lengthsOf, shapeOf } from "../type-shapes.js";
import { shownType } from "../type-text.js";
import { refuse } from "../type-context.js";
import { arithmetic, negated } from "./numbers.js";
import { present, truth } from "./require.js";
import { pathKey, type Environment } from "./scope.js";
import { spoken } from "./spoken.js";

const BOOLEAN: Type = { kind: "boolean" };

/** `!operand`, `-operand`; null: an error was told. */
export function unaryOf(
  operator: "!" | "-",
  operand: Expression,
  span: Span,
  environment: Environment,
): Expression | null {
  if (operator === "!")
    return truth(operand, environment) ? { kind: "unary", operator, operand, type: BOOLEAN, span } : null;
  if (!present(operand, environment)) return null;
  const type = shapeOf(operand.type, environment.scope.types.artifacts);
  if (type === null) return null;
  if (!isNumeric(type))
    return refuse(
      wrongOperand(operator, "a number", spoken(operand), shownType(operand.type), operand.span),
      environment.scope.types,
    );
  // A number with its sign is a literal still: `-1` has one value.
  const isLiteral = operand.kind === "literal" && typeof operand.value === "number" && operand.value !== 0;
  if (isLiteral) {
    const value = -Number(operand.value);
    return { kind: "literal", value, type: { kind: "literals", values: [value] }, span };
  }
  return { kind: "unary", operator, operand, type: negated(type), span };
}

/** `left operator right`; null: an error was told. */
export function binaryOf(
  operator: BinaryOperator,
  left: Expression,
  right: Expression,
  span: Span,
  environment: Environment,
): Expression | null {
  const type = resultOf(operator, left, right, span, environment);
  return type === null ? null : { kind: "binary", operator, left, right, type, span };
}

/** `test ? then : otherwise`, the test being one; null: an error was told. */
export function conditionalOf(
  test: Expression,
  then: Expression,
  otherwise: Expression,
  expected: Type | null,
  span: Span,
  { scope }: Environment,
): Expression | null {
  const { artifacts } = scope.types;
  const isExpected = (type: Type): boolean => expected !== null && assignable(type, expected, artifacts);
  const both = joined(then.type, otherwise.type, artifacts);
  const type = both ?? (isExpected(then.type) && isExpected(otherwise.type) ? expected : null);
  if (type === null)
    return refuse(
      mixedBranches(shownType(then.type), then.span, shownType(otherwise.type), otherwise.span),
      scope.types,
    );
  return { kind: "conditional", test, then, otherwise, type, span };
}

function resultOf(
  operator: BinaryOperator,
  left: Expression,
  right: Expression,
  span: Span,
  environment: Environment,
): Type | null {
  switch (operator) {
    case "&&":
    case "||": {
      const isSound = truth(left, environment);
      return truth(right, environment) && isSound ? BOOLEAN : null;
    }
    case "==":
    case "!=":
      return equality(left, right, span, environment);
    case "in":
      return membership(left, right, environment);
    case "<":
    case "<=":
    case ">":
    case ">=":
      return order(operator, left, right, span, environment);
    case "+":
    case "-":
    case "*":
    case "/":
    case "%":
      return computed(operator, left, right, span, environment);
  }
}

function equality(left: Expression, right: Expression, span: Span, environment: Environment): Type | null {
  const { types } = environment.scope;
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (one.kind !== "literal" || one.value !== null) continue;
    const shape = shapeOf(other.type, types.artifacts);
    if (shape === null) return null;
    const mayBe = shape.kind === "nullable" || shape.kind === "null" || shape.kind === "json";
    // Whether a name of the choreography may be null is a question of its place.
    const isName = other.kind === "name" && pathKey(other, environment) === other.name;
    return mayBe || isName ? BOOLEAN : refuse(neverNull(spoken(other), shownType(other.type), span), types);
  }
  if (comparable(left.type, right.type, types.artifacts)) return BOOLEAN;
  const hint = digestHint(left, right, environment) ?? digestHint(right, left, environment);
  return refuse(
    neverEqual(
      spoken(left),
      shownType(left.type),
      left.span,
      spoken(right),
      shownType(right.type),
      right.span,
      span,
      hint,
    ),
    types,
  );
}

/** What to do where a digest is compared with the value that it is of; null: it is not. */
function digestHint(digest: Expression, value: Expression, { scope }: Environment): string | null {
  const { artifacts } = scope.types;
  const shape = shapeOf(digest.type, artifacts);
  if (shape?.kind !== "digest" || shape.of === null || !comparable(shape.of, value.type, artifacts)) return null;
  const path = spoken(value);
  return `Compare with its digest: \`digest(${path.startsWith("`") ? path.slice(1, -1) : "…"})\`.`;
}

/** `item in list`, `key in map`. */
function membership(left: Expression, right: Expression, environment: Environment): Type | null {
  const { types } = environment.scope;
  if (!present(right, environment)) return null;
  const shape = shapeOf(right.type, types.artifacts);
  if (shape === null) return null;
  if (shape.kind === "list") {
    if (comparable(left.type, shape.item, types.artifacts)) return BOOLEAN;
    return refuse(
      inWrong(spoken(left), shownType(left.type), spoken(right), shownType(right.type), "items", left.span),
      types,
    );
  }
  if (shape.kind === "map") {
    if (!present(left, environment)) return null;
    const key = shapeOf(left.type, types.artifacts);
    if (key === null) return null;
    if (isText(key)) return BOOLEAN;
    return refuse(
      inWrong(spoken(left), shownType(left.type), spoken(right), shownType(right.type), "keys", left.span),
      types,
    );
  }
  const hint = isText(shape) ? "Write `text.includes(part)`." : "Write it over a list or a map.";
  return refuse(
    wrongOperand("in", "a list or a map on its right", spoken(right), shownType(right.type), right.span, hint),
    types,
  );
}

function order(
  operator: "<" | "<=" | ">" | ">=",
  left: Expression,
  right: Expression,
  span: Span,
  environment: Environment,
): Type | null {
  const shapes = shapesOf(left, right, environment);
  if (shapes === null) return null;
  const { types } = environment.scope;
  const [a, b] = shapes;
  if (isNumeric(a) && isNumeric(b)) {
    const verdict = decided(operator, a, b);
    if (verdict !== null)
      types.sink.push(
        alwaysSo(verdict, spoken(left), shownType(left.type), spoken(right), shownType(right.type), span),
      );
    return BOOLEAN;
  }
  const areTimes = a.kind === "format" && b.kind === "format" && a.format === "datetime" && b.format === "datetime";
  if (areTimes || (a.kind === "duration" && b.kind === "duration")) return BOOLEAN;
  const hint = isText(a) && isText(b) ? "Compare numbers or times; text has no order here." : null;
  return refuse(operandsOf(operator, "two numbers, two `datetime` or two `duration`", left, right, span, hint), types);
}

/** Whether the ranges alone decide the comparison; null: they do not. */
function decided(operator: "<" | "<=" | ">" | ">=", left: Type, right: Type): boolean | null {
  const [a, b] =
    operator === "<" || operator === "<=" ? [boundsOf(left), boundsOf(right)] : [boundsOf(right), boundsOf(left)];
  const isStrict = operator === "<" || operator === ">";
  if (isStrict ? a.max < b.min : a.max <= b.min) return true;
  return (isStrict ? a.min >= b.max : a.min > b.max) ? false : null;
}

function computed(
  operator: "+" | "-" | "*" | "/" | "%",
  left: Expression,
  right: Expression,
  span: Span,
  environment: Environment,
): Type | null {
  const shapes = shapesOf(left, right, environment);
  if (shapes === null) return null;
  const { types } = environment.scope;
  const [a, b] = shapes;
  if (isNumeric(a) && isNumeric(b)) {
    if ((operator === "/" || operator === "%") && boundsOf(b).min === 0 && boundsOf(b).max === 0)
      return refuse(divisionByZero(right.span), types);
    return arithmetic(operator, a, b);
  }
  if (operator === "+" && isText(a) && isText(b)) {
    const [first, second] = [lengthsOf(a), lengthsOf(b)];
    const max = Math.min(STRING_LIMIT, first.max + second.max);
    return { kind: "string", min: Math.min(max, first.min + second.min), max, pattern: null };
  }
  if (operator !== "+") return refuse(operandsOf(operator, "two numbers", left, right, span, null), types);
  const isMixed = (isText(a) && isNumeric(b)) || (isNumeric(a) && isText(b));
  const areLists = a.kind === "list" && b.kind === "list";
  const hint = isMixed
    ? "Send both in a record: a number does not become text."
    : areLists
      ? "Collect with `as name[]`, or send both lists in a record."
      : null;
  return refuse(operandsOf(operator, "two numbers or two strings", left, right, span, hint), types);
}

function operandsOf(
  operator: BinaryOperator,
  wanted: string,
  left: Expression,
  right: Expression,
  span: Span,
  hint: string | null,
) {
  return wrongOperands(
    operator,
    wanted,
    spoken(left),
    shownType(left.type),
    left.span,
    spoken(right),
    shownType(right.type),
    right.span,
    span,
    hint,
  );
}

/** The shapes of both, if both are there; null: an error was told. */
function shapesOf(left: Expression, right: Expression, environment: Environment): readonly [Type, Type] | null {
  const isLeft = present(left, environment);
  if (!present(right, environment) || !isLeft) return null;
  const { artifacts } = environment.scope.types;
  const a = shapeOf(left.type, artifacts);
  const b = shapeOf(right.type, artifacts);
  return a === null || b === null ? null : [a, b];
}
