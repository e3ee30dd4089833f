// Walks over syntax trees: what stands inside a statement, which names an expression speaks of. In: trees. Out: flat
// lists in the order of the source. Recursive over nesting, which the parser bounds.

import type {
  BlockTree,
  BoundTree,
  ExpressionTree,
  InteractionTree,
  Name,
  RecordTree,
  StatementTree,
  TimeTree,
} from "@chor/grammar";

/** The blocks that stand directly in a statement, in the order of the source. */
export function blocksIn(statement: StatementTree): readonly BlockTree[] {
  switch (statement.kind) {
    case "interaction":
    case "do":
      return present([statement.otherwise]);
    case "choice":
      return present([...statement.branches.map(({ body }) => body), statement.otherwise]);
    case "loop":
      return present([statement.body, statement.otherwise]);
    case "par":
      return statement.arms;
    case "scatter":
    case "pick":
      return [statement.body];
    case "saga":
      return present([...statement.steps.flatMap(({ step, undo }) => [step, undo]), statement.otherwise]);
    default:
      return [];
  }
}

/** Every statement of a block, those inside others included, in the order of the source. */
export function statementsIn(block: BlockTree): readonly StatementTree[] {
  const found: StatementTree[] = [];
  const walk = ({ statements }: BlockTree): void => {
    for (const statement of statements) {
      found.push(statement);
      for (const inner of blocksIn(statement)) walk(inner);
    }
  };
  walk(block);
  return found;
}

/** The expressions that stand directly in a statement. */
export function expressionsIn(statement: StatementTree): readonly ExpressionTree[] {
  switch (statement.kind) {
    case "interaction":
      return [
        ...payloadExpressions(statement),
        ...statement.where.map(({ expression }) => expression),
        ...statement.gates.flatMap((gate) => gate.arguments),
      ];
    case "choice":
      return present(statement.branches.map(({ when }) => when));
    case "scatter":
      return present([statement.list, statement.after]);
    case "do":
      return statement.arguments.flatMap((argument) => (argument.kind === "value" ? argument.expression : []));
    default:
      return [];
  }
}

/** The expressions that a computed payload is made of. */
export function payloadExpressions({ message }: InteractionTree): readonly ExpressionTree[] {
  if (message.payload.kind === "computed") return [message.payload.expression];
  return message.payload.kind === "filled" ? recordExpressions(message.payload.record) : [];
}

/** The values of a record's entries; `name` alone stands for the value of that name. */
export function recordExpressions(record: RecordTree): readonly ExpressionTree[] {
  return record.entries.flatMap(({ name, value }): readonly ExpressionTree[] => {
    if (value === null) return [{ kind: "name", name, span: name.span }];
    return value.kind === "record" ? recordExpressions(value.record) : [value];
  });
}

/** The artifacts that a computed payload fills, inner ones too. */
export function filledArtifacts({ message }: InteractionTree): readonly Name[] {
  if (message.payload.kind !== "filled") return [];
  const inside = (record: RecordTree): readonly Name[] =>
    record.entries.flatMap(({ value }) => (value?.kind === "record" ? [value.artifact, ...inside(value.record)] : []));
  return [message.payload.artifact, ...inside(message.payload.record)];
}

/** The names of values that bounds and times of a statement speak of. */
export function parametersIn(statement: StatementTree): readonly string[] {
  const bounds: (BoundTree | TimeTree | null)[] = [];
  if (statement.kind === "interaction") {
    bounds.push(statement.retry, statement.within, statement.quorum?.kind === "count" ? statement.quorum.bound : null);
  } else if (statement.kind === "choice") bounds.push(statement.retry, statement.within);
  else if (statement.kind === "loop") bounds.push(statement.max);
  return bounds.flatMap((bound) => (bound?.kind === "value" ? bound.name : []));
}

export interface ExpressionNames {
  /** Names that are not parameters of a function around them, wherever they stand. */
  readonly free: readonly Name[];
  /** Parameters of functions. */
  readonly parameters: readonly Name[];
  /** Artifacts that `is` asks for. */
  readonly artifacts: readonly Name[];
}

/** The names in some expressions, in the order of the source. */
export function namesInTrees(trees: readonly ExpressionTree[]): ExpressionNames {
  const found = { free: [] as Name[], parameters: [] as Name[], artifacts: [] as Name[] };
  const walk = (tree: ExpressionTree, own: ReadonlySet<string>): void => {
    switch (tree.kind) {
      case "name":
        if (!own.has(tree.name.text)) found.free.push(tree.name);
        return;
      case "literal":
      case "duration":
        return;
      case "list":
        for (const item of tree.items) walk(item, own);
        return;
      case "field":
        walk(tree.of, own);
        return;
      case "index":
        walk(tree.of, own);
        walk(tree.index, own);
        return;
      case "call":
        // The callee is a method of something, or a built-in function: no value has a name that can be called.
        if (tree.callee.kind !== "name") walk(tree.callee, own);
        for (const argument of tree.arguments) walk(argument, own);
        return;
      case "unary":
        walk(tree.operand, own);
        return;
      case "binary":
        walk(tree.left, own);
        walk(tree.right, own);
        return;
      case "is":
        walk(tree.operand, own);
        found.artifacts.push(tree.artifact);
        return;
      case "conditional":
        walk(tree.test, own);
        walk(tree.then, own);
        walk(tree.otherwise, own);
        return;
      case "function":
        found.parameters.push(...tree.parameters);
        walk(tree.body, new Set([...own, ...tree.parameters.map(({ text }) => text)]));
        return;
    }
  };
  for (const tree of trees) walk(tree, new Set());
  return found;
}

function present<T>(items: readonly (T | null)[]): readonly T[] {
  return items.filter((item) => item !== null);
}
