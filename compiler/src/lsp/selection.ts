// What is selected next when a selection grows: the parts of the tree around a place. In: an open file and offsets. Out:
// for each a chain of ranges, the smallest first.

import type { SelectionRange } from "vscode-languageserver";
import type { Span } from "@chor/grammar";
import { rangeOf } from "./text.js";
import { nodesAround } from "./walk.js";
import type { Open } from "./workspace.js";

/** Takes an open file and offsets; gives a chain of ranges for each, the smallest first. */
export function selectionRanges({ file, text }: Open, offsets: readonly number[]): SelectionRange[] {
  return offsets.map((offset) => {
    const spans: Span[] = [{ start: 0, end: file.text.length }];
    const nodes = nodesAround(file.tree, offset).map(({ span }) => span);
    const word = wordAt(file.text, offset);
    for (const span of word === null ? nodes : [...nodes, word]) {
      const last = spans.at(-1);
      const inside = last !== undefined && last.start <= span.start && span.end <= last.end;
      if (inside && (last.start < span.start || span.end < last.end)) spans.push(span);
    }
    const [whole, ...others] = spans.map((span) => rangeOf(text, span));
    const outermost: SelectionRange = { range: whole ?? rangeOf(text, { start: 0, end: 0 }) };
    return others.reduce<SelectionRange>((parent, range) => ({ range, parent }), outermost);
  });
}

function wordAt(text: string, offset: number): Span | null {
  const before = /\w*$/.exec(text.slice(Math.max(0, offset - 100), offset))?.[0].length ?? 0;
  const behind = /^\w*/.exec(text.slice(offset, offset + 100))?.[0].length ?? 0;
  return before + behind === 0 ? null : { start: offset - before, end: offset + behind };
}
