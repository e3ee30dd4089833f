// Blocks and statements but for interactions. In: the writer, standing at the first token with the gap before it set, and
// the node. Out: its doc; one statement a line, `} or {`, `} else {`, `} and {`, `} undo {` on the line of the brace.

import type { Doc } from "prettier";
import type {
  ArgumentTree,
  BlockTree,
  ChoiceTree,
  DoTree,
  ExpressionTree,
  SagaTree,
  ScatterTree,
  StatementTree,
} from "../tree.js";
import { listed, separated } from "./brackets.js";
import { expression } from "./expressions.js";
import { interaction, otherwise, role } from "./interactions.js";
import { bound } from "./types.js";
import type { Writer } from "./writer.js";

/** A block from brace to brace. One that only leaves (`{ break round }`) may stay on one line where `mayStay` says so. */
export function block(w: Writer, { statements, span }: BlockTree, mayStay = false): Doc {
  const { group, indent } = w.to;
  const begins = w.take("{");
  const [first, ...rest] = statements;
  const leaves =
    mayStay && first !== undefined && rest.length === 0 && "break continue return abort fail".includes(first.kind);
  const flat = statements.length === 0 || (leaves && !w.breaksBefore() && !w.breaksBefore(span.end - 1));
  const docs = statements.map((node, i) => [w.gap(flat ? "line" : i === 0 ? "first" : "row"), statement(w, node)]);
  const [comments, ends] = w.close(statements.length === 0 ? "space" : flat ? "line" : "first", "}");
  return group([begins, indent([docs, comments]), ends]);
}

function statement(w: Writer, node: StatementTree): Doc {
  if (w.isIgnored()) return w.verbatim(node.span.end);
  switch (node.kind) {
    case "interaction":
      return interaction(w, node, block);
    case "choice":
      return choice(w, node);
    case "loop": {
      const head = [
        w.take("loop"),
        w.token("space"),
        node.max === null ? "" : [w.token("space", "max"), bound(w, "space")],
      ];
      return [head, w.gap("join"), block(w, node.body), otherwise(w, node.otherwise, block)];
    }
    case "par":
      return [
        w.take("par"),
        node.arms.map((arm, i) => [i === 0 ? "" : w.token("join", "and"), w.gap("join"), block(w, arm)]),
      ];
    case "scatter":
      return [w.take("scatter"), scatterHead(w, node), block(w, node.body)];
    case "pick": {
      const named = [
        w.take("pick"),
        w.token("space"),
        node.as === null ? "" : [w.token("space", "as"), w.token("space")],
      ];
      const at = [w.token("space", "at"), w.token("space")];
      return [named, at, w.gap("join"), block(w, node.body)];
    }
    case "do":
      return [doHead(w, node), otherwise(w, node.otherwise, block, true)];
    case "saga":
      return [w.take("saga"), w.gap("join"), steps(w, node.steps), otherwise(w, node.otherwise, block)];
    case "return":
    case "abort":
      return w.take(node.kind);
    case "break":
    case "continue":
    case "fail":
      return [w.take(node.kind), w.token("space")];
  }
}

function choice(w: Writer, node: ChoiceTree): Doc {
  const begins = w.take("choice");
  const head: Doc[] = [];
  if (node.name !== null) head.push(w.token("space"));
  if (node.at !== null) head.push(w.token("space", "at"), w.token("space"));
  if (node.within !== null) head.push(w.token("space", "within"), w.token("space"));
  if (node.retry !== null) head.push(w.token("space", "retry"), bound(w, "space"));
  const branches = node.branches.map(({ when, body }, i) => {
    const joins = i === 0 ? "" : w.token("join", "or");
    return [joins, when === null ? w.gap("join") : guard(w, when), block(w, body)];
  });
  return [begins, head, branches, otherwise(w, node.otherwise, block)];
}

/** ` when E ` up to the brace, which begins a line of its own if the expression does not fit on one. */
function guard(w: Writer, when: ExpressionTree): Doc {
  const { group, indent } = w.to;
  const begins = w.token("space", "when");
  return [begins, group([indent([w.gap("line"), expression(w, when, true)]), w.gap("line")])];
}

/** From the list to the brace, which begins a line of its own if they do not fit on one. */
function scatterHead(w: Writer, node: ScatterTree): Doc {
  const { group, indent } = w.to;
  const list = [w.gap("space"), expression(w, node.list)];
  const as = [w.token("line", "as"), w.token("space")];
  const over = [
    w.token("line", "over"),
    group(
      indent(
        separated(
          w,
          node.over.map(() => () => w.take()),
          "space",
        ),
      ),
    ),
  ];
  const after = node.after === null ? "" : [w.token("line", "after"), w.gap("space"), expression(w, node.after)];
  return group([indent([list, as, over, after]), w.gap("line")]);
}

function doHead(w: Writer, node: DoTree): Doc {
  const name = [w.take("do"), w.token("space")];
  const types = node.typeArguments.map(() => () => w.take());
  const applied = types.length === 0 ? "" : [w.gap("none"), listed(w, ["<", ">"], types)];
  const values = [
    w.gap("none"),
    listed(
      w,
      ["(", ")"],
      node.arguments.map((each) => () => argument(w, each)),
    ),
  ];
  const as = node.as === null ? "" : [w.token("space", "as"), w.token("space")];
  return [name, applied, values, as];
}

function argument(w: Writer, node: ArgumentTree): Doc {
  if (node.kind === "role") return role(w, node.role);
  if (node.kind === "value") return expression(w, node.expression);
  return listed(
    w,
    ["[", "]"],
    node.roles.map((each) => () => role(w, each)),
  );
}

function steps(w: Writer, nodes: SagaTree["steps"]): Doc {
  const begins = w.take("{");
  const docs = nodes.map(({ step, undo }, i) => {
    const done = [w.gap(i === 0 ? "first" : "row"), w.take("step"), w.gap("join"), block(w, step)];
    return undo === null ? done : [done, w.token("join", "undo"), w.gap("join"), block(w, undo)];
  });
  const [comments, ends] = w.close(nodes.length === 0 ? "space" : "first", "}");
  return [begins, w.to.indent([docs, comments]), ends];
}
