// `chorc check`: files in, diagnostics out; nothing is written.

import { checkAll } from "../checking.js";
import { inputsOf } from "../inputs.js";
import type { ConfigChoice } from "../inputs.js";
import { complain, lookOf, report } from "../say.js";
import type { ExitCode, Format } from "../say.js";
import type { Shell, When } from "../shell.js";
import type { Shown } from "../tables.js";
import type { NetworkKind } from "../../team/situation.js";

export interface CheckRequest {
  readonly kind: "check";
  readonly files: readonly string[];
  readonly config: ConfigChoice;
  /** null: as the configuration says. */
  readonly format: Format | null;
  readonly color: When;
  /** Again whenever something changes: `watchCheck` does that. */
  readonly watch: boolean;
  /** `fifo`: a channel for each pair of roles, which is what a check proves; the others are explored besides. */
  readonly network: NetworkKind;
  /** Tables to print below the verdict. */
  readonly show: Shown;
}

/** Checks the files of the request once and reports. */
export async function check(request: CheckRequest, shell: Shell): Promise<ExitCode> {
  const inputs = await inputsOf(request.files, request.config, shell);
  if (inputs.files.length === 0 && inputs.problems.length === 0) return noFiles(shell);
  const all = await checkAll(inputs, shell);
  const { checked } = all;
  const { reported, code } =
    request.network === "fifo"
      ? all
      : (await import("../other-networks.js")).withNetwork(all, request.network, inputs.config.lints, shell);
  const format = request.format ?? inputs.config.format ?? "pretty";
  const isShown = request.show.bounds || request.show.knowledge || request.show.figures;
  const tables = isShown ? await import("../tables.js") : null;
  const json = format === "json" && tables !== null ? tables.tablesAsJson(checked, request.show) : {};
  report(reported, { format, color: request.color }, shell, json);
  if (tables !== null && format === "pretty") {
    const { width, color } = lookOf(shell.out, request.color, shell);
    shell.out.write(tables.renderTables(checked, request.show, width, color));
  }
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
