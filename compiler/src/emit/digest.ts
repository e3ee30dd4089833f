// The digest of a protocol: endpoints with the same one understand each other. In: a choreography, its local automata
// and the artifacts. Out: `sha256:…` over a normal form without doc comments, layout and places.

import { notCarried } from "../carried/never.js";
import { payloadType } from "../core/message.js";
import { createHash } from "node:crypto";
import type { Artifact, Choreography, Type } from "../bind/program.js";
import { expressionForm } from "../bind/expressions/form.js";
import type { LocalAutomaton, LocalSend, LocalState } from "../project/local.js";

/** Changes whenever the normal form does. */
const FORM = "chor 1";

/** The digest of a choreography. */
export function digestOf(
  choreography: Choreography,
  locals: readonly LocalAutomaton[],
  artifacts: readonly Artifact[],
): string {
  const used = usedArtifacts(choreography, new Map(artifacts.map((artifact) => [artifact.name, artifact])));
  const form = [
    FORM,
    choreography.name,
    choreography.roles.map(({ name }) => name),
    used.map(artifactForm),
    locals.map(localForm),
  ];
  return `sha256:${createHash("sha256").update(JSON.stringify(form)).digest("hex")}`;
}

/** What a value of an artifact has to be. */
function artifactForm({ name, type, open, invariants }: Artifact): unknown {
  const plain = [name, typeForm(type)];
  if (!open && invariants.length === 0) return plain;
  return [...plain, open, invariants.map(({ expression }) => expressionForm(expression, (name) => name))];
}

/** Those that travel, and all inside them; by name. */
function usedArtifacts({ interactions }: Choreography, artifacts: ReadonlyMap<string, Artifact>): Artifact[] {
  const used = new Map<string, Artifact>();
  const types = interactions.flatMap((interaction) => payloadType(interaction) ?? []);
  for (let type = types.pop(); type !== undefined; type = types.pop()) {
    if (type.kind === "list") types.push(type.item);
    if (type.kind === "map") types.push(type.value);
    if (type.kind === "nullable") types.push(type.of);
    if (type.kind === "union") types.push(...type.members);
    if (type.kind === "record") types.push(...type.fields.map((field) => field.type));
    if (type.kind !== "reference" || used.has(type.artifact)) continue;
    const artifact = artifacts.get(type.artifact);
    if (artifact === undefined) continue;
    used.set(type.artifact, artifact);
    types.push(artifact.type);
  }
  return [...used.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function typeForm(type: Type): unknown {
  switch (type.kind) {
    case "string":
      return [type.kind, type.min, type.max, type.pattern];
    case "int":
    case "number":
      return [type.kind, type.min, type.max];
    case "boolean":
      return [type.kind];
    case "literals":
      return [type.kind, type.values];
    case "list":
      return [type.kind, type.min, type.max, typeForm(type.item)];
    case "record":
      return [type.kind, type.fields.map((field) => [field.name, field.optional, typeForm(field.type)])];
    case "reference":
      return [type.kind, type.artifact];
    case "map":
      return [type.kind, type.min, type.max, typeForm(type.value)];
    case "union":
      return [type.kind, type.members.map(({ artifact }) => artifact)];
    case "nullable":
      return [type.kind, typeForm(type.of)];
    case "format":
      return [type.kind, type.format, type.min, type.max];
    case "json":
      return [type.kind, type.max];
    case "digest":
      return [type.kind, type.of === null ? null : typeForm(type.of)];
    default:
      return notCarried(type.kind);
  }
}

function localForm({ role, states, counters, knowsAtEnd }: LocalAutomaton): unknown {
  return [
    role,
    states.map(stateForm),
    counters.map(({ loop, max }) => [loop, max]),
    knowsAtEnd.map(({ name }) => name),
  ];
}

function originForm(origin: LocalSend["origin"]): unknown {
  if (typeof origin === "string") return origin;
  return "text" in origin ? notCarried("computed") : [origin.name, origin.path];
}

function stateForm(state: LocalState): unknown {
  switch (state.kind) {
    case "sends": {
      const decision =
        state.decision === null
          ? null
          : [state.decision.name, state.decision.kind, state.decision.knows.map(({ name }) => name)];
      const sends = state.sends.map(({ label, to, payload, binds, origin, then }) => [
        label,
        to,
        payload === null ? null : typeForm(payload),
        binds,
        originForm(origin),
        then,
      ]);
      return [state.kind, decision, sends];
    }
    case "receives":
      return [
        state.kind,
        state.receives.map(({ label, from, payload, binds, then }) => [
          label,
          from,
          payload === null ? null : typeForm(payload),
          binds,
          then,
        ]),
      ];
    case "enter":
      return [state.kind, state.counter, state.then];
    case "repeat":
      return [state.kind, state.counter, state.then, state.last];
    case "end":
      return [state.kind];
  }
}
