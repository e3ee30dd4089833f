// A choreography with a mend in it. In: a core and messages to add. Out: the core with them.

import type { Core, Node, Send } from "../core/core.js";
import { partiesOf } from "../core/message.js";
import type { Mend, Place } from "./tells.js";

/** Deeper than this nothing is added; the parser does not nest as deep. */
const maximalDepth = 500;

/** Takes a core and a mend, gives the core with the messages of the mend in their places. */
export function withMend(core: Core, mend: Mend): Core {
  const messages = [...core.messages];
  let body = core.body;
  for (const { teller, role, label, place } of mend) {
    const behind = place.kind === "behind" ? core.messages[place.message]?.span : core.loops[place.loop]?.span;
    const span = behind ?? core.end;
    const substitution = { types: new Map(), values: new Map() };
    const message = messages.push({ label, prefix: "", interaction: null, substitution, span }) - 1;
    body = insert(core, body, { kind: "send", from: teller, to: role, label, message, copy: 0, span }, place, 0);
  }
  return { ...core, messages, body };
}

function insert(core: Core, node: Node, send: Send, place: Place, depth: number): Node {
  if (depth > maximalDepth) return node;
  const into = (inner: Node): Node => insert(core, inner, send, place, depth + 1);
  switch (node.kind) {
    case "send": {
      const here =
        place.kind === "behind" &&
        node.message === place.message &&
        node.copy === (partiesOf(core)[node.message]?.to.length ?? 0) - 1;
      return here ? { kind: "sequence", nodes: [node, send] } : node;
    }
    case "sequence":
      return { kind: "sequence", nodes: node.nodes.map(into) };
    case "choice":
      return { ...node, branches: node.branches.map(into) };
    case "loop": {
      const otherwise = into(node.otherwise);
      const here = place.kind === "else" && node.loop === place.loop;
      return {
        ...node,
        body: into(node.body),
        otherwise: here ? { kind: "sequence", nodes: [send, otherwise] } : otherwise,
      };
    }
    case "block":
    case "scatter":
      return { ...node, body: into(node.body) };
    case "par":
      return { ...node, arms: node.arms.map(into) };
    default:
      return node;
  }
}
