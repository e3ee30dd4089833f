// The interactions of a choreography: who, to whom, which label, under which name. In: their trees and the
// names around them. Out: an interaction for each that is sound, with the type of every payload.

import { lowerCamel, nearest } from "@chor/grammar";
import type { InteractionTree, Name, RoleTree, Span } from "@chor/grammar";
import { namesNothing, receivesTwice, sendsToItself } from "../report/choreography.js";
import { unknownRole, wrongKind } from "../report/names.js";
import { unsupported } from "../report/unsupported.js";
import { onOneLine } from "./names.js";
import type { Interaction } from "./program.js";
import type { FoundInteractions } from "./statements.js";
import type { Surroundings } from "./surroundings.js";
import { resolveArtifact } from "./types.js";
import { resolvePayloads, type Draft, type DraftPayload } from "./values.js";

export interface BoundInteractions {
  /** Those that are sound. If nothing was sent to the sink and no artifact is broken, these are all. */
  readonly byTree: ReadonlyMap<InteractionTree, Interaction>;
  /** Artifacts that a message carries, whether or not it is sound. */
  readonly used: ReadonlySet<string>;
}

/** Takes the interactions in the order of the source; each error goes to the sink. */
export function bindInteractions(found: FoundInteractions, surroundings: Surroundings): BoundInteractions {
  const used = new Set<string>();
  const counts = new Map<string, number>();
  const undeclared = new Set<string>();
  const drafts = found.interactions.map((tree, index): Draft => {
    const label = tree.message.label.text;
    const count = (counts.get(label) ?? 0) + 1;
    counts.set(label, count);
    const parties = partiesOf(tree, undeclared, surroundings);
    const payload = payloadOf(tree, used, surroundings);
    const name = lowerCamel(label);
    const binds = payload.kind === "none" ? null : (tree.as?.name.text ?? name);
    return {
      tree,
      index,
      id: count === 1 ? label : `${label}#${count}`,
      parties,
      payload,
      binds,
      handler: binds ?? name,
    };
  });
  for (const { as, message } of found.interactions) {
    if (as !== null && message.payload.kind === "none")
      surroundings.sink.push(namesNothing(as.name, message.label.text));
  }
  const payloads = resolvePayloads(drafts, found.silenced, surroundings);
  const byTree = new Map<InteractionTree, Interaction>();
  for (const { tree, index, id, parties, binds, handler } of drafts) {
    const payload = payloads[index];
    if (parties === null || payload === undefined || payload === null) continue;
    const text = onOneLine(surroundings.source.text.slice(tree.span.start, tree.span.end));
    const label = tree.message.label.text;
    byTree.set(tree, { index, id, doc: tree.doc, ...parties, label, payload, binds, handler, text, span: tree.span });
  }
  return { byTree, used };
}

/** Sender and receivers; null if any of them is wrong. `undeclared`: unknown roles that have been told of. */
function partiesOf(tree: InteractionTree, undeclared: Set<string>, surroundings: Surroundings): Draft["parties"] {
  const { roles, sink } = surroundings;
  const sender = roleOf(tree.from, undeclared, surroundings);
  if (tree.to === null) {
    const others = roles.names.filter((role) => role !== tree.from.name.text);
    return sender && others.length > 0 ? { from: tree.from.name.text, to: others } : null;
  }
  let sound = sender;
  const seen = new Map<string, Span>();
  for (const role of tree.to) {
    if (!roleOf(role, undeclared, surroundings)) sound = false;
    const { name } = role;
    const first = seen.get(name.text);
    const toItself = name.text === tree.from.name.text;
    if (first !== undefined) sink.push(receivesTwice(name, first));
    else if (toItself) sink.push(sendsToItself(name, tree.from.name.span));
    if (first !== undefined || toItself) sound = false;
    else seen.set(name.text, name.span);
  }
  return sound ? { from: tree.from.name.text, to: [...seen.keys()] } : null;
}

function roleOf({ name, all, span }: RoleTree, undeclared: Set<string>, surroundings: Surroundings): boolean {
  const { declarations, roles, sink, choreography } = surroundings;
  if (all) sink.push(unsupported("family", span));
  if (roles.byName.has(name.text)) return !all;
  const declaration = declarations.byName.get(name.text);
  if (declaration?.kind === "artifact" || declaration?.kind === "contract") {
    sink.push(wrongKind(name, "a role", declaration.kind, declaration.name.span));
    return false;
  }
  const suggestion = nearest(name.text, roles.names);
  // A role that was forgotten in the head is told of once, a misspelt one wherever it is misspelt.
  if (suggestion !== null || !undeclared.has(name.text))
    sink.push(unknownRole(name, choreography, roles.names, suggestion));
  undeclared.add(name.text);
  return false;
}

/** What the message carries, types of forwarded values not yet known. Every artifact that it names is added to `used`. */
function payloadOf(tree: InteractionTree, used: Set<string>, surroundings: Surroundings): DraftPayload {
  const { message } = tree;
  const { payload } = message;
  const asked = (artifact: Name): DraftPayload => {
    used.add(artifact.text);
    return resolveArtifact(artifact, [], surroundings)
      ? { kind: "asked", artifact: artifact.text }
      : { kind: "broken" };
  };
  switch (payload.kind) {
    case "none":
      return payload;
    case "same":
      return asked(message.label);
    case "asked":
      return asked(payload.artifact);
    case "filled":
      used.add(payload.artifact.text);
      surroundings.sink.push(unsupported("filled", message.span));
      return { kind: "broken" };
    case "computed": {
      const fields: Name[] = [];
      let { expression } = payload;
      for (; expression.kind === "field"; expression = expression.of) fields.push(expression.field);
      if (expression.kind === "name")
        return { kind: "forwarded", name: expression.name, path: fields.toReversed(), span: payload.expression.span };
      surroundings.sink.push(unsupported("computed", payload.expression.span));
      return { kind: "broken" };
    }
  }
}
