// Statements that no run reaches: behind a jump, behind a loop that nobody leaves, and the `else` of a counted
// loop in which no round ends. In: a core. Out: warnings. The analysis is that of Java's unreachable statements.

import type { Diagnostic, Span } from "@chor/grammar";
import { neverOver, neverReached } from "../report/form.js";
import type { Core, Node } from "./core.js";

/** All unreachable statements of a core, the first of each row. Recursive over nesting only. */
export function unreachable(core: Core): readonly Diagnostic[] {
  const walk: Walk = { core, left: new Set(), continued: new Set(), diagnostics: [] };
  passes(core.body, walk);
  return walk.diagnostics;
}

interface Walk {
  readonly core: Core;
  /** Loops with a `break`, and with a `continue`, that can be reached. */
  readonly left: Set<number>;
  readonly continued: Set<number>;
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
        const behind = spanOf(inner, walk.core);
        if (span !== null && behind !== null)
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
  }
}

function reason(node: Node, core: Core): string {
  switch (node.kind) {
    case "loop":
      return `nobody leaves the loop \`${core.loops[node.loop]?.name ?? ""}\``;
    case "break":
    case "continue":
      return `\`${node.kind} ${core.loops[node.loop]?.name ?? ""}\` goes elsewhere`;
    default:
      return "every way before it goes elsewhere";
  }
}

/** Where a node stands; null for an empty sequence. */
function spanOf(node: Node, core: Core): Span | null {
  switch (node.kind) {
    case "loop":
      return core.loops[node.loop]?.span ?? null;
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
