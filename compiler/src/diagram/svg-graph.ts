// A graph as SVG: laid out in layers by dagre, drawn with round lines. In: a graph. Out: the text of an SVG file, the
// same for the same graph.

import * as dagre from "@dagrejs/dagre";
import type { Graph, GraphNode } from "./graph.js";
import { box, round, sheet, text, widthOf } from "./svg.js";

const MARGIN = 24;
const LINE = 16;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Draws a graph. */
export function svgGraph({ title, direction, nodes, edges }: Graph): string {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({
    rankdir: direction === "down" ? "TB" : "LR",
    nodesep: 40,
    ranksep: 50,
    edgesep: 24,
    marginx: MARGIN,
    marginy: MARGIN,
  });
  nodes.forEach((node, i) => graph.setNode(String(i), sizeOf(node)));
  edges.forEach(({ from, to, lines }, i) => {
    const width = Math.max(...lines.map(widthOf)) + 12;
    graph.setEdge(String(from), String(to), { width, height: lines.length * LINE + 6, labelpos: "c" }, String(i));
  });
  dagre.layout(graph);
  const { width = 0, height = 0 } = graph.graph() as { readonly width?: number; readonly height?: number };
  const top = 28;
  const paths: string[] = [];
  const labels: string[] = [];
  edges.forEach(({ from, to, lines }, i) => {
    const laid = graph.edge({ v: String(from), w: String(to), name: String(i) }) as Point & {
      readonly points: readonly Point[];
    };
    paths.push(
      `<path class="arrow" d="${curve(laid.points.map(({ x, y }) => ({ x, y: y + top })))}" marker-end="url(#head)"/>`,
    );
    const first = laid.y + top - ((lines.length - 1) * LINE) / 2 + 4;
    lines.forEach((each, row) => labels.push(text(laid.x, first + row * LINE, each, "on")));
  });
  const boxes = nodes.flatMap((node, i) => {
    const { x, y } = graph.node(String(i)) as Point;
    return drawNode(node, { x, y: y + top });
  });
  const wide = Math.max(width, widthOf(title) + 2 * MARGIN);
  return sheet(title, wide, height + top, [
    text(MARGIN, MARGIN + 8, title, "strong", "start"),
    ...paths,
    ...boxes,
    ...labels,
  ]);
}

function sizeOf({ text: name, shape }: GraphNode): { readonly width: number; readonly height: number } {
  return shape === "end" ? { width: 26, height: 26 } : { width: Math.max(widthOf(name) + 28, 36), height: 32 };
}

function drawNode(node: GraphNode, { x, y }: Point): readonly string[] {
  const { width, height } = sizeOf(node);
  if (node.shape === "end") {
    const circle = (radius: number, name: string): string =>
      `<circle class="${name}" cx="${round(x)}" cy="${round(y)}" r="${radius}"/>`;
    return [circle(12, "box"), circle(7, "head")];
  }
  const radius = node.shape === "role" ? 5 : height / 2;
  return [
    box(x - width / 2, y - height / 2, width, height, "box", radius),
    text(x, y + 4.5, node.text, node.shape === "state" ? "" : "strong"),
  ];
}

/** Through the points in round lines: each inner point bends, the ways between meet in the middle. */
function curve(points: readonly Point[]): string {
  const [first, ...rest] = points;
  const last = rest.pop();
  if (first === undefined || last === undefined) return "";
  let path = `M${at(first)}`;
  rest.forEach((point, i) => {
    const next = rest[i + 1];
    const end = next === undefined ? last : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    path += ` Q${at(point)} ${at(end)}`;
  });
  return rest.length === 0 ? `${path} L${at(last)}` : path;
}

function at({ x, y }: Point): string {
  return `${round(x)} ${round(y)}`;
}
