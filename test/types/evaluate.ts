// Evaluates typed expressions, slowly and as they are written, and holds every value against its type. In: a typed
// expression and values for its names. Out: the value. A value that does not have the type of its expression, or an
// operation on what it is not made for, is a fault of the typing: it throws. A record is tagged by its artifact.

import type { Expression, Type } from "../../compiler/src/bind/program.js";
import { artifactOf, type Artifacts } from "../../compiler/src/bind/artifact-table.js";

/** Of `digest`: the text of what it is of. */
export interface Digest {
  readonly digest: string;
}

export interface RecordValue {
  readonly artifact: string;
  readonly fields: ReadonlyMap<string, Value>;
}

export type Value =
  string | number | boolean | null | readonly Value[] | ReadonlyMap<string, Value> | RecordValue | Digest;

/** What the language refuses when it happens: division by zero, overflow. */
export class Refusal extends Error {}

type Bindings = ReadonlyMap<string, Value>;

export function evaluate(expression: Expression, bindings: Bindings, artifacts: Artifacts): Value {
  const value = valueOf(expression, bindings, artifacts);
  if (!conforms(value, expression.type, artifacts))
    throw new Error(`${show(value)} is no ${JSON.stringify(expression.type)} in ${expression.kind}`);
  return value;
}

function valueOf(expression: Expression, bindings: Bindings, artifacts: Artifacts): Value {
  const of = (part: Expression): Value => evaluate(part, bindings, artifacts);
  switch (expression.kind) {
    case "name":
      return bindings.get(expression.name) ?? null;
    case "literal":
      return expression.value;
    case "list":
      return expression.items.map(of);
    case "record":
      return {
        artifact: expression.artifact.artifact,
        fields: new Map(expression.entries.map((entry) => [entry.name, of(entry.value)])),
      };
    case "digest":
      return { digest: show(of(expression.of)) };
    case "field": {
      const value = of(expression.of);
      if (isRecord(value)) return value.fields.get(expression.field) ?? null;
      if (expression.field !== "length") throw new Error(`no field ${expression.field} of ${show(value)}`);
      return typeof value === "string" ? [...value].length : value instanceof Map ? value.size : list(value).length;
    }
    case "index": {
      const value = of(expression.of);
      const index = of(expression.index);
      return value instanceof Map ? (value.get(String(index)) ?? null) : (list(value)[number(index)] ?? null);
    }
    case "unary":
      return expression.operator === "!" ? !boolean(of(expression.operand)) : 0 - number(of(expression.operand));
    case "is": {
      const value = of(expression.operand);
      return isRecord(value) && value.artifact === expression.artifact.artifact;
    }
    case "conditional":
      return of(boolean(of(expression.test)) ? expression.then : expression.otherwise);
    case "binary":
      return binary(expression, of);
    case "method":
      return method(expression, bindings, artifacts);
    case "function":
      throw new Error("a function alone");
  }
}

function binary(
  { operator, left, right }: Extract<Expression, { kind: "binary" }>,
  of: (e: Expression) => Value,
): Value {
  if (operator === "&&") return boolean(of(left)) && boolean(of(right));
  if (operator === "||") return boolean(of(left)) || boolean(of(right));
  const a = of(left);
  const b = of(right);
  switch (operator) {
    case "==":
      return show(a) === show(b);
    case "!=":
      return show(a) !== show(b);
    case "<":
      return number(a) < number(b);
    case "<=":
      return number(a) <= number(b);
    case ">":
      return number(a) > number(b);
    case ">=":
      return number(a) >= number(b);
    case "in":
      return b instanceof Map ? b.has(text(a)) : list(b).some((item) => show(item) === show(a));
    case "+":
      return typeof a === "string" ? a + text(b) : number(a) + number(b);
    case "-":
      return number(a) - number(b);
    case "*":
      return number(a) * number(b);
    case "/":
      if (b === 0) throw new Refusal();
      return number(a) / number(b);
    case "%":
      if (b === 0) throw new Refusal();
      return number(a) % number(b);
  }
}

