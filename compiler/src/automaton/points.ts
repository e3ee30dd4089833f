// The points of a program: the core as a graph, in which sequence, jumps and joins are already followed. What is
// left are messages, choices, ends of rounds and the end, and silent points at which a loop is entered or begins.
// Arms stand one after the other: enough to know what can be silent and what is reached.
// In: a core. Out: its points.

import type { Span } from "@chor/grammar";
import type { ChoiceNode, Core, Node, Send } from "../core/core.js";

export type Point =
  | { readonly kind: "send"; readonly send: Send; readonly next: number }
  | { readonly kind: "choice"; readonly choice: ChoiceNode; readonly branches: readonly number[] }
  /** The end of a round of a counted loop; `choice`: or before this choice, with which the round may end in silence. */
  | {
      readonly kind: "tail";
      readonly loop: number;
      readonly again: number;
      readonly over: number;
      readonly choice: ChoiceNode | null;
    }
  /** The end of a round where it is settled already whether there is another one (settle.ts). */
  | { readonly kind: "settled"; readonly loop: number; readonly next: number }
  /** Where a counted loop inside another loop is entered: its counter begins anew. */
  | { readonly kind: "enter"; readonly loop: number; readonly next: number }
  /** Where the rounds of an uncounted loop begin. */
  | { readonly kind: "head"; readonly loop: number; readonly next: number }
  /** Arms side by side; `next` is the first of them, from the end of each the next goes on. */
  | { readonly kind: "par"; readonly span: Span; readonly next: number }
  /** The body, or behind it at once where the list is empty. */
  | { readonly kind: "scatter"; readonly span: Span; readonly body: number; readonly next: number }
  /** Nothing follows, and nothing is asked of anybody. */
  | { readonly kind: "fail"; readonly by: number; readonly reason: string; readonly span: Span }
  | { readonly kind: "end" };

export interface Points {
  readonly points: readonly Point[];
  readonly entry: number;
  /** By point: the innermost loop in whose body it stands; -1: none. */
  readonly inside: readonly number[];
}

/** The points of a core, as many as it has nodes at most. Recursive over nesting only. */
export function pointsOf(core: Core): Points {
  const draft: Draft = { core, points: [], inside: [], loop: -1, breaks: [], continues: [], exits: [] };
  const end = add(draft, { kind: "end" });
  const entry = before(core.body, end, draft);
  return { points: draft.points, entry, inside: draft.inside };
}

/** The points that follow a point without a message. From the end of a round only the next round is meant. */
export function silentNext(point: Point | undefined): readonly number[] {
  switch (point?.kind) {
    case "choice":
      return point.branches;
    case "enter":
    case "head":
    case "settled":
    case "par":
      return [point.next];
    case "scatter":
      return [point.body, point.next];
    case "tail":
      return [point.again];
    default:
      return [];
  }
}

interface Draft {
  readonly core: Core;
  readonly points: Point[];
  readonly inside: number[];
  /** In whose body it is now. */
  loop: number;
  /** By loop: where its `break` and its `continue` lead. */
  readonly breaks: number[];
  readonly continues: number[];
  /** By block: where its `exit` leads. */
  readonly exits: number[];
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
    case "block":
      draft.exits[node.block] = next;
      return before(node.body, next, draft);
    case "exit":
      return draft.exits[node.block] ?? next;
    case "par":
      return add(draft, {
        kind: "par",
        span: node.span,
        next: node.arms.reduceRight((after, arm) => before(arm, after, draft), next),
      });
    case "scatter":
      return add(draft, { kind: "scatter", span: node.span, body: before(node.body, next, draft), next });
    case "fail":
      return add(draft, { kind: "fail", by: node.by, reason: node.reason, span: node.span });
  }
}

function uncounted(node: Extract<Node, { kind: "loop" }>, next: number, draft: Draft): number {
  const { loop } = node;
  const head = add(draft, { kind: "end" });
  draft.breaks[loop] = next;
  draft.continues[loop] = head;
  draft.points[head] = { kind: "head", loop, next: bodyOf(node, head, draft) };
  return head;
}

/** The first round is unconditional; whether there is another one is decided at the end of each. */
function counted(node: Extract<Node, { kind: "loop" }>, next: number, draft: Draft): number {
  const { loop } = node;
  const tail = add(draft, { kind: "end" });
  draft.inside[tail] = loop;
  draft.breaks[loop] = next;
  draft.continues[loop] = tail;
  const body = bodyOf(node, tail, draft);
  draft.points[tail] = { kind: "tail", loop, again: body, over: before(node.otherwise, next, draft), choice: null };
  return draft.core.loops[loop]?.parent === null ? body : add(draft, { kind: "enter", loop, next: body });
}

function bodyOf(node: Extract<Node, { kind: "loop" }>, next: number, draft: Draft): number {
  const around = draft.loop;
  draft.loop = node.loop;
  const body = before(node.body, next, draft);
  draft.loop = around;
  return body;
}

function add(draft: Draft, point: Point): number {
  draft.inside.push(draft.loop);
  return draft.points.push(point) - 1;
}
