// A name that a role knows somewhere: what the knowledge stage finds out and everything behind it is told.

import type { Type } from "../bind/program.js";

export interface Known {
  readonly name: string;
  readonly type: Type;
  /** Known on every way here; otherwise it may be absent. */
  readonly definite: boolean;
}
