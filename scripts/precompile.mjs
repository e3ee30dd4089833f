// Writes V8's code cache beside a bundle of `chorc`, after one run, so that what a run needs is in it. In: the bundle
// that runs, the bundle to write for (the same, or one that it loads), and the words of the run, as arguments. A process
// of its own: it ends with the exit code of the run.

import { readFileSync, renameSync, writeFileSync } from "node:fs";
import module, { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { Script } from "node:vm";

const [bundle, target, ...words] = process.argv.slice(2);
const scripts = new Map();
process.argv.splice(2, Infinity, ...words);
await load(bundle).runProcess();
// In one step: a `chorc` that starts meanwhile sees the whole file or none.
writeFileSync(`${target}.cache.new`, scripts.get(target).createCachedData());
renameSync(`${target}.cache.new`, `${target}.cache`);

function load(file) {
  const script = new Script(module.wrap(readFileSync(file, "utf8")), { filename: file });
  scripts.set(file, script);
  const loaded = { exports: {} };
  const require = createRequire(file);
  const near = (name) => (name.startsWith("./") ? load(resolve(dirname(file), name)) : require(name));
  script.runInThisContext()(loaded.exports, Object.assign(near, require), loaded, file, dirname(file));
  return loaded.exports;
}
