// An interaction in a flow: what it makes its roles read, what it binds, and the `else` of its judge. In: the bound
// interaction and the node before. Out: the node behind.

import type { Span } from "@chor/grammar";
import { listOf } from "../bind/callee.js";
import type { Block, Interaction, Type } from "../bind/program.js";
import { FAILURE } from "../bind/scope.js";
import {
  addBinding,
  addNode,
  addRead,
  braceOf,
  JOIN,
  meeting,
  party,
  withLocal,
  type Builder,
  type Draft,
  type Surroundings,
} from "./draft.js";
import type { Party, Way } from "./flow.js";

/** Adds an interaction behind a node; gives the node behind it and its `else`. */
export function addInteraction(
  builder: Builder,
  interaction: Interaction,
  at: number,
  surroundings: Surroundings,
): number {
  const { draft } = builder;
  const { from, to, payload, binds, own, otherwise, span } = interaction;
  const { scope } = surroundings;
  const sender = party(draft, from, scope);
  const receivers = to.map((role) => party(draft, role, scope));
  const node = addNode(draft, [at], JOIN, {
    act: {
      by: from.role,
      key: `${from.role}->${to.map(({ role }) => role).join(",")}:${interaction.label}`,
      others: to.map(({ role }) => role),
    },
  });
  const near = [from, ...to].map(({ role }) => role);
  if (payload.kind === "computed")
    addRead(draft, node, surroundings, "payload", payload.expression, [sender], { near });
  const type = carried(interaction);
  const clauses =
    own === null
      ? surroundings
      : withLocal(surroundings, { name: own, type, knownBy: null, span: interaction.labelSpan });
  const headEnd = otherwise?.span.start ?? span.end;
  draft.places.push({ span: { start: interaction.labelSpan.end, end: headEnd }, node, scope, local: clauses.local });
  const many = to.length > 1 || to.some(({ all }) => all);
  const judges = many ? [...receivers, sender] : receivers;
  let bound: ReadonlySet<string> = new Set();
  for (const { expression } of interaction.where) {
    const more = addRead(draft, node, clauses, "where", expression, judges, { near, bound });
    bound = new Set([...bound, ...more]);
  }
  for (const gate of interaction.gates) {
    for (const argument of gate.arguments) addRead(draft, node, clauses, "gate", argument, receivers, { near, bound });
  }
  const behind = binds === null ? node : addMessageBinding(draft, interaction, binds, type, node, scope);
  if (otherwise === null) return behind;
  // A gather whose quorum is missed leaves in the list what came; any other message that fails was not sent.
  const failed = interaction.collects && from.all ? behind : node;
  const way = { text: `through the \`else\` of \`${interaction.text}\``, span: braceOf(otherwise) };
  const end = addOtherwise(builder, otherwise, failed, way, surroundings, receivers.slice(0, 1));
  return meeting(draft, [behind, end]);
}

function addMessageBinding(
  draft: Draft,
  interaction: Interaction,
  name: string,
  type: Type,
  at: number,
  scope: number,
): number {
  const { from, to, text, collects, index } = interaction;
  const span = headOf(draft, interaction);
  // Each sender of a gather knows what it said itself, and nothing of the others.
  const parties = (from.all ? to : [from, ...to]).map((role) => party(draft, role, scope));
  const { source } = draft.choreography;
  const binding = addBinding(
    draft,
    {
      name,
      parties,
      scope,
      node: draft.nodes.length,
      text,
      span,
      origin: { source, spans: [span] },
      interaction: index,
    },
    collects ? listOf(type) : type,
    collects,
  );
  return addNode(draft, [at], { kind: "bind", name, binding });
}

/** An interaction without its `else`. */
function headOf({ choreography }: Draft, { span, otherwise }: Interaction): Span {
  if (otherwise === null) return span;
  const head = choreography.source.text.slice(span.start, otherwise.span.start);
  const end = head.lastIndexOf("else");
  return end < 0 ? span : { start: span.start, end: span.start + head.slice(0, end).trimEnd().length };
}

/** The `else` of a wait: `judge` knows why it runs. */
export function addOtherwise(
  builder: Builder,
  block: Block,
  at: number,
  way: Way,
  surroundings: Surroundings,
  judge: readonly Party[],
): number {
  const { draft } = builder;
  const start = addNode(draft, [at], JOIN, { way });
  const inner = withLocal(surroundings, { name: "failure", type: FAILURE, knownBy: judge, span: braceOf(block) });
  return builder.block(block, start, inner);
}

/** The type of what a message carries. */
function carried({ payload }: Interaction): Type {
  if (payload.kind === "asked") return payload.type;
  return payload.kind === "computed" ? payload.expression.type : { kind: "null" };
}
