// The head of a choreography: type parameters, roles and families, values, the deadline of the whole; and the bounds
// and times that may name its values. In: trees. Out: what they mean; what is wrong goes to a sink.

import { nearest } from "@chor/grammar";
import type { BoundTree, ChoreographyTree, Diagnostic, FamilyTree, Name, Span, TimeTree } from "@chor/grammar";
import { countOutOfRange, familyOutOfRange, optionalFamily, tooFewRoles } from "../report/choreography.js";
import { nameOfAnotherKind, parameterOfAnotherType, reservedName, unknownParameter } from "../report/values.js";
import type { Bound, Role, Time, Type, Value } from "./program.js";
import { shownType } from "./type-text.js";
import { bindParameterType, type TypeContext } from "./types.js";

/** The most members of a family: what one session can hold together. */
export const FAMILY_LIMIT = 1_000;

/** The most refusals of one message. */
export const RETRY_LIMIT = 1_000;

export interface Head {
  readonly typeParameters: readonly string[];
  /** In the order of the source; each once. */
  readonly roles: readonly Role[];
  readonly rolesByName: ReadonlyMap<string, Role>;
  /** Families whose bounds are wrong: nothing more is said about their size. */
  readonly unsized: ReadonlySet<string>;
  readonly values: readonly Value[];
  /** Every parameter that is a value; its type is null where it has errors. */
  readonly valuesByName: ReadonlyMap<string, { readonly name: Name; readonly type: Type | null }>;
}

/** Takes a choreography's tree, gives its head; `types.sink` gets the errors. Clashes of names are told elsewhere. */
export function bindHead(tree: ChoreographyTree, types: TypeContext): Head {
  const { sink } = types;
  const rolesByName = new Map<string, Role>();
  const unsized = new Set<string>();
  const values: Value[] = [];
  const valuesByName = new Map<string, { readonly name: Name; readonly type: Type | null }>();
  for (const parameter of tree.parameters) {
    const { name, span } = parameter;
    if (parameter.kind === "role") {
      const { family, optional } = parameter;
      const size = family === null ? null : sizeOf(name, family, sink);
      if (family !== null && size === null) unsized.add(name.text);
      if (family !== null && optional) sink.push(optionalFamily(name, span));
      const bounds = family === null ? null : (size ?? { low: 1, high: FAMILY_LIMIT });
      if (!rolesByName.has(name.text))
        rolesByName.set(name.text, { name: name.text, family: bounds, optional, span: name.span });
      continue;
    }
    const type = bindParameterType(parameter.type, types);
    const first = valuesByName.get(name.text);
    if (first !== undefined)
      sink.push(nameOfAnotherKind(name, "a parameter", { kind: "a parameter", span: first.name.span }, false));
    else if (name.text === "failure") sink.push(reservedName(name));
    if (first !== undefined) continue;
    valuesByName.set(name.text, { name, type });
    if (type !== null) values.push({ name: name.text, type, span });
  }
  const roles = [...rolesByName.values()];
  const [only] = roles;
  if (roles.length === 0 || (roles.length === 1 && only?.family === null))
    sink.push(tooFewRoles(tree.name, roles.length));
  return {
    typeParameters: [...new Set(tree.typeParameters.map(({ text }) => text))],
    roles,
    rolesByName,
    unsized,
    values,
    valuesByName,
  };
}

function sizeOf(
  name: Name,
  { low, high, span }: FamilyTree,
  sink: Diagnostic[],
): { readonly low: number; readonly high: number } | null {
  const from = low.kind === "number" ? low.value : null;
  const to = high === null ? from : high.kind === "number" ? high.value : null;
  const sound =
    from !== null && to !== null && Number.isInteger(from) && Number.isInteger(to) && from >= 1 && to <= FAMILY_LIMIT;
  if (sound && from <= to) return { low: from, high: to };
  sink.push(familyOutOfRange(name, FAMILY_LIMIT, span));
  return null;
}

/**
 * Takes a bound that is a whole number from `low` to `high`, or an `int` parameter; `what` names it in a message. Null:
 * an error is in the sink.
 */
export function bindCount(
  tree: BoundTree,
  what: string,
  [low, high]: readonly [number, number],
  head: Head,
  sink: Diagnostic[],
): Bound | null {
  if (tree.kind === "value") return parameterOf(tree, "int", head, sink);
  const { value, span } = tree;
  if (Number.isInteger(value) && value >= low && value <= high) return value;
  sink.push(countOutOfRange(what, low, high, span));
  return null;
}

/** Takes a duration or a parameter that is one; null: an error is in the sink. */
export function bindTime(tree: TimeTree, head: Head, sink: Diagnostic[]): Time | null {
  return tree.kind === "duration" ? tree.milliseconds : parameterOf(tree, "duration", head, sink);
}

function parameterOf(
  { name, span }: { readonly name: string; readonly span: Span },
  wanted: "int" | "duration",
  { valuesByName }: Head,
  sink: Diagnostic[],
): { readonly value: string } | null {
  const parameter = valuesByName.get(name);
  if (parameter === undefined) {
    const names = [...valuesByName.keys()];
    sink.push(unknownParameter(name, span, names, nearest(name, names)));
    return null;
  }
  if (parameter.type === null) return null;
  if (parameter.type.kind === wanted) return { value: name };
  sink.push(parameterOfAnotherType(name, span, shownType(parameter.type), wanted, parameter.name.span));
  return null;
}
