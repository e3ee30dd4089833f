// The names in types and expressions. In: trees, the scope they stand in, and the builder of an index. Out: occurrences
// in the index, and the shapes of what the trees mean.

import type { ConditionTree, ExpressionTree, FieldTree, Name, RecordTree, TypeTree } from "@chor/grammar";
import { define, occur, refer } from "./builder.js";
import type { Builder, SymbolKind } from "./builder.js";
import { fieldOf, plain, shapeOfArtifact, shapeOfType } from "./shapes.js";
import type { Shape } from "./shapes.js";

export interface Scoped {
  readonly key: string;
  readonly kind: SymbolKind;
  readonly shape: Shape | null;
}

/** What names mean, the innermost scope first. */
export interface Scope {
  readonly names: ReadonlyMap<string, Scoped>;
  readonly parent: Scope | null;
}

/** What a name means in a scope; null: nothing. */
function inScope(scope: Scope | null, name: string): Scoped | null {
  for (let at = scope; at !== null; at = at.parent) {
    const found = at.names.get(name);
    if (found !== undefined) return found;
  }
  return null;
}

/** `types`: the type parameters around, by name; `owner`: what the keys of fields that are declared in place begin with. */
export function visitType(
  builder: Builder,
  type: TypeTree,
  types: ReadonlyMap<string, string> | null,
  owner: string,
): Shape | null {
  switch (type.kind) {
    case "named": {
      const parameter = types?.get(type.name.text);
      if (parameter !== undefined) occur(builder, type.name.span, parameter, "typeParameter");
      else refer(builder, type.name);
      for (const argument of type.arguments) visitType(builder, argument, types, owner);
      break;
    }
    case "list":
      visitType(builder, type.item, types, owner);
      break;
    case "union":
      for (const member of type.members) visitType(builder, member, types, owner);
      break;
    case "record":
      visitFields(builder, type.fields, types, owner);
      break;
    case "literal":
      break;
  }
  return shapeOfType(builder.world, builder.file, type, owner);
}

/** Notes the fields of a record and the names in their types. `types` and `owner` as for `visitType`. */
export function visitFields(
  builder: Builder,
  fields: readonly FieldTree[],
  types: ReadonlyMap<string, string> | null,
  owner: string,
): void {
  for (const { name, type, span, doc } of fields) {
    const key = `${owner}.${name.text}`;
    const shape = visitType(builder, type, types, key);
    const detail = builder.file.text.slice(span.start, span.end);
    const scope = builder.file.tree.span;
    define(builder, { key, kind: "field", name, whole: span, scope, doc, detail, shape });
  }
}

/** Notes the names of conditions. */
export function visitConditions(builder: Builder, conditions: readonly ConditionTree[], scope: Scope | null): void {
  for (const { expression } of conditions) visitExpression(builder, expression, scope);
}

/** Notes all names of an expression and gives its shape. */
export function visitExpression(builder: Builder, expression: ExpressionTree, scope: Scope | null): Shape | null {
  const visit = (inner: ExpressionTree): Shape | null => visitExpression(builder, inner, scope);
  switch (expression.kind) {
    case "name": {
      const found = inScope(scope, expression.name.text);
      if (found === null) return null;
      occur(builder, expression.span, found.key, found.kind);
      return found.shape;
    }
    case "literal":
      return plain(expression.value === null ? "null" : typeof expression.value);
    case "duration":
      return plain("duration");
    case "list": {
      const items = expression.items.map(visit);
      return { kind: "list", item: items[0] ?? null };
    }
    case "field":
      return visitField(builder, visit(expression.of), expression.field);
    case "index": {
      const of = visit(expression.of);
      visit(expression.index);
      return of?.kind === "list" ? of.item : of?.kind === "map" ? of.value : null;
    }
    case "call":
      return visitCall(builder, expression, scope);
    case "unary":
      return visit(expression.operand);
    case "binary": {
      const left = visit(expression.left);
      visit(expression.right);
      return "+-*/%".includes(expression.operator) ? left : plain("boolean");
    }
    case "is":
      visit(expression.operand);
      refer(builder, expression.artifact);
      return plain("boolean");
    case "conditional": {
      visit(expression.test);
      const then = visit(expression.then);
      return then ?? visit(expression.otherwise);
    }
    case "function":
      return visitFunction(builder, expression, [], scope);
  }
}

/** `T { field: value }`, `L(T { … })`. */
export function visitRecord(
  builder: Builder,
  artifact: Name,
  { entries }: RecordTree,
  scope: Scope | null,
): Shape | null {
  const shape = shapeOfArtifact(builder.world, builder.file, artifact.text);
  for (const { name, value } of entries) {
    const field = fieldOf(builder.world, shape, name.text);
    const shorthand = value === null;
    if (field !== null) occur(builder, name.span, field.key, "field", "use", { shorthand: shorthand ? "field" : null });
    if (shorthand) {
      const found = inScope(scope, name.text);
      if (found !== null) occur(builder, name.span, found.key, found.kind, "use", { shorthand: "value" });
    } else if (value.kind === "record") {
      refer(builder, value.artifact);
      visitRecord(builder, value.artifact, value.record, scope);
    } else visitExpression(builder, value, scope);
  }
  return shape;
}

function visitField(builder: Builder, of: Shape | null, field: Name): Shape | null {
  builder.probe(field, of);
  const found = fieldOf(builder.world, of, field.text);
  if (found === null) return field.text === "length" ? plain("int") : null;
  if (!found.key.startsWith("failure."))
    occur(builder, field.span, found.key, of?.kind === "names" ? "value" : "field");
  return found.shape;
}

type Call = Extract<ExpressionTree, { kind: "call" }>;

function visitCall(builder: Builder, { callee, arguments: values }: Call, scope: Scope | null): Shape | null {
  if (callee.kind !== "field") {
    for (const value of values) visitExpression(builder, value, scope);
    return plain(callee.kind === "name" ? callee.name.text : "…");
  }
  const of = visitExpression(builder, callee.of, scope);
  builder.probe(callee.field, of);
  const item = of?.kind === "list" ? of.item : null;
  const results = values.map((value) =>
    value.kind === "function"
      ? visitFunction(builder, value, [item, item], scope)
      : visitExpression(builder, value, scope),
  );
  return methodShape(callee.field.text, of, results[0] ?? null);
}

function methodShape(method: string, of: Shape | null, result: Shape | null): Shape | null {
  switch (method) {
    case "filter":
      return of;
    case "map":
      return { kind: "list", item: result };
    case "split":
    case "keys":
      return { kind: "list", item: plain("string") };
    case "min":
    case "max":
    case "sum":
      return of?.kind === "list" ? of.item : plain("number");
    case "trim":
    case "lower":
    case "upper":
    case "join":
      return plain("string");
    default:
      return plain("boolean");
  }
}

type Function = Extract<ExpressionTree, { kind: "function" }>;

function visitFunction(
  builder: Builder,
  { parameters, body, span }: Function,
  shapes: readonly (Shape | null)[],
  scope: Scope | null,
): Shape | null {
  const names = new Map(
    parameters.map((name, i) => {
      const key = `${builder.file.uri}#@${name.span.start}`;
      const shape = shapes[i] ?? null;
      define(builder, { key, kind: "parameter", name, whole: span, scope: span, doc: "", detail: name.text, shape });
      return [name.text, { key, kind: "parameter" as const, shape }];
    }),
  );
  return visitExpression(builder, body, { names, parent: scope });
}
