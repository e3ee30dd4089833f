// What the lints find in sixteen real programs, all of them meant as they are: what is on by itself finds next to nothing.
// They lie beside the repository; where they are absent there is nothing to run.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { checkFiles } from "../../compiler/src/check-files.js";
import { LINTS, OFF } from "../../compiler/src/config/lints.js";
import { lint, LINT_CODES } from "../../compiler/src/lints/lint.js";
import { fromDisk } from "../../compiler/src/modules/disk.js";
import { standardFile } from "../../compiler/src/package.js";

const shared = new URL("../../../shared/lang/", import.meta.url);
const house = new URL("../../", import.meta.url);

describe.skipIf(!existsSync(shared))("the programs of ../shared/lang (skipped where they are absent)", () => {
  test("have so many findings of each lint", () => {
    const files = readdirSync(shared).filter((file) => file.endsWith(".chor"));
    expect(files.length).toBe(16);
    expect(findings(shared, files)).toEqual({
      "may-wait-for-ever": 2,
      "unguarded-artifact": 51,
      bottleneck: 5,
      "loop-without-else": 5,
      // A person has a day to answer, the session six hours; and a second one like it.
      "late-deadline": 2,
    });
  });
});

test("what this house gives away as a beginning has no finding that nobody asked for", () => {
  const files = [
    "examples/feature-team/feature-team.chor",
    "compiler/std/std.chor",
    "compiler/templates/starter/team.chor",
  ];
  const names = Object.keys(findings(house, files));
  expect(names.filter((name) => !OFF.has(LINTS.get(name) ?? ""))).toEqual([]);
});

/** How many findings there are, by lint. */
function findings(folder: URL, files: readonly string[]): Readonly<Record<string, number>> {
  const sources = files.map((file) => ({ file, text: readFileSync(new URL(file, folder), "utf8") }));
  const load = fromDisk({ cwd: fileURLToPath(folder), standard: standardFile(), known: sources });
  const found: Record<string, number> = {};
  for (const { source, checked } of checkFiles(sources, load)) {
    if (checked === null || !files.includes(source.file)) continue;
    for (const { code } of lint(checked, new Set(LINT_CODES))) {
      const name = [...LINTS].find(([, each]) => each === code)?.[0] ?? code;
      found[name] = (found[name] ?? 0) + 1;
    }
  }
  return found;
}
