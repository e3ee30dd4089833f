#!/usr/bin/env node
// `chorc`: loads the bundle that `npm run build` makes, from the compile cache where Node has one (22.1 and later).

import module from "node:module";

module.enableCompileCache?.();
try {
  const { runProcess } = await import("../dist/chorc.js");
  await runProcess();
} catch (problem) {
  if (problem?.code !== "ERR_MODULE_NOT_FOUND" || !problem.message.includes("dist/chorc.js")) throw problem;
  console.error("chorc: it is not built yet\n  mend: run `npm run build`");
  process.exitCode = 2;
}
