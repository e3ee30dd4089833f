import { describe, expect, it } from "vitest";
import { encodeOffer, canonical } from "@chor/runtime";
import { decode, encodeAnswer, maxFrame, messageDigest, type Answer } from "../../runtime/src/delivery/frame.js";
import { randomFrom } from "../support/random.js";

const parts = {
  protocol: "sha256:p",
  session: "s",
  from: "A",
  to: "B",
  seq: 3,
  label: "L",
  payload: { b: 1, a: ["é", "\u202e"] },
};
const answer: Answer = {
  kind: "answer",
  protocol: "sha256:p",
  session: "s",
  from: "B",
  to: "A",
  seq: 3,
  digest: "sha256:d",
  outcome: "rejected",
  report: { code: "X" },
  upTo: 3,
  era: 0,
};
const text = (frame: Uint8Array): string => new TextDecoder().decode(frame);
const bytes = (json: string): Uint8Array => new TextEncoder().encode(json);

describe("a frame", () => {
  it("is canonical JSON, and is read as it was written", () => {
    const offer = encodeOffer(parts);
    expect(text(offer)).toBe(canonical(JSON.parse(text(offer))));
    const digest = messageDigest("L", canonical(parts.payload) as string);
    expect(decode(offer)).toEqual({ ok: true, frame: { kind: "offer", attempt: 0, era: 0, digest, ...parts } });
    expect(text(encodeAnswer(answer))).toBe(canonical(answer));
    expect(decode(encodeAnswer(answer))).toEqual({ ok: true, frame: answer });
  });

  it("without a payload has no such field", () => {
    const { payload: _, ...nothing } = parts;
    const decoded = decode(encodeOffer(nothing));
    expect(decoded).toMatchObject({ ok: true, frame: { payload: undefined, digest: messageDigest("L", undefined) } });
  });

  it("binds label and payload by its digest", () => {
    const digests = [
      messageDigest("L", undefined),
      messageDigest("M", undefined),
      messageDigest("L", "null"),
      messageDigest("L", "1"),
    ];
    expect(new Set(digests).size).toBe(4);
  });

  it("comes with a frozen payload", () => {
    const decoded = decode(encodeOffer(parts));
    expect(decoded.ok && decoded.frame.kind === "offer" && Object.isFrozen((decoded.frame.payload as any).a)).toBe(
      true,
    );
  });

  it("with too big a report comes without it", () => {
    const decoded = decode(encodeAnswer({ ...answer, report: { text: "x".repeat(maxFrame) } }));
    expect(decoded).toMatchObject({ ok: true, frame: { report: null } });
  });

  it("of a payload that is no JSON is not made", () => {
    expect(() => encodeOffer({ ...parts, payload: { a: NaN } })).toThrow('The payload is not JSON: NaN, at "/a".');
  });
});

describe("what is no frame is refused with a reason", () => {
  const offer = text(encodeOffer(parts));
  const nested = `${"[".repeat(70)}${"]".repeat(70)}`;
  const cases: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ["nothing", bytes(""), /not JSON/],
    ["too many bytes", new Uint8Array(maxFrame + 1), /at most 1048576/],
    ["no UTF-8", new Uint8Array([0x22, 0xff, 0x22]), /not UTF-8/],
    ["a byte order mark", bytes(`\ufeff${offer}`), /not JSON/],
    ["no record", bytes("[]"), /not a record/],
    ["no kind", bytes("{}"), /neither an offer nor an answer/],
    ["an inherited kind", bytes('{"__proto__":{"kind":"offer"}}'), /__proto__/],
    ["too deep", bytes(offer.replace(/"payload":\{.*?\}/, `"payload":${nested}`)), /deeper/],
    ["a space", bytes(offer.replace(":3", ": 3")), /canonical/],
    ["a field too many", bytes(offer.replace("{", '{"a":1,')), /canonical/],
    ["a field twice", bytes(offer.replace("{", '{"attempt":0,')), /canonical/],
    ["another order", bytes(offer.replace('"attempt":0,', "").replace("}", '},"attempt":0')), /./],
    ["a seq that is no count", bytes(offer.replace('"seq":3', '"seq":3.5')), /not a count/],
    ["a negative seq", bytes(offer.replace('"seq":3', '"seq":-1')), /not a count/],
    ["minus nothing", bytes(offer.replace('"seq":3', '"seq":-0')), /canonical/],
    ["a huge seq", bytes(offer.replace('"seq":3', '"seq":1e300')), /not a count/],
    ["a label that is no text", bytes(offer.replace('"L"', "7")), /not text/],
    ["the digest of another message", bytes(offer.replace('"label":"L"', '"label":"M"')), /digest/],
    ["half a surrogate pair", bytes(offer.replace('"L"', '"\\ud800"')), /surrogate/],
    [
      "an answer that neither accepts nor rejects",
      bytes(text(encodeAnswer(answer)).replace("rejected", "perhaps")),
      /accepts or rejects/,
    ],
  ];

  it.each(cases)("%s", (_, frame, reason) => {
    const decoded = decode(frame);
    expect(decoded.ok).toBe(false);
    expect(!decoded.ok && decoded.reason).toMatch(reason);
  });

  it("whatever bytes are changed: never an exception, never another offer", () => {
    const random = randomFrom(11);
    const valid = encodeOffer(parts);
    for (let round = 0; round < 5_000; round++) {
      const frame = Uint8Array.from(valid);
      for (let change = 0; change <= random() * 3; change++)
        frame[Math.floor(random() * frame.length)] = Math.floor(random() * 256);
      const decoded = decode(frame.subarray(0, random() < 0.2 ? Math.floor(random() * frame.length) : frame.length));
      if (!decoded.ok) expect(decoded.reason).toBeTypeOf("string");
      else if (decoded.frame.kind === "offer")
        expect([decoded.frame.label, decoded.frame.payload]).toEqual([parts.label, parts.payload]);
    }
  });
});
