// Runs `chorc` once. In: which one, its words and a folder. Out: what it wrote, or what it complained of.

import { execFile } from "node:child_process";
import type { Chorc } from "./server.js";

export type Ran =
  { readonly kind: "output"; readonly text: string } | { readonly kind: "failed"; readonly why: string };

/** Ten seconds and 16 MiB are more than any diagram takes. Never rejects. */
export function run(chorc: Chorc, words: readonly string[], folder: string): Promise<Ran> {
  const [file, args] = chorc.kind === "script" ? [process.execPath, [chorc.path, ...words]] : [chorc.path, [...words]];
  // The editor's own program is Electron; with this variable it is Node.js.
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: "1", NO_COLOR: "1" };
  const limits = { timeout: 10_000, maxBuffer: 16 * 1024 * 1024 };
  return new Promise((resolve) => {
    execFile(file, args, { cwd: folder, env, ...limits }, (problem, out, error) => {
      if (problem === null) resolve({ kind: "output", text: out });
      else resolve({ kind: "failed", why: error.trim() || out.trim() || problem.message });
    });
  });
}
