// Expressions and conditions. In: the writer, standing at the first token with the gap before it set, and the node. Out:
// its doc: a chain of operators of one rank is a group of its own, broken before the operators.

import type { Doc } from "prettier";
import type { ConditionTree, ExpressionTree } from "../tree.js";
import { listed } from "./brackets.js";
import type { Writer } from "./writer.js";

/** An expression with the parentheses it has. `flush`: what is broken at its operators stands below its beginning. */
export function expression(w: Writer, node: ExpressionTree, flush = false): Doc {
  const pairs = w.pairs.get(node) ?? 0;
  if (flush && pairs === 0 && isLink(node)) return chain(w, node, true);
  return inPairs(w, pairs, () => bare(w, node));
}

/** Something in a number of parentheses. */
export function inPairs(w: Writer, pairs: number, inner: () => Doc): Doc {
  if (pairs === 0) return inner();
  const begins = w.take("(");
  const inside = [w.gap("soft"), inPairs(w, pairs - 1, inner)];
  const [comments, ends] = w.close("soft", ")");
  return w.to.group([begins, w.to.indent([inside, comments]), ends]);
}

/** What stands behind `where` and `require`: the expression, and `: "message"` on the next line if it does not fit. */
export function condition(w: Writer, { expression: tested, message }: ConditionTree): Doc {
  const test = expression(w, tested);
  if (message === null) return test;
  const why = [w.token("line", ":"), w.token("space")];
  return w.to.group([test, w.to.indent(why)]);
}

function bare(w: Writer, node: ExpressionTree): Doc {
  const { group, indent } = w.to;
  switch (node.kind) {
    case "name":
    case "literal":
    case "duration":
      return w.take();
    case "list":
      return listed(w, ["[", "]"], sets(w, node.items));
    case "field":
      return [expression(w, node.of), w.token("none", "."), w.token("none")];
    case "index": {
      const of = expression(w, node.of);
      return [of, w.gap("none"), listed(w, ["[", "]"], sets(w, [node.index]))];
    }
    case "call": {
      const callee = expression(w, node.callee);
      return [callee, w.gap("none"), listed(w, ["(", ")"], sets(w, node.arguments))];
    }
    case "unary":
      return [w.take(node.operator), w.gap("none"), expression(w, node.operand)];
    case "binary":
    case "is":
      return chain(w, node);
    case "conditional": {
      const test = expression(w, node.test);
      const then = [w.token("line", "?"), w.gap("space"), expression(w, node.then)];
      const otherwise = [w.token("line", ":"), w.gap("space"), expression(w, node.otherwise)];
      return group([test, indent([then, otherwise])]);
    }
    case "function": {
      const pair = node.parameters.length > 1;
      const parameters = pair
        ? listed(
            w,
            ["(", ")"],
            node.parameters.map(() => () => w.take()),
          )
        : w.take();
      const arrow = w.token("space", "=>");
      return group([parameters, arrow, indent([w.gap("line"), expression(w, node.body)])]);
    }
  }
}

type Link = Extract<ExpressionTree, { kind: "binary" | "is" }>;

/** `a + b - c`: operators of one rank that lean to the left, each with its right side on a line if they do not fit. */
function chain(w: Writer, node: Link, flush = false): Doc {
  const links: Link[] = [node];
  let first = leftOf(node);
  while (isLink(first) && rank(first) === rank(node) && !w.pairs.has(first)) {
    links.push(first);
    first = leftOf(first);
  }
  const docs = [expression(w, first)];
  for (const link of links.reverse()) {
    const operator = w.token("line");
    docs.push(operator, link.kind === "is" ? w.token("space") : [w.gap("space"), expression(w, link.right)]);
  }
  const [begins = "", ...rest] = docs;
  return w.to.group([begins, flush ? rest : w.to.indent(rest)]);
}

function isLink(node: ExpressionTree): node is Link {
  return node.kind === "binary" || node.kind === "is";
}

function leftOf(link: Link): ExpressionTree {
  return link.kind === "is" ? link.operand : link.left;
}

/** Operators that bind equally have the same. */
function rank(link: Link): number {
  const operator = link.kind === "is" ? "is" : link.operator;
  return [["||"], ["&&"], ["==", "!="], ["<", "<=", ">", ">=", "in", "is"], ["+", "-"]].findIndex((rank) =>
    rank.includes(operator),
  );
}

function sets(w: Writer, nodes: readonly ExpressionTree[]): readonly (() => Doc)[] {
  return nodes.map((node) => () => expression(w, node));
}
