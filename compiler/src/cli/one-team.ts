// The team that a command is about: of one choreography of one file. In: the request. Out: the team, or an exit code where
// there is none; then somebody has been told why.

import type { Source } from "@chor/grammar";
import type { Checked } from "../check.js";
import { readyTeam, type Ready, type TeamWish } from "../simulate/ready.js";
import { checkAll } from "./checking.js";
import { inputsOf } from "./inputs.js";
import { report, wrongly, type ExitCode, type Look } from "./say.js";
import type { Shell } from "./shell.js";

export interface OneTeam extends Extract<Ready, { kind: "ready" }> {
  readonly checked: Checked;
  readonly source: Source;
}

/** Reads and checks the file, and makes its team. */
export async function oneTeam(
  request: TeamWish & Look & { readonly file: string },
  shell: Shell,
): Promise<OneTeam | ExitCode> {
  const inputs = await inputsOf([request.file], false, shell);
  const { reported, checked } = await checkAll(inputs, shell);
  const [named] = reported;
  const own = checked[0];
  if (named === undefined || named.source === null || own === undefined) {
    report(reported.slice(0, 1), request, shell);
    return 2;
  }
  const { source, file } = named;
  const ready = readyTeam(own, request);
  if (ready.kind === "wrong") return wrongly(ready, shell);
  if (ready.kind === "refused") {
    report([{ file, source, diagnostics: ready.diagnostics }], request, shell);
    return 1;
  }
  return { ...ready, checked: own, source };
}
