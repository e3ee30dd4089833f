// From a bound choreography to the core: names of roles and loops become numbers, blocks become sequences, and
// a multicast becomes its messages one after the other. In: one choreography. Out: its core, as long as it is.

import type { Block, Choreography, Interaction, Statement } from "../bind/program.js";
import type { Core, CoreLoop, Node } from "./core.js";

/**
 * Desugars one bound choreography. Linear in its length; recursive over nesting only, which the parser bounds.
 * Has no errors: the binder lets only known roles and loops through.
 */
export function desugar(choreography: Choreography): Core {
  const loops: CoreLoop[] = [];
  const roles = new Map(choreography.roles.map((role, i) => [role, i]));
  const body = blockNode(choreography.body, { roles, loops, open: new Map(), parent: null });
  const { name, interactions, span } = choreography;
  return {
    name,
    roles: choreography.roles,
    interactions,
    loops,
    body,
    end: { start: Math.max(span.start, span.end - 1), end: span.end },
  };
}

interface Scope {
  readonly roles: ReadonlyMap<string, number>;
  /** All loops so far; grows in the order of the source. */
  readonly loops: CoreLoop[];
  /** The loops around this place, by name. */
  readonly open: ReadonlyMap<string, number>;
  readonly parent: number | null;
}

function blockNode(block: Block, scope: Scope): Node {
  return { kind: "sequence", nodes: block.statements.flatMap((statement) => statementNodes(statement, scope)) };
}

function statementNodes(statement: Statement, scope: Scope): readonly Node[] {
  switch (statement.kind) {
    case "interaction":
      return sends(statement.interaction, scope);
    case "choice":
      return [
        {
          kind: "choice",
          name: statement.name,
          doc: statement.doc,
          at: roleIndex(scope, statement.at),
          branches: statement.branches.map((branch) => blockNode(branch, scope)),
          branchSpans: statement.branches.map((branch) => branch.span),
          span: statement.headSpan,
        },
      ];
    case "loop": {
      const { name, max, headSpan } = statement;
      const loop = scope.loops.push({ name, max, parent: scope.parent, span: headSpan }) - 1;
      const body = blockNode(statement.body, { ...scope, open: new Map(scope.open).set(name, loop), parent: loop });
      const otherwise = statement.otherwise === null ? nothing : blockNode(statement.otherwise, scope);
      return [{ kind: "loop", loop, body, otherwise }];
    }
    case "break":
    case "continue":
      return [{ kind: statement.kind, loop: loopIndex(scope, statement.loop), span: statement.span }];
  }
}

const nothing: Node = { kind: "sequence", nodes: [] };

function sends(interaction: Interaction, scope: Scope): readonly Node[] {
  const { from, to, label, index, span } = interaction;
  return to.map((receiver, copy) => ({
    kind: "send",
    from: roleIndex(scope, from),
    to: roleIndex(scope, receiver),
    label,
    interaction: index,
    copy,
    span,
  }));
}

function roleIndex(scope: Scope, role: string): number {
  return known(scope.roles.get(role), `role ${role}`);
}

function loopIndex(scope: Scope, loop: string): number {
  return known(scope.open.get(loop), `loop ${loop}`);
}

/** The binder refuses unknown names, so a missing one here is a mistake of the compiler, not of its input. */
function known(index: number | undefined, what: string): number {
  if (index === undefined) throw new Error(`The binder let an unknown ${what} through.`);
  return index;
}
