// What interactions carry: an artifact, or a part of one that was received and is passed on. In: a choreography. Out:
// for each interaction, the fields that lead from an artifact to what it carries.

import { notCarried } from "../carried/never.js";
import { forwardedBy, payloadType } from "../core/message.js";
import type { Artifact, Choreography, Interaction, Type } from "../bind/program.js";

/** An artifact, or a part of one that some interaction forwards: `Design.modules`. */
export interface Part {
  readonly artifact: string;
  /** The fields that lead to it; none: the whole artifact. */
  readonly path: readonly string[];
  readonly type: Type;
  readonly doc: string;
}

/** What each interaction carries, in the order of the source; those that carry nothing are left out. `artifacts`: by name. */
export function partsCarried(
  { interactions }: Choreography,
  artifacts: ReadonlyMap<string, Artifact>,
): [Interaction, Part][] {
  const bound = new Map<string, Part>();
  const carried = new Map<Interaction, Part>();
  // A name may be bound behind the place where it is passed on: the loop has been round before.
  for (let open = interactions, left = -1; open.length > 0 && open.length !== left;) {
    left = open.length;
    open = open.filter((interaction) => {
      const part = partOf(interaction, bound, artifacts);
      if (part === null) return interaction.payload.kind !== "none";
      carried.set(interaction, part);
      if (interaction.binds !== null && !bound.has(interaction.binds)) bound.set(interaction.binds, part);
      return false;
    });
  }
  return interactions.flatMap((interaction) => {
    const part = carried.get(interaction);
    return part === undefined ? [] : [[interaction, part] as [Interaction, Part]];
  });
}

/** What an interaction carries; null: nothing, or something under a name that `bound` has not yet. */
function partOf(
  interaction: Interaction,
  bound: ReadonlyMap<string, Part>,
  artifacts: ReadonlyMap<string, Artifact>,
): Part | null {
  const type = payloadType(interaction);
  if (type === null) return null;
  const passed = forwardedBy(interaction);
  if (passed === null) return type.kind === "reference" ? wholeOf(type.artifact, artifacts) : notCarried(type.kind);
  let part = bound.get(passed.name);
  if (part === undefined) return null;
  for (const name of passed.path) {
    const record: Part = part.type.kind === "reference" ? wholeOf(part.type.artifact, artifacts) : part;
    const whole = record.type.kind === "reference" ? artifacts.get(record.type.artifact)?.type : record.type;
    const field = whole?.kind === "record" ? whole.fields.find((one) => one.name === name) : undefined;
    part = {
      artifact: record.artifact,
      path: [...record.path, name],
      type: field?.type ?? type,
      doc: field?.doc ?? "",
    };
  }
  return part.type.kind === "reference" ? wholeOf(part.type.artifact, artifacts) : part;
}

function wholeOf(artifact: string, artifacts: ReadonlyMap<string, Artifact>): Part {
  const { source, doc = "" } = artifacts.get(artifact) ?? {};
  return { artifact, path: [], type: { kind: "reference", artifact, file: source?.file ?? "" }, doc };
}
