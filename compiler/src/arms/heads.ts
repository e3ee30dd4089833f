// What a role can do first in a construct: over all its arms, and the constructs inside them. In: built blocks. Out: the
// first actions of a role, each with the arms that it lies in. To begin a scatter and to take a branch of a `choice when`
// are acts of its own, as a send is.

import type { Head } from "../coherence/violation.js";
import type { Construct } from "./blocks.js";
import type { Built, Stage } from "./views.js";

/** Finds heads, each only once: outer constructs ask for those of inner ones. */
export type Heads = (construct: number, role: number) => readonly Head[];

/** Takes built blocks. The heads that it finds are those of the role inside: a member that may claim is there its family. */
export function headsOf(stage: Stage): Heads {
  const known = new Map<number, readonly Head[]>();
  const heads: Heads = (construct, role) => {
    const key = role * stage.blocks.constructs.length + construct;
    const own = known.get(key) ?? headsIn(stage, construct, role, heads);
    known.set(key, own);
    return own;
  };
  return heads;
}

function headsIn(stage: Stage, construct: number, role: number, heads: Heads): readonly Head[] {
  const own = stage.blocks.constructs[construct];
  return own === undefined ? [] : own.arms.flatMap((arm) => headsInArm(stage, arm, roleInside(own, role), heads));
}

/** The role that a part of a construct is inside of it. */
export function roleInside({ claims }: Construct, role: number): number {
  return claims.get(role) ?? role;
}

function headsInArm(stage: Stage, arm: number, role: number, heads: Heads): readonly Head[] {
  const built: Built | undefined = stage.built[arm];
  const edges = built?.views.get(role)?.sets[0]?.edges ?? [];
  return edges.flatMap(({ letter }): readonly Head[] => {
    const inner = built?.constructOf[letter] ?? -1;
    const scatter = stage.blocks.constructs[inner]?.kind === "scatter";
    if (inner >= 0 && !scatter) return heads(inner, role).map((head) => ({ ...head, arms: [arm, ...head.arms] }));
    const from = built?.tables.from[letter] ?? -1;
    const to = built?.tables.to[letter] ?? -1;
    if (from !== role && to !== role && !scatter) return [];
    const sends = from === role || scatter || built?.tables.announces[from] === 1;
    return [{ arms: [arm], letter, role, sends, peer: from === role ? to : from }];
  });
}
