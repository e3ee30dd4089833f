// How a violation of coherence around arms is told: CHOR0605 to CHOR0609. In: built blocks, the view of a role of one
// of them, and two runs that it cannot tell apart. Out: the diagnostic, with the runs.

import type { Code, Diagnostic, Related, Run, RunStep, Span } from "@chor/grammar";
import type { Construct } from "../arms/blocks.js";
import type { Heads } from "../arms/heads.js";
import type { Stage } from "../arms/views.js";
import type { Counterexample } from "../coherence/runs.js";
import type { View } from "../coherence/tables.js";
import type { Side } from "../coherence/violation.js";
import { error } from "./diagnostic.js";

/** A run is shown up to this length. */
const maximalSteps = 40;

/** A role that is in some runs of an arm, or of an instance of a scatter, and not in others. */
export function onlySometimes(stage: Stage, block: number, role: number): Diagnostic {
  const { core, of } = own(stage, block);
  const construct = constructOf(stage, of);
  const name = nameOf(stage, role);
  const where = placeOf(stage, block);
  const span = core.end;
  return error(
    "CHOR0609",
    `\`${name}\` takes part in some runs of ${where} only: in the others it cannot know that its part is over.`,
    firstWith(stage, block, role) ?? span,
    {
      related: construct === null ? [] : [{ message: `this is the ${wordOf(construct)}`, span: construct.span }],
      hint: `Tell \`${name}\` in every run of ${where}, or in none.`,
    },
  );
}

/** What is found in an arm, with the arm that it is in. */
export function inArm(stage: Stage, block: number, diagnostic: Diagnostic): Diagnostic {
  const construct = constructOf(stage, own(stage, block).of);
  if (construct === null) return diagnostic;
  const place: Related = { message: `this happens in ${placeOf(stage, block)}`, span: construct.span };
  return { ...diagnostic, related: [...diagnostic.related, place] };
}

/** Two runs of a block that a role cannot tell apart, in one of which it has to begin in arms, or to do something else. */
export function incoherentWithArms(
  stage: Stage,
  heads: Heads,
  block: number,
  view: View,
  example: Counterexample,
): Diagnostic {
  const teller: Teller = { stage, heads, block, view };
  const { code, message } = told(teller, example);
  const place = spanOf(teller, example.runs[0].next) ?? view.tables.automaton.core.end;
  const diagnostic = error(code, message, place, {
    related: related(teller, example),
    hint: hint(teller, example),
  });
  return inArm(stage, block, {
    ...diagnostic,
    runs: { role: nameOf(stage, view.role), runs: [shownRun(teller, example, 0), shownRun(teller, example, 1)] },
  });
}

interface Teller {
  readonly stage: Stage;
  readonly heads: Heads;
  readonly block: number;
  readonly view: View;
}

// ---- what is wrong -------------------------------------------------------------------------------------

function told(teller: Teller, { violation }: Counterexample): { readonly code: Code; readonly message: string } {
  const { one, other, condition } = violation;
  const role = `\`${nameOf(teller.stage, teller.view.role)}\``;
  const arms = constructAt(teller, one) !== null || constructAt(teller, other) !== null;
  const code = (plain: Code, withArms: Code): Code => (arms ? withArms : plain);
  if (condition === "receive") {
    return {
      code: code("CHOR0603", "CHOR0607"),
      message: `${what(teller, one)} can overtake ${what(teller, other)}: ${role}, which waits for the latter, would take it for the one of another run, which looks the same to it.`,
    };
  }
  if (condition === "termination") {
    return {
      code: code("CHOR0604", "CHOR0608"),
      message: `${role} cannot know whether it is done: in one run it still waits for ${what(teller, one)}, in another, which looks the same to it, nothing more comes.`,
    };
  }
  if (condition === "mixed" || waits(teller, other)) {
    return {
      code: code("CHOR0602", "CHOR0606"),
      message: `${role} cannot know whether to ${toDo(teller, one)} or to ${toDo(teller, other)}: two runs that look the same to it differ here.`,
    };
  }
  return {
    code: code("CHOR0601", "CHOR0605"),
    message: `${role} cannot know that it must ${toDo(teller, one)} here: in another run, which looks the same to it, ${otherwise(teller, other)}.`,
  };
}

function otherwise(teller: Teller, side: Side): string {
  if (side.letter !== null) return `it must ${toDo(teller, side)}`;
  return ended(teller, side) ? over(teller) : "the others go on without it";
}

function over({ stage, block }: Teller): string {
  const { of } = own(stage, block);
  return of === null ? "the choreography is over for it" : "its part of the arm is over";
}

function ended({ view }: Teller, side: Side): boolean {
  return side.states.some((state) => view.tables.final[state] === 1);
}

