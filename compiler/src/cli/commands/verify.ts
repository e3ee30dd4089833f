// `chorc verify`: explores all that the team of one choreography can do, or writes it as a model for SPIN. In: the request.
// Out: a table of properties on standard output; 1 where one fails, or the source leaves nothing to verify.

import { memoryUsage } from "node:process";
import type { Source } from "@chor/grammar";
import type { CheckedChoreography } from "../../check.js";
import { propertiesAsJson, renderProperties, type Properties } from "../../report/render/properties.js";
import type { Team } from "../../team/team.js";
import type { Watch } from "../../verify/explore.js";
import { promelaOf } from "../../verify/promela.js";
import { toldOf } from "../../verify/told.js";
import { verify } from "../../verify/verify.js";
import { oneTeam } from "../one-team.js";
import { lookOf, report, wrongly, type ExitCode, type Look } from "../say.js";
import type { Shell } from "../shell.js";
import { writeOwn } from "../write-own.js";

export interface VerifyRequest extends Look {
  readonly kind: "verify";
  readonly file: string;
  readonly choreography: string | null;
  readonly members: ReadonlyMap<string, number>;
  /** Of the list of a scatter, at most. */
  readonly elements: number;
  /** null: any number of messages where every run ends, else the usual bound. */
  readonly channel: number | null;
  /** `senders`: whoever is waited for with an `else`; null: nobody. */
  readonly lost: readonly string[] | "senders" | null;
  readonly limits: { readonly states: number; readonly megabytes: number; readonly seconds: number | null };
  /** Everything in every order. */
  readonly full: boolean;
  /** What is not explored counts as failing. */
  readonly strict: boolean;
  /** null: verify. */
  readonly emit: "promela" | null;
  readonly out: string | null;
}

/** Verifies, or writes the model. */
export async function verifyFile(request: VerifyRequest, shell: Shell): Promise<ExitCode> {
  const made = await oneTeam(request, shell);
  if (typeof made === "number") return made;
  const { team, choreography, checked, source } = made;
  const stranger = strangerOf(request.lost, team);
  if (stranger !== null) return wrongly(stranger, shell);
  if (request.emit === "promela") return model(request, team, choreography.name, shell);
  const chosen = checked.choreographies.find((each) => each.choreography === choreography);
  return chosen === undefined ? 2 : table(request, chosen, source, shell);
}

function table(request: VerifyRequest, chosen: CheckedChoreography, source: Source, shell: Shell): ExitCode {
  const { limits, full } = request;
  const show = watching(request, shell);
  const verified = verify(chosen, { ...request, states: limits.states, reduce: !full }, show.watch);
  show.done();
  if (verified.diagnostics.length > 0) {
    report([{ file: source.file, source, diagnostics: verified.diagnostics }], request, shell);
    return 1;
  }
  const rows = toldOf(verified);
  const properties: Properties = { choreography: chosen.choreography.name, source, rows, figures: verified.figures };
  if (request.format === "json") shell.out.write(`${JSON.stringify(propertiesAsJson(properties), null, 2)}\n`);
  else {
    const { width, color } = lookOf(shell.out, request.color, shell);
    shell.out.write(renderProperties(properties, width, color));
  }
  const isBad = rows.some(({ verdict }) => verdict === "fails" || (request.strict && verdict === "not explored"));
  return isBad ? 1 : 0;
}

const MARK = "made by chorc verify";

async function model(request: VerifyRequest, team: Team, name: string, shell: Shell): Promise<ExitCode> {
  const written = promelaOf(team, name, request.channel, MARK);
  if (written.kind === "not carried") return wrongly({ message: written.message, hint: written.hint }, shell);
  if (request.out !== null) return writeOwn(request.out, written.text, MARK, request, shell);
  shell.out.write(
    request.format === "json"
      ? `${JSON.stringify({ file: request.file, promela: written.text }, null, 2)}\n`
      : written.text,
  );
  return 0;
}

/** A role that may be lost and is none of the team. */
function strangerOf(
  lost: VerifyRequest["lost"],
  { core }: Team,
): { readonly message: string; readonly hint: string } | null {
  if (lost === null || lost === "senders") return null;
  const own = core.roles.filter(({ kind }) => kind !== "network");
  const names = new Set(own.flatMap(({ name, role }) => (role === null || role === name ? [name] : [role, name])));
  const stranger = lost.find((name) => !names.has(name));
  if (stranger === undefined) return null;
  return {
    message: `there is no role \`${stranger}\``,
    hint: `there is ${[...names].map((name) => `\`${name}\``).join(", ")}`,
  };
}

/** How often the line of a terminal is written anew, in milliseconds. */
const PATIENCE = 400;

/** Ends the exploration at its limits, and says on a terminal how far it is. */
function watching({ limits }: VerifyRequest, shell: Shell): { readonly watch: Watch; readonly done: () => void } {
  const begin = shell.now().getTime();
  let shownAt = begin;
  let isShown = false;
  const watch: Watch = ({ states, depth, queue }) => {
    const now = shell.now().getTime();
    if (limits.seconds !== null && now - begin > limits.seconds * 1000) return "time";
    if (memoryUsage().heapUsed > limits.megabytes * 1_048_576) return "memory";
    if (shell.error.isTTY && now - shownAt >= PATIENCE) {
      const rate = Math.round((states * 1000) / (now - begin));
      const number = (count: number): string => count.toLocaleString("en-US");
      const text = `verifying: ${number(states)} situations, ${number(rate)}/s, depth ${number(depth)}, ${number(queue)} waiting`;
      shell.error.write(`\r\u001b[K${text.slice(0, Math.max(20, (shell.error.columns ?? 80) - 1))}`);
      shownAt = now;
      isShown = true;
    }
    return null;
  };
  return { watch, done: () => void (isShown && shell.error.write("\r\u001b[K")) };
}
