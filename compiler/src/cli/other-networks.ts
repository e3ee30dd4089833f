// `chorc check --network mailbox|bag`: what is said of another network, beside what check says. In: what was checked. Out:
// the same with more diagnostics. It is the one place where a check explores what the team can do.

import type { Diagnostic } from "@chor/grammar";
import { applyLints } from "../config/lints.js";
import { count } from "../report/render/reported.js";
import { networkDiagnostics, type OtherNetwork } from "../verify/networks.js";
import type { CheckedAll } from "./checking.js";
import type { ExitCode } from "./say.js";
import { progress } from "./progress.js";
import type { Shell } from "./shell.js";

/** Situations, at most, for each choreography. */
const most = 200_000;

/** Asks every choreography of a file without errors. */
export function withNetwork(
  all: CheckedAll,
  network: OtherNetwork,
  lints: Parameters<typeof applyLints>[1],
  shell: Shell,
): Pick<CheckedAll, "reported" | "code"> {
  const show = progress("exploring", all.checked.length, shell);
  const more = new Map<string, readonly Diagnostic[]>();
  all.checked.forEach(({ program, choreographies, diagnostics }, i) => {
    const { file } = program.source;
    show.at(i, file);
    if (diagnostics.some(({ severity }) => severity === "error")) return;
    const found = choreographies.flatMap((each) => networkDiagnostics(each, network, most, () => null));
    more.set(file, applyLints(found, lints));
  });
  show.done();
  const reported = all.reported.map((each) => {
    const found = more.get(each.file) ?? [];
    if (found.length === 0) return each;
    return { ...each, diagnostics: [...each.diagnostics, ...found].toSorted((a, b) => a.span.start - b.span.start) };
  });
  const code: ExitCode = all.code !== 0 ? all.code : count(reported).errors > 0 ? 1 : 0;
  return { reported, code };
}
