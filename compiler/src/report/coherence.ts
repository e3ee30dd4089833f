// How a violation of coherence is told: CHOR0601 to CHOR0604. In: a role's view, the two runs that it cannot tell
// apart, and a mend if one was found. Out: the diagnostic, with the runs.

import { error } from "./diagnostic.js";
import { happening, plainLabel, roleName, shownHappening, type Wait } from "./waits.js";
import type { Counterexample, GlobalRun } from "../coherence/runs.js";
import type { Mend, Tell } from "../coherence/tells.js";
import type { Side } from "../coherence/violation.js";
import type { View } from "../coherence/tables.js";
import type { Code, Diagnostic, Fix, Related, Run, RunStep, Span } from "@chor/grammar";

/** Steps that both runs begin with are summed up from this number on, the last few being shown. */
const maximalCommon = 8;
const shownOfCommon = 4;
/** Behind that, a run is shown up to this length. */
const maximalApart = 40;

/** Takes a view, one of its counterexamples and a mend or null; gives the error. */
export function incoherent(view: View, example: Counterexample, mend: Mend | null): Diagnostic {
  const place = spanOf(view, example.runs[0].next) ?? view.tables.automaton.core.end;
  const { code, message } = told(view, example);
  const diagnostic = error(code, message, place, {
    related: [...related(view, example), ...tellingPlaces(view, mend)],
    hint: mend === null ? generalHint(view, example) : mendHint(view, mend),
  });
  const fix = mend === null ? null : fixOf(view, mend);
  return {
    ...diagnostic,
    ...(fix === null ? {} : { fix: [fix] }),
    runs: { role: roleOf(view, view.role), runs: [shownRun(view, example, 0), shownRun(view, example, 1)] },
  };
}

// ---- what is wrong -------------------------------------------------------------------------------------

function told(view: View, example: Counterexample): { readonly code: Code; readonly message: string } {
  const { violation } = example;
  const { one, other } = violation;
  const role = nameOf(view, view.role);
  if (violation.condition === "receive") {
    return {
      code: "CHOR0603",
      message: `${shownMessage(view, one)} can overtake ${shownMessage(view, other)}: ${role}, which has to take ${shownMessage(view, other)} first here, would believe itself in another run, where ${shownMessage(view, one)} comes first.`,
    };
  }
  if (violation.condition === "termination") {
    return {
      code: "CHOR0604",
      message: `${role} cannot know whether it is done: in one run it still waits for ${shownMessage(view, one)}, in another, which looks the same to it, nothing more comes.`,
    };
  }
  if (violation.condition === "mixed") {
    return { code: "CHOR0602", message: eitherOr(view, example) };
  }
  if (other.letter !== null && waitsFor(view, other.letter)) {
    return { code: "CHOR0602", message: eitherOr(view, example) };
  }
  const given = givenUpIn(view, example, 0);
  if (given !== null && given.judge !== view.role) {
    return {
      code: "CHOR0601",
      message: `${role} must ${deed(view, one)} here, and is not told that ${nameOf(view, given.judge)} gave up on ${given.labels} from ${nameOf(view, given.sender)}: in another run, which looks the same to it, ${otherwise(view, other)}.`,
    };
  }
  if (other.letter !== null && deed(view, one) === deed(view, other)) {
    return {
      code: "CHOR0601",
      message: `${role} has to ${deed(view, one)} at two places, and cannot know at which of them it is: two runs that look the same to it differ here.`,
    };
  }
  return {
    code: "CHOR0601",
    message: `${role} cannot know that it must ${deed(view, one)} here: in another run, which looks the same to it, ${otherwise(view, other)}.`,
  };
}

/** Two waits for one message differ in how long they are. */
function eitherOr(view: View, { violation: { one, other } }: Counterexample): string {
  const [first, second] = [deed(view, one), deed(view, other)];
  const isLimited = [one, other].some(
    ({ letter }) => happening(view.tables.automaton, letter ?? -1)?.kind === "judged",
  );
  const long = isLimited ? ", however long it takes" : "";
  const shown = [first, second].map((each) => (each.startsWith("wait for ") ? each + long : each));
  return `${nameOf(view, view.role)} cannot know whether to ${shown.join(" or to ")}: two runs that look the same to it differ here.`;
}

