// Every statement of a tree, whatever it stands inside of. In: a block. Out: its statements, one after the other.

import type { BlockTree, StatementTree } from "@chor/grammar";

/** Every statement of a block, in the order of the source. Recursive over nesting, which the parser bounds. */
export function forEachStatement(block: BlockTree, visit: (statement: StatementTree) => void): void {
  for (const statement of block.statements) {
    visit(statement);
    for (const inner of blocksOf(statement)) forEachStatement(inner, visit);
  }
}

function blocksOf(statement: StatementTree): readonly BlockTree[] {
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

function present(block: BlockTree | null): readonly BlockTree[] {
  return block === null ? [] : [block];
}
