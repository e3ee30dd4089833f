// Statements that no run reaches: behind a jump, behind a loop that nobody leaves, and the `else` of a counted
// loop in which no round ends. In: a core. Out: warnings. The analysis is that of Java's unreachable statements.

import type { Diagnostic, Span } from "@chor/grammar";
import { neverOver, neverReached } from "../report/form.js";
import type { Core, Node } from "./core.js";

/** All unreachable statements of a core, the first of each row. Recursive over nesting only. */
export function unreachable(core: Core): readonly Diagnostic[] {
  const walk: Walk = { core, left: new Set(), continued: new Set(), gone: new Set(), diagnostics: [] };
  passes(core.body, walk);
  return walk.diagnostics;
}

interface Walk {
  readonly core: Core;
  /** Loops with a `break`, and with a `continue`, that can be reached. */
  readonly left: Set<number>;
  readonly continued: Set<number>;
  /** Blocks with an `exit` that can be reached. */
  readonly gone: Set<number>;
  readonly diagnostics: Diagnostic[];
}

/** Whether what stands behind a reachable node can be reached through it. */
function passes(node: Node, walk: Walk): boolean {
  switch (node.kind) {
    case "send":
      return true;
    case "sequence":
      for (const [i, inner] of node.nodes.entries()) {
        if (passes(inner, walk)) continue;
        const next = node.nodes.slice(i + 1).find((after) => spanOf(after, walk.core) !== null);
        const span = next === undefined ? null : spanOf(next, walk.core);
        const behind = lastSpanOf(inner, walk.core);
        if (span !== null && behind !== null && span.start !== behind.start)
          walk.diagnostics.push(neverReached(span, behind, reason(inner, walk.core)));
        return false;
      }
      return true;
    case "choice": {
      let some = false;
      for (const branch of node.branches) some = passes(branch, walk) || some;
      return some;
    }
    case "loop": {
      const ends = passes(node.body, walk) || walk.continued.has(node.loop);
      const loop = walk.core.loops[node.loop];
      if (loop === undefined || loop.max === null) return walk.left.has(node.loop);
      const otherwise = spanOf(node.otherwise, walk.core);
      if (!ends && otherwise !== null) walk.diagnostics.push(neverOver(loop, otherwise));
      return (ends && passes(node.otherwise, walk)) || walk.left.has(node.loop);
    }
    case "break":
      walk.left.add(node.loop);
      return false;
    case "continue":
      walk.continued.add(node.loop);
      return false;
    case "block":
      return passes(node.body, walk) || walk.gone.has(node.block);
    case "exit":
      walk.gone.add(node.block);
      return false;
    case "par": {
      let all = true;
      for (const arm of node.arms) all = passes(arm, walk) && all;
      return all;
    }
    case "scatter":
      passes(node.body, walk);
      return true;
    case "fail":
      return false;
  }
}

function reason(node: Node, core: Core): string {
  switch (node.kind) {
    case "loop":
      return `nobody leaves the loop \`${core.loops[node.loop]?.name ?? ""}\``;
    case "break":
    case "continue":
      return `\`${node.kind} ${core.loops[node.loop]?.name ?? ""}\` goes elsewhere`;
    case "exit":
      return "this goes elsewhere";
    case "fail":
      return "the session ends with `fail`";
    default:
      return "every way before it goes elsewhere";
  }
}

/** Where the last of what nothing gets past stands. */
function lastSpanOf(node: Node, core: Core): Span | null {
  if (node.kind === "block") return lastSpanOf(node.body, core);
  if (node.kind !== "sequence") return spanOf(node, core);
  for (const inner of node.nodes.toReversed()) {
    const span = lastSpanOf(inner, core);
    if (span !== null) return span;
  }
  return null;
}

/** Where a node stands; null where nobody has written anything: an empty sequence, an exit of the translation. */
function spanOf(node: Node, core: Core): Span | null {
  switch (node.kind) {
    case "loop":
      return core.loops[node.loop]?.span ?? null;
    case "block":
      return spanOf(node.body, core);
    case "exit":
      return node.span.start === node.span.end ? null : node.span;
    case "sequence":
      for (const inner of node.nodes) {
        const span = spanOf(inner, core);
        if (span !== null) return span;
      }
      return null;
    default:
      return node.span;
  }
}
