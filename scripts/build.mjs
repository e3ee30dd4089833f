// Builds the house: `tsc -b` for all packages, then `chorc` as one file, because loading a parser from a hundred
// files takes longer than checking a choreography. In: the sources. Out: `*/dist`, `compiler/dist/chorc.js`.

import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = new URL("..", import.meta.url);
const path = (relative) => fileURLToPath(new URL(relative, root));

const compiled = spawnSync(process.execPath, [path("node_modules/typescript/bin/tsc"), "-b", path("tsconfig.json")], {
  stdio: "inherit",
});
if (compiled.status !== 0) process.exit(compiled.status ?? 1);

// Chunks carry a digest in their names; those of the last build would stay beside the new ones.
rmSync(path("compiler/dist/chunks"), { recursive: true, force: true });
await build({
  absWorkingDir: path("."),
  entryPoints: { chorc: "compiler/src/cli/process.ts" },
  outdir: "compiler/dist",
  chunkNames: "chunks/[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  // Both take longer to load than everything else takes to run; `emit`, a chunk of its own, loads them when it is used.
  external: ["ts-morph", "prettier"],
  // From source, so that the bundle does not depend on the order of the builds.
  alias: { "@chor/grammar": path("grammar/src/index.ts") },
  // Commander is CommonJS and asks for Node's own modules with `require`.
  banner: {
    js: 'import { createRequire as chorcRequire } from "node:module"; const require = chorcRequire(import.meta.url);',
  },
  logLevel: "warning",
});
