// What goes over a carrier: an offer (a message for its receiver) or the answer to one, as canonical JSON. In:
// frames, or bytes from anybody. Out: bytes, or a frame that is readable, bounded and means what its digest
// says; otherwise why not. Whether it is in protocol is for the endpoint to say.

import { canonical, parseJson } from "../canonical/canonical.js";
import { digestOfText } from "../canonical/digest.js";

/** The `seq`-th message of the channel (`from`, `to`) of a session. */
export interface Offer {
  readonly kind: "offer";
  /** Digest of the protocol. */
  readonly protocol: string;
  readonly session: string;
  readonly from: string;
  readonly to: string;
  readonly seq: number;
  /** How often this message was rejected before. */
  readonly attempt: number;
  readonly label: string;
  /** Of label and payload. */
  readonly digest: string;
  readonly era: number;
  /** Frozen; undefined where the label carries nothing. */
  readonly payload: unknown;
}

/** What became of the `seq`-th message of the channel (`to`, `from`): the answer goes back. */
export interface Answer {
  readonly kind: "answer";
  readonly protocol: string;
  readonly session: string;
  readonly from: string;
  readonly to: string;
  readonly seq: number;
  /** Of the message that this is about. */
  readonly digest: string;
  readonly outcome: "accepted" | "rejected";
  /** Why it was rejected; null for an accepted one. */
  readonly report: unknown;
  /** All messages of the channel below this number are decided. */
  readonly upTo: number;
  readonly era: number;
}

export type Frame = Offer | Answer;

export type Decoded = { readonly ok: true; readonly frame: Frame } | { readonly ok: false; readonly reason: string };

/** How many bytes a frame may have. */
export const maxFrame = 1 << 20;

/** What an offer is made of; what is left out is what an honest sender puts there. */
export interface OfferParts {
  readonly protocol: string;
  readonly session: string;
  readonly from: string;
  readonly to: string;
  readonly seq: number;
  readonly label: string;
  readonly payload?: unknown;
  readonly attempt?: number;
  readonly era?: number;
  /** Default: the right one. */
  readonly digest?: string;
}

/** The bytes of an offer. Throws a `TypeError` for a payload that is not JSON. */
export function encodeOffer(parts: OfferParts): Uint8Array {
  const payload = parts.payload === undefined ? undefined : canonical(parts.payload);
  if (typeof payload === "object")
    throw new TypeError(`The payload is not JSON: ${payload.reason}, at "${payload.pointer}".`);
  const digest = parts.digest ?? messageDigest(parts.label, payload);
  return bytes(offerText({ ...parts, attempt: parts.attempt ?? 0, era: parts.era ?? 0, digest }, payload));
}

/** The bytes of an answer. A report that does not fit in a frame is left out. */
export function encodeAnswer(answer: Answer): Uint8Array {
  const report = canonical(answer.report, maxFrame / 8);
  return bytes(answerText(answer, typeof report === "string" ? report : "null"));
}

/** Reads a frame. Gives the reason why not for whatever else the bytes are; never throws. */
export function decode(frame: Uint8Array): Decoded {
  if (frame.length > maxFrame) return unreadable(`it has ${frame.length} bytes, at most ${maxFrame} are allowed`);
  const text = textOf(frame);
  if (text === null) return unreadable("it is not UTF-8");
  const parsed = parseJson(text, maxFrame);
  if (!parsed.ok) return unreadable(parsed.reason);
  const fields = parsed.value;
  if (!isFields(fields)) return unreadable("it is not a record");
  if (fields["kind"] === "offer") return decodeOffer(fields, text);
  if (fields["kind"] === "answer") return decodeAnswer(fields, text);
  return unreadable("it is neither an offer nor an answer");
}

/** The digest that binds a message: of its label and the canonical text of its payload, undefined for none. */
export function messageDigest(label: string, payload: string | undefined): string {
  return digestOfText(`{"label":${JSON.stringify(label)}${payload === undefined ? "" : `,"payload":${payload}`}}`);
}

type Fields = { readonly [field: string]: unknown };

function decodeOffer(fields: Fields, text: string): Decoded {
  const { protocol, session, from, to, seq, attempt, label, digest, era, payload } = fields;
  if (!areStrings(protocol, session, from, to, label, digest)) return unreadable("a field of the offer is not text");
  if (!areCounts(seq, attempt, era)) return unreadable("a number of the offer is not a count");
  const frame = { kind: "offer", protocol, session, from, to, seq, attempt, label, digest, era, payload } as Offer;
  const payloadText = payload === undefined ? undefined : canonical(payload, maxFrame);
  if (typeof payloadText === "object") return unreadable(payloadText.reason);
  if (offerText(frame, payloadText) !== text) return unreadable("it is not the canonical form of an offer");
  if (messageDigest(frame.label, payloadText) !== digest) return unreadable("its digest is that of another message");
  return { ok: true, frame };
}

function decodeAnswer(fields: Fields, text: string): Decoded {
  const { protocol, session, from, to, seq, digest, outcome, report, upTo, era } = fields;
  if (!areStrings(protocol, session, from, to, digest)) return unreadable("a field of the answer is not text");
  if (!areCounts(seq, upTo, era)) return unreadable("a number of the answer is not a count");
  if (outcome !== "accepted" && outcome !== "rejected") return unreadable("an answer accepts or rejects");
  const frame = { kind: "answer", protocol, session, from, to, seq, digest, outcome, report, upTo, era } as Answer;
  const reportText = canonical(report, maxFrame);
  if (typeof reportText === "object") return unreadable(reportText.reason);
  if (answerText(frame, reportText) !== text) return unreadable("it is not the canonical form of an answer");
  return { ok: true, frame };
}

/** Canonical JSON: the fields in the order of their names. */
function offerText(offer: Required<Omit<OfferParts, "payload">>, payload: string | undefined): string {
  const { attempt, digest, era, from, label, protocol, seq, session, to } = offer;
  const head = `{"attempt":${attempt},"digest":${quoted(digest)},"era":${era},"from":${quoted(from)},"kind":"offer"`;
  const body = payload === undefined ? "" : `,"payload":${payload}`;
  const rest = `"protocol":${quoted(protocol)},"seq":${seq},"session":${quoted(session)},"to":${quoted(to)}}`;
  return `${head},"label":${quoted(label)}${body},${rest}`;
}

function answerText(answer: Answer, report: string): string {
  const { digest, era, from, outcome, protocol, seq, session, to, upTo } = answer;
  const head = `{"digest":${quoted(digest)},"era":${era},"from":${quoted(from)},"kind":"answer","outcome":"${outcome}"`;
  const rest = `"seq":${seq},"session":${quoted(session)},"to":${quoted(to)},"upTo":${upTo}}`;
  return `${head},"protocol":${quoted(protocol)},"report":${report},${rest}`;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

function bytes(text: string): Uint8Array {
  return encoder.encode(text);
}

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function textOf(frame: Uint8Array): string | null {
  try {
    return decoder.decode(frame);
  } catch {
    return null;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function areStrings(...values: readonly unknown[]): boolean {
  return values.every((value) => typeof value === "string");
}

/** Below 2^31, as a monitor counts. */
function areCounts(...values: readonly unknown[]): boolean {
  return values.every((value) => Number.isInteger(value) && (value as number) >= 0 && (value as number) < 0x7fff_ffff);
}

function unreadable(reason: string): Decoded {
  return { ok: false, reason };
}
