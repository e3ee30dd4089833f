#!/usr/bin/env node
// `chorc`: loads the bundles that `npm run build` makes, their code as V8 has compiled it before: from the file beside a
// bundle if this Node's V8 takes it, else from the compile cache that Node has itself (22.1 and later), else from source.

import { existsSync, readFileSync } from "node:fs";
import module, { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";

const bundle = fileURLToPath(new URL("../dist/chorc.cjs", import.meta.url));
if (existsSync(bundle)) {
  const { runProcess } = load(bundle);
  await runProcess();
} else {
  console.error("chorc: it is not built yet\n  mend: run `npm run build`");
  process.exitCode = 2;
}

function load(file) {
  const loaded = precompiled(file);
  if (loaded !== null) return loaded;
  module.enableCompileCache?.();
  return createRequire(import.meta.url)(file);
}

/** What a bundle exports, or null where V8 does not take the code cache: it is another version, or there is none. */
function precompiled(file) {
  const cache = `${file}.cache`;
  if (!existsSync(cache)) return null;
  const source = module.wrap(readFileSync(file, "utf8"));
  const script = new Script(source, { filename: file, cachedData: readFileSync(cache) });
  if (script.cachedDataRejected) return null;
  const loaded = { exports: {} };
  const require = createRequire(file);
  // One bundle loads the other; everything else is as always.
  const near = (name) => (name.startsWith("./") ? load(resolve(dirname(file), name)) : require(name));
  script.runInThisContext()(loaded.exports, Object.assign(near, require), loaded, file, dirname(file));
  return loaded.exports;
}
