// Who plays a role at a place, and how many a number is that the source leaves open. In: the place and what is written
// there. Out: parties and ranges. Through a `do`, parties are those of the choreography that is counted.

import type { Artifacts } from "../bind/artifact-table.js";
import { ROUNDS_LIMIT } from "../bind/limits.js";
import type {
  Bound,
  Choreography,
  Do,
  Expression,
  Interaction,
  RoleReference,
  Scatter,
  Time,
  Type,
} from "../bind/program.js";
import { shapeOf } from "../bind/type-shapes.js";
import type { Exchange, Party, Range } from "./domain.js";

export interface Surroundings {
  readonly artifacts: Artifacts;
  /** Who plays a role here: several parties where a list fills a family. */
  readonly roles: ReadonlyMap<string, readonly Party[]>;
  /** Parameters that are numbers or times. */
  readonly values: ReadonlyMap<string, Range>;
}

/** At the top of a choreography, whose values nobody knows yet. */
export function atTop({ roles, values }: Choreography, artifacts: Artifacts): Surroundings {
  return {
    artifacts,
    roles: new Map(
      roles.map(({ name, family }, role) => [name, [{ role, low: family?.low ?? 1, high: family?.high ?? 1 }]]),
    ),
    values: new Map(values.map(({ name, type }) => [name, rangeOf(type, artifacts)])),
  };
}

/** Inside of what a `do` calls. */
export function inCallee({ callee, roles, values }: Do, here: Surroundings): Surroundings {
  return {
    artifacts: here.artifacts,
    roles: new Map(
      callee.roles.map(({ name }, i) => [name, (roles[i] ?? []).flatMap((given) => partiesOf(given, here))]),
    ),
    values: new Map(
      callee.values.map(({ name, type }, i) => {
        const given = values[i];
        return [name, given === undefined ? rangeOf(type, here.artifacts) : valueOf(given, here)];
      }),
    ),
  };
}

/** All members, or the one that a role is here. */
export function partiesOf({ role, all }: RoleReference, here: Surroundings): readonly Party[] {
  return all ? (here.roles.get(role) ?? []) : oneOf(role, here);
}

/** The one that plays a role here. */
export function oneOf(role: string, { roles }: Surroundings): readonly Party[] {
  return (roles.get(role) ?? []).slice(0, 1).map(memberOf);
}

/** One of a party. */
export function memberOf({ role }: Party): Party {
  return { role, low: 1, high: 1 };
}

/** Who sends, who receives, and of how many it is read. */
export function exchangeOf(each: Interaction, here: Surroundings): Exchange {
  const from = partiesOf(each.from, here);
  const to = each.to.flatMap((receiver) => partiesOf(receiver, here));
  if (each.quorum === null || each.quorum === "all") return { from, to, read: null };
  const { low, high } = sizeOf(from);
  if (each.quorum === "majority") {
    const full = Math.floor(high / 2) + 1;
    return { from, to, read: { low: Math.floor(low / 2) + 1, high: full, full } };
  }
  const needed = boundOf(each.quorum, here);
  const read = (of: number, bound: number): number => Math.max(1, Math.min(of, bound));
  return {
    from,
    to,
    read: { low: read(low, needed.low), high: read(high, needed.high), full: read(high, needed.low) },
  };
}

/** How many instances a scatter has, how many members can claim them, and who they are: a map of the roles for each. */
export function claimsOf(
  { list, over }: Scatter,
  here: Surroundings,
): { readonly count: Range; readonly members: Range; readonly claims: readonly Surroundings["roles"][] } {
  const shape = shapeOf(list.type, here.artifacts);
  const families = over.map((family) => here.roles.get(family) ?? []);
  const sizes = families.map(sizeOf);
  return {
    count: shape?.kind === "list" ? { low: shape.min, high: shape.max } : { low: 0, high: Infinity },
    members: {
      low: Math.max(1, Math.min(...sizes.map(({ low }) => low))),
      high: Math.max(1, Math.min(...sizes.map(({ high }) => high))),
    },
    // Where a list fills a family, each of its parties may be the one who claims.
    claims: over.reduce<readonly Surroundings["roles"][]>(
      (all, family, i) =>
        all.flatMap((roles) => (families[i] ?? []).map((party) => new Map(roles).set(family, [memberOf(party)]))),
      [here.roles],
    ),
  };
}

/** How many rounds a counted loop has. */
export function roundsOf(max: Bound, here: Surroundings): Range {
  const { low, high } = boundOf(max, here);
  const limited = (rounds: number): number => Math.max(1, Math.min(rounds, ROUNDS_LIMIT));
  return { low: limited(low), high: limited(high) };
}

/** How long a wait may last; `Infinity`: there is no deadline, or nobody knows which. */
export function millisecondsOf(time: Time | null, here: Surroundings): number {
  return time === null ? Infinity : boundOf(time, here).high;
}

function sizeOf(parties: readonly Party[]): Range {
  return {
    low: parties.reduce((sum, party) => sum + party.low, 0),
    high: parties.reduce((sum, party) => sum + party.high, 0),
  };
}

function boundOf(bound: Bound | Time, { values }: Surroundings): Range {
  if (typeof bound === "number") return { low: bound, high: bound };
  return values.get(bound.value) ?? { low: 0, high: Infinity };
}

function valueOf(given: Expression, here: Surroundings): Range {
  if (given.kind === "literal" && typeof given.value === "number") return { low: given.value, high: given.value };
  const known = given.kind === "name" ? here.values.get(given.name) : undefined;
  return known ?? rangeOf(given.type, here.artifacts);
}

function rangeOf(type: Type, artifacts: Artifacts): Range {
  const shape = shapeOf(type, artifacts);
  return shape?.kind === "int" ? { low: shape.min, high: shape.max } : { low: 0, high: Infinity };
}
