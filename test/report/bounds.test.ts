// The table of `--bounds`.

import { expect, test } from "vitest";
import { renderBounds } from "../../compiler/src/report/render/bounds.js";

test("largest first, artifacts before contracts, numbers to the right", () => {
  const artifacts = [
    { name: "Brief", bytes: 1 },
    { name: "Module", bytes: 120_042 },
    { name: "Blob", bytes: null },
    { name: "Huge", bytes: Number.MAX_SAFE_INTEGER },
  ];
  const contracts = [
    { name: "compiles", steps: null },
    { name: "small", steps: 7 },
    { name: "\u202ehidden", steps: 1 },
  ];
  expect(renderBounds(artifacts, contracts, false)).toMatchInlineSnapshot(`
    "Blob                                - bytes are not bounded
    Huge            9,007,199,254,740,991 bytes or more
    Module                        120,042 bytes
    Brief                               1 byte
    compiles                            - steps are not bounded
    small                               7 steps
    \\u{202e}hidden                      1 step
    "
  `);
  expect(renderBounds([], [], false)).toBe("");
  expect(renderBounds(artifacts, [], true)).toContain("\u001b[1mBrief\u001b[22m");
});
