// Who speaks to whom: the sender and the receivers of an interaction, families and their members. In: trees and the
// place where they stand. Out: references to roles; what cannot be is in the sink.

import { nearest } from "@chor/grammar";
import type { InteractionTree, Name, RoleTree, Span } from "@chor/grammar";
import { receivesTwice, sendsToItself } from "../report/choreography.js";
import { unknownRole, wrongKind } from "../report/names.js";
import {
  allInside,
  everybodyInside,
  familyDecides,
  gatherToSeveral,
  nobodyElse,
  notAFamily,
  whichMember,
  withinFamily,
} from "../report/parties.js";
import type { Role, RoleReference } from "./program.js";
import type { Place, Surroundings } from "./surroundings.js";

export interface Parties {
  readonly from: RoleReference;
  readonly to: readonly RoleReference[];
}

/** Takes an interaction, gives its sender and receivers; null: any of them is wrong. */
export function partiesOf(tree: InteractionTree, place: Place, surroundings: Surroundings): Parties | null {
  const { sink } = surroundings;
  const from = roleReference(tree.from, place, surroundings);
  const to = tree.to === null ? everybody(tree, place, surroundings) : named(tree, tree.to, place, surroundings);
  if (from === null || to === null) return null;
  if (from.all && (to.length > 1 || to[0]?.all === true)) {
    sink.push(gatherToSeveral(from.role, tree.toSpan));
    return null;
  }
  return { from, to };
}

function named(
  tree: InteractionTree,
  to: readonly RoleTree[],
  place: Place,
  surroundings: Surroundings,
): readonly RoleReference[] | null {
  const { sink, head } = surroundings;
  const { name: sender } = tree.from;
  const references: RoleReference[] = [];
  const seen = new Map<string, Span>();
  let sound = true;
  for (const role of to) {
    const { name } = role;
    const first = seen.get(name.text);
    const toItself = name.text === sender.text && head.rolesByName.has(name.text);
    const reference = toItself ? null : roleReference(role, place, surroundings);
    if (first !== undefined) sink.push(receivesTwice(name, first));
    else if (toItself && (head.rolesByName.get(name.text)?.family ?? null) === null)
      sink.push(sendsToItself(name, sender.span));
    else if (toItself) sink.push(withinFamily(name, sender.span));
    if (first === undefined) seen.set(name.text, name.span);
    if (reference === null || first !== undefined) sound = false;
    else references.push(reference);
  }
  return sound ? references : null;
}

/** `*`: all other roles in the order of the head, families as a whole, without optional ones. */
function everybody(
  { from, toSpan }: InteractionTree,
  place: Place,
  { head, sink }: Surroundings,
): readonly RoleReference[] | null {
  if (place.claimed.size > 0) {
    sink.push(everybodyInside(toSpan));
    return null;
  }
  const others = head.roles.filter(({ name, optional }) => name !== from.name.text && !optional);
  if (others.length > 0) return others.map(({ name, family }) => ({ role: name, all: family !== null, span: toSpan }));
  // Where there is only one role, that is told at the head.
  if (head.roles.some(({ family }, index) => index > 0 || family !== null))
    sink.push(nobodyElse(from.name.text, toSpan));
  return null;
}

/** Takes a role as it is written, gives what it means there; null: the sink says what is wrong. */
export function roleReference(
  { name, all, span }: RoleTree,
  place: Place,
  surroundings: Surroundings,
): RoleReference | null {
  const role = roleNamed(name, surroundings);
  if (role === null) return null;
  const claim = place.claimed.get(name.text);
  const problem =
    role.family === null
      ? all
        ? notAFamily(name, span, role.span)
        : null
      : all && claim !== undefined
        ? allInside(name, span, claim)
        : !all && claim === undefined
          ? whichMember(name, role.span)
          : null;
  if (problem !== null) surroundings.sink.push(problem);
  return problem === null ? { role: name.text, all, span } : null;
}

/** The role who decides, one alone; null: the sink says what is wrong. */
export function deciderNamed(name: Name, place: Place, surroundings: Surroundings): Role | null {
  const role = roleNamed(name, surroundings);
  if (role === null || role.family === null || place.claimed.has(name.text)) return role;
  surroundings.sink.push(familyDecides(name, role.span));
  return null;
}

/** The role of that name; null: there is none, and the sink says so. */
export function roleNamed(
  name: Name,
  { declarations, head, sink, choreography, undeclared }: Surroundings,
): Role | null {
  const role = head.rolesByName.get(name.text);
  if (role !== undefined) return role;
  const declaration = declarations.byName.get(name.text);
  if (declaration !== undefined && declaration.kind !== "choreography" && declaration.kind !== "imported name") {
    sink.push(wrongKind(name, "a role", declaration.kind, declaration.name.span));
    return null;
  }
  const names = head.roles.map((each) => each.name);
  const suggestion = nearest(name.text, names);
  // A role that was forgotten in the head is told of once, a misspelt one wherever it is misspelt.
  if (suggestion !== null || !undeclared.has(name.text)) sink.push(unknownRole(name, choreography, names, suggestion));
  undeclared.add(name.text);
  return null;
}
