// `chorc check --watch`: the check again whenever something changes; only what has changed is checked again.

import { checkAll, withImports } from "../checking.js";
import type { Memory } from "../checking.js";
import { inputsOf } from "../inputs.js";
import type { Inputs } from "../inputs.js";
import { report } from "../say.js";
import type { ExitCode } from "../say.js";
import type { Shell } from "../shell.js";
import { watch } from "../watch.js";
import type { Round } from "../watch.js";
import { noFiles } from "./check.js";
import type { CheckRequest } from "./check.js";

/** Checks and reports, a round after the other, until Ctrl-C. */
export async function watchCheck(request: CheckRequest, shell: Shell): Promise<ExitCode> {
  const memory: Memory = new Map();
  const find = (): Promise<Inputs> => inputsOf(request.files, request.config, shell);
  const round = async (): Promise<Round> => {
    const inputs = await find();
    if (inputs.files.length === 0 && inputs.problems.length === 0) return { inputs, code: noFiles(shell) };
    const checked = await checkAll(inputs, shell, memory);
    const format = request.format ?? inputs.config.format ?? "pretty";
    report(checked.reported, { format, color: request.color }, shell, {}, true);
    return { inputs: withImports(inputs, checked, shell), code: checked.code };
  };
  return watch(find, round, shell);
}
