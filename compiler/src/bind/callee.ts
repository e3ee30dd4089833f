// What a choreography offers to those that `do` it: the names that it binds, with their types, and whether it may
// abort. In: bound choreographies. Out: answers, each worked out once. Names of inner `do`s are looked up on the way,
// not written out: rows of `do`s would have a quadratic number of them.

import { LIST_LIMIT } from "./limits.js";
import type { Block, Choreography, Do, Payload, Type } from "./program.js";
import { substitute } from "./type-relations.js";
import { blocksIn, statementsIn } from "./walk.js";

interface Offer {
  /** What its own interactions bind. */
  readonly types: ReadonlyMap<string, Type>;
  /** By prefix. */
  readonly calls: ReadonlyMap<string, Do>;
  /** Whether an `abort` can leave it. */
  readonly aborts: boolean;
}

/** What is known of callees so far. */
export type Callees = Map<Choreography, Offer>;

/** Takes a choreography, gives what it offers. */
export function offerOf(choreography: Choreography, callees: Callees): Offer {
  const known = callees.get(choreography);
  if (known !== undefined) return known;
  const types = new Map<string, Type>();
  const calls = new Map<string, Do>();
  for (const { binds, collects, payload } of choreography.interactions) {
    const type = typeOfPayload(payload);
    if (binds !== null && type !== null) types.set(binds, collects ? listOf(type) : type);
  }
  for (const statement of statementsIn(choreography.body))
    if (statement.kind === "do") calls.set(statement.as, statement);
  const offer = { types, calls, aborts: aborts(choreography.body) };
  callees.set(choreography, offer);
  return offer;
}

/** The type of `path` (`proposal`, `inner.proposal`) in a choreography; undefined: it binds no such name. */
export function typeInside(choreography: Choreography, path: readonly string[], callees: Callees): Type | undefined {
  const [first, ...rest] = path;
  if (first === undefined) return undefined;
  const { types, calls } = offerOf(choreography, callees);
  if (rest.length === 0) return types.get(first);
  const call = calls.get(first);
  const type = call === undefined ? undefined : typeInside(call.callee, rest, callees);
  return call === undefined || type === undefined ? undefined : substitute(type, argumentsOf(call.callee, call.types));
}

/** What stands for each type parameter of a callee. */
export function argumentsOf(callee: Choreography, types: readonly Type[]): ReadonlyMap<string, Type> {
  return new Map(
    callee.typeParameters.flatMap((name, index) => {
      const type = types[index];
      return type === undefined ? [] : [[name, type] as const];
    }),
  );
}

/** The type of what a payload carries; null: nothing. */
export function typeOfPayload(payload: Payload): Type | null {
  if (payload.kind === "none") return null;
  return payload.kind === "asked" ? payload.type : payload.expression.type;
}

/** The list that messages of a type are collected in. */
export function listOf(item: Type): Type {
  return { kind: "list", item, min: 0, max: LIST_LIMIT };
}

/** Whether an `abort` can leave a block. What a `do` lets out is caught by its own `else` or a saga around it. */
function aborts({ statements }: Block): boolean {
  return statements.some((statement) => {
    if (statement.kind === "abort") return true;
    if (statement.kind !== "saga" || statement.otherwise === null) return blocksIn(statement).some(aborts);
    return aborts(statement.otherwise) || statement.steps.some(({ undo }) => undo !== null && aborts(undo));
  });
}

/** Whether something in a step of a saga aborts, by itself or in what it does. */
export function stepAborts(step: Block, callees: Callees): boolean {
  if (aborts(step)) return true;
  for (const statement of statementsIn(step)) {
    if (statement.kind === "do" && statement.otherwise === null && offerOf(statement.callee, callees).aborts)
      return true;
  }
  return false;
}
