// Which names an expression reads, and which of them only behind a test that they are bound: `moved == null ||
// commit.base == moved.head`, narrowed as TypeScript narrows. In: a typed expression and the names that are taken
// for bound. Out: every read of a free name, and what is bound where the expression is true or false.

import type { Span } from "@chor/grammar";
import { partsOf } from "../bind/expressions/names-in.js";
import type { Expression } from "../bind/program.js";

/** A free name where it is read. */
export interface Use {
  readonly name: string;
  readonly span: Span;
  /** `value`: its value is needed. `tested`: it is compared with null. `guarded`: a value behind such a test. */
  readonly kind: "value" | "tested" | "guarded";
}

/** Names that are bound for certain where the expression is true, and where it is false. */
export interface Facts {
  readonly whenTrue: ReadonlySet<string>;
  readonly whenFalse: ReadonlySet<string>;
}

export interface Reading extends Facts {
  /** In the order of the source. */
  readonly uses: readonly Use[];
}

const NONE: ReadonlySet<string> = new Set();
const NO_FACTS: Facts = { whenTrue: NONE, whenFalse: NONE };

/** Takes an expression and what is known to be bound there; gives its reads and what its value says. Recursive over nesting, which the parser bounds. */
export function readingOf(expression: Expression, bound: ReadonlySet<string> = NONE): Reading {
  const uses: Use[] = [];
  const facts = read(expression, { bound, own: NONE, uses });
  return { uses, ...facts };
}

interface Place {
  /** Taken for bound. */
  readonly bound: ReadonlySet<string>;
  /** Parameters of the functions around. */
  readonly own: ReadonlySet<string>;
  readonly uses: Use[];
}

function read(expression: Expression, place: Place): Facts {
  switch (expression.kind) {
    case "name":
      if (!place.own.has(expression.name)) {
        const kind = place.bound.has(expression.name) ? "guarded" : "value";
        place.uses.push({ name: expression.name, span: expression.span, kind });
      }
      return NO_FACTS;
    case "literal":
      return NO_FACTS;
    case "unary": {
      const { whenTrue, whenFalse } = read(expression.operand, place);
      return expression.operator === "!" ? { whenTrue: whenFalse, whenFalse: whenTrue } : NO_FACTS;
    }
    case "binary":
      return readBinary(expression, place);
    case "conditional": {
      const { whenTrue, whenFalse } = read(expression.test, place);
      const then = read(expression.then, assuming(place, whenTrue));
      const otherwise = read(expression.otherwise, assuming(place, whenFalse));
      return {
        whenTrue: both(either(whenTrue, then.whenTrue), either(whenFalse, otherwise.whenTrue)),
        whenFalse: both(either(whenTrue, then.whenFalse), either(whenFalse, otherwise.whenFalse)),
      };
    }
    case "function": {
      const own = new Set([...place.own, ...expression.parameters.map(({ name }) => name)]);
      read(expression.body, { ...place, own });
      return NO_FACTS;
    }
    default:
      for (const part of partsOf(expression)) read(part, place);
      return NO_FACTS;
  }
}

function readBinary(expression: Extract<Expression, { kind: "binary" }>, place: Place): Facts {
  const { operator, left, right } = expression;
  if (operator === "&&") {
    const first = read(left, place);
    const second = read(right, assuming(place, first.whenTrue));
    return {
      whenTrue: either(first.whenTrue, second.whenTrue),
      whenFalse: both(first.whenFalse, second.whenFalse),
    };
  }
  if (operator === "||") {
    const first = read(left, place);
    const second = read(right, assuming(place, first.whenFalse));
    return {
      whenTrue: both(first.whenTrue, second.whenTrue),
      whenFalse: either(first.whenFalse, second.whenFalse),
    };
  }
  const tested = operator === "==" || operator === "!=" ? testedName(left, right) : null;
  if (tested !== null && !place.own.has(tested.name)) {
    place.uses.push({ name: tested.name, span: tested.span, kind: "tested" });
    const name = new Set([tested.name]);
    return operator === "==" ? { whenTrue: NONE, whenFalse: name } : { whenTrue: name, whenFalse: NONE };
  }
  read(left, place);
  read(right, place);
  return NO_FACTS;
}

/** The name in `name == null` and `null == name`. */
function testedName(left: Expression, right: Expression): Extract<Expression, { kind: "name" }> | null {
  if (left.kind === "name" && isNull(right)) return left;
  return right.kind === "name" && isNull(left) ? right : null;
}

function isNull(expression: Expression): boolean {
  return expression.kind === "literal" && expression.value === null;
}

function assuming(place: Place, names: ReadonlySet<string>): Place {
  return names.size === 0 ? place : { ...place, bound: either(place.bound, names) };
}

function either(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  if (a.size === 0) return b;
  return b.size === 0 ? a : new Set([...a, ...b]);
}

function both(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  if (a.size === 0 || b.size === 0) return NONE;
  return new Set([...a].filter((name) => b.has(name)));
}
