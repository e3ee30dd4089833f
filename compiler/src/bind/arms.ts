// `par`: arms that run side by side. In: its tree. Out: the bound arms; a message or a name that stands in two of them
// is in the sink: nobody could tell which of them it belongs to, or which came last.

import type { ParTree, Span } from "@chor/grammar";
import { sameMessageInArms, sameNameInArms } from "../report/branches.js";
import type { Block, Statement } from "./program.js";
import type { Context } from "./context.js";
import { statementsIn } from "./walk.js";

/** Takes a `par`. */
export function bindPar(tree: ParTree, context: Context): Statement {
  const arms = tree.arms.map((arm) => context.block(arm));
  const { sink } = context.surroundings;
  const messages = new Map<string, Span>();
  const names = new Map<string, Span>();
  // What two arms send alike binds one name twice: that is one mistake, not two.
  const told = new Set<Span>();
  for (const arm of arms) {
    const own = contentsOf(arm);
    for (const [shown, span] of own.messages) {
      const first = messages.get(shown);
      if (first === undefined) messages.set(shown, span);
      else if (!told.has(span)) sink.push(sameMessageInArms(shown, span, first));
      if (first !== undefined) told.add(span);
    }
    for (const [name, span] of own.names) {
      const first = names.get(name);
      if (first === undefined) names.set(name, span);
      else if (!told.has(span)) sink.push(sameNameInArms(name, span, first));
    }
  }
  return { kind: "par", arms, span: tree.span };
}

/** The messages of an arm as they are written, and the names that it binds; each where it stands first. */
function contentsOf(arm: Block): {
  readonly messages: ReadonlyMap<string, Span>;
  readonly names: ReadonlyMap<string, Span>;
} {
  const messages = new Map<string, Span>();
  const names = new Map<string, Span>();
  const add = (map: Map<string, Span>, key: string, span: Span): void => {
    if (!map.has(key)) map.set(key, span);
  };
  for (const statement of statementsIn(arm)) {
    if (statement.kind === "do") add(names, statement.as, statement.headSpan);
    if (statement.kind !== "interaction") continue;
    const { from, to, label, labelSpan, binds } = statement.interaction;
    for (const { role } of to) add(messages, `${from.role} -> ${role}: ${label}`, labelSpan);
    if (binds !== null) add(names, binds, labelSpan);
  }
  return { messages, names };
}
