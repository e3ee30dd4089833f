// `do`: another choreography in the place of a statement. In: its tree. Out: which choreography it is, what stands for
// its type parameters, roles and values; what does not fit is in the sink.

import { nearest } from "@chor/grammar";
import type { ArgumentTree, DoTree, ExpressionTree, Name, RoleTree, Span } from "@chor/grammar";
import {
  abortUncaught,
  argumentCount,
  argumentOfAnotherKind,
  familyFilled,
  neverAborts,
  optionalForCompulsory,
  roleTwice,
  typeArgumentCount,
} from "../report/calls.js";
import { unknownChoreography, wrongKind } from "../report/names.js";
import { argumentsOf, offerOf } from "./callee.js";
import type { ExpressionScope } from "./expressions/scope.js";
import { typeExpression, typeFitting } from "./expressions/type-expression.js";
import { namesOf } from "./declarations.js";
import { roleReference } from "./parties.js";
import { artifactNamed } from "./payloads.js";
import type { Choreography, Expression, Role, RoleReference, Type, Value } from "./program.js";
import type { Place, Surroundings } from "./surroundings.js";
import { substitute } from "./type-relations.js";

/** A `do` whose roles and values are not looked at yet. */
export interface Call {
  readonly name: Name;
  /** As it is written. */
  readonly calleeName: string;
  /** null: there is no such choreography, or it has errors. */
  readonly callee: Choreography | null;
  /** One for each type parameter of the callee; null: some are wrong. */
  readonly types: readonly Type[] | null;
}

/** Takes a `do`, gives its callee and what stands for the callee's type parameters. */
export function bindCall(tree: DoTree, prefix: Name, surroundings: Surroundings): Call {
  const { choreography: name, typeArguments } = tree;
  const callee = calleeOf(name, surroundings);
  const types = typeArguments.map((argument) => artifactNamed(argument, surroundings));
  const call = { name: prefix, calleeName: name.text, callee };
  if (callee !== null && types.length !== callee.typeParameters.length) {
    surroundings.sink.push(typeArgumentCount(callee.name, callee.typeParameters, types.length, name.span));
    return { ...call, types: null };
  }
  const sound = types.filter((type) => type !== null);
  return { ...call, types: sound.length === types.length ? sound : null };
}

function calleeOf(name: Name, { declarations, choreographies, sink }: Surroundings): Choreography | null {
  const declaration = declarations.byName.get(name.text);
  if (declaration === undefined) {
    sink.push(unknownChoreography(name, nearest(name.text, namesOf("choreography", declarations))));
    return null;
  }
  const { imported, kind } = declaration;
  if (imported === "unknown") return null;
  if (imported?.kind === "choreography") return imported.choreography;
  if (kind === "choreography") return choreographies.get(name.text) ?? null;
  sink.push(wrongKind(name, "a choreography", kind, declaration.name.span));
  return null;
}

export interface Arguments {
  readonly roles: readonly (readonly RoleReference[])[];
  readonly values: readonly Expression[];
}

/** Takes the arguments of a `do`, gives what stands for each role and value of its callee; null: some are wrong. */
export function bindArguments(
  tree: DoTree,
  { callee, types }: Call,
  place: Place,
  scope: ExpressionScope,
  surroundings: Surroundings,
): Arguments | null {
  if (callee === null) {
    for (const role of tree.arguments.flatMap(rolesIn)) roleReference(role, place, surroundings);
    for (const expression of tree.arguments.flatMap(expressionIn)) typeExpression(expression, scope, null);
    return null;
  }
  const { sink } = surroundings;
  const parameters = parametersOf(callee);
  if (tree.arguments.length !== parameters.length) {
    const names = parameters.map(({ parameter }) => parameter.name);
    sink.push(argumentCount(callee.name, names, tree.arguments.length, tree.choreography.span));
  }
  const roles: (readonly RoleReference[])[] = [];
  const values: Expression[] = [];
  const played = new Map<string, Span>();
  let sound = tree.arguments.length === parameters.length && types !== null;
  const put = argumentsOf(callee, types ?? []);
  tree.arguments.forEach((argument, index) => {
    const wanted = parameters[index];
    if (wanted === undefined) return;
    if (wanted.kind === "value") {
      const value = bindValue(argument, wanted.parameter, types === null ? null : put, scope, surroundings);
      if (value === null) sound = false;
      else values.push(value);
      return;
    }
    const given = bindRoles(argument, wanted.parameter, place, surroundings);
    if (given === null) sound = false;
    else roles.push(given);
    for (const { role, span } of given ?? []) {
      const first = played.get(role);
      if (first !== undefined) sink.push(roleTwice(role, span, first));
      else played.set(role, span);
    }
  });
  return sound ? { roles, values } : null;
}

