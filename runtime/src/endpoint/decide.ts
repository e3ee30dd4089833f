// From what an agent answers, or the endpoint computes, to the record of it: `sent` if this role's own monitor
// takes it, else `rejected` with the report that the agent is asked again with. Pure; an answer may be anything.

import { canonical, parseJson, type NotJson } from "../canonical/canonical.js";
import { maxFrame, messageDigest } from "../delivery/frame.js";
import type { RecordBody } from "../journal/journal.js";
import type { Send, Sends } from "../monitor/machine.js";
import { Verdict, type Refused } from "../monitor/monitor.js";
import { isRecord } from "../schema/generated.js";
import type { Issue } from "../schema/schema.js";
import { quote } from "../schema/text.js";
import { jsonIssue, sendReport, stored } from "./reports.js";
import { automaton, knownAs, type State } from "./state.js";
import { retries } from "./wants.js";

/** What is to be sent, as far as it can be told from an answer. */
interface Draft {
  readonly label: string;
  readonly to: string;
  readonly payload: unknown;
  /** Why the payload could not be computed. */
  readonly failure: Issue | null;
  /** The fields that an answer must not have. */
  readonly fields: readonly Issue[];
}

/** The record of an agent's answer in a state that sends. */
export function decide(state: State, answer: unknown): RecordBody {
  const here = automaton(state) as Sends;
  const [only] = here.sends;
  if (here.asks === "choice") return submit(state, chosen(state, here, answer));
  if (here.asks === "forced") return sendByItself(state);
  return submit(state, draftOf(only!.label, only!.to, answer));
}

/** The record of what the endpoint sends without asking: what it passes on, or a message that carries nothing. */
export function sendByItself(state: State): RecordBody {
  const [only] = (automaton(state) as Sends).sends;
  return submit(state, computed(state, only!));
}

function submit(state: State, draft: Draft): RecordBody {
  const { label, to } = draft;
  const payload = data(draft.payload);
  const seq = state.monitor.nextTo(state.row, 0, to);
  if (!payload.ok) return refuse(state, Verdict.payload, draft, [jsonIssue(payload.pointer, payload.reason)]);
  const verdict = state.monitor.maySend(state.row, 0, to, seq, label, payload.value);
  if (verdict !== Verdict.accepted)
    return refuse(state, verdict, draft, draft.failure === null ? undefined : [draft.failure]);
  if (draft.fields.length > 0) return refuse(state, Verdict.payload, draft);
  const digest = messageDigest(label, payload.text);
  return { kind: "sent", to, seq, label, digest, payload: payload.value };
}

function refuse(state: State, verdict: Refused, draft: Draft, issues?: readonly Issue[]): RecordBody {
  const { label, to, payload, fields } = draft;
  const came = { label, from: state.role, to };
  const known = { ...(issues === undefined ? {} : { issues }), ...(fields.length === 0 ? {} : { fields }) };
  const report = sendReport(state, verdict, came, payload, Math.max(0, retries - state.spent), known);
  return {
    kind: "rejected",
    from: state.role,
    to: report.got.to,
    seq: Math.max(0, state.monitor.nextTo(state.row, 0, to)),
    attempt: state.attempt,
    // What was refused may be no JSON: its quotation stands for it.
    digest: messageDigest(report.got.label, JSON.stringify(quote(payload))),
    report: stored(report),
  };
}

/** `{ label, to?, payload? }`, as `ctx.choose` makes it. */
function chosen(state: State, { sends }: Sends, answer: unknown): Draft {
  const fields = readable(answer);
  const label = fields?.["label"];
  if (fields === null || typeof label !== "string") return draftOf(quote(answer), "", undefined);
  const alike = sends.filter((send) => send.label === label);
  const to = fields["to"] ?? (alike.length === 1 ? alike[0]!.to : "");
  const send = alike.find((one) => one.to === to);
  const passedOn = send?.computes !== undefined;
  const draft = passedOn
    ? computed(state, send)
    : draftOf(label, typeof to === "string" ? to : quote(to), fields["payload"]);
  return { ...draft, fields: tooMany(fields, passedOn) };
}

/** `payload` is one too many where the endpoint passes it on by itself. */
function tooMany(fields: Fields, passedOn: boolean): readonly Issue[] {
  return Object.keys(fields)
    .filter((field) => !meant.has(field) || (field === "payload" && passedOn && fields[field] !== undefined))
    .map((field) => ({
      pointer: `/${quote(field).slice(1, -1)}`,
      code: "unknown",
      expected: field === "payload" ? "no payload: it is known already" : "no such field",
      actual: quote(fields[field]),
    }));
}

const meant: ReadonlySet<string> = new Set(["label", "to", "payload"]);

type Fields = { readonly [field: string]: unknown };

function draftOf(label: string, to: string, payload: unknown): Draft {
  return { label, to, payload, failure: null, fields: [] };
}

/** The fields of an answer, read once; null for what is no record, or throws when it is read. */
function readable(answer: unknown): Fields | null {
  try {
    return isRecord(answer) ? { ...answer } : null;
  } catch {
    return null;
  }
}

type Data = { readonly ok: true; readonly text: string | undefined; readonly value: unknown } | NotJson;

/** A payload as it will travel: frozen, nobody else's, and small enough for a frame. */
function data(payload: unknown): Data {
  if (payload === undefined) return { ok: true, text: undefined, value: undefined };
  // Within a record, as in its frame: there it is one level deeper.
  const framed = canonical({ payload });
  if (typeof framed === "object") return { ...framed, pointer: framed.pointer.slice("/payload".length) };
  const text = framed.slice('{"payload":'.length, -1);
  if (!fitsFrame(text)) return { ok: false, pointer: "", reason: `longer than ${maxFrame - header} bytes` };
  const parsed = parseJson(text);
  return parsed.ok ? { ok: true, text, value: parsed.value } : parsed;
}

/** Room for what a frame holds beside the payload: names, numbers, two digests. */
const header = 8192;

function fitsFrame(text: string): boolean {
  const room = maxFrame - header;
  return text.length * 3 <= room || new TextEncoder().encode(text).length <= room;
}

/** A message with the payload that the endpoint passes on; with none where the message carries none. */
function computed(state: State, send: Send): Draft {
  const { label, to, computes } = send;
  try {
    return draftOf(label, to, computes?.(knownAs(state)));
  } catch (error) {
    return { ...draftOf(label, to, undefined), failure: jsonIssue("", `cannot be computed: ${String(error)}`) };
  }
}
