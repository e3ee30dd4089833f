// Values: which names interactions bind, of which type, and what is passed on under them. In: the interactions
// of a choreography in the order of the source, not yet typed. Out: the payload of each, or null where
// something is wrong with it. Who knows a value at which point is not asked here, see the knowledge stage.

import { lowerCamel, nearest } from "@chor/grammar";
import type { InteractionTree, Name, Span } from "@chor/grammar";
import {
  boundWithAnotherType,
  noRecord,
  onlyPassedOn,
  optionalOnPath,
  unknownField,
  unknownValue,
} from "../report/names.js";
import type { Payload, Type } from "./program.js";
import type { Surroundings } from "./surroundings.js";
import { typeText } from "./types.js";

export interface Draft {
  readonly tree: InteractionTree;
  readonly index: number;
  readonly id: string;
  /** null: one of them is wrong. */
  readonly parties: { readonly from: string; readonly to: readonly string[] } | null;
  readonly payload: DraftPayload;
  readonly binds: string | null;
  readonly handler: string;
}

export type DraftPayload =
  | { readonly kind: "none" }
  | { readonly kind: "asked"; readonly artifact: string }
  | Forwarded
  /** Wrong in itself, and said to be. */
  | { readonly kind: "broken" };

interface Forwarded {
  readonly kind: "forwarded";
  readonly name: Name;
  readonly path: readonly Name[];
  readonly span: Span;
}

/**
 * Takes the drafts, gives the payload of each, null where it has an error. A forwarded name means any
 * interaction that binds it, before or behind: types are worked out in the order in which they become known.
 * Names in `silenced` would be bound by what is not supported: nothing is said about them.
 */
export function resolvePayloads(
  drafts: readonly Draft[],
  silenced: ReadonlySet<string>,
  surroundings: Surroundings,
): readonly (Payload | null)[] {
  /** null: bound, but its type is unknown because of an error that is told elsewhere. */
  const types = new Map<string, Type | null>([...silenced].map((name) => [name, null]));
  for (const name of unboundNames(drafts, silenced, surroundings)) types.set(name, null);
  const payloads: (Payload | null)[] = drafts.map(() => null);
  const waiting = new Map<string, Draft[]>();
  const release = (name: string, type: Type | null, open: Draft[]): void => {
    types.set(name, type);
    for (const draft of (waiting.get(name) ?? []).toReversed()) open.push(draft);
    waiting.delete(name);
  };
  const settle = (open: Draft[]): void => {
    for (let draft = open.pop(); draft !== undefined; draft = open.pop()) {
      const { payload, binds, index } = draft;
      if (payload.kind === "forwarded" && !types.has(payload.name.text)) {
        const others = waiting.get(payload.name.text);
        if (others === undefined) waiting.set(payload.name.text, [draft]);
        else others.push(draft);
        continue;
      }
      const typed = typedPayload(payload, types, surroundings);
      payloads[index] = typed;
      if (binds !== null && !types.has(binds))
        release(binds, typed === null || typed.kind === "none" ? null : typed.type, open);
    }
  };
  settle(drafts.toReversed());
  // What is still waiting passes names on in a circle. The first that waits stands for all of its circle.
  for (const { payload } of drafts) {
    if (payload.kind !== "forwarded" || !waiting.has(payload.name.text)) continue;
    surroundings.sink.push(onlyPassedOn(payload.name));
    const open: Draft[] = [];
    release(payload.name.text, null, open);
    settle(open);
  }
  return refuseOtherTypes(drafts, payloads, surroundings);
}

function typedPayload(
  payload: DraftPayload,
  types: ReadonlyMap<string, Type | null>,
  surroundings: Surroundings,
): Payload | null {
  switch (payload.kind) {
    case "none":
      return payload;
    case "broken":
      return null;
    case "asked":
      return { kind: "asked", type: { kind: "reference", artifact: payload.artifact } };
    case "forwarded": {
      const type = typeOfPath(payload, types.get(payload.name.text) ?? null, surroundings);
      const path = payload.path.map((field) => field.text);
      return type === null ? null : { kind: "forwarded", name: payload.name.text, path, type, span: payload.span };
    }
  }
}

