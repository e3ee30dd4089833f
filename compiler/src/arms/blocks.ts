// A core cut into blocks: its body and every arm are blocks of their own, and a construct with arms is one letter in
// the block around it. In: a core. Out: its blocks, each as a core without arms, and its constructs.
//
// SPEC.md, section 7. In a block the letter of a construct stands as a message of a role that nobody
// is to itself, so that form, automaton and subset construction know nothing of arms.

import type { Span } from "@chor/grammar";
import type { Core, Message, Node } from "../core/core.js";

export interface Blocks {
  /** Block 0 is the body. */
  readonly blocks: readonly Block[];
  readonly constructs: readonly Construct[];
  /** The role of the letters; in the cores of the blocks it stands behind all others. */
  readonly marker: number;
}

export interface Block {
  /** The core of this block alone. */
  readonly core: Core;
  /** The construct of which it is an arm; null: the body. */
  readonly of: number | null;
}

export interface Construct {
  readonly kind: "par" | "scatter" | "gather";
  /** Blocks; one for a scatter. */
  readonly arms: readonly number[];
  /** For each part that may claim, the role that it is inside. */
  readonly claims: ReadonlyMap<number, number>;
  readonly span: Span;
}

/** The label under which the letter of a construct stands in its block. */
export function markerLabel(construct: number): string {
  return `#${construct}`;
}

/** Cuts a core into blocks; an arm has a larger number than the block around it. Linear. Recursive over nesting only. */
export function blocksOf(core: Core): Blocks {
  const marker = core.roles.length;
  const draft: Draft = {
    core: { ...core, roles: [...core.roles, { name: "", role: null, member: null, kind: "network" }] },
    messages: [...core.messages],
    blocks: [],
    constructs: [],
    marker,
  };
  addBlock(draft, core.body, null, core.end);
  const { messages } = draft;
  const blocks = draft.blocks.map(({ body, end, of }) => ({
    core: { ...draft.core, messages, body, end },
    of,
  }));
  return { blocks, constructs: draft.constructs, marker };
}

interface Draft {
  /** With the role of the letters. */
  readonly core: Core;
  readonly messages: Message[];
  readonly blocks: { body: Node; readonly end: Span; readonly of: number | null }[];
  readonly constructs: Construct[];
  readonly marker: number;
}

function addBlock(draft: Draft, body: Node, of: number | null, end: Span): number {
  const block = draft.blocks.length;
  draft.blocks.push({ body, end, of });
  const hollow = hollowed(draft, body);
  const own = draft.blocks[block];
  if (own !== undefined) own.body = hollow;
  return block;
}

/** The node with a letter in the place of each construct. */
function hollowed(draft: Draft, node: Node): Node {
  const inside = (inner: Node): Node => hollowed(draft, inner);
  switch (node.kind) {
    case "sequence":
      return { ...node, nodes: node.nodes.map(inside) };
    case "choice":
      return { ...node, branches: node.branches.map(inside) };
    case "loop":
      return { ...node, body: inside(node.body), otherwise: inside(node.otherwise) };
    case "block":
      return { ...node, body: inside(node.body) };
    case "par":
    case "scatter":
      return letterOf(draft, node);
    default:
      return node;
  }
}

function letterOf(draft: Draft, node: Extract<Node, { kind: "par" | "scatter" }>): Node {
  const { span } = node;
  const construct = draft.constructs.length;
  draft.constructs.push({ kind: "par", arms: [], claims: new Map(), span });
  const bodies = node.kind === "par" ? node.arms : [node.body];
  const spans = node.kind === "par" ? node.armSpans : [node.bodySpan];
  const arms = bodies.map((body, i) => addBlock(draft, body, construct, closing(spans[i] ?? span)));
  const claims = new Map<number, number>();
  if (node.kind === "scatter")
    node.over.forEach((over, i) => node.members[i]?.forEach((member) => claims.set(member, over)));
  const kind = node.kind === "scatter" ? "scatter" : isGather(node) ? "gather" : "par";
  draft.constructs[construct] = { kind, arms, claims, span };
  const { marker, messages } = draft;
  const label = markerLabel(construct);
  const substitution = { types: new Map(), values: new Map() };
  const message = messages.push({ label, prefix: "", interaction: null, substitution, span }) - 1;
  return { kind: "send", from: marker, to: marker, label, message, copy: 0, span };
}

/** The arms of a gather are copies of one interaction. */
function isGather({ arms, armSpans, span }: Extract<Node, { kind: "par" }>): boolean {
  return arms.length > 0 && armSpans.every((arm) => arm.start === span.start && arm.end === span.end);
}

/** Where a block ends: its closing brace. */
function closing(span: Span): Span {
  return { start: Math.max(span.start, span.end - 1), end: span.end };
}
