// Walking over bound statements. In: a statement or a block. Out: what is inside.

import type { Block, Do, Statement } from "../bind/program.js";

/** All statements of a block and of the blocks inside, an outer one before those in it. */
export function* statementsIn(body: Block): Generator<Statement> {
  const work: Block[] = [body];
  for (let block = work.pop(); block !== undefined; block = work.pop()) {
    for (const statement of block.statements) {
      yield statement;
      work.push(...blocksIn(statement));
    }
  }
}

/** Every `do` of a block and of the blocks inside. Walked once for each block that is asked for. */
export function callsIn(body: Block): readonly Do[] {
  const found = known.get(body) ?? [...statementsIn(body)].filter((statement) => statement.kind === "do");
  known.set(body, found);
  return found;
}

const known = new WeakMap<Block, readonly Do[]>();

/** The blocks directly inside a statement, in the order of the source. */
export function blocksIn(statement: Statement): readonly Block[] {
  const otherwise = "otherwise" in statement && statement.otherwise !== null ? [statement.otherwise] : [];
  switch (statement.kind) {
    case "interaction":
      return statement.interaction.otherwise === null ? [] : [statement.interaction.otherwise];
    case "choice":
      return [...statement.branches.map(({ body }) => body), ...otherwise];
    case "loop":
      return [statement.body, ...otherwise];
    case "par":
      return statement.arms;
    case "scatter":
    case "pick":
      return [statement.body];
    case "do":
      return otherwise;
    case "saga":
      return [...statement.steps.flatMap(({ step, undo }) => (undo === null ? [step] : [step, undo])), ...otherwise];
    default:
      return [];
  }
}
