// Types a source without its statements: artifacts, contracts, and of each choreography its value parameters and what
// its messages carry, over these parameters. In: a source, and sources that it imports. Out: what they mean, and what
// is wrong.

import { parse, type Diagnostic, type Source } from "@chor/grammar";
import { bindArtifacts, type BoundArtifacts } from "../../compiler/src/bind/artifacts.js";
import { bindContracts } from "../../compiler/src/bind/contracts.js";
import { declarationsOf } from "../../compiler/src/bind/declarations.js";
import {
  typeExpression,
  typeRecord,
  type ExpressionScope,
} from "../../compiler/src/bind/expressions/type-expression.js";
import type { Contract, Expression, Program, Type } from "../../compiler/src/bind/program.js";
import { bindParameterType } from "../../compiler/src/bind/types.js";

export interface Typed {
  readonly artifacts: BoundArtifacts;
  readonly contracts: ReadonlyMap<string, Contract | null>;
  /** What the messages carry, where it is computed and sound. */
  readonly payloads: readonly Expression[];
  readonly diagnostics: readonly Diagnostic[];
  readonly program: Program;
}

/** `imports`: programs by specifier. */
export function typed(source: Source, imports: ReadonlyMap<string, Program | null> = new Map()): Typed {
  const { tree, diagnostics: read } = parse(source);
  const sink: Diagnostic[] = [...read];
  const declarations = declarationsOf(tree, imports, sink);
  const artifacts = bindArtifacts(tree, source, declarations, imports, sink);
  const contracts = bindContracts(tree, source, artifacts.context);
  const payloads: Expression[] = [];
  for (const declaration of tree.declarations) {
    if (declaration.kind !== "choreography") continue;
    const types = new Map<string, Type | null>();
    for (const parameter of declaration.parameters)
      if (parameter.kind === "value")
        types.set(parameter.name.text, bindParameterType(parameter.type, artifacts.context));
    const scope: ExpressionScope = {
      lookup: (name) => types.get(name),
      names: () => types.keys(),
      unknown: ({ text, span }) =>
        sink.push({
          code: "CHOR0205",
          severity: "error",
          message: `No such name: \`${text}\`.`,
          span,
          related: [],
          hint: "Name a parameter.",
        }),
      types: artifacts.context,
      assumed: [],
    };
    for (const statement of declaration.body.statements) {
      if (statement.kind !== "interaction") continue;
      const { payload } = statement.message;
      const expression =
        payload.kind === "filled"
          ? typeRecord(payload.artifact, payload.record, scope)
          : payload.kind === "computed"
            ? typeExpression(payload.expression, scope, null)
            : null;
      if (expression !== null) payloads.push(expression);
    }
  }
  const program: Program = {
    source,
    artifacts: [...artifacts.byName.values()].filter((artifact) => artifact !== null),
    contracts: [...contracts.values()].filter((contract) => contract !== null),
    choreographies: [],
    // Choreographies are not bound here; who imports one is told nothing about it.
    broken: tree.declarations.filter(({ kind }) => kind === "choreography").map(({ name }) => name.text),
    imports: [],
    otherArtifacts: artifacts.others,
  };
  return { artifacts, contracts, payloads, diagnostics: sink, program };
}
