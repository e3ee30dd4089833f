// What can be folded: blocks and records, lists that go over several lines, comments, imports. In: an open file. Out:
// ranges of lines. Brackets are counted, not parsed, so that a file with errors folds, too.

import { FoldingRangeKind } from "vscode-languageserver";
import type { FoldingRange } from "vscode-languageserver";
import type { Piece } from "./scan.js";
import { scan } from "./scan.js";
import { positionOf } from "./text.js";
import type { Open } from "./workspace.js";

const CLOSES: Readonly<Record<string, string>> = { "}": "{", ")": "(", "]": "[" };

/** Takes an open file; gives ranges of more than one line. */
export function foldingRanges({ file, text }: Open): FoldingRange[] {
  const line = (offset: number): number => positionOf(text, offset).line;
  const found: FoldingRange[] = [];
  const add = (startLine: number, endLine: number, kind?: FoldingRangeKind): void => {
    if (endLine > startLine) found.push(kind === undefined ? { startLine, endLine } : { startLine, endLine, kind });
  };
  const open: Piece[] = [];
  let comments: { readonly first: number; readonly last: number } | null = null;
  const endComments = (): void => {
    if (comments !== null) add(comments.first, comments.last, FoldingRangeKind.Comment);
    comments = null;
  };
  for (const piece of scan(file.text)) {
    if (piece.kind === "comment") {
      const [first, last] = [line(piece.start), line(piece.end)];
      if (comments !== null && comments.last + 1 === first) comments = { first: comments.first, last };
      else {
        endComments();
        comments = { first, last };
      }
      continue;
    }
    if (comments !== null && line(piece.start) > comments.last) endComments();
    if (piece.kind !== "sign") continue;
    if ("{([".includes(piece.text)) open.push(piece);
    const opening = CLOSES[piece.text];
    if (opening === undefined) continue;
    const at = open.findLastIndex(({ text: sign }) => sign === opening);
    const begin = open[at];
    if (begin === undefined) continue;
    open.length = at;
    // The line of the closing bracket stays to be seen.
    add(line(begin.start), line(piece.start) - 1);
  }
  endComments();
  const { imports } = file.tree;
  const [first, last] = [imports[0], imports.at(-1)];
  if (first !== undefined && last !== undefined)
    add(line(first.span.start), line(last.span.end), FoldingRangeKind.Imports);
  return found;
}
