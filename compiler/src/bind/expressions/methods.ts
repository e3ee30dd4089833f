// Methods: on what, with which arguments, and which type comes out. All of them end: a method goes once through its
// list or text. In: the value and the method's name. Out: the rule for its arguments, then the typed call.
//
// text.startsWith(text) text.endsWith(text) text.includes(text): boolean     list.includes(item): boolean
// text.trim() text.lower() text.upper(): string     text.split(text): string[]     list-of-text.join(text): string
// list.every(test) list.some(test): boolean     list.filter(test): the same items, narrowed     list.map(f): list
// numbers.sum(): number     numbers.min() numbers.max(): number, null for an empty list     map.keys(): string[]
// A test and an `f` are `x => …` or `(x, i) => …`, `i` the place of `x`.

import { nearest } from "@chor/grammar";
import type { Name, Span } from "@chor/grammar";
import { lengthIsNoMethod, methodOfAnother, unknownMethod } from "../../report/expressions.js";
import { KEY_LIMIT, LIST_LIMIT, STRING_LIMIT } from "../limits.js";
import { plus, times } from "../bytes.js";
import type { Expression, Method, Type, Value } from "../program.js";
import { isNumeric, isText, lengthsOf, orNull, shapeOf } from "../type-shapes.js";
import { shownType } from "../type-text.js";
import { refuse } from "../type-context.js";
import { assume } from "./narrow.js";
import { summed } from "./numbers.js";
import { present } from "./require.js";
import { itemKey, pathKey, withLength, withParameters, withPresent, type Environment } from "./scope.js";
import { spoken } from "./spoken.js";

export interface MethodRule {
  readonly arguments: readonly ArgumentRule[];
  /** What is known in a function that is the argument: its list has an item there. */
  inside(environment: Environment, parameters: readonly Value[]): Environment;
}

export type ArgumentRule =
  | { readonly kind: "value"; readonly type: Type }
  /** A function of these; `isTest`: it answers true or false. */
  | { readonly kind: "function"; readonly parameters: readonly Type[]; readonly isTest: boolean };

/** On what a method is defined. */
const RECEIVERS: Readonly<Record<Method, readonly ("text" | "list" | "map")[]>> = {
  startsWith: ["text"],
  endsWith: ["text"],
  includes: ["text", "list"],
  every: ["list"],
  some: ["list"],
  map: ["list"],
  filter: ["list"],
  sum: ["list"],
  min: ["list"],
  max: ["list"],
  trim: ["text"],
  lower: ["text"],
  upper: ["text"],
  split: ["text"],
  join: ["list"],
  keys: ["map"],
};

const NAMES = Object.keys(RECEIVERS);

const BOOLEAN: Type = { kind: "boolean" };

/** Upper or lower case of one code point has three at most. */
const CASE_GROWTH = 3;

export function isMethod(name: string): name is Method {
  return Object.hasOwn(RECEIVERS, name);
}

/** Takes the value and the name of a method, gives the rule for its arguments; null: there is no such method of it. */
export function argumentsFor(of: Expression, name: Name, environment: Environment): MethodRule | null {
  const { types } = environment.scope;
  if (!present(of, environment)) return null;
  const shape = shapeOf(of.type, types.artifacts);
  if (shape === null) return null;
  const { text } = name;
  if (text === "length") return refuse(lengthIsNoMethod(name), types);
  if (!isMethod(text)) return refuse(unknownMethod(name, NAMES, nearest(text, NAMES)), types);
  const receiver = receiverOf(shape);
  const known = receiver === null ? [] : NAMES.filter((each) => isMethod(each) && RECEIVERS[each].includes(receiver));
  const isDefined = receiver !== null && RECEIVERS[text].includes(receiver) && itemsFit(text, shape, environment);
  if (!isDefined) return refuse(methodOfAnother(name, spoken(of), shownType(of.type), wanted(text), known), types);
  return {
    arguments: argumentRules(text, shape),
    inside: (inner, parameters) => insideOf(pathKey(of, environment), inner, parameters),
  };
}

/** Takes the value, a method that it has, and arguments that fit; gives the call. */
export function methodOf(
  of: Expression,
  name: Name,
  rule: MethodRule,
  given: readonly Expression[],
  span: Span,
  environment: Environment,
): Expression | null {
  const shape = shapeOf(of.type, environment.scope.types.artifacts);
  if (shape === null || !isMethod(name.text)) return null;
  const type = resultOf(name.text, shape, of, rule, given, environment);
  return { kind: "method", of, method: name.text, arguments: given, methodSpan: name.span, type, span };
}

function receiverOf(shape: Type): "text" | "list" | "map" | null {
  if (isText(shape)) return "text";
  return shape.kind === "list" || shape.kind === "map" ? shape.kind : null;
}

/** Whether the method is for lists of such items. */
function itemsFit(method: Method, shape: Type, { scope }: Environment): boolean {
  if (shape.kind !== "list") return true;
  const item = shapeOf(shape.item, scope.types.artifacts);
  if (item === null || shape.max === 0) return true;
  if (method === "sum" || method === "min" || method === "max") return isNumeric(item);
  return method !== "join" || isText(item);
}