/** What a role would have to do, without the role: `send …`, `wait for …`. */
export function deed(view: View, side: Side): string {
  const { automaton } = view.tables;
  const happened = side.letter === null ? null : happening(automaton, side.letter);
  if (happened === null)
    return `${view.tables.from[side.letter ?? -1] === view.role ? "send" : "wait for"} ${shownMessage(view, side)}`;
  switch (happened.kind) {
    case "sent":
      return `send ${shownMessage(view, side)}`;
    case "read":
      return `wait for ${shownMessage(view, side)}`;
    case "judged": {
      const { labels, sender, deadline } = happened.wait;
      const what = `${labels} from ${nameOf(view, sender)}`;
      if (happened.word === "pass" || happened.word === "refused") return `judge ${what}`;
      return deadline === null ? `wait for ${what} or give up` : `wait at most ${deadline} for ${what}`;
    }
    case "answered":
      return `wait to be told whether ${happened.wait.labels} was counted`;
    case "decides":
      return "take a branch of a `choice when`";
    case "fails":
      return `\`fail ${JSON.stringify(happened.reason)}\``;
  }
}

/** Whether the role waits for somebody else with this letter: for a message, or for an answer. */
function waitsFor(view: View, letter: number): boolean {
  const { from, to, announces } = view.tables;
  return to[letter] === view.role && announces[from[letter] ?? -1] !== 1;
}

/** The wait that its judge gives up, or whose message it refuses, where a run parts from the other; null: none. */
function givenUpIn(view: View, { parting }: Counterexample, which: 0 | 1): Wait | null {
  const happened = happening(view.tables.automaton, view.tables.letter[parting.edges[which]] ?? -1);
  const given = happened?.kind === "judged" && (happened.word === "late" || happened.word === "refused");
  return given ? happened.wait : null;
}

/** The wait with which the runs part; null: they part with something else. */
function partedBy(view: View, { parting }: Counterexample): Wait | null {
  const happened = parting.edges.map((edge) => happening(view.tables.automaton, view.tables.letter[edge] ?? -1));
  const first = happened.find((each) => each !== null);
  return first?.kind === "judged" || first?.kind === "read" ? first.wait : null;
}

function otherwise(view: View, side: Side): string {
  if (side.letter !== null) return `it must ${deed(view, side)}`;
  return ended(view, side) ? "the choreography is over for it" : "the others go on without it";
}

/** What the role would have to do at the end of a run. */
function duty(view: View, side: Side): string {
  const role = `\`${roleOf(view, view.role)}\``;
  if (side.letter !== null) {
    const waiting = `${role} must ${deed(view, side)}`;
    const early = side.overtaking.at(-1);
    if (early === undefined) return waiting;
    return `${waiting}, but ${shownMessage(view, { ...side, letter: view.tables.letter[early] ?? null })} can arrive first`;
  }
  return ended(view, side)
    ? `the choreography is over for ${role}`
    : `nothing more comes to ${role}, while the others go on`;
}

/** `Patch` to `Tester`, `Revise` from `Reviewer`. */
export function shownMessage(view: View, side: Side): string {
  const letter = view.tables.automaton.letters[side.letter ?? -1];
  if (letter === undefined || letter.kind !== "message") return "nothing";
  const happened = happening(view.tables.automaton, side.letter ?? -1);
  if (happened?.kind === "sent") return `\`${happened.label}\` to ${nameOf(view, happened.wait.judge)}`;
  if (happened?.kind === "read") return `\`${happened.label}\` from ${nameOf(view, happened.wait.sender)}`;
  if (happened?.kind === "answered")
    return `the answer whether ${happened.wait.labels} to ${nameOf(view, happened.wait.judge)} was counted`;
  const label = plainLabel(letter.label);
  return letter.from === view.role
    ? `\`${label}\` to \`${roleOf(view, letter.to)}\``
    : `\`${label}\` from \`${roleOf(view, letter.from)}\``;
}

function ended(view: View, side: Side): boolean {
  return side.states.some((state) => view.tables.final[state] === 1);
}

// ---- where ---------------------------------------------------------------------------------------------

