// A choreography with a mend in it. In: a core and messages to add. Out: the core with them.

import type { Core, Node, Send } from "../core/core.js";
import type { Mend, Place } from "./tells.js";

/** Deeper than this nothing is added; the parser does not nest as deep. */
const maximalDepth = 500;

/** Takes a core and a mend, gives the core with the messages of the mend in their places. */
export function withMend(core: Core, mend: Mend): Core {
  const interactions = [...core.interactions];
  let body = core.body;
  for (const { teller, role, label, place } of mend) {
    const from = core.roles[teller] ?? "";
    const to = core.roles[role] ?? "";
    const span = place.kind === "behind" ? place.interaction.span : (core.loops[place.loop]?.span ?? core.end);
    const index = interactions.length;
    const text = `${from} -> ${to}: ${label}()`;
    const handler = label.charAt(0).toLowerCase() + label.slice(1);
    interactions.push({
      index,
      id: `${label}#${index}`,
      doc: "",
      from,
      to: [to],
      label,
      payload: { kind: "none" },
      binds: null,
      handler,
      text,
      span,
    });
    body = insert(body, { kind: "send", from: teller, to: role, label, interaction: index, copy: 0, span }, place, 0);
  }
  return { ...core, interactions, body };
}

function insert(node: Node, send: Send, place: Place, depth: number): Node {
  if (depth > maximalDepth) return node;
  const into = (inner: Node): Node => insert(inner, send, place, depth + 1);
  switch (node.kind) {
    case "send": {
      const here =
        place.kind === "behind" &&
        node.interaction === place.interaction.index &&
        node.copy === place.interaction.to.length - 1;
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
    case "break":
    case "continue":
      return node;
  }
}
