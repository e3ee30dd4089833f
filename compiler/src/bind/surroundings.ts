// What stands around the interactions of a choreography: the names of its file, its roles, and where the
// diagnostics go.

import type { Diagnostic, Source } from "@chor/grammar";
import type { Declarations, Roles } from "./declarations.js";
import type { Artifact } from "./program.js";

/** What an interaction may speak of. */
export interface Surroundings {
  readonly source: Source;
  /** The name of the choreography. */
  readonly choreography: string;
  readonly declarations: Declarations;
  readonly artifacts: ReadonlyMap<string, Artifact | null>;
  readonly roles: Roles;
  readonly sink: Diagnostic[];
}
