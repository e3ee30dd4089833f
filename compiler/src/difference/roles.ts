// Which role of the old version is which of the new one. In: two choreographies. Out: pairs. A role is who bears its name;
// of the others, who says and hears mostly the same is the same role with another name.

import type { Choreography, Role } from "../bind/program.js";

export interface RolePair {
  /** null: it is new. */
  readonly old: Role | null;
  /** null: it is gone. */
  readonly now: Role | null;
}

/** How much of what two roles say and hear has to be alike for them to be one. */
const alike = 0.5;

/** The pairs in the order of the new version, those that are gone behind them. */
export function rolePairs(old: Choreography, now: Choreography): readonly RolePair[] {
  const names = new Set(now.roles.map(({ name }) => name));
  const gone = old.roles.filter(({ name }) => !names.has(name));
  const pairs = now.roles.map((role): RolePair => {
    const same = old.roles.find(({ name }) => name === role.name);
    if (same !== undefined) return { old: same, now: role };
    const [best] = gone
      .filter(({ family }) => (family === null) === (role.family === null))
      .map((other) => ({ other, likeness: likeness(wordsOf(old, other), wordsOf(now, role)) }))
      .filter((each) => each.likeness >= alike)
      .toSorted((a, b) => b.likeness - a.likeness);
    if (best === undefined) return { old: null, now: role };
    gone.splice(gone.indexOf(best.other), 1);
    return { old: best.other, now: role };
  });
  return [...pairs, ...gone.map((role): RolePair => ({ old: role, now: null }))];
}

/** The labels that a role sends and receives. */
function wordsOf({ interactions }: Choreography, { name }: Role): ReadonlySet<string> {
  const words = new Set<string>();
  for (const { from, to, label } of interactions) {
    if (from.role === name) words.add(`!${label}`);
    if (to.some(({ role }) => role === name)) words.add(`?${label}`);
  }
  return words;
}

function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const both = [...a].filter((word) => b.has(word)).length;
  const all = a.size + b.size - both;
  return all === 0 ? 0 : both / all;
}
