// What a condition says about the values in it, by ranges and by sets of literals. In: a typed condition that is taken to
// be true, or false, and what is known already. Out: what is known then, or null where that cannot be. It never says
// "cannot" of what can be; what it does not understand tells it nothing.

import type { Artifacts } from "../bind/artifact-table.js";
import type { Expression, Type } from "../bind/program.js";
import { boundsOf, isBoolean, isNumeric, shapeOf } from "../bind/type-shapes.js";

/** By path, as it is written (`part.cost`, `parts.length`). */
export type Facts = ReadonlyMap<string, Fact>;

type Fact =
  | { readonly kind: "range"; readonly min: number; readonly max: number }
  | { readonly kind: "values"; readonly values: ReadonlySet<Literal> };

type Literal = string | number | boolean;

type Ordered = "<" | "<=" | ">" | ">=" | "==" | "!=";

/** So many parts of a condition are looked at: one side of `||` is asked for both of its values, at every level again. */
const mostParts = 10_000;

/**
 * What is known if `condition` has the value `truth`, too; null: it cannot have. Recursive over nesting, which the parser
 * bounds; what there is too much of is not looked at, and tells nothing.
 */
export function assume(condition: Expression, truth: boolean, facts: Facts, artifacts: Artifacts): Facts | null {
  return follow(condition, truth, facts, { artifacts, left: mostParts });
}

interface Effort {
  readonly artifacts: Artifacts;
  left: number;
}

function follow(condition: Expression, truth: boolean, facts: Facts, effort: Effort): Facts | null {
  const { artifacts } = effort;
  if (effort.left-- <= 0) return facts;
  const and = (one: Expression, other: Expression, value: boolean): Facts | null => {
    const first = follow(one, value, facts, effort);
    return first === null ? null : follow(other, value, first, effort);
  };
  /** One of the two has the value: where one cannot have it, the other has. */
  const or = (one: Expression, other: Expression, value: boolean): Facts | null => {
    const first = follow(one, value, facts, effort);
    // The other is asked only if the first has not the value.
    const before = follow(one, !value, facts, effort);
    const second = before === null ? null : follow(other, value, before, effort);
    return first === null ? second : second === null ? first : facts;
  };
  switch (condition.kind) {
    case "literal":
      return condition.value === truth || typeof condition.value !== "boolean" ? facts : null;
    case "unary":
      return condition.operator === "!" ? follow(condition.operand, !truth, facts, effort) : facts;
    case "conditional": {
      const yes = follow(condition.test, true, facts, effort);
      const no = follow(condition.test, false, facts, effort);
      const one = yes === null ? null : follow(condition.then, truth, yes, effort);
      const other = no === null ? null : follow(condition.otherwise, truth, no, effort);
      return one === null ? other : other === null ? one : facts;
    }
    case "binary": {
      const { operator, left, right } = condition;
      if (operator === "&&") return truth ? and(left, right, true) : or(left, right, false);
      if (operator === "||") return truth ? or(left, right, true) : and(left, right, false);
      if (!isOrdered(operator)) return facts;
      return compare(truth ? operator : NOT[operator], left, right, facts, artifacts);
    }
    case "name":
    case "field": {
      const shape = shapeOf(condition.type, artifacts);
      return shape !== null && isBoolean(shape)
        ? oneOf(condition, shape, (value) => value === truth, truth, facts)
        : facts;
    }
    default:
      return facts;
  }
}

