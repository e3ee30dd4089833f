// Who takes part in a block. In: a block of the bound program. Out: roles, by name, in the order of the choreography.

import type { Block, Choreography, Statement } from "../bind/program.js";

/** Takes a block; gives the roles that do or are told anything in it, families whose members do included. */
export function participants(block: Block, { roles }: Choreography): readonly string[] {
  const found = new Set<string>();
  addBlock(block, found);
  return roles.map(({ name }) => name).filter((name) => found.has(name));
}

/** Recursive over nesting, which the parser bounds. */
function addBlock(block: Block | null, found: Set<string>): void {
  for (const statement of block?.statements ?? []) addStatement(statement, found);
}

function addStatement(statement: Statement, found: Set<string>): void {
  switch (statement.kind) {
    case "interaction": {
      const { from, to, otherwise } = statement.interaction;
      for (const { role } of [from, ...to]) found.add(role);
      return addBlock(otherwise, found);
    }
    case "choice":
      if (statement.at !== null) found.add(statement.at);
      for (const { body } of statement.branches) addBlock(body, found);
      return addBlock(statement.otherwise, found);
    case "loop":
      addBlock(statement.body, found);
      return addBlock(statement.otherwise, found);
    case "par":
      for (const arm of statement.arms) addBlock(arm, found);
      return;
    case "scatter":
      for (const family of statement.over) found.add(family);
      return addBlock(statement.body, found);
    case "pick":
      found.add(statement.at).add(statement.family);
      return addBlock(statement.body, found);
    case "do":
      for (const { role } of statement.roles.flat()) found.add(role);
      return addBlock(statement.otherwise, found);
    case "saga":
      for (const { step, undo } of statement.steps) {
        addBlock(step, found);
        addBlock(undo, found);
      }
      return addBlock(statement.otherwise, found);
    default:
      return;
  }
}
