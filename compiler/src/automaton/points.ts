// The points of a program: the core as a graph, in which sequence, jumps and joins are already followed. What is
// left are messages, choices, ends of rounds and the end, and silent points at which a loop is entered or begins.
// In: a core. Out: its points.

import type { ChoiceNode, Core, Node, Send } from "../core/core.js";

export type Point =
  | { readonly kind: "send"; readonly send: Send; readonly next: number }
  | { readonly kind: "choice"; readonly choice: ChoiceNode; readonly branches: readonly number[] }
  /** The end of a round of a counted loop. */
  | { readonly kind: "tail"; readonly loop: number; readonly again: number; readonly over: number }
  /** Where a counted loop inside another loop is entered: its counter begins anew. */
  | { readonly kind: "enter"; readonly loop: number; readonly next: number }
  /** Where the rounds of an uncounted loop begin. */
  | { readonly kind: "head"; readonly loop: number; readonly next: number }
  | { readonly kind: "end" };

export interface Points {
  readonly points: readonly Point[];
  readonly entry: number;
}

/** The points of a core, as many as it has nodes at most. Recursive over nesting only. */
export function pointsOf(core: Core): Points {
  const draft: Draft = { core, points: [], breaks: [], continues: [] };
  const end = add(draft, { kind: "end" });
  return { points: draft.points, entry: before(core.body, end, draft) };
}

/** The points that follow a point without a message. From the end of a round only the next round is meant. */
export function silentNext(point: Point | undefined): readonly number[] {
  switch (point?.kind) {
    case "choice":
      return point.branches;
    case "enter":
    case "head":
      return [point.next];
    case "tail":
      return [point.again];
    default:
      return [];
  }
}

interface Draft {
  readonly core: Core;
  readonly points: Point[];
  /** By loop: where its `break` and its `continue` lead. */
  readonly breaks: number[];
  readonly continues: number[];
}

/** The point at which a node begins, if `next` is the point behind it. */
function before(node: Node, next: number, draft: Draft): number {
  switch (node.kind) {
    case "send":
      return add(draft, { kind: "send", send: node, next });
    case "sequence":
      return node.nodes.reduceRight((after, inner) => before(inner, after, draft), next);
    case "choice":
      return add(draft, {
        kind: "choice",
        choice: node,
        branches: node.branches.map((branch) => before(branch, next, draft)),
      });
    case "loop":
      return draft.core.loops[node.loop]?.max === null ? uncounted(node, next, draft) : counted(node, next, draft);
    case "break":
      return draft.breaks[node.loop] ?? next;
    case "continue":
      return draft.continues[node.loop] ?? next;
  }
}

function uncounted(node: Extract<Node, { kind: "loop" }>, next: number, draft: Draft): number {
  const { loop } = node;
  const head = add(draft, { kind: "end" });
  draft.breaks[loop] = next;
  draft.continues[loop] = head;
  draft.points[head] = { kind: "head", loop, next: before(node.body, head, draft) };
  return head;
}

/** The first round is unconditional; whether there is another one is decided at the end of each. */
function counted(node: Extract<Node, { kind: "loop" }>, next: number, draft: Draft): number {
  const { loop } = node;
  const tail = add(draft, { kind: "end" });
  draft.breaks[loop] = next;
  draft.continues[loop] = tail;
  const body = before(node.body, tail, draft);
  draft.points[tail] = { kind: "tail", loop, again: body, over: before(node.otherwise, next, draft) };
  return draft.core.loops[loop]?.parent === null ? body : add(draft, { kind: "enter", loop, next: body });
}

function add(draft: Draft, point: Point): number {
  return draft.points.push(point) - 1;
}
