// How deep a type is: records and lists in one another, through named artifacts too. In: a table of
// artifacts of bounded depth. Out: a number for each; 1 for what contains nothing.

import { artifactOf, keyOf, referenceTo, type Artifacts } from "./artifact-table.js";
import { DEPTH_LIMIT } from "./limits.js";
import type { Type } from "./program.js";

/** Takes a table of bound artifacts, so they are bounded; gives the depth of each, by its key. */
export function depthsOf(artifacts: Artifacts): ReadonlyMap<string, number> {
  const known = new Map<string, number>();
  const depthOf = (of: Type, left: number): number => {
    if (left === 0) return 1;
    switch (of.kind) {
      case "record":
        return of.fields.reduce((most, field) => Math.max(most, 1 + depthOf(field.type, left - 1)), 1);
      case "list":
        return 1 + depthOf(of.item, left - 1);
      case "map":
        return 1 + depthOf(of.value, left - 1);
      case "nullable":
        return depthOf(of.of, left);
      case "union":
        return of.members.reduce((most, member) => Math.max(most, depthOf(member, left)), 1);
      case "reference": {
        const before = known.get(keyOf(of));
        if (before !== undefined) return before;
        const artifact = artifactOf(of, artifacts);
        const depth = artifact === null ? 1 : depthOf(artifact.type, left - 1);
        known.set(keyOf(of), depth);
        return depth;
      }
      default:
        return 1;
    }
  };
  // Names of names, and records that only optional parts make deep, are counted as well; so `left` has room.
  for (const artifact of artifacts.values()) if (artifact !== null) depthOf(referenceTo(artifact), 4 * DEPTH_LIMIT);
  return known;
}