function related(view: View, example: Counterexample): readonly Related[] {
  const { tables, role } = view;
  const places: Related[] = [];
  const { state, edges } = example.parting;
  const letter = tables.automaton.letters[tables.letter[edges[0]] ?? tables.letter[edges[1]] ?? -1];
  const name = roleOf(view, role);
  if (letter?.kind === "message") {
    const span = tables.automaton.states[state]?.choice?.span ?? spanOf(view, edges[0]) ?? tables.automaton.core.end;
    places.push({ message: `the runs part here: ${whoDecides(view, example, letter.from)}`, span });
  } else if (letter?.kind === "round" || letter?.kind === "over") {
    const loop = tables.automaton.core.loops[letter.loop];
    if (loop !== undefined)
      places.push({
        message: `the runs part here: \`${name}\` does not count the rounds of \`${loop.name}\``,
        span: loop.span,
      });
  }
  const next = example.runs[1].next;
  const span = spanOf(view, next);
  if (span !== null)
    places.push({ message: `in the second run, ${duty(view, { ...example.violation.other, overtaking: [] })}`, span });
  return places;
}

/** Why two runs part: who decides, with a choice or with a wait, and that the role is not told. */
export function whoDecides(view: View, example: Counterexample, decider: number): string {
  const name = nameOf(view, view.role);
  const wait = partedBy(view, example);
  if (wait !== null) {
    const after = wait.deadline === null ? "" : ` after ${wait.deadline}`;
    const what = `${nameOf(view, wait.judge)} takes ${wait.labels} from ${nameOf(view, wait.sender)}, or gives up${after}`;
    return wait.judge === view.role ? what : `${what}, and ${name} is not told in time`;
  }
  if (view.tables.announces[decider] === 1) return `the data decide, and ${name} does not know them`;
  return `${nameOf(view, decider)} decides, and ${name} is not told in time`;
}

// ---- the two runs --------------------------------------------------------------------------------------

function shownRun(view: View, example: Counterexample, which: 0 | 1): Run {
  const run: GlobalRun = example.runs[which];
  const side = which === 0 ? example.violation.one : example.violation.other;
  const late = tooLate(view, run);
  const shown = (edge: number, index: number): RunStep => step(view, edge, null, late.has(index));
  const all = run.edges.map((edge, index) => ({ edge, index })).filter(({ edge }) => isShown(view, edge));
  const common = all.filter(({ index }) => index < example.common);
  const behind = all.filter(({ index }) => index >= example.common);
  const apart = [...behind.map(({ edge, index }) => shown(edge, index)), ...overtaking(view, run)];
  const hidden = common.length > maximalCommon ? common.length - shownOfCommon : 0;
  const steps = [
    ...summary(
      view,
      common.slice(0, hidden).map(({ edge }) => edge),
      "the same in both runs",
    ),
    ...common.slice(hidden).map(({ edge, index }) => shown(edge, index)),
    ...shortened(apart),
  ];
  return { steps, then: duty(view, side) };
}

function summary(view: View, edges: readonly number[], what: string): readonly RunStep[] {
  const first = edges[0];
  if (first === undefined) return [];
  return [
    {
      text: `… ${edges.length} steps, ${what}`,
      span: spanOf(view, first) ?? view.tables.automaton.core.end,
      seen: false,
    },
  ];
}

function shortened(steps: readonly RunStep[]): readonly RunStep[] {
  const middle = steps[maximalApart >> 1];
  if (steps.length <= maximalApart || middle === undefined) return steps;
  const hidden = steps.length - maximalApart;
  const half = maximalApart >> 1;
  return [
    ...steps.slice(0, half),
    { text: `… ${hidden} steps`, span: middle.span, seen: false },
    ...steps.slice(half + hidden),
  ];
}

/** A judge that goes on waiting is not a step: what it reads is. */
function isShown(view: View, edge: number): boolean {
  return shownLetter(view, view.tables.letter[edge] ?? -1) !== "";
}

/** Where in a run a message is sent for which its judge waits no longer: the two have crossed. */
function tooLate(view: View, { edges }: GlobalRun): ReadonlySet<number> {
  const given = new Set<string>();
  const late = new Set<number>();
  edges.forEach((edge, index) => {
    const happened = happening(view.tables.automaton, view.tables.letter[edge] ?? -1);
    if (happened?.kind !== "judged" && happened?.kind !== "sent") return;
    const wait = `${happened.wait.judge} ${happened.wait.sender} ${happened.wait.labels}`;
    if (happened.kind === "judged" && happened.word === "late") given.add(wait);
    if (happened.kind === "sent" && given.delete(wait)) late.add(index);
  });
  return late;
}

function step(view: View, edge: number, seen: boolean | null = null, isLate = false): RunStep {
  const { automaton, letter } = view.tables;
  const own = letter[edge] ?? -1;
  return {
    text: `${isAhead(view, edge) ? shownAhead(view, own) : shownLetter(view, own)}${isLate ? ", too late" : ""}`,
    span: spanOf(view, edge) ?? automaton.core.end,
    seen: seen ?? view.sees[own] === 1,
  };
}

