// The names of a choreography: roles, labels, values, loops, choices. In: its tree and the builder of an index. Out:
// symbols and occurrences in the index. What a message binds is known everywhere in the choreography, because a loop may
// ask for what only its last round has bound; elements of a scatter or a pick are known inside.

import type {
  BlockTree,
  ChoreographyTree,
  DoTree,
  InteractionTree,
  Name,
  PickTree,
  ScatterTree,
  Span,
  StatementTree,
} from "@chor/grammar";
import { statementsIn } from "../bind/trees.js";
import { define, occur, ownName, partKey, refer } from "./builder.js";
import type { Builder } from "./builder.js";
import { visitConditions, visitExpression, visitRecord, visitType } from "./index-types.js";
import type { Scope, Scoped } from "./index-types.js";
import {
  announce,
  artifact,
  bindValue,
  bound,
  ownPrefix,
  role,
  roleReference,
  symbolOf,
  time,
} from "./index-values.js";
import type { Around } from "./index-values.js";
import { boundName, failure, writtenShape } from "./shapes.js";
import type { Shape } from "./shapes.js";

/** A loop, or the element of a scatter, which `break` names, too. */
interface Jumps {
  readonly name: string;
  readonly key: string;
  readonly kind: "loop" | "value";
  readonly parent: Jumps | null;
}

/** Notes the names of a choreography; `key` is its own. */
export function visitChoreography(builder: Builder, tree: ChoreographyTree, key: string): void {
  const scope = tree.span;
  const types = new Map(tree.typeParameters.map((name) => [name.text, partKey(key, "type", name.text)]));
  for (const name of tree.typeParameters) {
    const own = partKey(key, "type", name.text);
    const detail = `type parameter ${name.text}`;
    define(builder, { key: own, kind: "typeParameter", name, whole: name.span, scope, doc: "", detail });
  }
  const values = new Map<string, Scoped>();
  const roles = new Set<string>();
  for (const parameter of tree.parameters) {
    const { name, span } = parameter;
    const written = builder.file.text.slice(span.start, span.end);
    if (parameter.kind === "role") {
      roles.add(name.text);
      const own = partKey(key, "role", name.text);
      define(builder, { key: own, kind: "role", name, whole: span, scope, doc: "", detail: `role ${written}` });
      bound({ builder, values }, parameter.family?.low ?? null);
      bound({ builder, values }, parameter.family?.high ?? null);
    } else {
      const own = partKey(key, "value", name.text);
      const shape = visitType(builder, parameter.type, types, own);
      define(builder, { key: own, kind: "parameter", name, whole: span, scope, doc: "", detail: written, shape });
      values.set(name.text, { key: own, kind: "parameter", shape });
    }
  }
  const around: Around = { builder, tree, key, types, roles, values };
  for (const statement of statementsIn(tree.body)) announce(around, statement);
  time(around, tree.within);
  visitBlock(around, tree.body, { names: values, parent: null }, null);
}

// ---- statements ----------------------------------------------------------------------------------------

function visitBlock(around: Around, { statements }: BlockTree, scope: Scope, jumps: Jumps | null): void {
  for (const statement of statements) visitStatement(around, statement, scope, jumps);
}

function visitStatement(around: Around, statement: StatementTree, scope: Scope, jumps: Jumps | null): void {
  const { builder, key, tree } = around;
  const block = (inner: BlockTree | null, names = scope, loops = jumps): void => {
    if (inner !== null) visitBlock(around, inner, names, loops);
  };
  switch (statement.kind) {
    case "interaction":
      return visitInteraction(around, statement, scope, jumps);
    case "choice": {
      const { name, at, span, doc } = statement;
      if (name !== null) {
        const own = partKey(key, "choice", name.text);
        const detail = `choice ${name.text}${at === null ? "" : ` at ${at.text}`}`;
        define(builder, { key: own, kind: "choice", name, whole: span, scope: tree.span, doc, detail });
      }
      if (at !== null) role(around, at);
      time(around, statement.within);
      bound(around, statement.retry);
      for (const { when, body } of statement.branches) {
        if (when !== null) visitExpression(builder, when, scope);
        block(body);
      }
      return block(statement.otherwise);
    }
    case "loop": {
      const { name, max, span } = statement;
      const own = `${partKey(key, "loop", name.text)}@${name.span.start}`;
      const detail = `loop ${name.text}${max === null ? "" : ` max ${max.kind === "number" ? max.value : max.name}`}`;
      define(builder, { key: own, kind: "loop", name, whole: span, scope: span, doc: "", detail });
      bound(around, max);
      block(statement.body, scope, { name: name.text, key: own, kind: "loop", parent: jumps });
      return block(statement.otherwise);
    }
    case "par":
      return statement.arms.forEach((arm) => block(arm));
    case "scatter":
      return visitScatter(around, statement, scope, jumps);
    case "pick":
      return visitPick(around, statement, scope, jumps);
    case "do":
      visitDo(around, statement, scope);
      return block(statement.otherwise);
    case "saga":
      for (const { step, undo } of statement.steps) {
        block(step);
        block(undo);
      }
      return block(statement.otherwise);
    case "break":
    case "continue":
      return visitJump(builder, statement.loop, jumps);
    default:
      return;
  }
}

function visitJump(builder: Builder, loop: Name, jumps: Jumps | null): void {
  for (let at = jumps; at !== null; at = at.parent) {
    if (at.name !== loop.text) continue;
    occur(builder, loop.span, at.key, at.kind);
    return;
  }
}

