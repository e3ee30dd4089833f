// Canonical JSON: the vectors of RFC 8785, and all that is not JSON.

import { describe, expect, test } from "vitest";
import { canonical, maxDepth, parseJson, type NotJson } from "../../runtime/src/canonical/canonical.js";
import { digest, digestOfText } from "../../runtime/src/canonical/digest.js";
import { seeded, type Chance } from "../monitor/seeded.js";

// RFC 8785, appendix B.
const numbers: readonly (readonly [string, string])[] = [
  ["0000000000000000", "0"],
  ["8000000000000000", "0"],
  ["0000000000000001", "5e-324"],
  ["8000000000000001", "-5e-324"],
  ["7fefffffffffffff", "1.7976931348623157e+308"],
  ["ffefffffffffffff", "-1.7976931348623157e+308"],
  ["4340000000000000", "9007199254740992"],
  ["c340000000000000", "-9007199254740992"],
  ["4430000000000000", "295147905179352830000"],
  ["44b52d02c7e14af5", "9.999999999999997e+22"],
  ["44b52d02c7e14af6", "1e+23"],
  ["44b52d02c7e14af7", "1.0000000000000001e+23"],
  ["444b1ae4d6e2ef4e", "999999999999999700000"],
  ["444b1ae4d6e2ef4f", "999999999999999900000"],
  ["444b1ae4d6e2ef50", "1e+21"],
  ["3eb0c6f7a0b5ed8c", "9.999999999999997e-7"],
  ["3eb0c6f7a0b5ed8d", "0.000001"],
  ["41b3de4355555553", "333333333.3333332"],
  ["41b3de4355555554", "333333333.33333325"],
  ["41b3de4355555555", "333333333.3333333"],
  ["41b3de4355555556", "333333333.3333334"],
  ["41b3de4355555557", "333333333.33333343"],
  ["becbf647612f3696", "-0.0000033333333333333333"],
  ["43143ff3c1cb0959", "1424953923781206.2"],
];

