// For whom optional roles may have to wait until they leave, where there are arms. In: built blocks, and what comes first
// in arms. Out: by optional role, the roles for which it may still wait where it may be over.

import { leavingOf, speakersOf, type Leaving } from "../coherence/leaving.js";
import type { Heads } from "./heads.js";
import type { Built, Stage } from "./views.js";

/** As `leavingOf` of each block; arms that may never begin are waited for by what comes first in them. */
export function leavingWithArms({ built }: Stage, heads: Heads): Leaving {
  const found = new Map<number, readonly number[]>();
  for (const block of built) {
    for (const [role, senders] of leavingOf(block.tables.automaton, block.observations)) {
      const first = headsAtEnds(block, role, heads).flatMap(({ arms, peer }) => {
        const arm = built[arms.at(-1) ?? -1];
        return arm === undefined ? [] : speakersOf(arm.tables.automaton, peer, role);
      });
      found.set(role, [...new Set([...(found.get(role) ?? []), ...senders, ...first])]);
    }
  }
  return found;
}

/** What a role may first receive in arms that may begin where it may be over. */
function headsAtEnds({ tables, views, constructOf }: Built, role: number, heads: Heads): ReturnType<Heads> {
  const ends = views.get(role)?.sets.filter(({ states }) => states.some((state) => tables.final[state] === 1)) ?? [];
  return ends.flatMap(({ edges }) =>
    edges.flatMap(({ letter }) => {
      const construct = constructOf[letter] ?? -1;
      return construct < 0 ? [] : heads(construct, role).filter(({ sends }) => !sends);
    }),
  );
}
