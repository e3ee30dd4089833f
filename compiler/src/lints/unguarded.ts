// `unguarded-artifact`: what an agent has made goes to somebody else, and nothing but its shape is checked. In: a program.
// Out: a warning for each such message.

import type { Diagnostic } from "@chor/grammar";
import { artifactOf, type Artifacts } from "../bind/artifact-table.js";
import type { Artifact, ReferenceType, Type } from "../bind/program.js";
import { membersOf } from "../bind/type-shapes.js";
import { unguarded } from "../report/lints.js";
import type { Subject } from "./lint.js";

/** Messages whose payload an agent is asked for, without `where`, `gate` or invariant, unless its shape says all. */
export function unguardedArtifacts({ program, artifacts }: Subject): readonly Diagnostic[] {
  return program.choreographies.flatMap(({ interactions }) =>
    interactions.flatMap(({ payload, where, gates, from, to, label, labelSpan }) => {
      if (payload.kind !== "asked" || payload.type.kind !== "reference" || where.length + gates.length > 0) return [];
      if (isGuarded(payload.type, artifacts) || !isFree(payload.type, artifacts, new Set())) return [];
      const receivers = to.map(({ role, all }) => (all ? `${role}[*]` : role));
      return [unguarded(label, payload.type.artifact, from.role, receivers, labelSpan)];
    }),
  );
}

/** Whether an artifact, or each member of a union, has an invariant or stands elsewhere. */
function isGuarded(reference: ReferenceType, artifacts: Artifacts): boolean {
  const artifact = artifactOf(reference, artifacts);
  if (artifact === null || artifact.invariants.length > 0 || artifact.type.kind === "foreign") return true;
  const members = artifact.type.kind === "union" ? membersOf(artifact.type) : [];
  return (
    members.length > 0 &&
    members.every((member) => {
      const own = artifactOf(member, artifacts);
      return own === null || own.invariants.length > 0;
    })
  );
}

/** Whether there is text in it that may be anything. `seen`: artifacts that were looked at, each of them once. */
function isFree(type: Type, artifacts: Artifacts, seen: Set<Artifact>): boolean {
  switch (type.kind) {
    case "string":
      return type.pattern === null;
    case "format":
      return type.format === "typescript" || type.format === "bytes";
    case "json":
      return true;
    case "nullable":
      return isFree(type.of, artifacts, seen);
    case "list":
      return isFree(type.item, artifacts, seen);
    case "map":
      return true;
    case "record":
      return type.fields.some((field) => isFree(field.type, artifacts, seen));
    case "union":
      return type.members.some((member) => isFree(member, artifacts, seen));
    case "reference": {
      const artifact = artifactOf(type, artifacts);
      if (artifact === null || seen.has(artifact)) return false;
      seen.add(artifact);
      return isFree(artifact.type, artifacts, seen);
    }
    default:
      return false;
  }
}
