// The clauses of interactions and choices in the order of the grammar. In: the tree and the pieces of its text. Out: the
// pieces, clauses that stood elsewhere moved. With a clause move the comments before it and those behind it on its line;
// a doc comment stays where it is, because it belongs to what follows.

import type { ChoiceTree, DeclarationTree, FileTree, InteractionTree } from "../tree.js";
import { insideOf, type Inner } from "./inside.js";
import { gapOf, type Comment, type Piece } from "./pieces.js";

const interactionOrder = ["as", "quorum", "where", "gate", "retry", "within", "else"];
const choiceOrder = ["within", "retry"];

/** Puts all clauses in order. `skip` tells the offsets at which something begins that stays as it is. */
export function inOrder(tree: FileTree, pieces: readonly Piece[], skip: (offset: number) => boolean): readonly Piece[] {
  const found: (InteractionTree | ChoiceTree)[] = [];
  const waiting: Inner[] = [];
  const open = (node: Inner["node"] | DeclarationTree): void => {
    if (!skip(node.span.start)) waiting.push(...insideOf(node));
  };
  for (const declaration of tree.declarations) open(declaration);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node } = next;
    open(node);
    if (!("kind" in node) || skip(node.span.start)) continue;
    if (node.kind === "interaction" || node.kind === "choice") found.push(node);
  }
  const output = [...pieces];
  const starts = new Map(pieces.map(({ span }, i) => [span.start, i]));
  // A statement is found before those inside it; they are put in order first, because it moves them as a whole.
  for (const node of found.reverse()) reorder(node, output, starts);
  return output;
}

interface Clause {
  readonly word: string;
  readonly pieces: readonly Piece[];
}

/** The clauses of one statement, if they are not in order. Moves pieces within the statement only. */
function reorder(node: InteractionTree | ChoiceTree, pieces: Piece[], starts: Map<number, number>): void {
  const order = node.kind === "choice" ? choiceOrder : interactionOrder;
  const at = (offset: number): number => starts.get(offset) ?? pieces.length;
  let i = at(node.span.start);
  const head = node.kind === "choice" ? (node.at?.span.start ?? node.span.end) : node.message.span.start;
  while (i < pieces.length && (pieces[i]?.span.start ?? 0) < head) i++;
  const bounds: number[] = [];
  let depth = 0;
  const ended = (piece: Piece): boolean => {
    if (piece.span.start >= node.span.end || piece.text === "") return true;
    return node.kind === "choice" && depth === 0 && (piece.text === "{" || piece.text === "when");
  };
  for (; i < pieces.length && !ended(pieces[i] as Piece); i++) {
    const { text } = pieces[i] as Piece;
    if ("([{".includes(text)) depth++;
    else if (")]}".includes(text)) depth--;
    else if (depth === 0 && order.includes(text) && pieces[i - 1]?.text !== ".") bounds.push(i);
  }
  const words = bounds.map((bound) => order.indexOf(pieces[bound]?.text ?? ""));
  if (words.every((word, k) => k === 0 || (words[k - 1] ?? 0) <= word)) return;

  const [first = 0] = bounds;
  const clauses: Clause[] = bounds.map((bound, k) => ({
    word: pieces[bound]?.text ?? "",
    pieces: pieces.slice(bound, bounds[k + 1] ?? i),
  }));
  const gaps = [...bounds, i].map((bound) => split(pieces[bound] as Piece));
  const sorted = clauses
    .map((clause, k) => ({ clause, before: gaps[k]?.before ?? empty, behind: gaps[k + 1]?.behind ?? [] }))
    .sort((a, b) => order.indexOf(a.clause.word) - order.indexOf(b.clause.word));
  const moved: Piece[] = [];
  let behind = gaps[0]?.behind ?? [];
  for (const { clause, before, behind: own } of sorted) {
    const [head, ...rest] = clause.pieces as [Piece, ...Piece[]];
    moved.push({ ...head, ...joined(behind, before) }, ...rest);
    behind = own;
  }
  const follower = pieces[i] as Piece;
  pieces[i] = { ...follower, ...joined(behind, gaps.at(-1)?.before ?? empty) };
  for (const [k, piece] of moved.entries()) {
    pieces[first + k] = piece;
    starts.set(piece.span.start, first + k);
  }
}

type Before = Pick<Piece, "comments" | "lines">;
const empty: Before = { comments: [], lines: 0 };

/** The comments on the line before, up to a doc comment, and the rest of the gap. */
function split(piece: Piece): { readonly behind: readonly Comment[]; readonly before: Before } {
  const { trailing } = gapOf(piece, false);
  const doc = trailing.findIndex(({ kind }) => kind === "doc");
  const count = doc < 0 ? trailing.length : doc;
  return {
    behind: trailing.slice(0, count),
    before: { comments: piece.comments.slice(count), lines: piece.lines },
  };
}

/** A gap from two pieces; behind comments that end their line the next thing begins one. */
function joined(behind: readonly Comment[], { comments, lines }: Before): Before {
  if (behind.length === 0) return { comments, lines };
  const [first, ...rest] = comments;
  if (first === undefined) return { comments: behind, lines: Math.max(1, lines) };
  return { comments: [...behind, { ...first, lines: Math.max(1, first.lines) }, ...rest], lines };
}
