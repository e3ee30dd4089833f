// How a violation of coherence around arms is told: CHOR0605 to CHOR0609, CHOR0631. In: built blocks, the view of a role
// of one of them, and two runs that it cannot tell apart. Out: the diagnostic, with the runs.

import type { Code, Diagnostic, Related, Run, RunStep, Span } from "@chor/grammar";
import type { Construct } from "../arms/blocks.js";
import type { Heads } from "../arms/heads.js";
import type { Stage } from "../arms/views.js";
import type { Counterexample } from "../coherence/runs.js";
import type { View } from "../coherence/tables.js";
import type { Side } from "../coherence/violation.js";
import { deed, generalHint, shownLetter, shownMessage, spanOf, whoDecides } from "./coherence.js";
import { error } from "./diagnostic.js";
import { roleName } from "./waits.js";

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

/**
 * An optional role that cannot know whether an arm is over for it, as the diagnostic says: it may wait there for what
 * never comes, but it has something to do behind the arm.
 */
export function optionalGoesOn(stage: Stage, block: number, role: number, diagnostic: Diagnostic): Diagnostic {
  const name = nameOf(stage, role);
  const construct = constructOf(stage, own(stage, block).of);
  const where = placeOf(stage, block);
  return {
    ...diagnostic,
    code: "CHOR0631",
    message: `${diagnostic.message} \`${name}\` is optional, but has something to do behind the ${construct === null ? "arm" : wordOf(construct)}.`,
    hint: `Tell \`${name}\` in every run of ${where}, or in none; or let it do nothing behind.`,
  };
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
  const place = spanOf(view, example.runs[0].next) ?? view.tables.automaton.core.end;
  const diagnostic = error(code, message, place, {
    related: related(teller, example),
    hint: generalHint(view, example),
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
  if (construct === null) return deed(view, side);
  const head = headOf(teller, side);
  if (head === null) return `begin the ${wordOf(construct)}`;
  const inner = constructOf(stage, stage.built[head.arm]?.constructOf[head.side.letter ?? -1] ?? null);
  return `${inner === null ? deed(head.view, head.side) : `begin the ${wordOf(inner)}`} in ${placeOf(stage, head.arm)}`;
}

/** The message of a side: `Patch` to `Tester`, `Revise` from `Reviewer` in arm 1 of the `par`. */
function what(teller: Teller, side: Side): string {
  const head = headOf(teller, side);
  if (head !== null) return `${shownMessage(head.view, head.side)} in ${placeOf(teller.stage, head.arm)}`;
  const construct = constructAt(teller, side);
  return construct === null ? shownMessage(teller.view, side) : `what comes in the ${wordOf(construct)}`;
}

/** An act in an arm, as the role inside sees it. */
interface HeadInArm {
  readonly arm: number;
  readonly view: View;
  readonly side: Side;
}

/** What the role would do first in the arms that a side stands for: of several, a send. */
function headOf({ stage, heads, block, view }: Teller, side: Side): HeadInArm | null {
  const construct = stage.built[block]?.constructOf[side.letter ?? -1] ?? -1;
  const begins = construct < 0 ? undefined : heads(construct, view.role).find(({ sends }) => sends);
  const head = side.head ?? begins;
  const arm = head?.arms.at(-1);
  if (head === undefined || arm === undefined || stage.blocks.constructs[construct]?.kind === "scatter") return null;
  const found = stage.built[arm]?.views.get(head.role);
  return found === undefined ? null : { arm, view: found, side: { states: [], letter: head.letter, overtaking: [] } };
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
  const span = spanOf(view, example.runs[1].next);
  if (span !== null)
    places.push({ message: `in the second run, ${duty(teller, example.violation.other, false)}`, span });
  return places;
}

// ---- the two runs --------------------------------------------------------------------------------------

function shownRun(teller: Teller, example: Counterexample, which: 0 | 1): Run {
  const { view } = teller;
  const run = example.runs[which];
  const edges = run.overtaking.length > 0 && run.next >= 0 ? [...run.edges, run.next] : run.edges;
  const steps = [
    ...edges.map((edge) => step(teller, edge, view.sees[view.tables.letter[edge] ?? -1] === 1 && edge !== run.next)),
    ...run.overtaking.map((edge) => step(teller, edge, false)),
  ].filter(({ text }) => text !== "");
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
  return { text: shownEdge(teller, edge), span: spanOf(teller.view, edge) ?? automaton.core.end, seen };
}

function shownEdge({ stage, block, view }: Teller, edge: number): string {
  const letter = view.tables.letter[edge] ?? -1;
  const construct = constructOf(stage, stage.built[block]?.constructOf[letter] ?? null);
  return construct === null ? shownLetter(view, letter) : `the ${wordOf(construct)}, from beginning to end`;
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

/** The first place of a block in which a role takes part. */
function firstWith(stage: Stage, block: number, role: number): Span | null {
  const built = stage.built[block];
  const seen = built?.views.get(role)?.sees;
  const transition = built?.tables.transitions.find(({ letter }) => seen?.[letter] === 1);
  return transition?.send?.span ?? null;
}

function nameOf({ built, blocks }: Stage, role: number): string {
  const body = built[0];
  return body === undefined ? (blocks.blocks[0]?.core.roles[role]?.name ?? "") : roleName(body.tables.automaton, role);
}
