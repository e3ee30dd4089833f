// What stands in brackets: lists with commas, records and bodies without. In: the writer, standing at the opening
// bracket, and how to set each thing inside. Out: a group that is broken as a whole or not at all.

import type { Doc } from "prettier";
import type { Separator, Writer } from "./writer.js";

/** Sets one thing; the gap before it has been set. */
export type Set = () => Doc;

/** `(a, b)`, or each on a line of its own where they do not fit. `pad`: whether blanks stand inside the brackets. */
export function listed(w: Writer, [open, close]: readonly [string, string], items: readonly Set[], pad = false): Doc {
  const begins = w.take(open);
  const inside = separated(w, items, pad ? "line" : "soft");
  const [comments, ends] = w.close(items.length === 0 ? "none" : pad ? "line" : "soft", close);
  return w.to.group([begins, w.to.indent([inside, comments]), ends]);
}

/** `a, b`, broken behind commas. */
export function separated(w: Writer, items: readonly Set[], first: Separator): Doc {
  const docs: Doc[] = [];
  for (const [i, item] of items.entries()) {
    if (i > 0) docs.push(w.token("none", ","));
    docs.push(w.gap(i === 0 ? first : "line"), item());
  }
  return docs;
}

export interface Row {
  readonly start: number;
  readonly set: Set;
}

/**
 * `{ … }` with things that nothing separates, or commas: on one line if they were and fit, else each on its own. Blank
 * lines between them stay.
 */
export function body(w: Writer, rows: readonly Row[], comma: boolean): Doc {
  const begins = w.take("{");
  const broken = rows.some(({ start }) => w.breaksBefore(start));
  const docs: Doc[] = [];
  for (const [i, { set }] of rows.entries()) {
    if (i > 0 && comma) docs.push(w.token("none", ","));
    const flat = i === 0 || comma ? "line" : "two";
    docs.push(w.gap(broken ? (i === 0 ? "first" : "row") : flat), set());
  }
  const [comments, ends] = w.close(rows.length === 0 ? "space" : "line", "}");
  return w.to.group([begins, w.to.indent([docs, comments]), ends], { shouldBreak: broken });
}
