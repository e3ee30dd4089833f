// One message of a local protocol in words: `! Publish(draft) to Press`, `? Draft from Writer`. In: a step of a local
// automaton. Out: text.

import { forwardedBy } from "../core/message.js";
import type { LocalReceive, LocalSend } from "../project/local.js";
import { sourceText } from "./types.js";

/** A step: `!` sends, `?` receives. */
export function stepText(step: LocalSend | LocalReceive): string {
  return "to" in step ? `! ${messageText(step)} to ${step.to}` : `? ${messageText(step)} from ${step.from}`;
}

/** As the source would write it: `Draft`, `Publish(draft)`, `Revise(Comments)`; what is passed on, only for its sender. */
export function messageText(step: LocalSend | LocalReceive): string {
  const { label, payload, interactions } = step;
  if (payload === null) return label;
  const source = forwardedBy(interactions[0]);
  if ("to" in step && source !== null) return `${label}(${[source.name, ...source.path].join(".")})`;
  const type = sourceText(payload);
  return type === label ? label : `${label}(${type})`;
}
