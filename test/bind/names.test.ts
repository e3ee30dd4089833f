// Names made from labels, suggestions, and the text of interactions.

import { describe, expect, test } from "vitest";
import { lowerCamel, nearest } from "@chor/grammar";
import { joinedLabels, onOneLine } from "../../compiler/src/bind/names.js";

describe("a label as a name", () => {
  test.each([
    ["Draft", "draft"],
    ["DraftReview", "draftReview"],
    ["PRD", "prd"],
    ["CIReport", "ciReport"],
    ["APIKey", "apiKey"],
    ["A", "a"],
    ["AB", "ab"],
    ["ABc", "aBc"],
    ["X2", "x2"],
    ["HTTP2Server", "http2Server"],
    ["HTTP_Server", "http_Server"],
    ["Constructor", "constructor"],
  ])("%s is %s", (label, name) => {
    expect(lowerCamel(label)).toBe(name);
  });

  test.each([
    [["Approve", "Revise"], "approveOrRevise"],
    [["PRD", "CIReport", "Stop"], "prdOrCIReportOrStop"],
    [["Yes"], "yes"],
    [[], ""],
  ])("%j is %s", (labels, name) => {
    expect(joinedLabels(labels)).toBe(name);
  });
});

describe("did you mean", () => {
  test.each([
    ["Reveiwer", ["Author", "Reviewer"], "Reviewer"],
    ["STRING", ["int", "string"], "string"],
    ["breif", ["brief", "belief"], "brief"],
    ["Zebra", ["Author", "Reviewer"], null],
    ["a", ["b"], null],
    ["ab", ["ac"], "ac"],
    ["constructor", ["toString"], null],
    ["x".repeat(1000), ["x".repeat(1000)], null],
  ])("%s among %j is %s", (name, candidates, expected) => {
    expect(nearest(name, candidates)).toBe(expected);
  });

  test("the first of equally near ones", () => {
    expect(nearest("bat", ["cat", "rat"])).toBe("cat");
  });
});

describe("an interaction on one line", () => {
  test.each([
    ["A -> B:\n    Draft", "A -> B: Draft"],
    ["A -> // to whom\r\n B, /* and\n */ C: Draft(\n)", "A -> B, C: Draft( )"],
    ["A -> B: L /* open", "A -> B: L"],
  ])("%j is %s", (text, line) => {
    expect(onOneLine(text)).toBe(line);
  });
});
