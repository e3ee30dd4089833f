// The meaning of a core, told directly: a configuration is what is still to be done, with real counters, and a
// step is one message. Independent of the automaton, which is tested against it. In: a core without errors of
// form (where no loop goes round in silence). Out: what can happen next.

import type { Core, Node, Send } from "../core/core.js";

/** What is still to be done. Plain data that is shared, never changed. */
export interface Configuration {
  readonly rest: Rest;
}

export type Rest =
  | null
  /** The nodes of a sequence from an index on. */
  | { readonly kind: "nodes"; readonly nodes: readonly Node[]; readonly index: number; readonly next: Rest }
  /** The end of a round of a loop; the first round is 1. */
  | {
      readonly kind: "round";
      readonly loop: Extract<Node, { kind: "loop" }>;
      readonly round: number;
      readonly next: Rest;
    };

/** The beginning. */
export function start(core: Core): Configuration {
  return settle(core, push(core.body, null));
}

/** The messages that can be next. All have one sender in a core without errors of form. */
export function enabled(core: Core, configuration: Configuration): readonly Send[] {
  return ways(core, configuration).map(([send]) => send);
}

/** The configuration after a message (sender, receiver and label count); null where it cannot be next. */
export function step(
  core: Core,
  configuration: Configuration,
  send: Pick<Send, "from" | "to" | "label">,
): Configuration | null {
  const way = ways(core, configuration).find(
    ([{ from, to, label }]) => from === send.from && to === send.to && label === send.label,
  );
  return way?.[1] ?? null;
}

/** Whether nothing is left to do. */
export function over(configuration: Configuration): boolean {
  return configuration.rest === null;
}

/** The messages that can be next, each with what comes after it. */
function ways(core: Core, configuration: Configuration): readonly (readonly [Send, Configuration])[] {
  const found: (readonly [Send, Configuration])[] = [];
  const work = [configuration];
  for (let top = work.pop(); top !== undefined; top = work.pop()) {
    const { rest } = top;
    if (rest?.kind !== "nodes") continue;
    const node = rest.nodes[rest.index];
    const after = behind(rest);
    if (node?.kind === "send") found.push([node, settle(core, after)]);
    if (node?.kind === "choice")
      for (const branch of node.branches.toReversed()) work.push(settle(core, push(branch, after)));
  }
  return found;
}

/** Takes all steps that nobody decides, up to a message, a choice or the end. */
function settle(core: Core, from: Rest): Configuration {
  let rest = from;
  while (rest !== null) {
    if (rest.kind === "round") {
      rest = nextRound(core, rest);
      continue;
    }
    const node = rest.nodes[rest.index];
    if (node === undefined) rest = rest.next;
    else if (node.kind === "send" || node.kind === "choice") break;
    else if (node.kind === "sequence") rest = push(node, behind(rest));
    else if (node.kind === "loop") rest = push(node.body, { kind: "round", loop: node, round: 1, next: behind(rest) });
    else {
      const round = enclosing(rest, node.loop);
      rest = node.kind === "break" ? (round?.next ?? null) : round;
    }
  }
  return { rest };
}

/** What comes after a round: another one, or after the last the `else` and what is behind the loop. */
function nextRound(core: Core, { loop, round, next }: Extract<Rest, { kind: "round" }>): Rest {
  const max = core.loops[loop.loop]?.max ?? null;
  if (max === null) return push(loop.body, { kind: "round", loop, round: 1, next });
  return round < max ? push(loop.body, { kind: "round", loop, round: round + 1, next }) : push(loop.otherwise, next);
}

function enclosing(from: Rest, loop: number): Extract<Rest, { kind: "round" }> | null {
  let rest = from;
  while (rest !== null && !(rest.kind === "round" && rest.loop.loop === loop)) rest = rest.next;
  return rest;
}

function push(node: Node, next: Rest): Rest {
  return { kind: "nodes", nodes: node.kind === "sequence" ? node.nodes : [node], index: 0, next };
}

function behind(rest: Extract<Rest, { kind: "nodes" }>): Rest {
  return rest.index + 1 < rest.nodes.length ? { ...rest, index: rest.index + 1 } : rest.next;
}
