// All runs of a core up to a length, with the words of the network erased: a message to a role of the network is not
// yet one, what that role hands on is a message of its sender. In: a core. Out: its runs, as `meaning.ts` tells them.

import type { Core, Node, Send } from "../../compiler/src/core/core.js";
import { innerNodes } from "../../compiler/src/core/message.js";
import { over, start, steps, type Configuration } from "../../compiler/src/reference/interpret.js";
import { keyOf } from "../../compiler/src/reference/run.js";
import type { Run } from "../../compiler/src/reference/meaning.js";

/** Takes a core, how many events of a run are told, and how many elements every scatter has; null where it is too much. */
export function runsOfCore(core: Core, longest: number, instances: number, most: number): readonly Run[] | null {
  const senders = sendersBehind(core);
  const keys = new Map<object, number>();
  const seen = new Set<string>();
  const runs = new Map<string, Run>();
  const work: { readonly at: Configuration; readonly events: readonly string[] }[] = [
    { at: start(core, instances), events: [] },
  ];
  for (let place = work.pop(); place !== undefined; place = work.pop()) {
    const { at, events } = place;
    const key = `${keyOf(at.rest, keys)} ${events.join()}`;
    if (seen.has(key)) continue;
    seen.add(key);
    if (seen.size > most) return null;
    if (over(core, at)) runs.set(`${events.join()}.`, { events, over: true });
    for (const { send, after } of steps(core, at)) {
      const event = shown(core, send, senders);
      if (event === null) work.push({ at: after, events });
      else if (events.length < longest) work.push({ at: after, events: [...events, event] });
      else runs.set(events.join(), { events, over: false });
    }
  }
  return [...runs.values()];
}

/** A message between roles with an endpoint; null: a word of the network, or not yet handed on. */
function shown({ roles, messages }: Core, send: Send, senders: ReadonlyMap<number, number>): string | null {
  if (messages[send.message]?.interaction === null || roles[send.to]?.kind === "network") return null;
  const from = roles[send.from]?.kind === "network" ? (senders.get(send.from) ?? -1) : send.from;
  return `${roles[from]?.name} -> ${roles[send.to]?.name}: ${send.label}`;
}

/** By role of the network: whose messages it hands on. */
function sendersBehind({ roles, messages, body }: Core): ReadonlyMap<number, number> {
  const senders = new Map<number, number>();
  const work: Node[] = [body];
  for (let node = work.pop(); node !== undefined; node = work.pop()) {
    if (node.kind !== "send") work.push(...innerNodes(node));
    else if (roles[node.to]?.kind === "network" && messages[node.message]?.interaction !== null)
      senders.set(node.to, node.from);
  }
  return senders;
}
