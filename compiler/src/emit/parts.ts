// What interactions carry: an artifact, or a part of one that was received and is passed on. In: a choreography. Out:
// for each interaction, the fields that lead from an artifact to what it carries.

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
  { payload }: Interaction,
  bound: ReadonlyMap<string, Part>,
  artifacts: ReadonlyMap<string, Artifact>,
): Part | null {
  if (payload.kind === "none") return null;
  if (payload.kind === "asked") return whole(payload.type.artifact, artifacts);
  let part = bound.get(payload.name);
  if (part === undefined) return null;
  for (const name of payload.path) {
    const record: Part = part.type.kind === "reference" ? whole(part.type.artifact, artifacts) : part;
    const type = record.type.kind === "reference" ? artifacts.get(record.type.artifact)?.type : record.type;
    const field = type?.kind === "record" ? type.fields.find((one) => one.name === name) : undefined;
    part = {
      artifact: record.artifact,
      path: [...record.path, name],
      type: field?.type ?? payload.type,
      doc: field?.doc ?? "",
    };
  }
  return part.type.kind === "reference" ? whole(part.type.artifact, artifacts) : part;
}

function whole(artifact: string, artifacts: ReadonlyMap<string, Artifact>): Part {
  return { artifact, path: [], type: { kind: "reference", artifact }, doc: artifacts.get(artifact)?.doc ?? "" };
}
