// Walks through a tree. In: a block, a file and a place in it. Out: its statements and interactions in the order of the
// source; the nodes around the place. The parser bounds the depth of a tree, so recursion is bounded, too.

import type { BlockTree, FileTree, InteractionTree, Span, StatementTree } from "@chor/grammar";
import { holds } from "./text.js";

/** The blocks of a statement, in the order of the source. */
export function blocksOf(statement: StatementTree): readonly BlockTree[] {
  switch (statement.kind) {
    case "interaction":
    case "do":
      return present(statement.otherwise);
    case "choice":
      return [...statement.branches.map(({ body }) => body), ...present(statement.otherwise)];
    case "loop":
      return [statement.body, ...present(statement.otherwise)];
    case "par":
      return statement.arms;
    case "scatter":
    case "pick":
      return [statement.body];
    case "saga":
      return [
        ...statement.steps.flatMap(({ step, undo }) => [step, ...present(undo)]),
        ...present(statement.otherwise),
      ];
    default:
      return [];
  }
}

/** All statements of a block, those in others behind them. */
export function statementsIn({ statements }: BlockTree): readonly StatementTree[] {
  return statements.flatMap((statement) => [statement, ...blocksOf(statement).flatMap(statementsIn)]);
}

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

function present(block: BlockTree | null): readonly BlockTree[] {
  return block === null ? [] : [block];
}