type Parameter =
  { readonly kind: "role"; readonly parameter: Role } | { readonly kind: "value"; readonly parameter: Value };

/** In the order of the head. */
function parametersOf({ roles, values }: Choreography): readonly Parameter[] {
  const all: Parameter[] = [
    ...roles.map((parameter) => ({ kind: "role", parameter }) as const),
    ...values.map((parameter) => ({ kind: "value", parameter }) as const),
  ];
  return all.sort((a, b) => a.parameter.span.start - b.parameter.span.start);
}

/** `types`: what stands for the callee's type parameters; null: some of it is wrong, and nothing is compared. */
function bindValue(
  argument: ArgumentTree,
  { name, type }: Value,
  types: ReadonlyMap<string, Type> | null,
  scope: ExpressionScope,
  { sink }: Surroundings,
): Expression | null {
  if (argument.kind !== "value") {
    sink.push(
      argumentOfAnotherKind(name, "a value", "a role", argument.span, "Give a literal or the name of a value."),
    );
    return null;
  }
  if (types === null) return typeExpression(argument.expression, scope, null);
  return typeFitting(argument.expression, scope, substitute(type, types), `The parameter \`${name}\``);
}

function bindRoles(
  argument: ArgumentTree,
  parameter: Role,
  place: Place,
  surroundings: Surroundings,
): readonly RoleReference[] | null {
  const { sink, head } = surroundings;
  const { name, family } = parameter;
  const refuse = (found: string, hint: string): null => {
    const wanted = family === null ? "a role" : "a family of roles";
    sink.push(argumentOfAnotherKind(name, wanted, found, argument.span, hint));
    return null;
  };
  if (argument.kind === "value") return refuse("a value", "Give the name of a role.");
  if (argument.kind === "roles" && family === null) return refuse("a list of roles", "Give one role.");
  const references = rolesIn(argument).map((role) => roleReference(role, place, surroundings));
  const sound = references.filter((reference) => reference !== null);
  if (sound.length < references.length) return null;
  const [only] = sound;
  if (argument.kind === "role" && only !== undefined) {
    if (family === null && only.all) return refuse(`all of \`${only.role}\``, "Give one role.");
    if (family !== null && !only.all) return refuse("one role", `Make it a list: \`[${only.role}]\`.`);
  }
  for (const { role, span } of sound) {
    if (parameter.optional || head.rolesByName.get(role)?.optional !== true) continue;
    sink.push(optionalForCompulsory(name, { text: role, span }));
    return null;
  }
  if (family !== null) checkSize(parameter.name, family, sound, argument.span, surroundings);
  return sound;
}

function checkSize(
  parameter: string,
  { low, high }: { readonly low: number; readonly high: number },
  given: readonly RoleReference[],
  span: Span,
  { head, sink }: Surroundings,
): void {
  if (given.some(({ role }) => head.unsized.has(role))) return;
  let [least, most] = [0, 0];
  for (const { role, all } of given) {
    const size = all ? head.rolesByName.get(role)?.family : null;
    least += size?.low ?? 1;
    most += size?.high ?? 1;
  }
  if (least >= low && most <= high) return;
  sink.push(familyFilled(parameter, between(low, high), between(least, most), span));
}

function between(low: number, high: number): string {
  return low === high ? String(low) : `${low} to ${high}`;
}

/** Whether the `else` of a `do` fits to whether its callee may abort. `caught`: a saga with an `else` is around it. */
export function checkElse(tree: DoTree, { callee }: Call, caught: boolean, surroundings: Surroundings): void {
  if (callee === null) return;
  const { aborts } = offerOf(callee, surroundings.callees);
  const { otherwise, choreography } = tree;
  if (aborts && otherwise === null && !caught) surroundings.sink.push(abortUncaught(callee.name, choreography.span));
  if (!aborts && otherwise !== null) {
    const brace = { start: otherwise.span.start, end: Math.min(otherwise.span.end, otherwise.span.start + 1) };
    surroundings.sink.push(neverAborts(callee.name, brace));
  }
}

function rolesIn(argument: ArgumentTree): readonly RoleTree[] {
  return argument.kind === "value" ? [] : argument.kind === "role" ? [argument.role] : argument.roles;
}

function expressionIn(argument: ArgumentTree): readonly ExpressionTree[] {
  return argument.kind === "value" ? [argument.expression] : [];
}
