// Typing: what each expression means and which type it has. In: a tree and the names, tests and expectations around
// it. Out: the typed expression, or null where something is wrong with it (the sink has it then, once). It goes down
// the tree; the rules of operators, fields, items, methods and records are in the files beside this one. Trees are
// of bounded depth: the parser sees to it.

import type { ExpressionTree, Name } from "@chor/grammar";
import {
  functionMisplaced,
  functionParameters,
  functionWanted,
  mixedItems,
  unknownFunction,
  wrongArgumentCount,
} from "../../report/expressions.js";
import type { Expression, Type, Value } from "../program.js";
import { joined } from "../type-join.js";
import { assignable } from "../type-relations.js";
import { shapeOf, withoutNull } from "../type-shapes.js";
import { shownType } from "../type-text.js";
import { refuse } from "../type-context.js";
import { fieldOf, itemOf } from "./access.js";
import { argumentsFor, methodOf, type ArgumentRule, type MethodRule } from "./methods.js";
import { isOf } from "./members.js";
import { assume } from "./narrow.js";
import { binaryOf, conditionalOf, unaryOf } from "./operators.js";
import { fits, present, truth } from "./require.js";
import { pathKey, withParameters, type Environment } from "./scope.js";

type BinaryTree = Extract<ExpressionTree, { readonly kind: "binary" }>;

/** How many prefixes of `do` in `do` a name can have. */
const PREFIXES = 32;

/** Takes a tree; `expected` is the type that is needed where it stands, if that is known. Null: an error was told. */
export function typeIn(tree: ExpressionTree, environment: Environment, expected: Type | null): Expression | null {
  const { types } = environment.scope;
  const { span } = tree;
  switch (tree.kind) {
    case "name":
      return nameOf(tree.name, environment);
    case "literal":
      return tree.value === null
        ? { kind: "literal", value: null, type: { kind: "null" }, span }
        : { kind: "literal", value: tree.value, type: { kind: "literals", values: [tree.value] }, span };
    case "duration":
      return { kind: "literal", value: tree.milliseconds, type: { kind: "duration" }, span };
    case "list":
      return listOf(tree, environment, expected);
    case "field": {
      const joinedName = joinedNameOf(tree, environment);
      if (joinedName !== null) return nameOf(joinedName, environment);
      const of = typeIn(tree.of, environment, null);
      return of === null ? null : fieldOf(of, tree.field, span, environment);
    }
    case "index": {
      const of = typeIn(tree.of, environment, null);
      const index = typeIn(tree.index, environment, null);
      return of === null || index === null ? null : itemOf(of, index, span, environment);
    }
    case "call":
      return callOf(tree, environment);
    case "unary": {
      const operand = typeIn(tree.operand, environment, null);
      return operand === null ? null : unaryOf(tree.operator, operand, span, environment);
    }
    case "binary": {
      const { operator } = tree;
      if (operator === "&&" || operator === "||") return chainOf(tree, operator, environment);
      const left = typeIn(tree.left, environment, null);
      const right = typeIn(tree.right, environment, left === null ? null : withoutNull(left.type));
      return left === null || right === null ? null : binaryOf(operator, left, right, span, environment);
    }
    case "is": {
      const operand = typeIn(tree.operand, environment, null);
      return operand === null ? null : isOf(operand, tree.artifact, span, environment);
    }
    case "conditional": {
      const test = typeIn(tree.test, environment, null);
      const sound = test !== null && truth(test, environment);
      const then = typeIn(tree.then, test === null ? environment : assume(test, true, environment), expected);
      const otherwise = typeIn(
        tree.otherwise,
        test === null ? environment : assume(test, false, environment),
        expected,
      );
      if (!sound || then === null || otherwise === null) return null;
      return conditionalOf(test, then, otherwise, expected, span, environment);
    }
    case "function":
      return refuse(functionMisplaced(span), types);
  }
}

/**
 * `a && b && c`, `a || b || c`: behind each operand it is known how the ones before came out. The chain is gone through
 * from its beginning, so that each of them is looked at once.
 */