const NOT: Readonly<Record<Ordered, Ordered>> = { "<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "==" };
const TURNED: Readonly<Record<Ordered, Ordered>> = {
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
  "==": "==",
  "!=": "!=",
};

function isOrdered(operator: string): operator is Ordered {
  return operator in NOT;
}

function compare(
  operator: Ordered,
  left: Expression,
  right: Expression,
  facts: Facts,
  artifacts: Artifacts,
): Facts | null {
  const [a, b] = [shapeOf(left.type, artifacts), shapeOf(right.type, artifacts)];
  if (a === null || b === null) return facts;
  if (isNumeric(a) && isNumeric(b)) {
    const first = narrowed(operator, left, a, rangeOf(right, b, facts), facts);
    return first === null ? null : narrowed(TURNED[operator], right, b, rangeOf(left, a, first), first);
  }
  if (operator !== "==" && operator !== "!=") return facts;
  const isSame = operator === "==";
  // A literal is all that is known of one side; what may be `null` differs from every literal by that.
  for (const [path, type, literal] of [
    [left, a, right],
    [right, b, left],
  ] as const)
    if (literal.kind === "literal" && literal.value !== null)
      return oneOf(path, type, (value) => (value === literal.value) === isSame, isSame ? literal.value : null, facts);
  return facts;
}

interface Interval {
  readonly min: number;
  readonly max: number;
}

function rangeOf(expression: Expression, shape: Type, facts: Facts): Interval {
  const path = pathOf(expression);
  const fact = path === null ? undefined : facts.get(path);
  const { min, max } = boundsOf(shape);
  return fact?.kind === "range" ? { min: Math.max(min, fact.min), max: Math.min(max, fact.max) } : { min, max };
}

/** What is known of `path operator something in that range`. */
function narrowed(operator: Ordered, path: Expression, shape: Type, other: Interval, facts: Facts): Facts | null {
  const own = rangeOf(path, shape, facts);
  const range = within(operator, own, other, shape.kind === "int");
  if (range === null) return null;
  const key = pathOf(path);
  return key === null ? facts : new Map(facts).set(key, { kind: "range", ...range });
}

/** Of whole numbers the ends can be left out; of others `<` is told from `<=` only where nothing is left. */
function within(operator: Ordered, own: Interval, other: Interval, isWhole: boolean): Interval | null {
  const below = isWhole ? Math.ceil(other.max) - 1 : other.max;
  const above = isWhole ? Math.floor(other.min) + 1 : other.min;
  switch (operator) {
    case "<":
      return own.min < other.max ? { min: own.min, max: Math.min(own.max, below) } : null;
    case "<=":
      return own.min <= other.max ? { min: own.min, max: Math.min(own.max, other.max) } : null;
    case ">":
      return own.max > other.min ? { min: Math.max(own.min, above), max: own.max } : null;
    case ">=":
      return own.max >= other.min ? { min: Math.max(own.min, other.min), max: own.max } : null;
    case "==": {
      const range = { min: Math.max(own.min, other.min), max: Math.min(own.max, other.max) };
      return range.min <= range.max ? range : null;
    }
    case "!=":
      if (other.min !== other.max) return own;
      if (own.min === own.max) return own.min === other.min ? null : own;
      if (!isWhole) return own;
      return { min: own.min === other.min ? own.min + 1 : own.min, max: own.max === other.max ? own.max - 1 : own.max };
  }
}

/** What is known if a path has one of the values that are kept. `only`: the one value that is, where there is one. */
function oneOf(
  path: Expression,
  shape: Type,
  keep: (value: Literal) => boolean,
  only: Literal | null,
  facts: Facts,
): Facts | null {
  const key = pathOf(path);
  if (key === null) return facts;
  const fact = facts.get(key);
  const listed = shape.kind === "literals" ? shape.values : shape.kind === "boolean" ? [true, false] : null;
  const before = fact?.kind === "values" ? [...fact.values] : (listed ?? (only === null ? null : [only]));
  // Of a text nothing is known but what it was compared with.
  if (before === null) return facts;
  const values = new Set(before.filter(keep));
  return values.size === 0 ? null : new Map(facts).set(key, { kind: "values", values });
}

/** The path as it is written; null: it is none. */
function pathOf(expression: Expression): string | null {
  if (expression.kind === "name") return expression.name;
  if (expression.kind !== "field") return null;
  const of = pathOf(expression.of);
  return of === null ? null : `${of}.${expression.field}`;
}