/** The type of `name.field.field`, where `name` has type `root`; null: an error was told, here or before. */
function typeOfPath({ name, path }: Forwarded, root: Type | null, { artifacts, sink }: Surroundings): Type | null {
  let type = root;
  let written = name.text;
  for (const field of path) {
    const record = type?.kind === "reference" ? (artifacts.get(type.artifact)?.type ?? null) : type;
    if (type === null || record === null) return null;
    if (record.kind !== "record") {
      sink.push(noRecord(field, written, shortText(record)));
      return null;
    }
    const found = record.fields.find((known) => known.name === field.text);
    if (found === undefined) {
      const names = record.fields.map((known) => known.name);
      sink.push(unknownField(field, written, names, nearest(field.text, names)));
      return null;
    }
    if (found.optional) {
      sink.push(optionalOnPath(field, written));
      return null;
    }
    written += `.${field.text}`;
    type = found.type;
  }
  return type;
}

/** The forwarded names that no interaction binds; the sink says so. */
function unboundNames(
  drafts: readonly Draft[],
  silenced: ReadonlySet<string>,
  { declarations, sink }: Surroundings,
): ReadonlySet<string> {
  const bound = new Set<string>();
  for (const { binds } of drafts) if (binds !== null) bound.add(binds);
  const artifactOf = new Map<string, string>();
  for (const [artifact, { kind }] of declarations.byName)
    if (kind === "artifact") artifactOf.set(lowerCamel(artifact), artifact);
  const unbound = new Set<string>();
  for (const { payload } of drafts) {
    if (payload.kind !== "forwarded" || bound.has(payload.name.text) || silenced.has(payload.name.text)) continue;
    const { name } = payload;
    const artifact = artifactOf.get(name.text);
    const carrier = drafts.find((draft) => draft.payload.kind === "asked" && draft.payload.artifact === artifact);
    const suggestion = nearest(name.text, bound);
    if (carrier !== undefined) {
      const { label } = carrier.tree.message;
      sink.push(
        unknownValue(
          name,
          `Write \`${carrier.binds}\`: a name follows the label. Or call it \`as ${name.text}\` at \`${label.text}\`.`,
          {
            text: `the \`${artifact}\` of \`${label.text}\` is called \`${carrier.binds}\``,
            span: carrier.tree.span,
          },
        ),
      );
    } else if (suggestion !== null) {
      sink.push(unknownValue(name, `Did you mean \`${suggestion}\`?`, null));
    } else if (!unbound.has(name.text)) {
      const hint =
        artifact === undefined
          ? "Pass on what an interaction has bound before."
          : `To ask for a \`${artifact}\` write \`${artifact}\`.`;
      sink.push(unknownValue(name, hint, null));
    }
    unbound.add(name.text);
  }
  return unbound;
}

/** The payloads, but null where a name that already has a type is bound to another. */
function refuseOtherTypes(
  drafts: readonly Draft[],
  payloads: readonly (Payload | null)[],
  { sink }: Surroundings,
): readonly (Payload | null)[] {
  const firsts = new Map<string, { readonly type: Type; readonly span: Span }>();
  return drafts.map(({ binds, tree, index }) => {
    const payload = payloads[index] ?? null;
    if (payload === null || payload.kind === "none" || binds === null) return payload;
    const span = tree.as?.name.span ?? tree.message.label.span;
    const first = firsts.get(binds);
    if (first === undefined) firsts.set(binds, { type: payload.type, span });
    if (first === undefined || first.type === payload.type || typeText(first.type) === typeText(payload.type))
      return payload;
    sink.push(boundWithAnotherType(binds, span, shortText(payload.type), first.span, shortText(first.type)));
    return null;
  });
}

const SHOWN = 60;

function shortText(type: Type): string {
  const text = typeText(type);
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN - 1)}…`;
}
