// Walks over bound statements. In: a statement or a block. Out: what stands inside, in the order of the source.
// Recursive over nesting, which the parser bounds.

import type { Block, Statement } from "./program.js";

/** The blocks that stand directly in a statement. */
export function blocksIn(statement: Statement): readonly Block[] {
  switch (statement.kind) {
    case "interaction":
      return present([statement.interaction.otherwise]);
    case "choice":
      return present([...statement.branches.map(({ body }) => body), statement.otherwise]);
    case "loop":
      return present([statement.body, statement.otherwise]);
    case "par":
      return statement.arms;
    case "scatter":
    case "pick":
      return [statement.body];
    case "do":
      return present([statement.otherwise]);
    case "saga":
      return present([...statement.steps.flatMap(({ step, undo }) => [step, undo]), statement.otherwise]);
    default:
      return [];
  }
}

/** Every statement of a block, those inside others included; an outer one before those in it. */
export function statementsIn(block: Block): readonly Statement[] {
  const found: Statement[] = [];
  const walk = ({ statements }: Block): void => {
    for (const statement of statements) {
      found.push(statement);
      for (const inner of blocksIn(statement)) walk(inner);
    }
  };
  walk(block);
  return found;
}

function present(blocks: readonly (Block | null)[]): readonly Block[] {
  return blocks.filter((block) => block !== null);
}
