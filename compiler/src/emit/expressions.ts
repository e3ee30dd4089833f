// The expressions of invariants and contracts as TypeScript. In: a typed expression, and what its names are called.
// Out: text. What TypeScript would do in another way, or not at all, is a call of the runtime (schema/expressions.ts).

import type { Artifacts } from "../bind/artifact-table.js";
import { partsOf } from "../bind/expressions/names-in.js";
import type { Expression, Field, Type } from "../bind/program.js";
import { fieldsOf, orNull, shapeOf, withoutNull } from "../bind/type-shapes.js";
import { isInherited, type Scope } from "./names.js";
import { literal, quote } from "./text.js";
import { typeText, type ArtifactNames } from "./types.js";

/** What an expression stands in. */
export interface ExpressionScope {
  readonly artifacts: Artifacts;
  /** How artifacts are called in generated code. */
  readonly names: ArtifactNames;
  /** How the names of the expression are called there, and the types that they are declared with. */
  readonly values: ReadonlyMap<string, Declared>;
  /** Names that stand once in the whole condition. */
  readonly once: ReadonlySet<string>;
  /** Where names of parameters are claimed. */
  readonly scope: Scope;
}

/** An expression in TypeScript. */
export interface Declared {
  readonly text: string;
  /** The type that TypeScript sees: it does not follow every test. */
  readonly type: Type;
}

/** Takes a typed expression, gives an expression of TypeScript of the same type. */
export function expressionText(expression: Expression, around: ExpressionScope): string {
  return asTyped(expression, declaredText(expression, around), around);
}

/** The text with what TypeScript has to be told of its type. */
function asTyped(expression: Expression, { text, type }: Declared, around: ExpressionScope): string {
  const wanted = expression.type;
  const isThere = isNullable(type, around) && !isNullable(wanted, around);
  const there = isThere ? `${inner(expression, text)}!` : text;
  const seen = shapeOf(withoutNull(type), around.artifacts);
  const asked = shapeOf(withoutNull(wanted), around.artifacts);
  if (seen?.kind === "union" && asked?.kind === "reference") return `(${there} as ${around.names(asked.artifact)})`;
  return there;
}

function isNullable(type: Type, { artifacts }: ExpressionScope): boolean {
  const shape = shapeOf(type, artifacts);
  return shape?.kind === "nullable" || shape?.kind === "null";
}

function declaredText(expression: Expression, around: ExpressionScope): Declared {
  const { type } = expression;
  const of = (part: Expression): string => inner(part, expressionText(part, around));
  switch (expression.kind) {
    case "name":
      return around.values.get(expression.name) ?? { text: expression.name, type };
    case "literal":
      return { text: expression.value === null ? "null" : literal(expression.value), type };
    case "list":
      return { text: `[${expression.items.map((item) => expressionText(item, around)).join(", ")}]`, type };
    case "record":
      return { text: recordText(expression, around), type };
    case "field":
      return fieldText(expression, around);
    case "index": {
      const shape = shapeOf(expression.of.type, around.artifacts);
      const index = expressionText(expression.index, around);
      if (shape?.kind === "map") return { text: `chor.at(${of(expression.of)}, ${index})`, type: orNull(shape.value) };
      return { text: `${of(expression.of)}[${index}]`, type: orNull(shape?.kind === "list" ? shape.item : type) };
    }
    case "digest":
      return { text: `chor.digest(${expressionText(expression.of, around)})`, type };
    case "unary":
      return { text: `${expression.operator}${of(expression.operand)}`, type };
    case "is": {
      const { text } = declaredText(expression.operand, around);
      return { text: `${inner(expression.operand, text)}?.label === ${quote(expression.artifact.artifact)}`, type };
    }
    case "conditional":
      return { text: `${of(expression.test)} ? ${of(expression.then)} : ${of(expression.otherwise)}`, type };
    case "binary":
      return { text: binaryText(expression, around), type };
    case "method":
      return methodText(expression, around);
    case "function":
      return { text: functionText(expression, null, around), type };
  }
}

