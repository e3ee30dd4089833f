// The meaning of a core, told directly: a configuration is what is still to be done, with real counters and a thread
// for each arm, and a step is one message. Independent of the automaton, which is tested against it. In: a core
// without errors of form (where no loop goes round in silence). Out: what can happen next.

import type { Core, Node, Send } from "../core/core.js";

/** What is still to be done. Plain data that is shared, never changed. */
export interface Configuration {
  readonly rest: Rest;
  /** How many elements the list of every scatter has. */
  readonly instances: number;
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
    }
  /** The end of a block. */
  | { readonly kind: "behind"; readonly block: number; readonly next: Rest }
  /** Arms side by side: what is still to be done in each that is not over, and what comes when all are. */
  | { readonly kind: "arms"; readonly arms: readonly Exclude<Rest, null>[]; readonly next: Rest };

/** The beginning. `instances`: how many elements the list of every scatter has. */
export function start(core: Core, instances = 1): Configuration {
  return { rest: settle(core, push(core.body, null), instances), instances };
}

/** The messages that can be next. Outside of arms all have one sender in a core without errors of form. */
export function enabled(core: Core, configuration: Configuration): readonly Send[] {
  return steps(core, configuration).map(({ send }) => send);
}

/** The configuration after a message (sender, receiver and label count); null where it cannot be next. */
export function step(
  core: Core,
  configuration: Configuration,
  send: Pick<Send, "from" | "to" | "label">,
): Configuration | null {
  const way = steps(core, configuration).find(
    ({ send: { from, to, label } }) => from === send.from && to === send.to && label === send.label,
  );
  return way?.after ?? null;
}

/** The messages that can be next, each with the configuration after it: where arms are alike, several for one message. */
export function steps(
  core: Core,
  { rest, instances }: Configuration,
): readonly { readonly send: Send; readonly after: Configuration }[] {
  return ways(core, rest, instances).map(([send, after]) => ({
    send,
    after: { rest: settle(core, after, instances), instances },
  }));
}

/** Whether it can be over here without a further message: nothing is left to do, or a `fail` is next. */
export function over(core: Core, { rest, instances }: Configuration): boolean {
  return may("end", core, rest, instances) || may("fail", core, rest, instances);
}

/** Whether what is settled can come to its end, or to a `fail`, in silence. */
function may(what: "end" | "fail", core: Core, rest: Rest, instances: number): boolean {
  if (rest === null) return what === "end";
  if (rest.kind === "arms") {
    if (what === "fail" && rest.arms.some((arm) => may("fail", core, arm, instances))) return true;
    const through = rest.arms.every((arm) => may("end", core, arm, instances));
    return through && may(what, core, settle(core, rest.next, instances), instances);
  }
  const node = rest.kind === "nodes" ? rest.nodes[rest.index] : undefined;
  if (rest.kind !== "nodes" || node?.kind !== "choice") return what === "fail" && node?.kind === "fail";
  const after = behind(rest);
  return node.branches.some((branch) => may(what, core, settle(core, push(branch, after), instances), instances));
}

/** The messages that can be next in what is settled, each with what comes after it. */
function ways(core: Core, from: Rest, instances: number): readonly (readonly [Send, Rest])[] {
  const found: (readonly [Send, Rest])[] = [];
  const work = [from];
  for (let rest = work.pop(); rest !== undefined; rest = work.pop()) {
    if (rest?.kind === "arms") {
      const { arms, next } = rest;
      arms.forEach((arm, i) => {
        for (const [send, after] of ways(core, arm, instances))
          found.push([send, { kind: "arms", arms: arms.toSpliced(i, 1, ...some(after)), next }]);
      });
      if (arms.every((arm) => may("end", core, arm, instances))) work.push(settle(core, next, instances));
    }
    if (rest?.kind !== "nodes") continue;
    const node = rest.nodes[rest.index];
    const after = behind(rest);
    if (node?.kind === "send") found.push([node, after]);
    if (node?.kind === "choice")
      for (const branch of node.branches.toReversed()) work.push(settle(core, push(branch, after), instances));
  }
  return found;
}

function some(rest: Rest): readonly Exclude<Rest, null>[] {
  return rest === null ? [] : [rest];
}

/** Takes all steps that nobody decides, up to a message, a choice, a `fail` or the end; of arms, in each. */
function settle(core: Core, from: Rest, instances: number): Rest {
  let rest = from;
  while (rest !== null) {
    if (rest.kind === "round") rest = nextRound(core, rest);
    else if (rest.kind === "behind") rest = rest.next;
    else if (rest.kind === "arms") {
      const arms: Exclude<Rest, null>[] = rest.arms.flatMap((arm) => some(settle(core, arm, instances)));
      if (arms.length > 0) return { kind: "arms", arms, next: rest.next };
      rest = rest.next;
    } else {
      const node = rest.nodes[rest.index];
      if (node === undefined) rest = rest.next;
      else if (node.kind === "send" || node.kind === "choice" || node.kind === "fail") break;
      else rest = silently(rest, node, instances);
    }
  }
  return rest;
}

type Silent = Exclude<Node, { kind: "send" | "choice" | "fail" }>;

function silently(rest: Extract<Rest, { kind: "nodes" }>, node: Silent, instances: number): Rest {
  switch (node.kind) {
    case "sequence":
      return push(node, behind(rest));
    case "loop":
      return push(node.body, { kind: "round", loop: node, round: 1, next: behind(rest) });
    case "block":
      return push(node.body, { kind: "behind", block: node.block, next: behind(rest) });
    case "par":
      return { kind: "arms", arms: node.arms.map((arm) => push(arm, null)), next: behind(rest) };
    case "scatter": {
      const arms = Array.from({ length: instances }, () => push(node.body, null));
      return { kind: "arms", arms, next: behind(rest) };
    }
    case "break":
    case "continue": {
      const round = enclosing(rest, (outer) => outer.kind === "round" && outer.loop.loop === node.loop);
      return node.kind === "break" ? (round?.next ?? null) : round;
    }
    case "exit":
      return enclosing(rest, (outer) => outer.kind === "behind" && outer.block === node.block)?.next ?? null;
  }
}

/** What comes after a round: another one, or after the last the `else` and what is behind the loop. */
function nextRound(core: Core, { loop, round, next }: Extract<Rest, { kind: "round" }>): Rest {
  const max = core.loops[loop.loop]?.max ?? null;
  if (max === null) return push(loop.body, { kind: "round", loop, round: 1, next });
  return round < max ? push(loop.body, { kind: "round", loop, round: round + 1, next }) : push(loop.otherwise, next);
}

function enclosing(from: Rest, wanted: (rest: Exclude<Rest, null>) => boolean): Rest {
  let rest = from;
  while (rest !== null && !wanted(rest)) rest = rest.next;
  return rest;
}

function push(node: Node, next: Rest): Exclude<Rest, null> {
  return { kind: "nodes", nodes: node.kind === "sequence" ? node.nodes : [node], index: 0, next };
}

function behind(rest: Extract<Rest, { kind: "nodes" }>): Rest {
  return rest.index + 1 < rest.nodes.length ? { ...rest, index: rest.index + 1 } : rest.next;
}
