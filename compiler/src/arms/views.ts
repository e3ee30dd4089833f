// Every block of a core as the conditions look at it: its automaton, and what each of its roles sees of it, the letters
// of constructs included. In: blocks. Out: views, or what is wrong with the form of a block.

import type { Diagnostic } from "@chor/grammar";
import { globalAutomaton } from "../automaton/build.js";
import { observe, type Observation } from "../automaton/observe.js";
import { tablesOf, viewOf, type Tables, type View } from "../coherence/tables.js";
import type { Block, Blocks } from "./blocks.js";
import { markerLabel } from "./blocks.js";

export interface Stage {
  readonly blocks: Blocks;
  readonly built: readonly Built[];
}

export interface Built {
  readonly block: Block;
  readonly tables: Tables;
  /** By letter of the block: the construct that it stands for, -1 for all others. */
  readonly constructOf: Int32Array;
  /** Who takes part in some run of it, also in arms inside, ascending; the roles of the network, and of letters, are left out. */
  readonly roles: readonly number[];
  /** By role: what it sees; only roles that take part, and the network's. */
  readonly views: ReadonlyMap<number, View>;
  readonly observations: readonly Observation[];
}

/** Builds all blocks. Errors: those of the form of each block; then nothing is built. */
export function stageOf(blocks: Blocks): {
  readonly stage: Stage | null;
  readonly diagnostics: readonly Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  const plans: Plan[] = [];
  for (const block of blocks.blocks) {
    const { automaton, diagnostics: found } = globalAutomaton(block.core);
    diagnostics.push(...found);
    if (automaton === null) continue;
    const tables = tablesOf(automaton);
    plans.push({ block, tables, constructOf: constructsIn(tables, blocks) });
  }
  if (plans.length < blocks.blocks.length) return { stage: null, diagnostics };
  const { roles, parts } = partsOf(blocks, plans);
  const built: Built[] = [];
  for (const [i, plan] of plans.entries()) {
    const tables = withEnds(built, plan);
    const views = new Map<number, View>();
    const observations: Observation[] = [];
    for (const role of rolesSeen(plan, roles[i] ?? new Set(), blocks.marker)) {
      const joins = joinsOf(role, plan.constructOf, parts);
      const observation = observe(tables.automaton, role, joins);
      diagnostics.push(...observation.diagnostics);
      if (observation.diagnostics.length > 0) continue;
      const view = viewOf(tables, observation);
      for (const letter of joins) view.sees[letter] = 1;
      views.set(role, view);
      observations.push(observation);
    }
    built.push({ ...plan, tables, roles: [...(roles[i] ?? [])].sort((a, b) => a - b), views, observations });
  }
  const wrong = diagnostics.some(({ severity }) => severity === "error");
  return { stage: wrong ? null : { blocks, built }, diagnostics };
}

/** A block whose roles are not known yet. */
type Plan = Pick<Built, "block" | "tables" | "constructOf">;

function constructsIn({ automaton: { letters } }: Tables, { constructs, marker }: Blocks): Int32Array {
  const byLabel = new Map(constructs.map((_, i) => [markerLabel(i), i]));
  return Int32Array.from(letters, (letter) =>
    letter.kind === "message" && letter.from === marker ? (byLabel.get(letter.label) ?? -1) : -1,
  );
}

interface Parts {
  /** By block: who takes part in some run of it. */
  readonly roles: readonly ReadonlySet<number>[];
  /** By construct: to whom its letter is visible: those in its arms, and of a scatter all who may claim. */
  readonly parts: readonly ReadonlySet<number>[];
}

/** What no run reaches does not count: who is only there does not wait for anything. Arms before the blocks around them. */
function partsOf({ blocks, constructs, marker }: Blocks, plans: readonly Plan[]): Parts {
  const roles = blocks.map(() => new Set<number>());
  const parts = constructs.map(({ claims }) => new Set(claims.keys()));
  for (let block = plans.length - 1; block >= 0; block--) {
    const { tables, constructOf } = plans[block] ?? {};
    const { core = null, letters = [] } = tables?.automaton ?? {};
    const own = roles[block];
    letters.forEach((letter, i) => {
      const found = letter.kind === "fail" ? [letter.from] : [];
      if (letter.kind === "message" && letter.from !== marker) found.push(letter.from, letter.to);
      for (const role of [...found, ...(parts[constructOf?.[i] ?? -1] ?? [])])
        if (core?.roles[role]?.kind !== "network") own?.add(role);
    });
    const around = blocks[block]?.of ?? -1;
    const inside = new Set(constructs[around]?.claims.values());
    for (const role of own ?? []) if (!inside.has(role)) parts[around]?.add(role);
  }
  return { roles, parts };
}

/**
 * The tables of a block in which the optional roles are plain that have something to do behind it, for then they have to
 * know that it is over for them; `built` has the blocks around it.
 */
function withEnds(built: readonly Built[], { block, tables }: Plan): Tables {
  const { automaton } = tables;
  if (automaton.core.roles.every(({ kind }) => kind !== "optional")) return tables;
  const goesOn = (role: number): boolean => {
    for (let of = block.of; of !== null;) {
      const around = built.findIndex(({ constructOf }) => constructOf.some((construct) => construct === of));
      const { views, constructOf } = built[around] ?? {};
      const sets = views?.get(role)?.sets ?? [];
      const behind = sets.flatMap(({ edges }) => edges.filter(({ letter }) => constructOf?.[letter] === of));
      if (behind.some(({ target }) => (sets[target]?.edges.length ?? 0) > 0)) return true;
      of = built[around]?.block.of ?? null;
    }
    return false;
  };
  const roles = automaton.core.roles.map((own, role) =>
    own.kind === "optional" && goesOn(role) ? { ...own, kind: "plain" as const } : own,
  );
  return { ...tables, automaton: { ...automaton, core: { ...automaton.core, roles } } };
}

/** Those who take part in the block, and the roles of the network that it talks to itself. */
function rolesSeen({ tables }: Plan, roles: ReadonlySet<number>, marker: number): ReadonlySet<number> {
  const all = new Set(roles);
  for (const letter of tables.automaton.letters) {
    if (letter.kind !== "message") continue;
    for (const role of [letter.from, letter.to]) if (role !== marker) all.add(role);
  }
  return all;
}

/** The letters of constructs that a role takes part in. */
function joinsOf(role: number, constructOf: Int32Array, parts: Parts["parts"]): ReadonlySet<number> {
  const joins = new Set<number>();
  constructOf.forEach((construct, letter) => {
    if (construct >= 0 && parts[construct]?.has(role) === true) joins.add(letter);
  });
  return joins;
}
