// What an editor looks for in a tree. In: a block, a file and a place in it. Out: its interactions in the order of the
// source; the nodes around the place.

import type { BlockTree, FileTree, InteractionTree, Span } from "@chor/grammar";
import { statementsIn } from "../bind/trees.js";
import { holds } from "../mends/edits.js";

/** All interactions of a block, in the order of the source. */
export function interactionsIn(block: BlockTree): readonly InteractionTree[] {
  return statementsIn(block).filter((statement) => statement.kind === "interaction");
}

/** A part of a tree that has a place. */
export interface Node {
  readonly kind?: string;
  readonly span: Span;
}

/** The nodes in which an offset lies, the outermost first. */
export function nodesAround(tree: FileTree, offset: number): readonly Node[] {
  const found: Node[] = [];
  let level: readonly unknown[] = [tree];
  // A broken file may have two parts at one place; the later one goes on.
  while (level.length > 0) {
    let next: readonly unknown[] = [];
    for (const part of level) {
      if (typeof part !== "object" || part === null) continue;
      if (isNode(part) && holds(part.span, offset)) {
        found.push(part);
        next = Object.values(part);
      } else if (!isNode(part)) next = [...next, ...Object.values(part as object)];
    }
    level = next;
  }
  return found;
}

function isNode(part: object): part is Node {
  const { span } = part as { readonly span?: unknown };
  return typeof span === "object" && span !== null;
}
