// `chorc diff`: two versions in, what has changed out. Nothing is written. Both are checked first; what has errors is not
// compared.

import { nearest } from "@chor/grammar";
import type { Checked } from "../../check.js";
import { comparedIn, diff } from "../../difference/diff.js";
import type { Reported } from "../../report/render/reported.js";
import { renderVersions, versionsAsJson } from "../../report/render/versions.js";
import { checkAll } from "../checking.js";
import { inputsOf } from "../inputs.js";
import { lookOf, report, wrongly } from "../say.js";
import type { ExitCode, Format } from "../say.js";
import type { Shell, When } from "../shell.js";

export interface DiffRequest {
  readonly kind: "diff";
  /** A file, a folder or `-`. */
  readonly old: string;
  readonly now: string;
  /** null: all that no other one calls. */
  readonly choreography: string | null;
  /** null: all. */
  readonly role: string | null;
  readonly format: Format;
  readonly color: When;
}

/** Compares; 1 where something breaks, 2 where the files have errors or there is nothing such to compare. */
export async function diffVersions(request: DiffRequest, shell: Shell): Promise<ExitCode> {
  if (request.old === "-" && request.now === "-")
    return wrongly({ message: "both versions are standard input", hint: "name a file for one of them" }, shell);
  const old = await versionOf(request.old, shell);
  const now = await versionOf(request.now, shell);
  const wrong = [...old.wrong, ...now.wrong];
  if (wrong.length > 0) {
    report(wrong, request, shell);
    return 2;
  }
  const complaint = missing(request, old.files, now.files);
  if (complaint !== null) return wrongly(complaint, shell);
  const { choreography, role } = request;
  const difference = diff(old.files, now.files, { choreography, role });
  if (request.format === "json") shell.out.write(`${JSON.stringify(versionsAsJson(difference), null, 2)}\n`);
  else {
    const { width, color } = lookOf(shell.out, request.color, shell);
    shell.out.write(renderVersions(difference, width, color));
  }
  return difference.verdict === "breaking" ? 1 : 0;
}

interface Version {
  readonly files: readonly Checked[];
  /** What has errors or cannot be read, with its errors alone. */
  readonly wrong: readonly Reported[];
}

/** One version: the files of a word; what they import is read, and is not compared for itself. */
async function versionOf(word: string, shell: Shell): Promise<Version> {
  const inputs = await inputsOf([word], false, shell);
  const { reported, checked } = await checkAll(inputs, shell);
  const named = new Set(inputs.files.map((file) => (file === "-" ? "<stdin>" : file)));
  const wrong = reported.flatMap((each): readonly Reported[] => {
    const diagnostics = each.diagnostics.filter(({ severity }) => severity === "error");
    return diagnostics.length === 0 ? [] : [{ ...each, diagnostics }];
  });
  return { files: checked.filter(({ program }) => named.has(program.source.file)), wrong };
}

/** What is asked for and is in neither version. */
function missing(
  { choreography, role }: DiffRequest,
  old: readonly Checked[],
  now: readonly Checked[],
): { readonly message: string; readonly hint: string } | null {
  const all = [...comparedIn(old).byName.values(), ...comparedIn(now).byName.values()].map((each) => each.choreography);
  const names = [...new Set(all.map(({ name }) => name))];
  if (names.length === 0)
    return { message: "there is no choreography in either version", hint: "name files that have one" };
  if (choreography !== null && !names.includes(choreography))
    return { message: `neither version has a choreography \`${choreography}\``, hint: choiceOf(choreography, names) };
  const roles = all.filter(({ name }) => choreography === null || name === choreography).flatMap((each) => each.roles);
  const roleNames = [...new Set(roles.map(({ name }) => name))];
  if (role !== null && !roleNames.includes(role))
    return { message: `neither version has a role \`${role}\``, hint: choiceOf(role, roleNames) };
  return null;
}

function choiceOf(wanted: string, names: readonly string[]): string {
  const near = nearest(wanted, names);
  return near === null ? `there are ${names.map((name) => `\`${name}\``).join(", ")}` : `did you mean \`${near}\`?`;
}
