// Diagrams that are graphs: who talks with whom, and the local automaton of a role. In: a choreography's tree, or a
// local automaton. Out: nodes and edges with texts, in a fixed order, for whoever draws them.

import type { ChoreographyTree, Source } from "@chor/grammar";
import type { LocalAutomaton, LocalState } from "../project/local.js";
import { statementsIn } from "../bind/trees.js";

export interface Graph {
  readonly title: string;
  /** `down` for what goes from a beginning to an end, `right` for what has none. */
  readonly direction: "down" | "right";
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export interface GraphNode {
  readonly text: string;
  readonly shape: "role" | "state" | "begin" | "end";
}

/** `from` and `to` are indices of nodes. */
export interface GraphEdge {
  readonly from: number;
  readonly to: number;
  /** Lines of text. */
  readonly lines: readonly string[];
}

/** Who talks with whom: a node for each role, an edge for each pair of sender and receiver with the labels between them. */
export function talksOf(tree: ChoreographyTree, { text }: Source): Graph {
  const roles = tree.parameters.flatMap((parameter) => (parameter.kind === "role" ? [parameter] : []));
  const index = new Map(roles.map(({ name }, i) => [name.text, i]));
  const edges = new Map<string, { readonly from: number; readonly to: number; readonly labels: Set<string> }>();
  const everybody = roles.flatMap(({ optional }, i) => (optional ? [] : [i]));
  for (const statement of statementsIn(tree.body)) {
    if (statement.kind !== "interaction") continue;
    const from = index.get(statement.from.name.text);
    if (from === undefined) continue;
    const receivers = statement.to?.map(({ name }) => index.get(name.text)) ?? everybody;
    for (const to of receivers) {
      if (to === undefined || to === from) continue;
      const key = `${from} ${to}`;
      const edge = edges.get(key) ?? { from, to, labels: new Set<string>() };
      edge.labels.add(statement.message.label.text);
      edges.set(key, edge);
    }
  }
  return {
    title: tree.name.text,
    direction: "right",
    nodes: roles.map(({ span }) => ({ text: text.slice(span.start, span.end).replace(/\s+/g, ""), shape: "role" })),
    edges: [...edges.values()].map(({ from, to, labels }) => ({ from, to, lines: cut([...labels]) })),
  };
}

/** The local automaton of a role: `!` sends, `?` receives. */
export function automatonOf(title: string, { role, states, counters }: LocalAutomaton): Graph {
  const nodes = states.map((state, i): GraphNode => ({
    text: state.kind === "sends" && state.decision !== null ? state.decision.name : String(i),
    shape: state.kind === "end" ? "end" : i === 0 ? "begin" : "state",
  }));
  const merged = new Map<string, { readonly from: number; readonly to: number; readonly lines: string[] }>();
  states.forEach((state, from) => {
    for (const { to, text } of stepsOf(state, counters)) {
      const key = `${from} ${to}`;
      const edge = merged.get(key) ?? { from, to, lines: [] };
      edge.lines.push(text);
      merged.set(key, edge);
    }
  });
  return {
    title: `${role} of ${title}`,
    direction: "down",
    nodes,
    edges: [...merged.values()].map(({ from, to, lines }) => ({ from, to, lines: cut(lines) })),
  };
}

function stepsOf(
  state: LocalState,
  counters: LocalAutomaton["counters"],
): readonly { readonly to: number; readonly text: string }[] {
  switch (state.kind) {
    case "sends":
      return state.sends.map(({ to, label, then }) => ({ to: then, text: `${to} ! ${label}` }));
    case "receives":
      return state.receives.map(({ from, label, then }) => ({ to: then, text: `${from} ? ${label}` }));
    case "enter":
      return [{ to: state.then, text: `enter ${counters[state.counter]?.loop ?? ""}` }];
    case "repeat": {
      const counter = counters[state.counter];
      return [
        { to: state.then, text: `next round of ${counter?.loop ?? ""}` },
        { to: state.last, text: `after ${counter?.max ?? 0} rounds` },
      ];
    }
    case "end":
      return [];
  }
}

const MOST = 6;

function cut(lines: readonly string[]): readonly string[] {
  return lines.length <= MOST ? lines : [...lines.slice(0, MOST - 1), `and ${lines.length - MOST + 1} more`];
}
