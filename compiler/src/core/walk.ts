// Walks over bound statements, as the stages from here on need them. In: a block. Out: what stands inside, in the order
// of the source.

import type { Block, Do } from "../bind/program.js";
import { statementsIn } from "../bind/walk.js";

/** Every `do` of a block and of the blocks inside. Walked once for each block that is asked for. */
export function callsIn(body: Block): readonly Do[] {
  const found = known.get(body) ?? statementsIn(body).filter((statement) => statement.kind === "do");
  known.set(body, found);
  return found;
}

const known = new WeakMap<Block, readonly Do[]>();
