// The threads of a role that are not in arms themselves: those that can take a step. In: a thread. Out: its leaves.

import type { Thread } from "../team/thread.js";

/** The thread itself, or the leaves of those in its arms. */
export function leavesIn(thread: Thread): readonly Thread[] {
  return thread.inside === null ? [thread] : thread.inside.threads.flatMap(leavesIn);
}