/** Whether the role waits on this side. */
function waits(teller: Teller, side: Side): boolean {
  const { view } = teller;
  if (side.letter === null) return false;
  return constructAt(teller, side) === null
    ? view.tables.to[side.letter] === view.role
    : view.begins?.[side.letter] !== 1;
}

/** `send `Plan` to `Coder``, `wait for `Plan` from `Lead` in arm 2 of the `par``, `begin the `scatter``. */
function toDo(teller: Teller, side: Side): string {
  const { view, stage } = teller;
  const construct = constructAt(teller, side);
  if (construct?.kind === "scatter") return `begin the scatter`;
  if (construct === null) {
    const sends = view.tables.from[side.letter ?? -1] === view.role;
    return `${sends ? "send" : "wait for"} ${what(teller, side)}`;
  }
  const head = headOf(teller, side);
  return head === null
    ? `begin the ${wordOf(construct)}`
    : `${head.sends ? "send" : "wait for"} ${head.text} in ${placeOf(stage, head.arm)}`;
}

/** The message of a side: `Patch` to `Tester`, `Revise` from `Reviewer` in arm 1 of the `par`. */
function what(teller: Teller, side: Side): string {
  const head = headOf(teller, side);
  if (head !== null) return `${head.text} in ${placeOf(teller.stage, head.arm)}`;
  const construct = constructAt(teller, side);
  return construct === null
    ? shownMessage(teller.stage, teller.block, side.letter ?? -1, teller.view.role)
    : `what comes in the ${wordOf(construct)}`;
}

interface ShownHead {
  readonly text: string;
  readonly arm: number;
  readonly sends: boolean;
}

/** What the role would do first in the arms that a side stands for: of several, a send. */
function headOf({ stage, heads, block, view }: Teller, side: Side): ShownHead | null {
  const construct = stage.built[block]?.constructOf[side.letter ?? -1] ?? -1;
  const begins = construct < 0 ? undefined : heads(construct, view.role).find(({ sends }) => sends);
  const head = side.head ?? begins;
  const arm = head?.arms.at(-1);
  if (head === undefined || arm === undefined || stage.blocks.constructs[construct]?.kind === "scatter") return null;
  const letter = stage.built[arm]?.tables.automaton.letters[head.letter];
  if (letter?.kind !== "message") return null;
  const { sends, peer } = head;
  return { text: `\`${letter.label}\` ${sends ? "to" : "from"} \`${nameOf(stage, peer)}\``, arm, sends };
}

function shownMessage(stage: Stage, block: number, letter: number, role: number): string {
  const found = stage.built[block]?.tables.automaton.letters[letter];
  if (found?.kind !== "message") return "nothing";
  return found.from === role
    ? `\`${found.label}\` to \`${nameOf(stage, found.to)}\``
    : `\`${found.label}\` from \`${nameOf(stage, found.from)}\``;
}

// ---- where ---------------------------------------------------------------------------------------------

function related(teller: Teller, example: Counterexample): readonly Related[] {
  const { view, stage } = teller;
  const { tables } = view;
  const places: Related[] = [];
  const { state, edges } = example.parting;
  const letter = tables.automaton.letters[tables.letter[edges[0]] ?? tables.letter[edges[1]] ?? -1];
  const name = nameOf(stage, view.role);
  if (letter?.kind === "message" && letter.from < stage.blocks.marker) {
    const span = tables.automaton.states[state]?.choice?.span ?? spanOf(teller, edges[0]) ?? tables.automaton.core.end;
    places.push({
      message: `the runs part here: \`${nameOf(stage, letter.from)}\` decides, and \`${name}\` is not told in time`,
      span,
    });
  } else if (letter?.kind === "round" || letter?.kind === "over") {
    const loop = tables.automaton.core.loops[letter.loop];
    if (loop !== undefined)
      places.push({
        message: `the runs part here: \`${name}\` does not count the rounds of \`${loop.name}\``,
        span: loop.span,
      });
  }
  const span = spanOf(teller, example.runs[1].next);
  if (span !== null)
    places.push({ message: `in the second run, ${duty(teller, example.violation.other, false)}`, span });
  return places;
}

function hint(teller: Teller, { violation, parting }: Counterexample): string {
  const { view, stage } = teller;
  const role = `\`${nameOf(stage, view.role)}\``;
  if (violation.condition === "receive")
    return `Let one and the same role tell ${role} in both runs, so that nothing can overtake.`;
  const edge = view.tables.letter[parting.edges[0]] ?? view.tables.letter[parting.edges[1]];
  const letter = view.tables.automaton.letters[edge ?? -1];
  if (letter?.kind === "message" && letter.from < stage.blocks.marker)
    return `Let \`${nameOf(stage, letter.from)}\`, or a role that has been told by it, tell ${role} in every branch which one was taken.`;
  return `Let a role that takes part in every round tell ${role} when the rounds are over.`;
}