/**
 * The message that the role waits for, which is under way, and of what follows it those steps that lead to the one that
 * overtakes it, all of which can be taken while the role stands still.
 */
function overtaking(view: View, run: GlobalRun): readonly RunStep[] {
  if (run.overtaking.length === 0) return [];
  const { tables, role } = view;
  const blocked = new Set([role]);
  const taken = run.overtaking.filter((edge) => {
    const own = tables.letter[edge] ?? 0;
    const waits = blocked.has(tables.from[own] ?? -1);
    if (waits) blocked.add(tables.to[own] ?? -1);
    return !waits;
  });
  const leading = new Set<number>();
  const kept = taken.toReversed().filter((edge, i) => {
    const own = tables.letter[edge] ?? 0;
    const from = tables.from[own] ?? -1;
    if (from < 0) return true;
    const leads = i === 0 || leading.has(from) || leading.has(tables.to[own] ?? -1);
    if (leads) leading.add(from);
    return leads;
  });
  return [run.next, ...kept.toReversed()].filter((edge) => isShown(view, edge)).map((edge) => step(view, edge, false));
}

/** A letter as a step of a run; empty: it is not shown, since what follows says it. */
export function shownLetter(view: View, letter: number): string {
  const { core, letters } = view.tables.automaton;
  const own = letters[letter];
  if (own === undefined) return "";
  const happened = happening(view.tables.automaton, letter);
  if (happened !== null) return shownHappening(view.tables.automaton, happened) ?? "";
  if (own.kind === "fail") return "";
  if (own.kind === "message") return `${roleOf(view, own.from)} -> ${roleOf(view, own.to)}: ${plainLabel(own.label)}`;
  const name = core.loops[own.loop]?.name ?? "";
  return own.kind === "round" ? `loop ${name}: another round` : `loop ${name}: the last round is over`;
}

/** Whether a transition settles before a choice if there is another round: its last messages are still to come. */
function isAhead({ tables }: View, edge: number): boolean {
  return tables.transitions[edge]?.send === null && tables.automaton.states[tables.source[edge] ?? 0]?.choice !== null;
}

function shownAhead(view: View, letter: number): string {
  const { core, letters } = view.tables.automaton;
  const own = letters[letter];
  if (own === undefined || !("loop" in own)) return shownLetter(view, letter);
  return `loop ${core.loops[own.loop]?.name ?? ""}: this is ${own.kind === "over" ? "" : "not "}the last round`;
}

// ---- what to do ----------------------------------------------------------------------------------------

function mendHint(view: View, mend: Mend): string {
  const [one, ...others] = mend;
  if (one === undefined) return "";
  const role = `\`${roleOf(view, one.role)}\``;
  const tellers = new Set(mend.map((tell) => tell.teller));
  const teller = tellers.size > 1 ? "" : `\`${roleOf(view, one.teller)}\``;
  if (others.length === 0)
    return `Let ${teller} tell ${role} in the ${one.run === 0 ? "first" : "second"} run, too: add ${shownTell(view, one)}.`;
  const way = mend.every(({ label }) => label === one.label) ? "in the other branches, too" : "which way it went";
  const added = mend.map((tell) => shownTell(view, tell));
  const list = `${added.slice(0, -1).join(", ")}, and ${added.at(-1)}`;
  return teller === "" ? `Let ${role} be told ${way}: add ${list}.` : `Let ${teller} tell ${role} ${way}: add ${list}.`;
}