function chainOf(tree: BinaryTree, operator: "&&" | "||", environment: Environment): Expression | null {
  const links: BinaryTree[] = [];
  let first: ExpressionTree = tree;
  for (; first.kind === "binary" && first.operator === operator; first = first.left) links.push(first);
  let left = typeIn(first, environment, null);
  let last = left;
  let behind = environment;
  for (const { right: operand, span } of links.toReversed()) {
    if (last !== null) behind = assume(last, operator === "&&", behind);
    const right = typeIn(operand, behind, null);
    left = left === null || right === null ? null : binaryOf(operator, left, right, span, behind);
    last = right;
  }
  return left;
}

/** A name, of the parameters around or of the scope. */
function nameOf({ text, span }: Name, environment: Environment): Expression | null {
  const { parameters, scope, facts } = environment;
  const declared = parameters.has(text) ? parameters.get(text)?.type : scope.lookup(text);
  if (declared === undefined) scope.unknown({ text, span });
  if (declared === undefined || declared === null) return null;
  const name: Expression = { kind: "name", name: text, type: declared, span };
  const key = pathKey(name, environment);
  return { ...name, type: (key === null ? undefined : facts.types.get(key)) ?? declared };
}

/**
 * `pact.proposal` where no `pact` is bound, but `pact.proposal` is: what a `do` has bound, under its prefix. Null:
 * it is a field of something. Of an unknown name with known others behind its dot, the two together are unknown.
 */
function joinedNameOf(tree: ExpressionTree, environment: Environment): Name | null {
  const fields: Name[] = [];
  let root = tree;
  for (; root.kind === "field"; root = root.of) fields.push(root.field);
  if (root.kind !== "name" || fields.length > PREFIXES || environment.parameters.has(root.name.text)) return null;
  const { scope } = environment;
  if (scope.lookup(root.name.text) !== undefined) return null;
  const texts = [root.name.text];
  for (const { text } of fields.toReversed()) texts.push(`${texts.at(-1)}.${text}`);
  const [whole = "", before = ""] = texts.toReversed();
  // A shorter one is found when it is typed what this is a field of.
  if (texts.slice(0, -1).some((text) => scope.lookup(text) !== undefined)) return null;
  const isKnown = scope.lookup(whole) !== undefined || hasPrefix(`${before}.`, environment);
  return isKnown ? { text: whole, span: tree.span } : null;
}

function hasPrefix(prefix: string, { scope }: Environment): boolean {
  for (const name of scope.names()) if (name.startsWith(prefix)) return true;
  return false;
}

/** `[a, b]`: its items have one type. `[]` has that of the list that is needed. */
function listOf(
  { items, span }: Extract<ExpressionTree, { readonly kind: "list" }>,
  environment: Environment,
  expected: Type | null,
): Expression | null {
  const { types } = environment.scope;
  const shape = expected === null ? null : shapeOf(withoutNull(expected), types.artifacts);
  const wanted = shape?.kind === "list" ? shape.item : null;
  const typed: Expression[] = [];
  for (const item of items) {
    const expression = typeIn(item, environment, wanted);
    if (expression !== null) typed.push(expression);
  }
  if (typed.length < items.length) return null;
  const item = itemType(typed, wanted, environment);
  if (item === null) return null;
  return { kind: "list", items: typed, type: { kind: "list", item, min: items.length, max: items.length }, span };
}

/** The type of the items; null: they have none in common, and the sink says so. */
function itemType(items: readonly Expression[], wanted: Type | null, { scope }: Environment): Type | null {
  const { artifacts, sink } = scope.types;
  let common: Type = { kind: "literals", values: [] };
  if (items.length === 0) return wanted ?? common;
  for (const type of [
    ...literalsIn(items),
    ...items.map((item) => item.type).filter(({ kind }) => kind !== "literals"),
  ]) {
    const both = joined(common, type, artifacts);
    if (both !== null) {
      common = both;
      continue;
    }
    if (wanted !== null && items.every((item) => assignable(item.type, wanted, artifacts))) return wanted;
    const [first] = items;
    const other = items.find((item) => first !== undefined && joined(first.type, item.type, artifacts) === null);
    const shown = other ?? items.at(-1);
    if (first !== undefined && shown !== undefined)
      sink.push(mixedItems(shownType(first.type), shownType(shown.type), shown.span));
    return null;
  }
  return common;
}

