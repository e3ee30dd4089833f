// What an expression may speak of, and what is known about it where it stands. In: names with their types. Out: an
// environment that grows with each parameter and each test around an expression; nothing in it is ever changed.

import type { Name } from "@chor/grammar";
import type { Assumed } from "../assumed.js";
import type { Expression, Type, Value } from "../program.js";
import type { TypeContext } from "../type-context.js";

/** The names around an expression. A name has one type wherever it is bound; whether it is bound is asked later. */
export interface ExpressionScope {
  /** undefined: there is no such name; null: there is one, but something is wrong with it, and that was told. */
  lookup(name: string): Type | null | undefined;
  /** All names, for suggestions. */
  names(): Iterable<string>;
  /** Tells that there is no such name. */
  unknown(name: Name): void;
  readonly types: TypeContext;
  /** What tests before have shown of these names. */
  readonly assumed: readonly Assumed[];
}

/** A scope, with the parameters of the functions around, and what the tests around have shown. */
export interface Environment {
  readonly scope: ExpressionScope;
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly facts: Facts;
}

/** The parameter of a function. Its key is no other parameter's around it: the inner of two with one name counts. */
export interface Parameter extends Value {
  readonly key: string;
}

/** By the key of a path (`a.b[0]`). */
export interface Facts {
  /** A narrower type than the declared one. */
  readonly types: ReadonlyMap<string, Type>;
  /** So many items at least. */
  readonly lengths: ReadonlyMap<string, number>;
  /** `list[index]`, `map[key]` that are there, as keys of paths. */
  readonly present: ReadonlySet<string>;
}

/** The environment of an expression around which nothing has been tested. */
export function environmentIn(scope: ExpressionScope): Environment {
  return { scope, parameters: new Map(), facts: { types: new Map(), lengths: new Map(), present: new Set() } };
}

export function withParameters(values: readonly Value[], environment: Environment): Environment {
  const parameters = new Map(environment.parameters);
  for (const value of values) parameters.set(value.name, { ...value, key: `${value.name}\0${parameters.size}` });
  return { ...environment, parameters };
}

export function withType(key: string, type: Type, environment: Environment): Environment {
  const { facts } = environment;
  return { ...environment, facts: { ...facts, types: new Map(facts.types).set(key, type) } };
}

export function withLength(key: string, least: number, environment: Environment): Environment {
  const { facts } = environment;
  if ((facts.lengths.get(key) ?? 0) >= least) return environment;
  return { ...environment, facts: { ...facts, lengths: new Map(facts.lengths).set(key, least) } };
}

export function withPresent(key: string, environment: Environment): Environment {
  const { facts } = environment;
  return { ...environment, facts: { ...facts, present: new Set(facts.present).add(key) } };
}

/**
 * The key of a path: of a name, its fields and its items. Null: the expression is none, so nothing can be known
 * about it from one place to the next.
 */
export function pathKey(expression: Expression, environment: Environment): string | null {
  switch (expression.kind) {
    case "name":
      return environment.parameters.get(expression.name)?.key ?? expression.name;
    case "field": {
      const of = pathKey(expression.of, environment);
      return of === null ? null : `${of}.${expression.field}`;
    }
    case "index": {
      const of = pathKey(expression.of, environment);
      const index = pathKey(expression.index, environment);
      return of === null || index === null ? null : itemKey(of, index);
    }
    case "literal":
      return JSON.stringify(expression.value);
    default:
      return null;
  }
}

export function itemKey(of: string, index: string): string {
  return `${of}[${index}]`;
}