// ---- the two runs --------------------------------------------------------------------------------------

function shownRun(teller: Teller, example: Counterexample, which: 0 | 1): Run {
  const { view } = teller;
  const run = example.runs[which];
  const edges = run.overtaking.length > 0 && run.next >= 0 ? [...run.edges, run.next] : run.edges;
  const steps = [
    ...edges.map((edge) => step(teller, edge, view.sees[view.tables.letter[edge] ?? -1] === 1 && edge !== run.next)),
    ...run.overtaking.map((edge) => step(teller, edge, false)),
  ];
  return {
    steps: shortened(steps),
    then: duty(teller, which === 0 ? example.violation.one : example.violation.other, true),
  };
}

function shortened(steps: readonly RunStep[]): readonly RunStep[] {
  const hidden = steps.length - maximalSteps;
  const first = steps[0];
  if (hidden <= 0 || first === undefined) return steps;
  return [{ text: `… ${hidden} steps`, span: first.span, seen: false }, ...steps.slice(hidden)];
}

function step(teller: Teller, edge: number, seen: boolean): RunStep {
  const { automaton } = teller.view.tables;
  return { text: shownEdge(teller, edge), span: spanOf(teller, edge) ?? automaton.core.end, seen };
}

function shownEdge({ stage, block, view }: Teller, edge: number): string {
  const index = view.tables.letter[edge] ?? -1;
  const letter = view.tables.automaton.letters[index];
  const construct = constructOf(stage, stage.built[block]?.constructOf[index] ?? null);
  if (construct !== null) return `the ${wordOf(construct)}, from beginning to end`;
  switch (letter?.kind) {
    case "message":
      return `${nameOf(stage, letter.from)} -> ${nameOf(stage, letter.to)}: ${letter.label}`;
    case "round":
      return `loop ${loopName(view, letter.loop)}: another round`;
    case "over":
      return `loop ${loopName(view, letter.loop)}: the last round is over`;
    case "fail":
      return `fail: ${letter.reason}`;
    default:
      return "";
  }
}

function loopName({ tables }: View, loop: number): string {
  return tables.automaton.core.loops[loop]?.name ?? "";
}

/** What the role would have to do at the end of a run. */
function duty(teller: Teller, side: Side, overtaken: boolean): string {
  const role = `\`${nameOf(teller.stage, teller.view.role)}\``;
  if (side.letter === null)
    return ended(teller, side)
      ? `nothing is left to do for ${role}`
      : `nothing more comes to ${role}, while the others go on`;
  const first = overtaken && side.overtaking.length > 0 ? ", but the other message can arrive first" : "";
  return `${role} must ${toDo(teller, side)}${first}`;
}

// ---- names and places ----------------------------------------------------------------------------------

function own(stage: Stage, block: number): { readonly core: { readonly end: Span }; readonly of: number | null } {
  return stage.blocks.blocks[block] ?? { core: { end: { start: 0, end: 0 } }, of: null };
}

function constructOf({ blocks }: Stage, construct: number | null): Construct | null {
  return construct === null ? null : (blocks.constructs[construct] ?? null);
}

function constructAt({ stage, block }: Teller, { letter }: Side): Construct | null {
  return constructOf(stage, stage.built[block]?.constructOf[letter ?? -1] ?? null);
}

function wordOf({ kind }: Construct): string {
  return kind === "par" ? "`par`" : kind === "scatter" ? "scatter" : "messages of the family";
}

/** `arm 2 of the `par``, `the body of the scatter`. */
function placeOf(stage: Stage, block: number): string {
  const construct = constructOf(stage, own(stage, block).of);
  if (construct === null) return "the choreography";
  if (construct.kind === "scatter") return "the body of the scatter";
  if (construct.kind === "gather") return "the messages of the family";
  return `arm ${construct.arms.indexOf(block) + 1} of the \`par\``;
}

function spanOf({ view }: Teller, edge: number): Span | null {
  const { automaton, transitions, letter } = view.tables;
  const transition = transitions[edge];
  if (transition === undefined) return null;
  if (transition.send !== null) return transition.send.span;
  const found = automaton.letters[letter[edge] ?? -1];
  return found !== undefined && "loop" in found ? (automaton.core.loops[found.loop]?.span ?? null) : null;
}

/** The first place of a block in which a role takes part. */
function firstWith(stage: Stage, block: number, role: number): Span | null {
  const built = stage.built[block];
  const seen = built?.views.get(role)?.sees;
  const transition = built?.tables.transitions.find(({ letter }) => seen?.[letter] === 1);
  return transition?.send?.span ?? null;
}

function nameOf({ blocks }: Stage, role: number): string {
  return blocks.blocks[0]?.core.roles[role]?.name ?? "";
}
