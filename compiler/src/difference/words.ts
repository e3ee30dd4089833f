// How a difference is told: an action, a reason, the way to where a role may not be replaced. In: actions of endpoints.
// Out: changes and traces with places in both versions.

import type { Choreography } from "../bind/program.js";
import type { Reason } from "./gathered.js";
import type { Change, Place, Trace } from "./difference.js";
import { isAnnounced, numberFor, shownLabel, type Act, type Endpoint } from "./endpoint.js";
import type { Pair, Problem, Witness } from "./refine.js";

/** Both versions of a choreography and of the role that is told about. */
export interface Sides {
  readonly old: { readonly choreography: Choreography; readonly endpoint: Endpoint };
  readonly now: { readonly choreography: Choreography; readonly endpoint: Endpoint };
}

/** A reason as a change. */
export function changeOf({ id, detail, old, now, breaking, about }: Reason, sides: Sides): Change {
  const places = { old: placeOf(old, sides.old.choreography), now: placeOf(now, sides.now.choreography) };
  if (about === null) {
    const act = now ?? old;
    const what = act === null ? "" : subject(act);
    return { id, text: detail === "" ? what : `${what}: ${detail}`, breaking, ...places };
  }
  if (about.kind === "construct") {
    const place = (side: Sides["old"], construct: number | null): Place | null => {
      const span = side.endpoint.constructs[construct ?? -1]?.span;
      return span === undefined ? null : { source: side.choreography.source, span };
    };
    const found = { old: place(sides.old, about.old), now: place(sides.now, about.now) };
    return { id, text: quoted(found.now ?? found.old), breaking, ...found };
  }
  const [before, after] = [loopOf(sides.old, about.old), loopOf(sides.now, about.now)];
  const name = `\`loop ${after?.name ?? before?.name ?? ""}\``;
  const rounds = before === null || after === null ? "" : `: at most ${after.rounds} rounds, was ${before.rounds}`;
  const text = `${name}${rounds}`;
  return { id, text, breaking, old: before?.place ?? null, now: after?.place ?? null };
}

interface LoopShown {
  readonly name: string;
  readonly rounds: string;
  readonly place: Place;
}

function loopOf({ choreography, endpoint }: Sides["old"], loop: number | null): LoopShown | null {
  const found = endpoint.core.loops[loop ?? -1];
  if (found === undefined) return null;
  const value = choreography.values.find(({ name }) => numberFor(name) === found.max);
  const rounds = value === undefined ? String(found.max) : `\`${value.name}\``;
  return { name: found.name, rounds, place: { source: choreography.source, span: found.span } };
}

/** A change where no reason was found for what was proved to differ. */
export function plainChange(witness: Witness, sides: Sides): Change {
  const { old, now } = here(witness.pair, sides);
  return { id: "behaviour-changed", text: thenText(witness.problem), breaking: true, old, now };
}

/** The way to where a role may not be replaced. */
export function traceOf({ pair, problem }: Witness, sides: Sides): Trace {
  const steps: Trace["steps"][number][] = [];
  for (let at: Pair | null = pair; at !== null; at = at.before) {
    if (at.by === null) continue;
    const old = placeOf(at.by.old, sides.old.choreography);
    const now = placeOf(at.by.now, sides.now.choreography);
    if (old !== null && now !== null) steps.push({ text: actText(at.by.now), old, now });
  }
  return { steps: steps.toReversed(), then: thenText(problem) };
}

function here(pair: Pair, sides: Sides): { readonly old: Place; readonly now: Place } {
  const end = ({ choreography }: Sides["old"]): Place => ({ source: choreography.source, span: choreography.nameSpan });
  const last = lastAct(pair);
  return {
    old: placeOf(last?.old ?? null, sides.old.choreography) ?? end(sides.old),
    now: placeOf(last?.now ?? null, sides.now.choreography) ?? end(sides.now),
  };
}

function lastAct(pair: Pair): Pair["by"] {
  for (let at: Pair | null = pair; at !== null; at = at.before) if (at.by !== null) return at.by;
  return null;
}

function placeOf(act: Act | null, { source }: Choreography): Place | null {
  return act?.send ? { source, span: act.send.span } : null;
}

/** The interaction as the source has it; of what a role and the network say to each other, in words. */
function subject(act: Act): string {
  const text = act.messages[0]?.interaction?.text;
  if (text !== undefined) return `\`${shortened(text.replace(CLAUSES, ""))}\``;
  return isAnnounced(act) ? "`choice when`" : actText(act);
}

/** What changes behind a message is told by itself. */
const CLAUSES = / (?:where|gate|retry|within|quorum) .*$/;

const WORDS: Readonly<Record<string, string>> = {
  ok: "it waits for",
  late: "it gives up waiting for",
  skip: "it passes over",
  pass: "it accepts",
  refused: "it rejects",
  counted: "it hears that it counts:",
  not: "it hears that it does not count:",
};

/** What the role does, in its own words. */
function actText(act: Act): string {
  const { kind, peer, network, messages } = act;
  const label = shownLabel(act);
  if (kind === "fail") return "it fails";
  if (network === null)
    return kind === "send" ? `it sends \`${label}\` to ${peer}` : `it receives \`${label}\` from ${peer}`;
  if (messages.every(({ interaction }) => interaction === null)) {
    const word = WORDS[label];
    const what = peer.slice(peer.indexOf("~") + 1);
    return word === undefined ? `it goes on with ${label} by what it knows` : `${word} \`${what}\``;
  }
  return kind === "send" ? `it sends \`${label}\`` : `it reads \`${label}\``;
}

function thenText(problem: Problem): string {
  if ("act" in problem && isAnnounced(problem.act)) return "another condition decides how it goes on";
  switch (problem.kind) {
    case "more":
      return problem.act.kind === "receive"
        ? `in the new version: ${actText(problem.act)}, for which the old version does not wait there`
        : `in the new version: ${actText(problem.act)}, which nobody of the old version expects`;
    case "less":
      return problem.act.kind === "receive"
        ? `in the old version: ${actText(problem.act)}, which the new version does not take there`
        : `in the old version: ${actText(problem.act)}, for which the others wait`;
    case "aspect": {
      const { id, detail } = problem.aspect;
      return `${actText(problem.act)}, which is not the same: ${id}${detail === "" ? "" : `, ${detail}`}`;
    }
    case "end":
      return "it is over in the new version and goes on in the old one";
    case "no end":
      return "it is over in the old version and goes on in the new one";
    case "never ends":
      return "it comes to an end in the old version and never in the new one";
    case "loops":
      return "rounds are counted in another way";
    case "arms":
      return "what goes on side by side is not the same";
    case "large":
      return "there are too many states to go on comparing";
  }
}

function quoted(place: Place | null): string {
  if (place === null) return "";
  return `\`${shortened(place.source.text.slice(place.span.start, place.span.end).replaceAll(/\s+/g, " "))}\``;
}

const SHOWN = 72;

function shortened(text: string): string {
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN - 1)}…`;
}
