// From a bound choreography to the core: the meaning of every construct in terms of messages, sequence, choice by
// the first sender, loop, blocks and arms (SPEC.md, "Core"). In: one choreography, and how large its families are.
// Out: its core. Each construct has a file of its own in `desugar/`.

import type { Block, Choreography, Scatter, Statement } from "../bind/program.js";
import type { Core, Node } from "./core.js";
import { doNode, sagaNode } from "./desugar/calls.js";
import { choiceNode, pickNode } from "./desugar/choices.js";
import { interactionNode } from "./desugar/interactions.js";
import {
  boundNumber,
  exitTo,
  known,
  noSubstitution,
  nothing,
  placed,
  roleOf,
  upTo,
  type Draft,
  type Options,
  type Scope,
  type Target,
} from "./desugar/scope.js";
import { knowersOf } from "./knowers.js";

export type { Options } from "./desugar/scope.js";

const defaults: Required<Options> = {
  members: (low) => Math.max(1, Math.min(low, 3)),
  mostRead: Infinity,
  value: () => 3,
  knowers: knowersOf,
};

/**
 * Desugars one bound choreography. Linear in its length but for what is spelt out: members, and callees, which
 * `measure` bounds beforehand. Recursive over nesting only, bounded by the parser and by `measure`. Has no errors:
 * the binder lets only known roles and loops through.
 */
export function desugar(choreography: Choreography, options: Options = {}): Core {
  const draft: Draft = {
    options: { ...defaults, ...options },
    roles: [],
    messages: [],
    loops: [],
    blocks: 0,
    speaker: 0,
  };
  const over: Target = { block: null };
  const body = blockNode(choreography.body, {
    draft,
    choreography,
    roles: spelledOut(choreography, draft),
    prefix: "",
    suffix: "",
    substitution: noSubstitution,
    open: new Map(),
    parent: null,
    returns: over,
    aborts: over,
    at: null,
  });
  const { name, span } = choreography;
  return {
    name,
    roles: draft.roles,
    messages: draft.messages,
    loops: draft.loops,
    body: upTo(over, body),
    blocks: draft.blocks,
    end: { start: Math.max(span.start, span.end - 1), end: span.end },
  };
}

/** A role for each role, and one for each member that stands for a family. */
function spelledOut({ roles }: Choreography, draft: Draft): ReadonlyMap<string, readonly number[]> {
  return new Map(
    roles.map(({ name, family, optional }) => {
      const kind = optional ? "optional" : "plain";
      if (family === null) return [name, [draft.roles.push({ name, role: name, member: null, kind }) - 1]];
      const size = Math.max(1, draft.options.members(family.low, family.high, name));
      const members = Array.from(
        { length: size },
        (_, i) => draft.roles.push({ name: `${name}[${i + 1}]`, role: name, member: i + 1, kind }) - 1,
      );
      return [name, members];
    }),
  );
}

function blockNode(block: Block, scope: Scope): Node {
  return {
    kind: "sequence",
    nodes: block.statements.map((statement) => statementNode(statement, scope)).flatMap(flat),
  };
}

/** What a construct gives as a sequence stands in the sequence around it. */
function flat(node: Node): readonly Node[] {
  return node.kind === "sequence" ? node.nodes : [node];
}

function statementNode(statement: Statement, scope: Scope): Node {
  const at = placed(scope, statement.span);
  switch (statement.kind) {
    case "interaction":
      return interactionNode(scope, statement.interaction, (block) => blockNode(block, scope));
    case "choice":
      return choiceNode(scope, statement, blockNode);
    case "pick":
      return pickNode(scope, statement, blockNode);
    case "do":
      return doNode(scope, statement, blockNode);
    case "saga":
      return sagaNode(scope, statement, blockNode);
    case "scatter":
      return scatterNode(scope, statement);
    case "par": {
      const { speaker } = scope.draft;
      return {
        kind: "par",
        arms: statement.arms.map((arm) => {
          // Nobody has spoken in an arm before it begins.
          scope.draft.speaker = speaker;
          return blockNode(arm, scope);
        }),
        armSpans: statement.arms.map(({ span }) => placed(scope, span)),
        span: at,
      };
    }
    case "loop": {
      const { name, headSpan } = statement;
      const max = statement.max === null ? null : Math.max(1, boundNumber(scope, statement.max));
      const { loops } = scope.draft;
      const {
        body: { span: inside },
        otherwise: end,
      } = statement;
      const braces = scope.prefix === "" ? { body: inside, otherwise: end?.span ?? null } : null;
      const loop = loops.push({ name, max, parent: scope.parent, span: placed(scope, headSpan), braces }) - 1;
      const body = blockNode(statement.body, { ...scope, open: new Map(scope.open).set(name, { loop }), parent: loop });
      const otherwise = statement.otherwise === null ? nothing : blockNode(statement.otherwise, scope);
      return { kind: "loop", loop, body, otherwise };
    }
    case "break":
    case "continue": {
      const place = known(scope.open.get(statement.name), `loop ${statement.name}`);
      return "loop" in place ? { kind: statement.kind, loop: place.loop, span: at } : exitTo(scope, place.instance, at);
    }
    case "return":
      return exitTo(scope, scope.returns, at);
    case "abort":
      return exitTo(scope, scope.aborts, at);
    case "fail":
      return { kind: "fail", by: scope.draft.speaker, reason: statement.reason, span: at };
  }
}

/** Inside, the family is a role of its own: whoever has claimed the element. `break` of the element ends the instance. */
function scatterNode(scope: Scope, scatter: Scatter): Node {
  const { draft } = scope;
  const roles = new Map(scope.roles);
  const members = scatter.over.map((family) => scope.roles.get(family) ?? []);
  const over = scatter.over.map((family) => {
    const member = draft.roles[roleOf(scope, family)];
    const kind = member?.kind ?? "plain";
    const name = `${scope.prefix}${family}`;
    return draft.roles.push({ name, role: member?.role ?? family, member: null, kind }) - 1;
  });
  scatter.over.forEach((family, i) => roles.set(family, [over[i] ?? 0]));
  const instance: Target = { block: null };
  // A member that has spoken last is inside who has claimed; behind, where nobody need have claimed, it is itself again.
  const { speaker } = draft;
  const claimed = members.findIndex((own) => own.includes(speaker));
  draft.speaker = over[claimed] ?? speaker;
  const body = blockNode(scatter.body, { ...scope, roles, open: new Map(scope.open).set(scatter.as, { instance }) });
  draft.speaker = speaker;
  const span = placed(scope, scatter.headSpan);
  return {
    kind: "scatter",
    body: upTo(instance, body),
    over,
    members,
    bodySpan: placed(scope, scatter.body.span),
    span,
  };
}
