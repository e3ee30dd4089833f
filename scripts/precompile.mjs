// Writes V8's code cache beside the bundle of `chorc`, after one `check` has run, so that what a check needs is in it.
// In: the bundle and a file to check, as arguments. A process of its own: it ends with the bundle's exit code.

import { readFileSync, renameSync, writeFileSync } from "node:fs";
import module, { createRequire } from "node:module";
import { Script } from "node:vm";

const [bundle, file] = process.argv.slice(2);
const script = new Script(module.wrap(readFileSync(bundle, "utf8")), { filename: bundle });
const loaded = { exports: {} };
script.runInThisContext()(loaded.exports, createRequire(bundle), loaded, bundle, "");
process.argv.splice(2, Infinity, "check", file);
await loaded.exports.runProcess();
// In one step: a `chorc` that starts meanwhile sees the whole file or none.
writeFileSync(`${bundle}.cache.new`, script.createCachedData());
renameSync(`${bundle}.cache.new`, `${bundle}.cache`);
