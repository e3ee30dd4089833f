// Patterns that take exponential time are told from those that do not.

import { describe, expect, test } from "vitest";
import { ambiguousRepetition } from "../../compiler/src/bind/ambiguity.js";

describe("a repetition that matches one text in two ways", () => {
  test.each([
    ["(a+)+", "(a+)+"],
    ["^(a*)*$", "(a*)*"],
    ["x(?:a|a)*y", "(?:a|a)*"],
    ["(\\w|\\d)+!", "(\\w|\\d)+"],
    ["(a|aa)+", "(a|aa)+"],
    ["([a-z]{1,10}){1,10}", "([a-z]{1,10}){1,10}"],
    ["(.*,)*x", "(.*,)*"],
    ["(a(b?|c?))*", "(a(b?|c?))*"],
    ["(?<word>[a-z]+\\s?)*$", "(?<word>[a-z]+\\s?)*"],
    ["(\\p{L}|ж)*", "(\\p{L}|ж)*"],
    ["(a{2}|a{3})*", "(a{2}|a{3})*"],
  ])("/%s/ is refused for %s", (source, part) => {
    expect(ambiguousRepetition(source)).toEqual({ kind: "ambiguous", part });
  });

  test.each([
    "^[a-z][a-z0-9-]*$",
    "^[a-z0-9]+(-[a-z0-9]+)*$",
    "^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$",
    "^\\w{1,63}(\\.\\w{1,63})*$",
    "(a|b)*",
    "(a|ab)+$",
    "^(?:proposal|decision)$",
    "([a-z]{4}){1,3}",
    "(?=.*a)[a-z]+",
    "[)(*+]+\\)",
    "^\\u{1F600}+\\u0041*[\\]\\\\]+$",
    "",
  ])("/%s/ is accepted", (source) => {
    expect(() => new RegExp(source, "u")).not.toThrow();
    expect(ambiguousRepetition(source)).toBeNull();
  });

  test("a repetition too large to be judged is said to be", () => {
    expect(ambiguousRepetition(`(${"a|".repeat(70)}b)*`)).toEqual({ kind: "large" });
  });

  test("a hostile pattern is judged in time and without a deep stack", () => {
    expect(ambiguousRepetition("(".repeat(499) + ")".repeat(499))).toBeNull();
    expect(ambiguousRepetition("a*".repeat(500))).toBeNull();
    expect(ambiguousRepetition(`(${"x?".repeat(30)})*`)?.kind).toBe("ambiguous");
  });
});
