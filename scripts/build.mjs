// Builds the house: `tsc -b` for all packages, then `chorc` as one file, because loading a parser from a hundred
// files takes longer than checking a choreography. In: the sources. Out: `*/dist`, `compiler/dist/chorc.cjs` and
// what V8 makes of it.

import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = new URL("..", import.meta.url);
const path = (relative) => fileURLToPath(new URL(relative, root));

run(path("node_modules/typescript/bin/tsc"), "-b", path("tsconfig.json"));

const bundle = path("compiler/dist/chorc.cjs");
// Before the new bundle is there: V8 knows the source of a cache by its length only.
rmSync(`${bundle}.cache`, { force: true });
await build({
  absWorkingDir: path("."),
  entryPoints: ["compiler/src/cli/process.ts"],
  outfile: bundle,
  bundle: true,
  // A script, not a module: only for one does V8's code cache hold the functions that a run has needed.
  format: "cjs",
  // What comes from the code cache cannot `import()`, but `require`.
  supported: { "dynamic-import": false },
  platform: "node",
  target: "node20",
  // Both take longer to load than everything else takes to run; `emit` loads them when it is used.
  external: ["ts-morph", "prettier"],
  // From source, so that the bundle does not depend on the order of the builds.
  alias: { "@chor/grammar": path("grammar/src/index.ts") },
  banner: { js: 'const chorcUrl = require("node:url").pathToFileURL(__filename).href;' },
  define: { "import.meta.url": "chorcUrl" },
  logLevel: "warning",
});
run(path("scripts/precompile.mjs"), bundle, path("examples/feature-team/feature-team.chor"));

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