function visitScatter(around: Around, statement: ScatterTree, scope: Scope, jumps: Jumps | null): void {
  const { builder } = around;
  const { as, over, after, body, span } = statement;
  const list = visitExpression(builder, statement.list, scope);
  const shape = list?.kind === "list" ? list.item : null;
  const element = local(around, as, span, `element of a \`scatter\``, shape);
  for (const family of over) role(around, family);
  const inner = { names: new Map([[as.text, element]]), parent: scope };
  if (after !== null) visitExpression(builder, after, inner);
  visitBlock(around, body, inner, { name: as.text, key: element.key, kind: "value", parent: jumps });
}

function visitPick(around: Around, { family, as, at, body, span }: PickTree, scope: Scope, jumps: Jumps | null): void {
  role(around, family);
  const names = new Map<string, Scoped>();
  if (as !== null)
    names.set(
      as.text,
      local(around, as, span, `member of \`${family.text}\` that was picked`, { kind: "plain", name: "string" }),
    );
  role(around, at);
  visitBlock(around, body, { names, parent: scope }, jumps);
}

/** A name that is known in one statement only. */
function local({ builder, key }: Around, name: Name, span: Span, detail: string, shape: Shape | null): Scoped {
  const own = `${partKey(key, "value", name.text)}@${name.span.start}`;
  define(builder, { key: own, kind: "value", name, whole: span, scope: span, doc: "", detail, shape });
  return { key: own, kind: "value", shape };
}

function visitDo(around: Around, statement: DoTree, scope: Scope): void {
  const { builder, key, tree } = around;
  refer(builder, statement.choreography);
  for (const name of statement.typeArguments) artifact(around, name);
  for (const argument of statement.arguments) {
    if (argument.kind === "role") roleReference(around, argument.role);
    else if (argument.kind === "roles") argument.roles.forEach((each) => roleReference(around, each));
    else visitExpression(builder, argument.expression, scope);
  }
  const name = statement.as?.text ?? ownPrefix(statement);
  const known = around.values.get(name);
  const own = known?.key ?? partKey(key, "value", name);
  const place = statement.as ?? statement.choreography;
  if (statement.as !== null) {
    const detail = `what \`do ${statement.choreography.text}\` has bound`;
    const shape = known?.shape ?? null;
    define(builder, {
      key: own,
      kind: "value",
      name: place,
      whole: statement.span,
      scope: tree.span,
      doc: "",
      detail,
      shape,
    });
  } else {
    symbolOf(around, own, name, place.span, statement.span, known?.shape ?? null);
    occur(builder, place.span, own, "value", "bind", { implicit: true });
  }
}

// ---- interactions --------------------------------------------------------------------------------------

function visitInteraction(around: Around, tree: InteractionTree, scope: Scope, jumps: Jumps | null): void {
  const { builder, values } = around;
  roleReference(around, tree.from);
  tree.to?.forEach((each) => roleReference(around, each));
  const carried = visitMessage(around, tree, scope);
  const name = boundName(tree);
  const clauses = new Map<string, Scoped>();
  if (name !== null) {
    const collects = tree.as?.collects === true;
    bindValue(around, tree, name, tree.as?.name.span ?? null, collects ? { kind: "list", item: carried } : carried);
    if (collects) {
      const own = ownName(tree);
      bindValue(around, tree, own, null, carried);
      clauses.set(own, { key: values.get(own)?.key ?? "", kind: "value", shape: carried });
    }
  }
  const inner: Scope = { names: clauses, parent: scope };
  visitConditions(builder, tree.where, inner);
  for (const { contract, arguments: given } of tree.gates) {
    refer(builder, contract);
    for (const argument of given) visitExpression(builder, argument, inner);
  }
  if (tree.quorum?.kind === "count") bound(around, tree.quorum.bound);
  bound(around, tree.retry);
  time(around, tree.within);
  if (tree.otherwise === null) return;
  const key = `${builder.file.uri}#failure`;
  const failing = new Map<string, Scoped>([["failure", { key, kind: "value", shape: failure }]]);
  visitBlock(around, tree.otherwise, { names: failing, parent: scope }, jumps);
}

/** Label and payload; gives the shape of what is carried. */
function visitMessage(around: Around, tree: InteractionTree, scope: Scope): Shape | null {
  const { builder, key, tree: choreography } = around;
  const { label, payload } = tree.message;
  if (payload.kind === "same" || (payload.kind === "filled" && payload.artifact.span.start === label.span.start))
    artifact(around, label);
  const own = partKey(key, "label", label.text);
  const known = builder.symbols.get(own);
  if (known === undefined) {
    const scope = choreography.span;
    const detail = `label ${label.text}`;
    const doc = tree.doc;
    define(builder, { key: own, kind: "label", name: label, whole: tree.span, scope, doc, detail }).bindings.push(tree);
  } else {
    occur(builder, label.span, own, "label");
    known.bindings.push(tree);
  }
  switch (payload.kind) {
    case "none":
      return null;
    case "same":
      return writtenShape(builder.world, builder.file, tree);
    case "asked":
      artifact(around, payload.artifact);
      return writtenShape(builder.world, builder.file, tree);
    case "filled":
      if (payload.artifact.span.start !== label.span.start) artifact(around, payload.artifact);
      return visitRecord(builder, payload.artifact, payload.record, scope);
    case "computed":
      return visitExpression(builder, payload.expression, scope);
  }
}