/** In parentheses, where it is not one thing; the printer takes away those that say nothing. */
function inner({ kind }: Expression, text: string): string {
  return kind === "binary" || kind === "conditional" || kind === "unary" || kind === "is" ? `(${text})` : text;
}

type Of<K extends Expression["kind"]> = Extract<Expression, { readonly kind: K }>;

function recordText({ artifact, entries }: Of<"record">, around: ExpressionScope): string {
  const fields = fieldsOf(artifact, around.artifacts) ?? [];
  const parts = entries.map(({ name, value }) => {
    const text = expressionText(value, around);
    const isOptional = fields.some((field) => field.name === name && field.optional);
    if (!isOptional || !isNullable(value.type, around)) return `${name}: ${text}`;
    return `...((${text}) == null ? {} : { ${name}: ${text} })`;
  });
  return `{ ${parts.join(", ")} }`;
}

function fieldText({ of, field, type }: Of<"field">, around: ExpressionScope): Declared {
  const text = inner(of, expressionText(of, around));
  const shape = shapeOf(of.type, around.artifacts);
  switch (shape?.kind) {
    case "map":
      return { text: `chor.keys(${text}).length`, type };
    case "list":
      return { text: `${text}.length`, type };
    case "union": {
      // A field that all members have; where one may lack it, so may the union.
      const declared = shape.members.flatMap((member) => fieldOf(member, field, around));
      const first = declared.find((one) => one.optional || isNullable(one.type, around)) ?? declared[0];
      return first === undefined ? { text: `${text}.${field}`, type } : ownField(text, first, around);
    }
    case "record":
    case "reference": {
      const [declared] = fieldOf(shape, field, around);
      return declared === undefined ? { text: `${text}.${field}`, type } : ownField(text, declared, around);
    }
    default:
      return { text: `chor.length(${text})`, type };
  }
}

function fieldOf(type: Type, field: string, { artifacts }: ExpressionScope): readonly Field[] {
  return (fieldsOf(type, artifacts) ?? []).filter(({ name }) => name === field);
}

/** A field that every object has something under is read as the record's own. */
export function ownField(record: string, { name, type, optional }: Field, { names }: ExpressionScope): Declared {
  const declared = optional ? orNull(type) : type;
  if (!isInherited(name)) return { text: `${record}.${name}`, type: declared };
  const seen = `${typeText(type, names)}${optional ? " | undefined" : ""}`;
  return { text: `(chor.own(${record}, ${quote(name)}) as ${seen})`, type: declared };
}

// ---- operators -----------------------------------------------------------------------------------------

function binaryText({ operator, left, right, type }: Of<"binary">, around: ExpressionScope): string {
  if (operator === "==" || operator === "!=") return equality(operator === "==", left, right, around);
  const a = inner(left, expressionText(left, around));
  const b = inner(right, expressionText(right, around));
  switch (operator) {
    case "in":
      return shapeOf(right.type, around.artifacts)?.kind === "map"
        ? `Object.hasOwn(${b}, ${a})`
        : `chor.contains(${b}, ${a})`;
    case "/":
      return `chor.divide(${a}, ${b})`;
    case "%":
      return `chor.remainder(${a}, ${b})`;
    case "+":
    case "-":
    case "*":
      return exact(`${a} ${operator} ${b}`, type);
    default:
      return `${a} ${operator} ${b}`;
  }
}

/** A number whose type does not say that it is small is held against what is exact. */
function exact(text: string, type: Type): string {
  if (type.kind === "number") return `chor.finite(${text})`;
  if (type.kind !== "int" || (type.min > Number.MIN_SAFE_INTEGER && type.max < Number.MAX_SAFE_INTEGER)) return text;
  return `chor.whole(${text})`;
}

function equality(isEqual: boolean, left: Expression, right: Expression, around: ExpressionScope): string {
  const nothing = [left, right].find((side) => side.kind === "literal" && side.value === null);
  if (nothing !== undefined) {
    const other = nothing === left ? right : left;
    return `${inner(other, declaredText(other, around).text)} ${isEqual ? "==" : "!="} null`;
  }
  const a = declaredText(left, around).text;
  const b = declaredText(right, around).text;
  if (!isPlain(left, right, around) || !isPlain(right, left, around))
    return `${isEqual ? "" : "!"}chor.equal(${a}, ${b})`;
  return `${inner(left, a)} ${isEqual ? "===" : "!=="} ${inner(right, b)}`;
}

