// What a role does next while a loop goes round. In: a choreography and a loop of it. Out: by role, whether the next thing
// that it does, as the source has it, is to wait for a message without a deadline.

import type { Block, Choreography, Loop, Statement } from "../bind/program.js";
import { blocksIn } from "../bind/walk.js";

/** `acts`: it sends, or it waits with a deadline. */
export type Next = "waits" | "acts";

/**
 * By role: its first act in the loop; where it has none, behind the loop; where it has none there either, at the
 * beginning of a loop around. Who does nothing more is missing.
 */
export function firstActs({ body }: Choreography, loop: Loop): ReadonlyMap<string, Next> {
  const { behind, around } = placeOf(loop, body);
  const first = new Map<string, Next>();
  const known = new Map<Choreography, ReadonlyMap<string, Next>>();
  for (const statement of [loop, ...behind, ...around])
    for (const [role, next] of actsOf(statement, known)) if (!first.has(role)) first.set(role, next);
  return first;
}

/** What comes behind a loop, from the innermost block outwards, and the outermost loop around it. */
function placeOf(
  loop: Loop,
  body: Block,
): { readonly behind: readonly Statement[]; readonly around: readonly Statement[] } {
  const behind: (readonly Statement[])[] = [];
  let around: readonly Statement[] = [];
  let block: Block | undefined = body;
  while (block !== undefined) {
    const { statements }: Block = block;
    const index: number = statements.findIndex(
      ({ span }) => span.start <= loop.span.start && loop.span.end <= span.end,
    );
    const holder: Statement | undefined = statements[index];
    if (holder === undefined) break;
    behind.push(statements.slice(index + 1));
    if (holder === loop) break;
    if (holder.kind === "loop" && around.length === 0) around = [holder];
    block = blocksIn(holder).find(({ span }) => span.start <= loop.span.start && loop.span.end <= span.end);
  }
  return { behind: behind.toReversed().flat(), around };
}

/** What each role does first in a statement, as the source has it. `known`: what was found of callees. */
function actsOf(statement: Statement, known: Map<Choreography, ReadonlyMap<string, Next>>): ReadonlyMap<string, Next> {
  const first = new Map<string, Next>();
  const note = (role: string, next: Next): void => {
    if (!first.has(role)) first.set(role, next);
  };
  if (statement.kind === "interaction") {
    const { from, to, within } = statement.interaction;
    note(from.role, "acts");
    for (const { role } of to) note(role, within === null ? "waits" : "acts");
  }
  if ((statement.kind === "choice" || statement.kind === "pick") && statement.at !== null) note(statement.at, "acts");
  if (statement.kind === "do") {
    const inner = known.get(statement.callee) ?? inBlock(statement.callee.body, known);
    known.set(statement.callee, inner);
    statement.callee.roles.forEach(({ name }, i) => {
      const next = inner.get(name);
      for (const { role } of statement.roles[i] ?? []) if (next !== undefined) note(role, next);
    });
  }
  for (const block of blocksIn(statement)) for (const [role, next] of inBlock(block, known)) note(role, next);
  return first;
}

function inBlock(block: Block, known: Map<Choreography, ReadonlyMap<string, Next>>): ReadonlyMap<string, Next> {
  const first = new Map<string, Next>();
  for (const statement of block.statements)
    for (const [role, next] of actsOf(statement, known)) if (!first.has(role)) first.set(role, next);
  return first;
}