/** The literals among the items, those of one kind as one type: a list may have very many. */
function literalsIn(items: readonly Expression[]): readonly Type[] {
  const byKind = new Map<string, Set<string | number | boolean>>();
  for (const { type } of items) {
    if (type.kind !== "literals") continue;
    for (const value of type.values) {
      const known = byKind.get(typeof value);
      if (known === undefined) byKind.set(typeof value, new Set([value]));
      else known.add(value);
    }
  }
  return [...byKind.values()].map((values): Type => ({ kind: "literals", values: [...values] }));
}

/** `digest(x)`, or a method of a value. */
function callOf(tree: Extract<ExpressionTree, { readonly kind: "call" }>, environment: Environment): Expression | null {
  const { callee, arguments: given, span } = tree;
  const { types } = environment.scope;
  if (callee.kind === "field") {
    const of = typeIn(callee.of, environment, null);
    if (of === null) {
      for (const each of given) if (each.kind !== "function") typeIn(each, environment, null);
      return null;
    }
    const rule = argumentsFor(of, callee.field, environment);
    return rule === null ? null : methodCall(of, callee.field, rule, tree, environment);
  }
  if (callee.kind !== "name" || callee.name.text !== "digest") return refuse(unknownFunction(callee), types);
  const [only] = given;
  if (only === undefined || given.length > 1) return refuse(wrongArgumentCount("digest", 1, given.length, span), types);
  const of = typeIn(only, environment, null);
  if (of === null || !present(of, environment)) return null;
  return { kind: "digest", of, type: { kind: "digest", of: of.type }, span };
}

function methodCall(
  of: Expression,
  name: Name,
  rule: MethodRule,
  { arguments: given, span }: Extract<ExpressionTree, { readonly kind: "call" }>,
  environment: Environment,
): Expression | null {
  const { types } = environment.scope;
  if (given.length !== rule.arguments.length)
    return refuse(wrongArgumentCount(name.text, rule.arguments.length, given.length, span), types);
  const typed: Expression[] = [];
  for (const [index, wanted] of rule.arguments.entries()) {
    const tree = given[index];
    const argument = tree === undefined ? null : argumentOf(tree, wanted, name, rule, environment);
    if (argument !== null) typed.push(argument);
  }
  return typed.length < given.length ? null : methodOf(of, name, rule, typed, span, environment);
}

function argumentOf(
  tree: ExpressionTree,
  wanted: ArgumentRule,
  method: Name,
  rule: MethodRule,
  environment: Environment,
): Expression | null {
  const { types } = environment.scope;
  if (wanted.kind === "value") {
    const value = typeIn(tree, environment, wanted.type);
    return value !== null && fits(value, wanted.type, `What \`${method.text}\` takes`, environment) ? value : null;
  }
  if (tree.kind !== "function") return refuse(functionWanted(method.text, tree.span), types);
  if (tree.parameters.length > wanted.parameters.length)
    return refuse(functionParameters(method.text, wanted.parameters.length, tree.span), types);
  const [first, second] = tree.parameters;
  if (first !== undefined && first.text === second?.text)
    return refuse(functionParameters(method.text, wanted.parameters.length, second.span), types);
  const parameters = tree.parameters.map(({ text, span }, index): Value => ({
    name: text,
    type: wanted.parameters[index] ?? { kind: "null" },
    span,
  }));
  const inside = rule.inside(withParameters(parameters, environment), parameters);
  const body = typeIn(tree.body, inside, null);
  if (body === null || (wanted.isTest && !truth(body, inside))) return null;
  return { kind: "function", parameters, body, type: body.type, span: tree.span };
}