/**
 * A value that is there, and that `===` compares as the language does. TypeScript finds fault with a comparison of
 * literals that its own tests have told apart already, so a name that stands there once only may have such a type.
 */
function isPlain(expression: Expression, other: Expression, { artifacts, once }: ExpressionScope): boolean {
  if (expression.kind === "literal") return true;
  const shape = shapeOf(expression.type, artifacts);
  switch (shape?.kind) {
    case "string":
    case "int":
    case "number":
    case "format":
    case "digest":
      return true;
    case "boolean":
      return isOnce(expression, once);
    case "literals":
      return (
        other.kind === "literal" && shape.values.some((value) => value === other.value) && isOnce(expression, once)
      );
    default:
      return false;
  }
}

/** Whether all names in a path stand nowhere else in the condition. */
function isOnce(expression: Expression, once: ReadonlySet<string>): boolean {
  if (expression.kind === "name") return once.has(expression.name);
  return expression.kind === "field" && isOnce(expression.of, once);
}

/** The names that stand once in an expression, in functions too. */
export function namesOnce(expression: Expression): ReadonlySet<string> {
  const seen = new Set<string>();
  const once = new Set<string>();
  const open: Expression[] = [expression];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    open.push(...partsOf(next));
    if (next.kind !== "name") continue;
    if (seen.has(next.name)) once.delete(next.name);
    else once.add(next.name);
    seen.add(next.name);
  }
  return once;
}

// ---- methods -------------------------------------------------------------------------------------------

function methodText(expression: Of<"method">, around: ExpressionScope): Declared {
  const { method, type } = expression;
  const declared = declaredText(expression.of, around);
  const of = inner(expression.of, asTyped(expression.of, declared, around));
  const list = shapeOf(withoutNull(declared.type), around.artifacts) ?? declared.type;
  const argument = argumentText(expression, list, around);
  const isList = shapeOf(expression.of.type, around.artifacts)?.kind === "list";
  switch (method) {
    case "includes":
      return { text: isList ? `chor.contains(${of}, ${argument})` : `${of}.includes(${argument})`, type };
    case "sum":
      return { text: exact(`chor.sum(${of})`, type), type };
    case "min":
      return { text: `chor.least(${of})`, type: orNull(type) };
    case "max":
      return { text: `chor.greatest(${of})`, type: orNull(type) };
    case "lower":
      return { text: `${of}.toLowerCase()`, type };
    case "upper":
      return { text: `${of}.toUpperCase()`, type };
    case "split":
      return { text: `chor.split(${of}, ${argument})`, type };
    case "keys":
      return { text: `chor.keys(${of})`, type };
    case "filter":
      // A test of TypeScript's does not narrow the items.
      return { text: `${of}.filter(${argument})`, type: list };
    default:
      return { text: `${of}.${method}(${argument})`, type };
  }
}

/** `list`: what TypeScript takes the list for, whose method it is. */
function argumentText({ arguments: [first] }: Of<"method">, list: Type, around: ExpressionScope): string {
  if (first === undefined) return "";
  if (first.kind !== "function") return expressionText(first, around);
  return functionText(first, list.kind === "list" ? list.item : null, around);
}

/** `item`: what TypeScript takes the first parameter for, where it has gone through a test that it does not follow. */
function functionText({ parameters, body }: Of<"function">, item: Type | null, around: ExpressionScope): string {
  const scope = around.scope.child();
  const claimed = parameters.map(({ name, type }, place) => {
    return [name, { text: scope.claim(name), type: place === 0 ? (item ?? type) : type }] as const;
  });
  const inside = { ...around, scope, values: new Map([...around.values, ...claimed]) };
  return `(${claimed.map(([, { text }]) => text).join(", ")}) => ${inner(body, expressionText(body, inside))}`;
}
