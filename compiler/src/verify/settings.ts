// The teams that stand for a choreography: one for each number of members and elements. In: what check has made of it, and
// wishes. Out: the teams, the smallest first, and what they leave out.

import type { Diagnostic } from "@chor/grammar";
import type { Choreography } from "../bind/program.js";
import { sizesOf } from "../carried/sizes.js";
import type { CheckedChoreography } from "../check.js";
import type { Core } from "../core/core.js";
import { coreWith, teamFor } from "../simulate/ready.js";
import type { Team } from "../team/team.js";
import type { Bound, Setting } from "./properties.js";

export interface SettingsWish {
  /** By family: how many members; of the others, as many as check takes. */
  readonly members: ReadonlyMap<string, number>;
  /** How many elements the list of a scatter has, at most. */
  readonly elements: number;
}

export interface Settings {
  readonly teams: readonly { readonly team: Team; readonly setting: Setting }[];
  readonly bounds: readonly Bound[];
  /** Errors with which there is no team. */
  readonly diagnostics: readonly Diagnostic[];
}

/** All teams of a choreography that are looked at. */
export function settingsOf(checked: CheckedChoreography, { members, elements }: SettingsWish): Settings {
  const { choreography } = checked;
  const cores = coresOf(choreography, members);
  const teams: { readonly team: Team; readonly setting: Setting }[] = [];
  const diagnostics: Diagnostic[] = [];
  let isScattered = false;
  for (let count = 0; count === 0 || (isScattered && count <= elements); count++)
    for (const { core, sizes } of cores) {
      const made = teamFor(checked, core, count);
      const hasScatter = made.team?.constructs.some(({ kind }) => kind === "scatter") === true;
      isScattered ||= hasScatter;
      if (made.team === null) diagnostics.push(...made.diagnostics);
      else if (hasScatter || count === 0)
        teams.push({ team: made.team, setting: { members: sizes, elements: hasScatter ? count : null } });
    }
  const bounds: Bound[] = [
    ...(isScattered ? [{ kind: "elements", most: elements } as const] : []),
    ...membersLeftOut(choreography, cores),
  ];
  return { teams, bounds, diagnostics };
}

interface Sized {
  readonly core: Core;
  readonly sizes: ReadonlyMap<string, number>;
}

function coresOf(choreography: Choreography, members: ReadonlyMap<string, number>): readonly Sized[] {
  const said = new Set<string>();
  return sizesOf(choreography).flatMap((one): readonly Sized[] => {
    const families = choreography.roles.filter(({ family }) => family !== null);
    const sizes = new Map(families.map(({ name }) => [name, members.get(name) ?? one.members.get(name) ?? 1]));
    const key = `${[...sizes].join(";")} ${one.options.mostRead}`;
    if (said.has(key)) return [];
    said.add(key);
    return [{ core: coreWith(choreography, one, members), sizes }];
  });
}

/** Families of which not every number of members is looked at. */
function membersLeftOut({ roles }: Choreography, cores: readonly Sized[]): readonly Bound[] {
  return roles.flatMap(({ name, family }): readonly Bound[] => {
    if (family === null) return [];
    const sizes = [...new Set(cores.map((each) => each.sizes.get(name) ?? 1))].toSorted((a, b) => a - b);
    const isAll = sizes[0] === Math.max(1, family.low) && sizes.length === family.high - Math.max(1, family.low) + 1;
    return isAll ? [] : [{ kind: "members", family: name, sizes }];
  });
}
