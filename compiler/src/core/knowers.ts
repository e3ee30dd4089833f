// Who knows all names of a `choice when`, conservatively: who takes part in everything that binds them. In: the
// choice and its choreography. Out: roles, by name. Linear in the choreography, and in what it calls.

import { namesIn } from "../bind/expressions/names-in.js";
import type { Choice, Choreography, Interaction } from "../bind/program.js";
import { callsIn } from "./walk.js";

/** The roles that can follow a `choice when` themselves. Values are known to all, and what is bound in a scatter or pick. */
export function knowersOf({ branches }: Choice, choreography: Choreography): readonly string[] {
  const names = new Set(branches.flatMap(({ when }) => (when === null ? [] : namesIn(when).map(({ name }) => name))));
  const roles = choreography.roles.map(({ name }) => name);
  return [...names].reduce((left, name) => {
    const parties = partiesOf(name, choreography, 0);
    return parties === null ? left : left.filter((role) => parties.has(role));
  }, roles);
}

const maximalCalls = 64;

/** The roles that take part in every binding of a name; null where no interaction binds it. */
function partiesOf(name: string, choreography: Choreography, calls: number): ReadonlySet<string> | null {
  const dot = name.indexOf(".");
  if (dot >= 0 && calls < maximalCalls)
    return partiesInCallee(name.slice(0, dot), name.slice(dot + 1), choreography, calls);
  const bindings = choreography.interactions.filter(({ binds }) => binds === name);
  return common(bindings.map(partiesOfInteraction));
}

function partiesInCallee(
  as: string,
  name: string,
  choreography: Choreography,
  calls: number,
): ReadonlySet<string> | null {
  const all = callsIn(choreography.body).filter((call) => call.as === as);
  return common(
    all.flatMap(({ callee, roles }) => {
      const inside = partiesOf(name, callee, calls + 1);
      if (inside === null) return [];
      return [
        new Set(
          callee.roles.flatMap((role, i) => (inside.has(role.name) ? (roles[i] ?? []).map((one) => one.role) : [])),
        ),
      ];
    }),
  );
}

function partiesOfInteraction({ from, to }: Interaction): ReadonlySet<string> {
  return new Set([from.role, ...to.map(({ role }) => role)]);
}

function common(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> | null {
  const [first, ...others] = sets;
  return first === undefined ? null : new Set([...first].filter((role) => others.every((set) => set.has(role))));
}