describe("RFC 8785", () => {
  test.each(numbers)("number %s", (bits, text) => {
    const view = new DataView(new ArrayBuffer(8));
    view.setBigUint64(0, BigInt(`0x${bits}`));
    expect(canonical(view.getFloat64(0))).toBe(text);
  });

  test("the example of section 3.2", () => {
    const text = String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`;
    const value: unknown = JSON.parse(text);
    expect(canonical(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  test("fields are sorted by UTF-16 units", () => {
    const value = { "\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\ud83d\ude00": 5, "\u0080": 6, "\u00f6": 7 };
    expect(canonical(value)).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
  });
});

describe("what is not JSON", () => {
  const circle: Record<string, unknown> = {};
  circle["self"] = [circle];
  const hole = [1, 2];
  delete hole[0];
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const throwing = {
    get a(): never {
      throw new Error("no");
    },
  };
  test.each<readonly [string, unknown, string, RegExp]>([
    ["undefined", { a: undefined }, "/a", /undefined/],
    ["undefined itself", undefined, "", /undefined/],
    ["a function", [() => 1], "/0", /function/],
    ["a symbol", { a: Symbol("s") }, "/a", /symbol/],
    ["a BigInt", { a: [1, 2n] }, "/a/1", /2n/],
    ["NaN", [Number.NaN], "/0", /NaN/],
    ["infinity", -Infinity, "", /Infinity/],
    ["a circle", circle, "/self/0", /circle/],
    ["a hole", hole, "/0", /hole/],
    ["a lone surrogate", { a: "x\ud800" }, "/a", /surrogate/],
    ["a lone surrogate in a name", { "\udc00": 1 }, "/\\udc00", /surrogate/],
    ["a date", { at: new Date(0) }, "/at", /class: Date/],
    ["a map", new Map(), "", /class: Map/],
    ["an instance", new (class Mine extends Object {})(), "", /class/],
    ["a boxed number", new Number(1), "", /class: Number/],
    ["__proto__", JSON.parse('{"a":{"__proto__":1}}'), "/a/__proto__", /__proto__/],
    ["a revoked proxy", proxy, "", /throws/],
    ["a getter that throws", throwing, "", /throws/],
  ])("%s", (_, value, pointer, reason) => {
    const fault = canonical(value) as NotJson;
    expect(fault).toMatchObject({ ok: false, pointer });
    expect(fault.reason).toMatch(reason);
  });

  test("`toJSON` is a field like any other", () => {
    expect(canonical({ toJSON: "x" })).toBe('{"toJSON":"x"}');
    expect(canonical({ toJSON: () => 1 })).toMatchObject({ pointer: "/toJSON" });
  });

  test("depth has a bound, in both directions", () => {
    const deepest = parseJson(nested(maxDepth));
    expect(deepest.ok && canonical(deepest.value)).toBe(nested(maxDepth));
    expect(parseJson(nested(maxDepth + 1))).toMatchObject({ ok: false, reason: "deeper than 64" });
    expect(canonical(JSON.parse(nested(maxDepth + 1)))).toMatchObject({ ok: false, reason: "deeper than 64" });
    expect(parseJson("[".repeat(1_000_000))).toMatchObject({ ok: false });
    expect(parseJson(nested(500_000))).toMatchObject({ ok: false });
    let deep: unknown = 0;
    for (let i = 0; i < 1_000_000; i++) deep = [deep];
    expect(canonical(deep)).toMatchObject({ ok: false });
  });

  test("length has a bound, and with it the work", () => {
    let bomb: unknown = "x";
    for (let i = 0; i < 60; i++) bomb = [bomb, bomb];
    expect(canonical(bomb)).toMatchObject({ reason: "longer than 1048576 characters" });
    expect(canonical(Array(2 ** 31))).toMatchObject({ ok: false });
    expect(canonical("abc", 4)).toMatchObject({ ok: false });
    expect(canonical("abc", 5)).toBe('"abc"');
    expect(parseJson('"abc"', 4)).toMatchObject({ ok: false });
  });
});

describe("parseJson", () => {
  test("freezes all of it", () => {
    const parsed = parseJson('{"a":[{"b":1}]}');
    expect(parsed.ok).toBe(true);
    const value = (parsed as unknown as { value: { a: { b: number }[] } }).value;
    for (const part of [value, value.a, value.a[0]]) expect(Object.isFrozen(part)).toBe(true);
  });

  test.each([
    ["not JSON", "{", "", /not JSON: "\{"/],
    ["__proto__", '{"a":[{"__proto__":{}}]}', "/a/0/__proto__", /__proto__/],
    ["a lone surrogate", '["\\ud800"]', "/0", /surrogate/],
    ["a lone surrogate in a name", '{"\\ud800":1}', "/\\ud800", /surrogate/],
    ["overflow", '{"a":1e999}', "/a", /overflows/],
    ["a second text", "1 2", "", /not JSON/],
    ["nothing", "", "", /not JSON/],
  ])("refuses %s", (_, text, pointer, reason) => {
    const fault = parseJson(text) as NotJson;
    expect(fault).toMatchObject({ ok: false, pointer });
    expect(fault.reason).toMatch(reason);
  });

  test("gives back what `canonical` took, and the same text again", () => {
    const chance = seeded(4);
    for (let i = 0; i < 5_000; i++) {
      const value = anyJson(chance, 0);
      const text = canonical(value);
      if (typeof text !== "string") throw new Error(JSON.stringify(value));
      const parsed = parseJson(text);
      expect(parsed.ok && parsed.value).toEqual(value);
      expect(parsed.ok && canonical(parsed.value)).toBe(text);
    }
  });
});

function nested(depth: number): string {
  return "[".repeat(depth) + "]".repeat(depth);
}

function anyJson(chance: Chance, depth: number): unknown {
  switch (chance.below(depth > 3 ? 4 : 6)) {
    case 0:
      return chance.one(["", "é", "😀", "\u0000", '"\\', "constructor"]);
    case 1:
      return chance.one([0, 1, -1.5, 1e21, 5e-324, 2 ** 53]);
    case 2:
      return chance.once(2);
    case 3:
      return null;
    case 4:
      return Array.from({ length: chance.below(4) }, () => anyJson(chance, depth + 1));
    default:
      return Object.fromEntries(
        Array.from({ length: chance.below(4) }, () => [
          chance.one(["a", "B", "é", "10", "9", "toString", "😀", "\ufb33"]),
          anyJson(chance, depth + 1),
        ]),
      );
  }
}

describe("the digest", () => {
  test("is SHA-256 of the canonical bytes", () => {
    expect(digest({})).toBe("sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
    expect(digest({ b: "é", a: 1.0 })).toBe(digest(JSON.parse('{ "a": 1e0, "b": "\\u00e9" }')));
    expect(digest({ a: 1 })).not.toBe(digest({ a: "1" }));
    expect(digestOfText("{}")).toBe(digest({}));
  });

  test("of what is not JSON throws, and says where", () => {
    expect(() => digest({ a: [undefined] })).toThrow(
      'A digest is of JSON, and this is not: undefined: leave it out, at "/a/0".',
    );
  });
});
