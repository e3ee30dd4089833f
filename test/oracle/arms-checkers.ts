// The check of arms under test, and wrong ones that the comparison has to catch: each leaves out one thing that matters.

import { armsCoherence } from "../../compiler/src/arms/arms.js";
import { blocksOf } from "../../compiler/src/arms/blocks.js";
import { conditionsWithArms, withBegins } from "../../compiler/src/arms/conditions.js";
import { headsOf, type Heads } from "../../compiler/src/arms/heads.js";
import { passageOf, type Passage } from "../../compiler/src/arms/passage.js";
import { stageOf, type Stage } from "../../compiler/src/arms/views.js";
import { problems } from "../../compiler/src/coherence/problems.js";
import type { Core } from "../../compiler/src/core/core.js";

/** null: the form of a block is wrong. */
export type ArmsChecker = (core: Core) => boolean | null;

/** The real one. */
export const acceptsArms: ArmsChecker = (core) => {
  const { stage, diagnostics } = armsCoherence(core);
  return stage === null ? null : diagnostics.every(({ severity }) => severity !== "error");
};

/** Wrong checkers by name. */
export const wrongArmsCheckers: Readonly<Record<string, ArmsChecker>> = {
  "what comes first in the arms is not asked": checking({ heads: () => () => [] }),
  "nobody needs to know that a scatter begins": checking({ stage: withoutScatters }),
  "nothing can come first behind arms": checking({ passage: () => () => new Map() }),
  "arms need not be told that they are over": checking({ arms: () => false }),
  "the last arm is ignored": (core) => acceptsArms({ ...core, body: withoutLastArms(core.body) }),
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
