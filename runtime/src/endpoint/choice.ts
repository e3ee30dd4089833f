// What a decision asks for: the schema of its answer, and the functions that make one. In: a state that sends.
// Out: `ctx.answer` and `ctx.choose`.

import type { Send, Sends } from "../monitor/machine.js";
import { schema } from "../schema/artifact.js";
import { isRecord, wrong } from "../schema/generated.js";
import type { Issue, JsonSchema, Schema } from "../schema/schema.js";

/** The schema of the answer: the artifact itself, `{ label, to?, payload? }` of a choice, or nothing. */
export function answerSchema(state: Sends): Schema<unknown> {
  if (state.asks === "choice") return choiceSchema(state);
  const artifact = state.asks === "forced" ? undefined : state.sends[0]?.artifact;
  return (artifact as Schema<unknown> | undefined) ?? nothing;
}

/** A function for each label, frozen, without a prototype. Its first argument is the receiver where there are several. */
export function chooser(state: Sends): { readonly [label: string]: (...values: unknown[]) => unknown } {
  const choose = Object.create(null) as { [label: string]: (...values: unknown[]) => unknown };
  if (state.asks !== "choice") return Object.freeze(choose);
  for (const { label } of state.sends) {
    const alike = state.sends.filter((send) => send.label === label);
    const addressed = isAddressed(state, label);
    choose[label] = (...values) => {
      const [to, payload] = addressed ? values : [undefined, values[0]];
      // To somebody who is no receiver: the monitor says so, payload or not.
      const carries = alike.some((send) => isAsked(send) && (!addressed || send.to === to));
      return { label, ...(addressed ? { to } : {}), ...(carries ? { payload } : {}) };
    };
  }
  return Object.freeze(choose);
}

/** Whether a label goes to one of several receivers, so that the answer has to say to which. */
function isAddressed(state: Sends, label: string): boolean {
  return state.sends.filter((send) => send.label === label).length > 1;
}

/** Whether an answer brings the payload of this message: it carries one, and the endpoint does not pass it on by itself. */
function isAsked({ artifact, computes }: Send): boolean {
  return artifact !== undefined && computes === undefined;
}

function choiceSchema(state: Sends): Schema<unknown> {
  const check = (value: unknown, at: string, issues: Issue[]): void => {
    const labels = [...new Set(state.sends.map((send) => JSON.stringify(send.label)))].join(", ");
    if (!isRecord(value)) return wrong(issues, at, "type", "record with `label`", value);
    const { label, to, payload, ...others } = value;
    const alike = state.sends.filter((send) => send.label === label);
    if (alike.length === 0) return wrong(issues, `${at}/label`, "literal", `one of ${labels}`, label);
    for (const field of Object.keys(others)) wrong(issues, `${at}/${field}`, "unknown", "no such field", others[field]);
    const receivers = alike.map((send) => JSON.stringify(send.to)).join(", ");
    const send = to === undefined && alike.length === 1 ? alike[0] : alike.find((one) => one.to === to);
    if (send === undefined)
      return wrong(issues, `${at}/to`, to === undefined ? "missing" : "literal", `one of ${receivers}`, to);
    if (send.artifact === undefined || !isAsked(send)) {
      if (payload !== undefined) wrong(issues, `${at}/payload`, "unknown", "no payload", payload);
      return;
    }
    if (payload === undefined) return wrong(issues, `${at}/payload`, "missing", send.artifact.name, payload);
    for (const issue of send.artifact.issues(payload))
      issues.push({ ...issue, pointer: `${at}/payload${issue.pointer}` });
  };
  const is = (value: unknown): value is unknown => {
    const issues: Issue[] = [];
    check(value, "", issues);
    return issues.length === 0;
  };
  return schema(state.handler ?? "choice", state.doc ?? "", is, check, choiceJson(state));
}

/** One object for each message. Definitions of the artifacts move to the root, where their references point. */
function choiceJson(state: Sends): JsonSchema {
  const definitions: { [name: string]: unknown } = {};
  const anyOf = state.sends.map((send) => {
    const to = isAddressed(state, send.label) ? { to: { const: send.to } } : {};
    const properties = { label: { const: send.label }, ...to, ...payloadJson(send, definitions) };
    const doc = send.doc === undefined || send.doc === "" ? {} : { description: send.doc };
    return { type: "object", ...doc, properties, required: Object.keys(properties), additionalProperties: false };
  });
  return Object.keys(definitions).length === 0 ? { anyOf } : { anyOf, $defs: definitions };
}

function payloadJson(send: Send, definitions: { [name: string]: unknown }): { readonly payload?: JsonSchema } {
  if (send.artifact === undefined || !isAsked(send)) return {};
  const { $defs, $schema: _, ...payload } = send.artifact.jsonSchema;
  Object.assign(definitions, $defs);
  return { payload };
}

/** The answer where there is nothing to answer. */
const nothing: Schema<unknown> = schema<unknown>(
  "nothing",
  "",
  (value): value is unknown => value === null || (isRecord(value) && Object.keys(value).length === 0),
  (value, at, issues) => wrong(issues, at, "type", "nothing", value),
  { type: "null" },
);
