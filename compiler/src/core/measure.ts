// How large the core of a choreography would be, before it is made: callees are put in wherever they are called, and
// members are spelt out, so a short text may mean a long program. In: a choreography. Out: an error, or null.

import type { Diagnostic } from "@chor/grammar";
import type { Block, Choreography, Statement } from "../bind/program.js";
import { blocksIn } from "../bind/walk.js";
import { tooDeeplyNested, tooManyCallees, tooMuchSpeltOut } from "../report/form.js";
import { callsIn } from "./walk.js";

/** How many nodes a core may have that are not written in its own choreography. */
const maximalNodes = 100_000;
/** How many levels a core may have: everything behind is recursive over them. */
const maximalLevels = 1_000;
/** How many choreographies one may call, directly or not. */
const maximalCallees = 256;
/** How many members stand for a family, at most (see `desugar`). */
const spelledOut = 3;
/** How many levels of the core one level of the source is, at most: a choice with `else` is the deepest. */
const levelsOfOne = 8;

interface Size {
  readonly nodes: number;
  readonly levels: number;
}

/**
 * Whether the core of a choreography is small enough to be made. Counts from above: every callee once, however often
 * it is called, so it takes time linear in the text. The binder has refused callees that call each other in a circle.
 */
export function tooLarge(choreography: Choreography): Diagnostic | null {
  const sizes = new Map<Choreography, Size>();
  const { name, nameSpan } = choreography;
  const order = calleesFirst(choreography);
  if (order === null) return tooManyCallees(name, maximalCallees, nameSpan);
  const roles = choreography.roles.reduce((sum, { family }) => sum + (family === null ? 1 : spelledOut), 0);
  const widths = widthsOf(choreography, order.toReversed());
  for (const callee of order) sizes.set(callee, sizeOf(callee.body, { roles, width: widths.get(callee) ?? 1, sizes }));
  const { nodes, levels } = sizes.get(choreography) ?? { nodes: 0, levels: 0 };
  const own = sizeOf(choreography.body, { roles: 1, width: 1, sizes: new Map() });
  if (levels > maximalLevels) return tooDeeplyNested(name, maximalLevels, nameSpan);
  return nodes - own.nodes > maximalNodes ? tooMuchSpeltOut(name, maximalNodes, nameSpan) : null;
}

/** The choreography and all that it calls, what is called before what calls it; null: that is too many. */
function calleesFirst(choreography: Choreography): readonly Choreography[] | null {
  const done = new Set<Choreography>();
  const entered = new Set<Choreography>();
  const work: { readonly at: Choreography; readonly over: boolean }[] = [{ at: choreography, over: false }];
  for (let item = work.pop(); item !== undefined; item = work.pop()) {
    const { at, over } = item;
    if (over) done.add(at);
    if (over || entered.has(at)) continue;
    entered.add(at);
    if (entered.size > maximalCallees + 1) return null;
    work.push({ at, over: true });
    for (const callee of callsOf(at)) work.push({ at: callee, over: false });
  }
  return [...done];
}

/** The choreographies that one calls itself. */
export function callsOf({ body }: Choreography): ReadonlySet<Choreography> {
  return new Set(callsIn(body).map(({ callee }) => callee));
}

/** How many roles of the core a family can be, by choreography: as many as the longest list that fills it. */
function widthsOf(top: Choreography, callersFirst: readonly Choreography[]): ReadonlyMap<Choreography, number> {
  const widths = new Map([[top, spelledOut]]);
  for (const caller of callersFirst) {
    const width = widths.get(caller) ?? 1;
    for (const { callee, roles } of callsIn(caller.body)) {
      const lists = roles.map((list) => list.reduce((sum, { all }) => sum + (all ? width : 1), 0));
      widths.set(
        callee,
        lists.reduce((most, one) => Math.max(most, one), widths.get(callee) ?? 1),
      );
    }
  }
  return widths;
}

interface Context {
  /** How many roles of the core there are. */
  readonly roles: number;
  /** How many of them a family is, at most. */
  readonly width: number;
  readonly sizes: ReadonlyMap<Choreography, Size>;
}

function sizeOf(block: Block, context: Context): Size {
  return block.statements.reduce<Size>(
    (sum, statement) => {
      const { nodes, levels } = sizeOfStatement(statement, context);
      return { nodes: sum.nodes + nodes, levels: Math.max(sum.levels, levels) };
    },
    { nodes: 1, levels: 1 },
  );
}

function sizeOfStatement(statement: Statement, context: Context): Size {
  const inner = blocksIn(statement).map((block) => sizeOf(block, context));
  const nodes = inner.reduce((sum, size) => sum + size.nodes, 1);
  const levels = inner.reduce((most, size) => Math.max(most, size.levels), 0) + levelsOfOne;
  const { roles, width } = context;
  switch (statement.kind) {
    case "interaction": {
      const { from, to, otherwise, quorum } = statement.interaction;
      const senders = from.all ? width : 1;
      const receivers = to.reduce((sum, { all }) => sum + (all ? width : 1), 0);
      const decided = from.all && quorum !== null && quorum !== "all" ? senders * senders : 0;
      const messages = senders * receivers * (otherwise === null ? 1 : 4);
      return { nodes: nodes + messages + decided, levels: levels + decided };
    }
    case "choice":
      return { nodes: nodes + (statement.at === null ? statement.branches.length * roles : 0), levels };
    case "pick":
      return { nodes: nodes * width, levels };
    case "do": {
      const callee = context.sizes.get(statement.callee) ?? { nodes: 0, levels: 0 };
      return { nodes: nodes + callee.nodes, levels: Math.max(levels, callee.levels + levelsOfOne) };
    }
    case "saga":
      return { nodes, levels: levels + 2 * statement.steps.length };
    default:
      return { nodes, levels };
  }
}
