// Bugs seeded in the check and in the projection: each is put in by itself, and the searches that accept the compiler as
// it is have to find it. `CHOR_CASES=1 npx vitest run test/seeded` looks for each from the first program on, `CHOR_BUG="two senders do not race" npx vitest run test/seeded` tries one.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { afterAll, describe, expect, test } from "vitest";
import { BUGS, type Bug } from "./bugs.js";
import type * as Hunt from "./hunt.js";
import { isWrong } from "./hunt.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "chor-seeded-"));
/** Within so many programs each is caught. */
const most = 10_000;
/** The long run looks for each from the first program on; every day, those around the known one are tried. */
const isLong = process.env["CHOR_CASES"] !== undefined;
const around = 100;
const one = process.env["CHOR_BUG"];

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("every seeded bug", () => {
  test("stands in the source, once, and changes it", () => {
    const missing = BUGS.filter(({ file, from, to }) => sourceOf(file).split(from).length !== 2 || from === to);
    expect(missing.map(({ name }) => name)).toEqual([]);
    expect(new Set(BUGS.map(({ name }) => name)).size).toBe(BUGS.length);
  });

  test.each(BUGS.filter(({ name }) => one === undefined || name === one))("is caught: $name", async (bug) => {
    const { hunt } = await withBug(bug);
    const last = isLong ? most : Math.min(most, bug.seed + around);
    let seed: number | null = isLong ? 0 : bug.seed - 1;
    // What is wrong without the bug as well says nothing of it.
    do seed = hunt(bug.search, seed + 1, last - seed);
    while (seed !== null && isWrong(bug.search, seed));
    if (seed !== null) console.log(`${bug.name}: caught at program ${seed}`);
    expect(seed).not.toBeNull();
  });
});

/** The searches over a compiler with the bug, bundled. */
async function withBug(bug: Bug): Promise<typeof Hunt> {
  const outfile = join(folder, `${BUGS.indexOf(bug)}.mjs`);
  await build({
    entryPoints: [join(root, "test/seeded/hunt.ts")],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    logLevel: "silent",
    // What is bundled may ask for CommonJS.
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    alias: Object.fromEntries(
      ["grammar", "runtime"].map((name) => [`@chor/${name}`, join(root, `${name}/src/index.ts`)]),
    ),
    plugins: [
      {
        name: "the bug",
        setup: ({ onLoad }) =>
          onLoad({ filter: /\.ts$/ }, ({ path }) =>
            path === join(root, bug.file)
              ? { contents: sourceOf(bug.file).replace(bug.from, () => bug.to), loader: "ts" }
              : null,
          ),
      },
    ],
  });
  return (await import(pathToFileURL(outfile).href)) as typeof Hunt;
}

function sourceOf(file: string): string {
  return readFileSync(join(root, file), "utf8");
}