function method(expression: Extract<Expression, { kind: "method" }>, bindings: Bindings, artifacts: Artifacts): Value {
  const of = evaluate(expression.of, bindings, artifacts);
  const [first] = expression.arguments;
  const call = (item: Value, place: number): Value => {
    if (first?.kind !== "function") throw new Error("no function");
    const [x, i] = first.parameters;
    const inside = new Map(bindings);
    if (x !== undefined) inside.set(x.name, item);
    if (i !== undefined) inside.set(i.name, place);
    for (const { name, type } of first.parameters)
      if (!conforms(inside.get(name) ?? null, type, artifacts)) throw new Error(`parameter ${name}`);
    return evaluate(first.body, inside, artifacts);
  };
  const test = (item: Value, place: number): boolean => boolean(call(item, place));
  const argument = first === undefined || first.kind === "function" ? null : evaluate(first, bindings, artifacts);
  switch (expression.method) {
    case "startsWith":
      return text(of).startsWith(text(argument));
    case "endsWith":
      return text(of).endsWith(text(argument));
    case "includes":
      return typeof of === "string"
        ? of.includes(text(argument))
        : list(of).some((item) => show(item) === show(argument));
    case "every":
      return list(of).every(test);
    case "some":
      return list(of).some(test);
    case "map":
      return list(of).map(call);
    case "filter":
      return list(of).filter(test);
    case "sum":
      return list(of).reduce<number>((sum, item) => sum + number(item), 0);
    case "min":
      return list(of).length === 0 ? null : Math.min(...list(of).map(number));
    case "max":
      return list(of).length === 0 ? null : Math.max(...list(of).map(number));
    case "trim":
      return text(of).trim();
    case "lower":
      return text(of).toLowerCase();
    case "upper":
      return text(of).toUpperCase();
    case "split":
      return argument === "" ? [...text(of)] : text(of).split(text(argument));
    case "join":
      return list(of).map(text).join(text(argument));
    case "keys":
      if (!(of instanceof Map)) throw new Error("no map");
      return [...of.keys()].map(String).toSorted();
  }
}

/** Whether a value has a type, ranges included. */
export function conforms(value: Value, type: Type, artifacts: Artifacts): boolean {
  const inRange = (n: number, { min, max }: { min: number | null; max: number | null }): boolean =>
    n >= (min ?? -Infinity) && n <= (max ?? Infinity);
  switch (type.kind) {
    case "string":
      return typeof value === "string" && inRange([...value].length, type);
    case "int":
      return Number.isSafeInteger(value) && inRange(Number(value), type);
    case "number":
      return Number.isFinite(value) && inRange(Number(value), type);
    case "boolean":
      return typeof value === "boolean";
    case "literals":
      return type.values.some((known) => known === value);
    case "nullable":
      return value === null || conforms(value, type.of, artifacts);
    case "null":
      return value === null;
    case "list":
      return (
        Array.isArray(value) &&
        inRange(value.length, type) &&
        value.every((item) => conforms(item, type.item, artifacts))
      );
    case "map":
      return (
        value instanceof Map &&
        inRange(value.size, type) &&
        [...value.values()].every((it) => conforms(it, type.value, artifacts))
      );
    case "digest":
      return typeof value === "object" && value !== null && "digest" in value;
    case "union":
      return isRecord(value) && type.members.some(({ artifact }) => artifact === value.artifact);
    case "record":
      return (
        isRecord(value) &&
        type.fields.every((field) => {
          const inside = value.fields.get(field.name) ?? null;
          return (inside === null && field.optional) || conforms(inside, field.type, artifacts);
        })
      );
    case "reference": {
      const artifact = artifactOf(type, artifacts);
      if (artifact === null) return false;
      if (artifact.type.kind === "record" && (!isRecord(value) || value.artifact !== artifact.name)) return false;
      return conforms(value, artifact.type, artifacts);
    }
    default:
      throw new Error(`no values of ${type.kind} here`);
  }
}

export function isRecord(value: Value): value is RecordValue {
  return typeof value === "object" && value !== null && "fields" in value;
}

/** The same text for equal values only; -0 is 0. */
export function show(value: Value): string {
  if (value instanceof Map) return `map ${JSON.stringify([...value].map(([k, v]) => [k, show(v)]).toSorted())}`;
  if (Array.isArray(value)) return `[${value.map(show).join()}]`;
  if (isRecord(value))
    return `${value.artifact} ${JSON.stringify(
      [...value.fields]
        .filter(([, v]) => v !== null)
        .map(([k, v]) => [k, show(v)])
        .toSorted(),
    )}`;
  return JSON.stringify(value);
}

function number(value: Value): number {
  if (typeof value !== "number") throw new Error(`${show(value)} is no number`);
  return value;
}

function text(value: Value): string {
  if (typeof value !== "string") throw new Error(`${show(value)} is no text`);
  return value;
}

function boolean(value: Value): boolean {
  if (typeof value !== "boolean") throw new Error(`${show(value)} is no truth`);
  return value;
}

function list(value: Value): readonly Value[] {
  if (!Array.isArray(value)) throw new Error(`${show(value)} is no list`);
  return value as readonly Value[];
}
