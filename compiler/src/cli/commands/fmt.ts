// `chorc fmt`: which files are meant, then their layout.

import type { FmtRequest } from "../arguments/fmt.js";
import { inputsOf } from "../inputs.js";
import { report } from "../say.js";
import type { ExitCode } from "../say.js";
import type { Shell } from "../shell.js";
import { noFiles } from "./check.js";

/** Lays out the files of the request. A pattern or folder that holds nothing is told before anything is touched. */
export async function format(request: FmtRequest, shell: Shell): Promise<ExitCode> {
  const { files, problems, config } = await inputsOf(request.files, request.config, shell);
  const look = { format: request.format ?? config.format ?? "pretty", color: request.color };
  if (problems.length > 0) {
    report(problems, look, shell);
    return 2;
  }
  if (files.length === 0) return noFiles(shell);
  const { fmt } = await import("../fmt.js");
  return fmt(files, { check: request.check, ...look }, shell);
}