/** The mend as edits; null where a place is not in the source. */
function fixOf(view: View, mend: Mend): Fix | null {
  const edits = mend.flatMap((tell) => editOf(view, tell) ?? []);
  const title = `Add ${mend.map((tell) => `\`${messageOf(view, tell)}\``).join(" and ")}`;
  return edits.length < mend.length ? null : { title, edits };
}

/** An `else` that is not written yet is added. */
function editOf(view: View, tell: Tell): Fix["edits"][number] | null {
  const { messages, loops } = view.tables.automaton.core;
  const message = messageOf(view, tell);
  if (tell.place.kind === "behind") {
    const end = messages[tell.place.message]?.span.end;
    return end === undefined ? null : { span: { start: end, end }, text: `\n${message}` };
  }
  const braces = loops[tell.place.loop]?.braces ?? null;
  if (braces === null) return null;
  const at = braces.otherwise === null ? braces.body.end : braces.otherwise.start + 1;
  const text = braces.otherwise === null ? ` else {\n  ${message}\n}` : `\n  ${message}`;
  return { span: { start: at, end: at }, text };
}

function messageOf(view: View, { teller, role, label }: Tell): string {
  return `${roleOf(view, teller)} -> ${roleOf(view, role)}: ${label}()`;
}

function shownTell(view: View, tell: Tell): string {
  const message = `\`${messageOf(view, tell)}\``;
  if (tell.place.kind === "behind") return `${message} after \`${textOf(view, tell.place.message)}\``;
  const loop = view.tables.automaton.core.loops[tell.place.loop]?.name ?? "";
  return `${message} at the beginning of the \`else\` of \`loop ${loop}\``;
}

/** Where the source has the interaction more than once, after which of them something is to be added. */
function tellingPlaces(view: View, mend: Mend | null): readonly Related[] {
  const { messages } = view.tables.automaton.core;
  return (mend ?? []).flatMap(({ teller, role, label, place }) => {
    if (place.kind !== "behind") return [];
    const alike = messages.filter((_, other) => textOf(view, other) === textOf(view, place.message)).length;
    const span = messages[place.message]?.span;
    const message = `\`${roleOf(view, teller)} -> ${roleOf(view, role)}: ${label}()\` would go after this`;
    return alike < 2 || span === undefined ? [] : [{ message, span }];
  });
}

function textOf(view: View, message: number): string {
  return view.tables.automaton.core.messages[message]?.interaction?.text ?? "";
}

/** What helps where no mend has been found. */
export function generalHint(view: View, example: Counterexample): string {
  const { tables } = view;
  const role = `\`${roleOf(view, view.role)}\``;
  const letter =
    tables.automaton.letters[tables.letter[example.parting.edges[0]] ?? tables.letter[example.parting.edges[1]] ?? -1];
  if (example.violation.condition === "receive")
    return `Let one and the same role tell ${role} in both runs, so that nothing can overtake.`;
  const wait = partedBy(view, example);
  if (wait !== null) return hintOfWait(view, example, wait);
  const { role: family = null, member = null } = tables.automaton.core.roles[view.role] ?? {};
  if (member !== null && letter?.kind === "message" && example.violation.condition === "termination")
    return `Tell all members when nothing more comes, behind what only one of them takes part in: \`${roleOf(view, letter.from)} -> ${family}[*]: Done()\`.`;
  const untold = letter?.kind === "message" && tables.announces[letter.from] === 1;
  if (untold) return `Let a role that knows them tell ${role} in every branch which one was taken.`;
  if (letter?.kind === "message")
    return `Let \`${roleOf(view, letter.from)}\`, or a role that has been told by it, tell ${role} in every branch which one was taken.`;
  return `Let a role that takes part in every round tell ${role} when the rounds are over.`;
}

/** What helps where a judge gives up: the way to mend depends on who is not told. */
function hintOfWait(view: View, { violation }: Counterexample, wait: Wait): string {
  const role = nameOf(view, view.role);
  const judge = nameOf(view, wait.judge);
  if (wait.judge === view.role)
    return `Let ${role} be told in which of the two runs it is, or write the wait once, behind where they part.`;
  if (violation.condition === "termination")
    return `Let ${judge} tell ${role} in both, the \`else\` and what follows the wait, or in neither; or declare it optional: \`${roleOf(view, view.role)}?\`.`;
  return `Let ${judge} tell ${role}, at the end of its messages in the \`else\`, that it gave up.`;
}

/** Where a transition stands in the source; null: nowhere. */
export function spanOf(view: View, edge: number): Span | null {
  const { automaton, transitions, letter } = view.tables;
  const transition = transitions[edge];
  if (transition === undefined) return null;
  if (transition.send !== null) return transition.send.span;
  const own = automaton.letters[letter[edge] ?? -1];
  if (own?.kind === "fail") return automaton.states[view.tables.source[edge] ?? -1]?.span ?? null;
  return own === undefined || own.kind === "message" ? null : (automaton.core.loops[own.loop]?.span ?? null);
}

function roleOf(view: View, role: number): string {
  return roleName(view.tables.automaton, role);
}

function nameOf(view: View, role: number): string {
  return `\`${roleOf(view, role)}\``;
}
