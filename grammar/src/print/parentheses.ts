// Which parentheses around expressions and types are needed, or help, and which are left out. In: the tree and the
// pieces of its text. Out: the pieces without the others, and how many pairs each expression or type still has.

import type { DeclarationTree, ExpressionTree, FileTree, TypeTree } from "../tree.js";
import type { Piece } from "./pieces.js";
import { insideOf, type Inner, type Place } from "./inside.js";

export interface Bare {
  readonly pieces: readonly Piece[];
  /** The pairs of parentheses around a node; none where it is not named. */
  readonly pairs: ReadonlyMap<ExpressionTree | TypeTree, number>;
}

/** Leaves out what `wanted` does not ask for, but no pair with a comment right inside it. */
export function withoutParentheses(tree: FileTree, pieces: readonly Piece[]): Bare {
  const pairs = new Map<ExpressionTree | TypeTree, number>();
  const starts = new Map(pieces.map(({ span }, i) => [span.start, i]));
  const ends = new Map(pieces.map(({ span }, i) => [span.end, i]));
  const removed = new Set<number>();
  const waiting: Inner[] = [];
  const open = (node: Inner["node"] | DeclarationTree): void => void waiting.push(...insideOf(node));
  for (const declaration of tree.declarations) open(declaration);

  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, place } = next;
    open(node);
    if (place === null) continue;
    const expression = node as ExpressionTree | TypeTree;
    const first = starts.get(expression.span.start) ?? 0;
    const last = ends.get(expression.span.end) ?? 0;
    const written = layers(expression, pieces, first);
    let left = written;
    for (let layer = 0; layer < written && left > (wanted(expression, place) ? 1 : 0); layer++) {
      if ((pieces[first + layer + 1]?.comments.length ?? 0) > 0 || (pieces[last - layer]?.comments.length ?? 0) > 0)
        break;
      removed.add(first + layer).add(last - layer);
      left--;
    }
    if (left > 0) pairs.set(expression, left);
  }
  return { pieces: removed.size === 0 ? pieces : without(pieces, removed), pairs };
}

/** What is left takes the gap before an opening parenthesis and keeps its own behind a closing one. */
function without(pieces: readonly Piece[], removed: ReadonlySet<number>): readonly Piece[] {
  const left: Piece[] = [];
  let before: Piece | null = null;
  for (const [i, piece] of pieces.entries()) {
    const opens = piece.text === "(";
    const kept: Piece = before === null ? piece : { ...piece, comments: before.comments, lines: before.lines };
    if (!removed.has(i)) left.push(kept);
    before = removed.has(i) && opens ? kept : null;
  }
  return left;
}

/** How many parentheses stand around a node: its span begins with the outermost one. */
function layers(node: ExpressionTree | TypeTree, pieces: readonly Piece[], first: number): number {
  const end = innerStart(node) ?? Infinity;
  let count = 0;
  while (pieces[first + count]?.text === "(" && (pieces[first + count]?.span.start ?? end) < end) count++;
  return node.kind === "function" && node.parameters.length > 1 ? count - 1 : count;
}

/** Where the first part of a node begins; null where its first token is its own and no parenthesis. */
function innerStart(node: ExpressionTree | TypeTree): number | null {
  switch (node.kind) {
    case "binary":
      return node.left.span.start;
    case "is":
      return node.operand.span.start;
    case "conditional":
      return node.test.span.start;
    case "field":
    case "index":
      return node.of.span.start;
    case "call":
      return node.callee.span.start;
    case "list":
      return "item" in node ? node.item.span.start : null;
    case "union":
      return node.members[0]?.span.start ?? null;
    default:
      return null;
  }
}

/** Whether one pair of parentheses is needed at this place, or tells a reader what he would have to think about. */
function wanted(node: ExpressionTree | TypeTree, place: Place): boolean {
  // Before a name with a capital the parser would take such a type for the beginning of a declaration.
  if (node.kind === "named" && declarationWords.has(node.name.text)) return true;
  switch (place) {
    case "whole":
      return false;
    case "messaged":
      return node.kind === "conditional";
    case "test":
      return node.kind === "conditional" || node.kind === "function";
    case "member":
      return node.kind === "union";
    case "item":
      return node.kind === "union" || (node.kind === "named" && node.matches !== null);
    case "target":
      return !["name", "list", "field", "index", "call"].includes(node.kind) && !isText(node);
    case "unary":
      return ["binary", "is", "conditional", "function", "unary"].includes(node.kind);
    default:
      if (node.kind === "binary") return !(place.side === "left" && place.operator === node.operator);
      return node.kind === "is" || node.kind === "conditional" || node.kind === "function";
  }
}

function isText(node: ExpressionTree | TypeTree): boolean {
  return node.kind === "literal" && typeof node.value !== "number";
}

const declarationWords: ReadonlySet<string> = new Set(["import", "open", "artifact", "contract", "choreography"]);