/** What a method is for, to go on behind "is for". */
function wanted(method: Method): string {
  if (method === "sum" || method === "min" || method === "max") return "lists of numbers";
  if (method === "join") return "lists of strings";
  return RECEIVERS[method].map((each) => (each === "text" ? "strings" : `${each}s`)).join(" and ");
}

function argumentRules(method: Method, shape: Type): readonly ArgumentRule[] {
  const text: Type = { kind: "string", min: 0, max: STRING_LIMIT, pattern: null };
  switch (method) {
    case "startsWith":
    case "endsWith":
    case "split":
    case "join":
      return [{ kind: "value", type: text }];
    case "includes":
      return [{ kind: "value", type: shape.kind === "list" ? shape.item : text }];
    case "every":
    case "some":
    case "filter":
      return [{ kind: "function", parameters: elementOf(shape), isTest: true }];
    case "map":
      return [{ kind: "function", parameters: elementOf(shape), isTest: false }];
    default:
      return [];
  }
}

/** The item and its place. */
function elementOf(shape: Type): readonly Type[] {
  if (shape.kind !== "list") return [];
  return [shape.item, { kind: "int", min: 0, max: Math.max(0, shape.max - 1) }];
}

function insideOf(list: string | null, environment: Environment, parameters: readonly Value[]): Environment {
  if (list === null) return environment;
  const known = withLength(list, 1, environment);
  const [, place] = parameters;
  const key = place === undefined ? undefined : environment.parameters.get(place.name)?.key;
  return key === undefined ? known : withPresent(itemKey(list, key), known);
}

function resultOf(
  method: Method,
  shape: Type,
  of: Expression,
  rule: MethodRule,
  given: readonly Expression[],
  environment: Environment,
): Type {
  const [argument] = given;
  const { artifacts } = environment.scope.types;
  const lengthsIn = (type: Type): ReturnType<typeof lengthsOf> => lengthsOf(shapeOf(type, artifacts) ?? type);
  const item = shape.kind === "list" ? (shapeOf(shape.item, artifacts) ?? shape.item) : shape;
  switch (method) {
    case "startsWith":
    case "endsWith":
    case "includes":
    case "every":
    case "some":
      return BOOLEAN;
    case "trim":
      return { kind: "string", min: 0, max: lengthsOf(shape).max, pattern: null };
    case "lower":
    case "upper": {
      const { min, max } = lengthsOf(shape);
      return { kind: "string", min, max: Math.min(STRING_LIMIT, CASE_GROWTH * max), pattern: null };
    }
    case "split": {
      const { max } = lengthsOf(shape);
      const isEmpty = argument !== undefined && lengthsIn(argument.type).min === 0;
      const part: Type = { kind: "string", min: 0, max, pattern: null };
      return { kind: "list", item: part, min: isEmpty ? 0 : 1, max: Math.min(LIST_LIMIT, max + 1) };
    }
    case "keys": {
      const { min, max } = countsOf(shape);
      return { kind: "list", item: { kind: "string", min: 0, max: KEY_LIMIT, pattern: null }, min, max };
    }
    case "map":
      return { kind: "list", item: argument?.type ?? BOOLEAN, ...countsOf(shape) };
    case "filter":
      return { kind: "list", item: filteredItem(shape, rule, argument, environment), min: 0, max: countsOf(shape).max };
    case "sum":
      return summed(item, countsOf(shape));
    case "min":
    case "max": {
      const key = pathKey(of, environment);
      const least = Math.max(countsOf(shape).min, key === null ? 0 : (environment.facts.lengths.get(key) ?? 0));
      return least > 0 ? item : orNull(item);
    }
    case "join": {
      const { min, max } = countsOf(shape);
      const each = lengthsOf(item);
      const between = argument === undefined ? { min: 0, max: 0 } : lengthsIn(argument.type);
      return {
        kind: "string",
        min: Math.min(STRING_LIMIT, plus(times(min, each.min), times(Math.max(0, min - 1), between.min))),
        max: Math.min(STRING_LIMIT, plus(times(max, each.max), times(Math.max(0, max - 1), between.max))),
        pattern: null,
      };
    }
  }
}

/** The items that pass the test: `v => v is Yes` leaves those that are. */
function filteredItem(shape: Type, rule: MethodRule, test: Expression | undefined, environment: Environment): Type {
  const item: Type = shape.kind === "list" ? shape.item : BOOLEAN;
  if (test?.kind !== "function") return item;
  const [first] = test.parameters;
  if (first === undefined) return item;
  const inside = rule.inside(withParameters(test.parameters, environment), test.parameters);
  const key = inside.parameters.get(first.name)?.key;
  return (key === undefined ? undefined : assume(test.body, true, inside).facts.types.get(key)) ?? item;
}

function countsOf(shape: Type): { readonly min: number; readonly max: number } {
  return shape.kind === "list" || shape.kind === "map" ? { min: shape.min, max: shape.max } : { min: 0, max: 0 };
}
