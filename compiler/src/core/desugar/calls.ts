// `do` and `saga`: a callee is put in with other names, types, roles and values; the steps of a saga stand inside
// one another as blocks, so that an `abort` runs what undoes the finished ones, newest first, and nothing is copied.

import type { Block, Do, Expression, Saga } from "../../bind/program.js";
import type { Node, Substitution } from "../core.js";
import { substitutedType } from "../message.js";
import { exitTo, nothing, rolesOf, sequence, unwritten, upTo, withElse, type Scope, type Target } from "./scope.js";

/** Translates a `do`; `inner` translates blocks of this choreography and of the callee. */
export function doNode(scope: Scope, call: Do, inner: (block: Block, scope: Scope) => Node): Node {
  const { callee } = call;
  const returns: Target = { block: null };
  const failed: Target = call.otherwise === null ? scope.aborts : { block: null };
  const roles = new Map(
    callee.roles.map(({ name }, i) => [name, (call.roles[i] ?? []).flatMap((role) => rolesOf(scope, role))]),
  );
  const body = inner(callee.body, {
    draft: scope.draft,
    choreography: callee,
    roles,
    prefix: `${scope.prefix}${call.as}.`,
    suffix: scope.suffix,
    substitution: substitutionOf(scope, call),
    open: new Map(),
    parent: scope.parent,
    returns,
    aborts: failed,
    at: scope.at ?? (callee.source.file === scope.choreography.source.file ? null : call.headSpan),
  });
  const done = upTo(returns, body);
  const { otherwise } = call;
  if (otherwise === null) return done;
  return withElse(scope, call.headSpan, failed, done, () => inner(otherwise, scope));
}

function substitutionOf(scope: Scope, { callee, types, values }: Do): Substitution {
  return {
    types: new Map(
      types.map((type, i) => [callee.typeParameters[i] ?? "", substitutedType(type, scope.substitution.types)]),
    ),
    values: new Map(values.map((value, i) => [callee.values[i]?.name ?? "", inCaller(scope, value, new Set())])),
  };
}

/** An expression of this choreography as the outermost one would have it: values put in, names with their prefix. */
function inCaller(scope: Scope, expression: Expression, own: ReadonlySet<string>): Expression {
  const into = (inner: Expression): Expression => inCaller(scope, inner, own);
  switch (expression.kind) {
    case "name": {
      if (own.has(expression.name)) return expression;
      const value = scope.substitution.values.get(expression.name);
      return value ?? { ...expression, name: `${scope.prefix}${expression.name}` };
    }
    case "literal":
      return expression;
    case "list":
      return { ...expression, items: expression.items.map(into) };
    case "record":
      return {
        ...expression,
        entries: expression.entries.map((entry) => ({ ...entry, value: into(entry.value) })),
      };
    case "field":
    case "digest":
      return { ...expression, of: into(expression.of) };
    case "index":
      return { ...expression, of: into(expression.of), index: into(expression.index) };
    case "method":
      return { ...expression, of: into(expression.of), arguments: expression.arguments.map(into) };
    case "unary":
    case "is":
      return { ...expression, operand: into(expression.operand) };
    case "binary":
      return { ...expression, left: into(expression.left), right: into(expression.right) };
    case "conditional":
      return {
        ...expression,
        test: into(expression.test),
        then: into(expression.then),
        otherwise: into(expression.otherwise),
      };
    case "function": {
      const inside = new Set([...own, ...expression.parameters.map(({ name }) => name)]);
      return { ...expression, body: inCaller(scope, expression.body, inside) };
    }
  }
}

/**
 * Translates a saga. An `abort` in a step goes to what undoes the step before, and from there on to the ones before
 * that; then comes the `else`, or, without one, the `abort` goes on outside.
 */
export function sagaNode(scope: Scope, saga: Saga, inner: (block: Block, scope: Scope) => Node): Node {
  const failed: Target = { block: null };
  const undone: { readonly target: Target; readonly undo: Block }[] = [];
  const steps: Node[] = [];
  let aborts = failed;
  for (const { step, undo } of saga.steps) {
    steps.push(inner(step, { ...scope, aborts }));
    if (undo === null) continue;
    aborts = { block: null };
    undone.push({ target: aborts, undo });
  }
  if (undone.every(({ target }) => target.block === null)) {
    return withElse(scope, saga.span, failed, sequence(...steps), () => otherwiseOf(scope, saga, inner));
  }
  const done: Target = { block: null };
  let node: Node = sequence(...steps, exitTo(scope, done, unwritten(scope, saga.span)));
  let gone = false;
  for (const { target, undo } of undone.toReversed()) {
    gone ||= target.block !== null;
    if (gone) node = sequence(upTo(target, node), inner(undo, scope));
  }
  return upTo(done, sequence(upTo(failed, node), otherwiseOf(scope, saga, inner)));
}

function otherwiseOf(scope: Scope, saga: Saga, inner: (block: Block, scope: Scope) => Node): Node {
  if (saga.otherwise !== null) return inner(saga.otherwise, scope);
  return sequence(nothing, exitTo(scope, scope.aborts, unwritten(scope, saga.span)));
}
