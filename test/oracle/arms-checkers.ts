// The check of arms under test, and wrong ones that the comparison has to catch: each leaves out one thing that matters.

import { armsCoherence } from "../../compiler/src/arms/arms.js";
import { blocksOf } from "../../compiler/src/arms/blocks.js";
import { conditionsWithArms, withBegins } from "../../compiler/src/arms/conditions.js";
import { headsOf, type Heads } from "../../compiler/src/arms/heads.js";
import { passageOf, type Passage } from "../../compiler/src/arms/passage.js";
import { stageOf, type Built, type Stage } from "../../compiler/src/arms/views.js";
import { problems } from "../../compiler/src/coherence/problems.js";
import type { Tables } from "../../compiler/src/coherence/tables.js";
import type { Core } from "../../compiler/src/core/core.js";

/** null: the form of a block is wrong. */
export type ArmsChecker = (core: Core) => boolean | null;

/** The real one. */
export const acceptsArms: ArmsChecker = (core) => {
  const { stage, diagnostics, circle } = armsCoherence(core);
  return stage === null ? null : circle === null && diagnostics.every(({ severity }) => severity !== "error");
};

/** Wrong checkers by name. */
export const wrongArmsCheckers: Readonly<Record<string, ArmsChecker>> = {
  "what comes first in the arms is not asked": checking({ heads: () => () => [] }),
  "nobody needs to know that a scatter begins": checking({ stage: withoutScatters }),
  "nothing can come first behind arms": checking({ passage: () => () => new Map() }),
  "arms need not be told that they are over": checking({ arms: () => false }),
  "the last arm is ignored": (core) => acceptsArms({ ...core, body: withoutLastArms(core.body) }),
};

/** Wrong checkers by name, of what can stand in arms and beside them. */
export const wrongTeamCheckers: Readonly<Record<string, ArmsChecker>> = {
  "nobody needs to know that he has to wait in an arm": checking({
    heads: (stage) => onlyHeads(stage, (kind, sends) => kind !== "network" || !sends),
  }),
  "nobody needs to know that he has to decide in an arm by data": checking({
    heads: (stage) => onlyHeads(stage, () => true, true),
  }),
  "nobody needs to know that a scatter begins in an arm": checking({
    heads: (stage) => onlyHeads(stage, (kind) => kind !== "scatter"),
  }),
  "nobody goes on behind a `fail`": checking({ passage: (stage) => passageOf(withoutFails(stage)) }),
  "the state behind a `fail` is like any other": checking({ stage: withoutFails }),
  "an optional role may wait in arms, whatever it does behind them": checking({ stage: withOptionalRoles }),
};

interface Weakness {
  readonly stage?: (stage: Stage) => Stage;
  readonly heads?: (stage: Stage) => Heads;
  readonly passage?: (stage: Stage) => Passage;
  /** Whether the blocks of arms are asked. */
  readonly arms?: () => boolean;
}

/** The real check, put together anew around what is weak. */
function checking(weak: Weakness): ArmsChecker {
  return (core) => {
    const { stage: whole } = stageOf(blocksOf(core));
    if (whole === null) return null;
    const stage = weak.stage?.(whole) ?? whole;
    const heads = (weak.heads ?? headsOf)(stage);
    const asking = { stage, heads, passage: (weak.passage ?? passageOf)(stage) };
    return stage.built.every((built, block) => {
      if (built.block.of !== null && weak.arms?.() === false) return true;
      return [...built.views.values()].every(
        (view) => problems(withBegins(stage, heads, built, view), conditionsWithArms(asking, block)).length === 0,
      );
    });
  };
}

/** Heads by what stands on their other side; `data`: branches that are taken by data count as received. */
function onlyHeads(
  stage: Stage,
  keeps: (kind: "network" | "scatter" | "other", sends: boolean) => boolean,
  data = false,
): Heads {
  const heads = headsOf(stage);
  return (construct, role) =>
    heads(construct, role).flatMap((head) => {
      const built = stage.built[head.arms.at(-1) ?? 0];
      const inner = built?.constructOf[head.letter] ?? -1;
      const network = built?.tables.automaton.core.roles[head.peer]?.kind === "network";
      const kind = inner >= 0 ? "scatter" : network ? "network" : "other";
      const told = data && network && built.tables.announces[head.peer] === 1;
      const own = told ? { ...head, sends: false } : head;
      return told || keeps(kind, own.sends) ? [own] : [];
    });
}

function withTables(stage: Stage, change: (built: Built, block: number) => Tables): Stage {
  const built = stage.built.map((own, block) => {
    const tables = change(own, block);
    const views = new Map([...own.views].map(([role, view]) => [role, { ...view, tables }]));
    return { ...own, tables, views };
  });
  return { ...stage, built };
}

function withoutFails(stage: Stage): Stage {
  return withTables(stage, ({ tables }) => ({ ...tables, failed: new Uint8Array(tables.states) }));
}

/** As the core has them, optional everywhere. */
function withOptionalRoles(stage: Stage): Stage {
  return withTables(stage, ({ tables }, block) => ({
    ...tables,
    automaton: { ...tables.automaton, core: stage.blocks.blocks[block]?.core ?? tables.automaton.core },
  }));
}

function withoutScatters(stage: Stage): Stage {
  const constructs = stage.blocks.constructs.map((each) => ({ ...each, kind: "par" as const }));
  return { ...stage, blocks: { ...stage.blocks, constructs } };
}

function withoutLastArms(node: Core["body"]): Core["body"] {
  switch (node.kind) {
    case "sequence":
      return { ...node, nodes: node.nodes.map(withoutLastArms) };
    case "choice":
      return { ...node, branches: node.branches.map(withoutLastArms) };
    case "loop":
      return { ...node, body: withoutLastArms(node.body), otherwise: withoutLastArms(node.otherwise) };
    case "block":
    case "scatter":
      return { ...node, body: withoutLastArms(node.body) };
    case "par":
      return { ...node, arms: node.arms.slice(0, -1).map(withoutLastArms) };
    default:
      return node;
  }
}
