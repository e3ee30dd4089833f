// Types, ranges and fields. In: the writer, standing at the first token with the gap before it set, and the node. Out:
// its doc. Everything in one piece but for unions and records.

import type { Doc } from "prettier";
import type { FieldTree, RangeTree, TypeTree } from "../tree.js";
import { body, listed, type Row } from "./brackets.js";
import { inPairs } from "./expressions.js";
import type { Writer } from "./writer.js";

/** A type with the parentheses it has. */
export function type(w: Writer, node: TypeTree): Doc {
  return inPairs(w, w.pairs.get(node) ?? 0, () => bare(w, node));
}

/** The members of a union, each on a line if they do not fit; the first stands where the writer does. */
export function members(w: Writer, nodes: readonly TypeTree[]): Doc[] {
  return nodes.map((node, i) => (i === 0 ? type(w, node) : [w.token("line", "|"), w.gap("space"), type(w, node)]));
}

/** The fields of a record or an artifact, for `body`. */
export function fields(w: Writer, nodes: readonly FieldTree[]): readonly Row[] {
  return nodes.map((node) => ({ start: node.span.start, set: () => field(w, node) }));
}

function field(w: Writer, node: FieldTree): Doc {
  if (w.isIgnored()) return w.verbatim(node.span.end);
  const name = w.take();
  const optional = node.optional ? w.token("none", "?") : "";
  return [name, optional, w.token("none", ":"), w.gap("space"), type(w, node.type)];
}

function bare(w: Writer, node: TypeTree): Doc {
  const { group, indent } = w.to;
  switch (node.kind) {
    case "named": {
      const name = w.take();
      const inner = node.arguments.map((each) => () => type(w, each));
      const applied = inner.length === 0 ? "" : [w.gap("none"), listed(w, ["<", ">"], inner)];
      const sized = node.range === null ? "" : [w.token("none", "("), range(w, node.range), tight(w, ")")];
      const matched = node.matches === null ? "" : [w.token("space", "matches"), w.token("space")];
      return [name, applied, sized, matched];
    }
    case "literal": {
      const begins = w.take();
      return begins === "-" ? [begins, w.token("none")] : begins;
    }
    case "list": {
      const item = type(w, node.item);
      const spaced = node.item.kind === "named" && node.item.matches !== null && !w.pairs.has(node.item);
      const opens = w.token(spaced ? "space" : "none", "[");
      return [item, opens, node.range === null ? "" : range(w, node.range), tight(w, "]")];
    }
    case "record":
      return body(w, fields(w, node.fields), false);
    case "union": {
      const [first = "", ...rest] = members(w, node.members);
      return group([first, indent(rest)]);
    }
  }
}

/** `5`, `1..120`, `..5`, `1..`: behind the bracket, with the gap before it. */
function range(w: Writer, { low, high, exact }: RangeTree): Doc {
  if (exact) return bound(w);
  const from = low === null ? "" : bound(w);
  const dots = w.token("none", "..");
  return [from, dots, high === null ? "" : bound(w)];
}

/** A number, with its sign, or the name of a value. */
export function bound(w: Writer, separator: "none" | "space" = "none"): Doc {
  const begins = w.token(separator);
  return w.peek() !== "" && isSign(begins) ? [begins, w.token("none")] : begins;
}

/** A closing bracket that clings. */
export function tight(w: Writer, bracket: string): Doc {
  const [comments, ends] = w.close("none", bracket);
  return [w.to.indent(comments), ends];
}

function isSign(token: Doc): boolean {
  return Array.isArray(token) && token.at(-1) === "-";
}
