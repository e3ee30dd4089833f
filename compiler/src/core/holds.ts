// What a core holds, somewhere inside. In: a core. Out: yes or no.

import type { Core, Node } from "./core.js";
import { innerNodes } from "./message.js";

/** Whether there are arms in a core. */
export function hasArms(core: Core): boolean {
  return holds(core, ["par", "scatter"]);
}

/** Whether somebody may `fail` in a core. */
export function hasFail(core: Core): boolean {
  return holds(core, ["fail"]);
}

function holds(core: Core, kinds: readonly Node["kind"][]): boolean {
  const work: Node[] = [core.body];
  for (let node = work.pop(); node !== undefined; node = work.pop()) {
    if (kinds.includes(node.kind)) return true;
    work.push(...innerNodes(node));
  }
  return false;
}
