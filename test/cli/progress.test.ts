// The line that says how far a long work is: on a terminal only, not at once, and gone in the end.

import { expect, test } from "vitest";
import { progress } from "../../compiler/src/cli/progress.js";
import type { Shell } from "../../compiler/src/cli/shell.js";

/** What is shown of ten files, each of which takes so many milliseconds. */
function shown(isTTY: boolean, each: number, total = 10): string {
  let out = "";
  let clock = 0;
  const output = { write: (text: string) => void (out += text), isTTY, columns: 40 };
  const shell: Shell = {
    out: output,
    error: output,
    environment: {},
    readInput: async () => new Uint8Array(),
    folder: "/",
    now: () => new Date(clock),
    interrupted: () => new Promise<void>(() => undefined),
  };
  const line = progress("checking", total, shell);
  for (let index = 0; index < total; index++) {
    line.at(index, `file-\u001b${index}.chor`);
    clock += each;
  }
  line.done();
  return out;
}

test("long work on a terminal", () => {
  expect(shown(true, 250)).toBe(
    ["3", "5", "7", "9"].map((n) => `\r\u001b[Kchecking ${n} of 10: file-\\u{1b}${Number(n) - 1}.chor`).join("") +
      "\r\u001b[K",
  );
});

test("nothing for short work, for one file, and where there is no terminal", () => {
  expect(shown(true, 10)).toBe("");
  expect(shown(true, 1_000, 1)).toBe("");
  expect(shown(false, 1_000)).toBe("");
});
