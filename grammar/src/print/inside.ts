// What stands directly inside a node of the tree, and for expressions and types in which place: the one walk that the
// preparations of the printer share. In: a node. Out: the nodes in it, a level at a time, so that nobody recurses.

import type {
  BinaryOperator,
  BlockTree,
  ConditionTree,
  DeclarationTree,
  EntryTree,
  ExpressionTree,
  FieldTree,
  PayloadTree,
  RecordTree,
  StatementTree,
  TypeTree,
} from "../tree.js";

/** Where an expression or a type stands; what it may be there without parentheses depends on it. */
export type Place =
  /** Where a whole one is expected. */
  | "whole"
  /** Before the `:` of a message. */
  | "messaged"
  /** Before the `?` of a conditional. */
  | "test"
  /** In a union. */
  | "member"
  /** Before the `[` of a list type. */
  | "item"
  /** Before `.`, `[` or `(`. */
  | "target"
  /** Behind `!` or `-`. */
  | "unary"
  | { readonly operator: BinaryOperator | "is"; readonly side: "left" | "right" };

export interface Inner {
  readonly node: StatementTree | ExpressionTree | TypeTree | FieldTree | EntryTree | ConditionTree;
  /** null: no expression and no type. */
  readonly place: Place | null;
}

/** The nodes right inside a node, in no order that matters. */
export function insideOf(node: Inner["node"] | DeclarationTree): readonly Inner[] {
  if (!("kind" in node)) return insideOfPart(node);
  switch (node.kind) {
    case "artifact": {
      const { body } = node;
      if (body.kind === "alias") return [at(body.type, "whole")];
      return body.kind === "record" ? [...parts(body.fields), ...parts(body.invariants)] : [];
    }
    case "contract":
      return [...node.parameters.map(({ type }) => at(type, "whole")), ...parts(node.requires ?? [])];
    case "choreography": {
      const types = node.parameters.flatMap((one) => (one.kind === "value" ? [at(one.type, "whole")] : []));
      return [...types, ...statements(node.body)];
    }
    case "interaction": {
      const checked = node.gates.flatMap((check) => wholes(check.arguments));
      return [...payload(node.message.payload), ...parts(node.where), ...checked, ...statements(node.otherwise)];
    }
    case "choice": {
      const branches = node.branches.flatMap(({ when, body }) => [
        ...wholes(when === null ? [] : [when]),
        ...statements(body),
      ]);
      return [...branches, ...statements(node.otherwise)];
    }
    case "loop":
      return [...statements(node.body), ...statements(node.otherwise)];
    case "par":
      return node.arms.flatMap(statements);
    case "scatter":
      return [...wholes([node.list, ...(node.after === null ? [] : [node.after])]), ...statements(node.body)];
    case "pick":
      return statements(node.body);
    case "do": {
      const values = node.arguments.flatMap((one) => (one.kind === "value" ? [one.expression] : []));
      return [...wholes(values), ...statements(node.otherwise)];
    }
    case "saga": {
      const steps = node.steps.flatMap(({ step, undo }) => [...statements(step), ...statements(undo)]);
      return [...steps, ...statements(node.otherwise)];
    }
    case "named":
      return node.arguments.map((type) => at(type, "whole"));
    case "union":
      return node.members.map((type) => at(type, "member"));
    case "record":
      return parts(node.fields);
    case "list":
      return "item" in node ? [at(node.item, "item")] : wholes(node.items);
    case "field":
      return [at(node.of, "target")];
    case "index":
      return [at(node.of, "target"), at(node.index, "whole")];
    case "call":
      return [at(node.callee, "target"), ...wholes(node.arguments)];
    case "unary":
      return [at(node.operand, "unary")];
    case "binary": {
      const { operator, left, right } = node;
      return [at(left, { operator, side: "left" }), at(right, { operator, side: "right" })];
    }
    case "is":
      return [at(node.operand, { operator: "is", side: "left" })];
    case "conditional":
      return [at(node.test, "test"), ...wholes([node.then, node.otherwise])];
    case "function":
      return wholes([node.body]);
    case "name":
    case "literal":
    case "duration":
    case "break":
    case "continue":
    case "return":
    case "abort":
    case "fail":
      return [];
  }
}

function insideOfPart(part: FieldTree | EntryTree | ConditionTree): readonly Inner[] {
  if ("type" in part) return [at(part.type, "whole")];
  if ("expression" in part) return [at(part.expression, part.message === null ? "whole" : "messaged")];
  if (part.value === null) return [];
  return part.value.kind === "record" ? entries(part.value.record) : wholes([part.value]);
}

function payload(payload: PayloadTree): readonly Inner[] {
  if (payload.kind === "filled") return entries(payload.record);
  return payload.kind === "computed" ? wholes([payload.expression]) : [];
}

function entries(record: RecordTree): readonly Inner[] {
  return parts(record.entries);
}

function statements(block: BlockTree | null): readonly Inner[] {
  return (block?.statements ?? []).map((node) => ({ node, place: null }));
}

function parts(nodes: readonly (FieldTree | EntryTree | ConditionTree)[]): readonly Inner[] {
  return nodes.map((node) => ({ node, place: null }));
}

function wholes(nodes: readonly ExpressionTree[]): readonly Inner[] {
  return nodes.map((node) => at(node, "whole"));
}

function at(node: ExpressionTree | TypeTree, place: Place): Inner {
  return { node, place };
}
