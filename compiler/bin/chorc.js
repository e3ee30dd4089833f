#!/usr/bin/env node
// `chorc`: loads the bundle that `npm run build` makes, its code as V8 has compiled it before: from the file beside the
// bundle if this Node's V8 takes it, else from the compile cache that Node has itself (22.1 and later), else from source.

import { existsSync, readFileSync } from "node:fs";
import module, { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";

const bundle = fileURLToPath(new URL("../dist/chorc.cjs", import.meta.url));
if (existsSync(bundle)) {
  const { runProcess } = precompiled() ?? load();
  await runProcess();
} else {
  console.error("chorc: it is not built yet\n  mend: run `npm run build`");
  process.exitCode = 2;
}

function load() {
  module.enableCompileCache?.();
  return createRequire(import.meta.url)(bundle);
}

/** What the bundle exports, or null where V8 does not take the code cache: it is another version, or there is none. */
function precompiled() {
  const cache = `${bundle}.cache`;
  if (!existsSync(cache)) return null;
  const source = module.wrap(readFileSync(bundle, "utf8"));
  const script = new Script(source, { filename: bundle, cachedData: readFileSync(cache) });
  if (script.cachedDataRejected) return null;
  const loaded = { exports: {} };
  script.runInThisContext()(loaded.exports, createRequire(bundle), loaded, bundle, "");
  return loaded.exports;
}
