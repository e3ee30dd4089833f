// What a message of the core is, seen from behind: the name that it binds where it stands, the type of what it
// carries, whether it is only passed on, and who takes part in it. In: messages, and the core around them.

import type { Expression, Interaction, Type } from "../bind/program.js";
import type { Core, Message, Node, Send } from "./core.js";

/** The name under which the payload is known from here on, with the prefix of its `do`; null: none. */
export function boundName({ interaction, prefix }: Message): string | null {
  const binds = interaction?.binds ?? null;
  return binds === null ? null : `${prefix}${binds}`;
}

/** The type of what the message carries, with the types put in that its `do` gives; null: nothing. */
export function carriedType({ interaction, substitution }: Message): Type | null {
  const type = interaction === null ? null : payloadType(interaction);
  return type === null ? null : substitutedType(type, substitution.types);
}

/** The type of what an interaction carries, as the source has it; null: nothing. */
export function payloadType({ payload }: Interaction): Type | null {
  if (payload.kind === "none") return null;
  return payload.kind === "asked" ? payload.type : payload.expression.type;
}

/** A type in which type parameters are replaced; what is not among `types` stays. Types nest as deep as the parser lets them. */
export function substitutedType(type: Type, types: ReadonlyMap<string, Type>): Type {
  if (types.size === 0) return type;
  switch (type.kind) {
    case "parameter":
      return types.get(type.name) ?? type;
    case "list":
      return { ...type, item: substitutedType(type.item, types) };
    case "map":
      return { ...type, value: substitutedType(type.value, types) };
    case "digest":
      return { ...type, of: type.of === null ? null : substitutedType(type.of, types) };
    case "record":
      return { ...type, fields: type.fields.map((field) => ({ ...field, type: substitutedType(field.type, types) })) };
    case "nullable": {
      const of = substitutedType(type.of, types);
      return of.kind === "nullable" ? of : { ...type, of };
    }
    default:
      return type;
  }
}

/** `name` or `name.field.field`: a value that is passed on as it is. `path` is empty for the whole. */
export interface Forwarded {
  readonly name: string;
  readonly path: readonly string[];
}

/** What an interaction passes on; null where its payload is asked for, or computed in another way. */
export function forwardedBy(interaction: Interaction | null | undefined): Forwarded | null {
  const payload = interaction?.payload;
  return payload?.kind === "computed" ? forwarded(payload.expression) : null;
}

/** The name and the fields that an expression consists of; null where it is more than that. */
export function forwarded(expression: Expression): Forwarded | null {
  const path: string[] = [];
  let inner = expression;
  while (inner.kind === "field") {
    path.push(inner.field);
    inner = inner.of;
  }
  return inner.kind === "name" ? { name: inner.name, path: path.reverse() } : null;
}

/** Who takes part in a message, by number of role. */
export interface Parties {
  readonly from: number;
  /** In the order in which they are served. */
  readonly to: readonly number[];
}

/** By message: who takes part in it. What stands nowhere in the body has no receivers. Walked once for each core. */
export function partiesOf(core: Core): readonly Parties[] {
  const known = parties.get(core) ?? collected(core);
  parties.set(core, known);
  return known;
}

const parties = new WeakMap<Core, readonly Parties[]>();

function collected(core: Core): readonly Parties[] {
  const sends: Send[][] = core.messages.map(() => []);
  const work: Node[] = [core.body];
  for (let node = work.pop(); node !== undefined; node = work.pop()) {
    if (node.kind === "send") sends[node.message]?.push(node);
    else work.push(...innerNodes(node).toReversed());
  }
  return sends.map((all) => ({ from: all[0]?.from ?? -1, to: all.map(({ to }) => to) }));
}

/** The nodes directly inside a node, in the order of the source. */
export function innerNodes(node: Node): readonly Node[] {
  switch (node.kind) {
    case "sequence":
      return node.nodes;
    case "choice":
      return node.branches;
    case "loop":
      return [node.body, node.otherwise];
    case "block":
    case "scatter":
      return [node.body];
    case "par":
      return node.arms;
    default:
      return [];
  }
}
