// A sequence as SVG: lanes side by side, time downwards, frames around what belongs together. In: a sequence. Out: the
// text of an SVG file. Two passes over the rows: how wide the lanes must be apart, then where everything stands.

import type { Frame, Row, Sequence } from "./sequence.js";
import { box, dot, line, sheet, text, widthOf } from "./svg.js";

const MARGIN = 24;
const LANE_HEIGHT = 30;
const ROW = 34;
const INDENT = 10;

/** Draws a sequence. Linear in its rows, but for the receivers of a multicast. */
export function svgSequence(sequence: Sequence): string {
  const { title, lanes, rows } = sequence;
  const depth = deepest(rows);
  const inset = MARGIN + (depth + 1) * INDENT;
  const xs = laneCentres(sequence, inset);
  const right = (xs.at(-1) ?? inset) + laneWidth(lanes.at(-1)?.text ?? "") / 2;
  const top = MARGIN + 28;
  const drawing: Drawing = {
    xs,
    left: MARGIN,
    right: Math.max(right + (depth + 1) * INDENT, MARGIN + widestText(rows)),
    back: [],
    front: [],
    open: [],
    y: top + LANE_HEIGHT + 22,
  };
  for (const row of rows) drawRow(row, drawing);
  const bottom = drawing.y + 6;
  const width = drawing.right + MARGIN;
  const heads = lanes.flatMap(({ text: name }, lane) => {
    const x = xs[lane] ?? 0;
    const wide = laneWidth(name);
    return [
      line(x, top + LANE_HEIGHT, x, bottom, "lane"),
      box(x - wide / 2, top, wide, LANE_HEIGHT, "box"),
      text(x, top + 20, name, "strong"),
    ];
  });
  return sheet(title, width, bottom + MARGIN, [
    text(MARGIN, MARGIN + 8, title, "strong", "start"),
    ...heads,
    ...drawing.back,
    ...drawing.front,
  ]);
}

interface Drawing {
  readonly xs: readonly number[];
  readonly left: number;
  readonly right: number;
  readonly back: string[];
  readonly front: string[];
  /** Frames around this row, outermost first. */
  readonly open: { readonly frame: Frame; readonly text: string; readonly y: number; readonly parts: string[] }[];
  /** Where the next row begins. */
  y: number;
}

function drawRow(row: Row, drawing: Drawing): void {
  const { xs, front, open } = drawing;
  switch (row.kind) {
    case "message": {
      const from = xs[row.from] ?? 0;
      const y = drawing.y + 18;
      for (const to of row.to) front.push(line(from, y, xs[to] ?? 0, y, "arrow", true));
      if (row.to.length > 1) front.push(dot(from, y));
      const near = row.to.reduce((best, to) => (Math.abs(to - row.from) < Math.abs(best - row.from) ? to : best));
      front.push(text((from + (xs[near] ?? 0)) / 2, y - 6, row.text, "on"));
      drawing.y += ROW;
      return;
    }
    case "note": {
      const [first, last] = row.over;
      const middle = ((xs[first] ?? 0) + (xs[last] ?? 0)) / 2;
      const wide = Math.max((xs[last] ?? 0) - (xs[first] ?? 0) + 40, noteWidth(row.text));
      const inset = open.length * INDENT + 4;
      const x = Math.max(drawing.left + inset, Math.min(middle - wide / 2, drawing.right - inset - wide));
      front.push(box(x, drawing.y + 2, wide, 24, "box", 12), text(x + wide / 2, drawing.y + 18, row.text, "soft"));
      drawing.y += ROW;
      return;
    }
    case "frame":
      open.push({ frame: row.frame, text: row.text, y: drawing.y, parts: [] });
      drawing.y += 28;
      return;
    case "part": {
      const inset = (open.length - 1) * INDENT;
      const [left, right] = [drawing.left + inset, drawing.right - inset];
      open
        .at(-1)
        ?.parts.push(
          line(left, drawing.y + 4, right, drawing.y + 4, "part"),
          text(left + 8, drawing.y + 19, row.text, "soft on", "start"),
        );
      drawing.y += 28;
      return;
    }
    case "end": {
      const frame = open.pop();
      if (frame === undefined) return;
      const outer = open.length * INDENT;
      const [x, end] = [drawing.left + outer, drawing.right - outer];
      const tab = widthOf(frame.frame) + 16;
      drawing.back.push(box(x, frame.y, end - x, drawing.y - frame.y, "frame"));
      front.push(
        ...frame.parts,
        box(x, frame.y, tab, 20, "tab"),
        text(x + tab / 2, frame.y + 14, frame.frame, "strong"),
        text(x + tab + 8, frame.y + 14, frame.text, "soft on", "start"),
      );
      drawing.y += 10;
    }
  }
}

/** Lanes stand as far apart as the texts between neighbours need; longer ways share what lies between. */
function laneCentres({ lanes, rows }: Sequence, inset: number): readonly number[] {
  const gaps = lanes.map(({ text: name }, lane) => (laneWidth(name) + laneWidth(lanes[lane + 1]?.text ?? "")) / 2 + 24);
  for (const row of rows) {
    if (row.kind !== "message") continue;
    const near = row.to.reduce((best, to) => (Math.abs(to - row.from) < Math.abs(best - row.from) ? to : best));
    const [low, high] = row.from < near ? [row.from, near] : [near, row.from];
    const needed = (widthOf(row.text) + 28) / Math.max(1, high - low);
    for (let lane = low; lane < high; lane++) gaps[lane] = Math.max(gaps[lane] ?? 0, needed);
  }
  let x = inset + laneWidth(lanes[0]?.text ?? "") / 2;
  return lanes.map((_, lane) => {
    const here = x;
    x += gaps[lane] ?? 0;
    return here;
  });
}

function laneWidth(name: string): number {
  return widthOf(name) + 28;
}

function deepest(rows: readonly Row[]): number {
  let depth = 0;
  let most = 0;
  for (const { kind } of rows) {
    if (kind === "frame") most = Math.max(most, ++depth);
    else if (kind === "end") depth--;
  }
  return most;
}

function noteWidth(content: string): number {
  return widthOf(content) + 20;
}

/** How wide a sheet must be for the texts of its frames and notes. */
function widestText(rows: readonly Row[]): number {
  let depth = 0;
  let widest = 0;
  for (const row of rows) {
    if (row.kind === "frame") depth++;
    if (row.kind === "end") depth--;
    if (row.kind === "note") widest = Math.max(widest, noteWidth(row.text) + 2 * (depth * INDENT + 4));
    if (row.kind === "frame" || row.kind === "part")
      widest = Math.max(widest, widthOf(row.text) + 80 + 2 * depth * INDENT);
  }
  return widest;
}
