// `chorc check`: files in, diagnostics out; nothing is written.

import { checkAll } from "../checking.js";
import { inputsOf } from "../inputs.js";
import type { ConfigChoice } from "../inputs.js";
import { complain, report } from "../say.js";
import type { ExitCode, Format } from "../say.js";
import type { Shell, When } from "../shell.js";

export interface CheckRequest {
  readonly kind: "check";
  readonly files: readonly string[];
  readonly config: ConfigChoice;
  /** null: as the configuration says. */
  readonly format: Format | null;
  readonly color: When;
  /** Again whenever something changes: `watchCheck` does that. */
  readonly watch: boolean;
}

/** Checks the files of the request once and reports. */
export async function check(request: CheckRequest, shell: Shell): Promise<ExitCode> {
  const inputs = await inputsOf(request.files, request.config, shell);
  if (inputs.files.length === 0 && inputs.problems.length === 0) return noFiles(shell);
  const { reported, code } = await checkAll(inputs, shell);
  const format = request.format ?? inputs.config.format ?? "pretty";
  report(reported, { format, color: request.color }, shell);
  return code;
}

/** Wrong use: nothing says which files are meant. */
export function noFiles(shell: Shell): ExitCode {
  complain(
    shell,
    "no files are given, and there is no `chor.config.json`",
    "name `.chor` files or a folder, or begin a project with `chorc init`",
  );
  return 2;
}
