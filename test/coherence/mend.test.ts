// The hints are mends: who does what they say, one after the other, comes to a choreography that is accepted. In the
// text, through the whole compiler.

import { expect, test } from "vitest";
import { build } from "../support/build.js";
import { check } from "../../compiler/src/check.js";
import { randomSketch } from "../support/random-core.js";
import type { Diagnostic } from "@chor/grammar";

test("following the hints mends most wrong choreographies", () => {
  let wrong = 0;
  let mended = 0;
  for (let seed = 0; seed < 100; seed++) {
    const sketch = randomSketch(seed, {
      roles: 4,
      labels: 6,
      statements: 5,
      depth: 3,
      loops: seed % 2 === 0 ? "none" : "uncounted",
    });
    const first = errorsIn(build(sketch).source.text);
    if (first.length === 0) continue;
    wrong++;
    if (follow(build(sketch).source.text)) mended++;
  }
  console.log(`${mended} of ${wrong} wrong choreographies were mended by following the hints`);
  expect(wrong).toBeGreaterThan(25);
  expect(mended / wrong).toBeGreaterThan(0.9);
});

/** Whether the text is accepted after having done what the hints say, a bounded number of times. */
function follow(text: string): boolean {
  let now = text;
  for (let turn = 0; turn < 40; turn++) {
    const errors = errorsIn(now);
    if (errors.length === 0) return true;
    const next = errors.map((diagnostic) => applied(now, diagnostic)).find((changed) => changed !== null);
    if (next === undefined || next === null) return false;
    now = next;
  }
  return false;
}

function errorsIn(text: string): readonly Diagnostic[] {
  return check({ file: "mend.chor", text }).diagnostics.filter(({ severity }) => severity === "error");
}

/** The text with the messages of a hint added; null where the hint names none. */
function applied(text: string, { hint, related }: Diagnostic): string | null {
  const additions = [...(hint ?? "").matchAll(/`([^`]+)` after `([^`]+)`/g)].map(([, message = "", before = ""]) => {
    const place = related.find((other) => other.message === `\`${message}\` would go after this`);
    const at = place === undefined ? text.indexOf(`${before}\n`) + before.length : place.span.end;
    return { at, message };
  });
  if (additions.length === 0) return null;
  return additions
    .toSorted((a, b) => b.at - a.at)
    .reduce((changed, { at, message }) => `${changed.slice(0, at)}\n${message}${changed.slice(at)}`, text);
}
