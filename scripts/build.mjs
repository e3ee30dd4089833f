// Builds the house: `tsc -b` for all packages, then `chorc` as two files, because loading a parser from a hundred files
// takes longer than checking a choreography: what a plain check needs, and everything. In: the sources. Out: `*/dist`,
// `compiler/dist/chorc.cjs`, `compiler/dist/chorc-more.cjs` and what V8 makes of both.

import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = new URL("..", import.meta.url);
const path = (relative) => fileURLToPath(new URL(relative, root));

run(path("node_modules/typescript/bin/tsc"), "-b", path("tsconfig.json"));

const example = path("examples/feature-team/feature-team.chor");
await bundle("compiler/src/cli/process.ts", "compiler/dist/chorc.cjs", ["check", example], [elsewhere()]);
await bundle("compiler/src/cli/more.ts", "compiler/dist/chorc-more.cjs", ["check", "--no-config", example], []);

/** One entry to one file, and its code cache after a run with `words`, so that what that needs is in it. */
async function bundle(entry, out, words, plugins) {
  // Before the new bundle is there: V8 knows the source of a cache by its length only.
  rmSync(path(`${out}.cache`), { force: true });
  await build({
    absWorkingDir: path("."),
    entryPoints: [entry],
    outfile: out,
    bundle: true,
    // A script, not a module: only for one does V8's code cache hold the functions that a run has needed.
    format: "cjs",
    // What comes from the code cache cannot `import()`, but `require`.
    supported: { "dynamic-import": false },
    platform: "node",
    target: "node20",
    // One sign of a comment beyond ASCII, and V8 holds the whole text as two bytes a character. Names stay: stacks say them.
    minifyWhitespace: true,
    minifySyntax: true,
    // Both take longer to load than everything else takes to run; they are loaded when they are used.
    external: ["ts-morph", "prettier"],
    // From source, so that the bundle does not depend on the order of the builds.
    alias: { "@chor/grammar": path("grammar/src/index.ts") },
    banner: { js: 'const chorcUrl = require("node:url").pathToFileURL(__filename).href;' },
    define: { "import.meta.url": "chorcUrl" },
    plugins,
    logLevel: "warning",
  });
  run(path("scripts/precompile.mjs"), path("compiler/dist/chorc.cjs"), path(out), ...words);
}

/** The second bundle, as the first one names it. */
function elsewhere() {
  return {
    name: "elsewhere",
    setup: ({ onResolve }) =>
      onResolve({ filter: /^\.\/more\.js$/ }, () => ({ path: "./chorc-more.cjs", external: true })),
  };
}

/** Ends the build where one of its programs fails. */
function run(...words) {
  const { status, stdout } = spawnSync(process.execPath, words, {
    stdio: ["ignore", "pipe", "inherit"],
    encoding: "utf8",
  });
  if (status === 0) return;
  process.stdout.write(stdout);
  process.exit(status ?? 1);
}
