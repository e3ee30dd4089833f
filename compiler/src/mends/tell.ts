// To tell a role what it cannot know: a message more, or a receiver more. In: a scene whose diagnostic shows two runs, or
// a place that only some runs of an arm reach. Out: candidates; whether they help is not known here.

import type { BlockTree, ChoiceTree, Diagnostic, Run, RunStep } from "@chor/grammar";
import {
  around,
  canTell,
  interactionAt,
  interactionsIn,
  isInteraction,
  partiesOf,
  plainRole,
  receiverAt,
  shownInteraction,
  statementAround,
  stepAt,
  takesPart,
} from "./scene.js";
import type { Placed, PlacedInteraction, Scene } from "./scene.js";
import { atEnd, atStart, behind, labelAt } from "./words.js";
import type { Candidate } from "./words.js";
import type { Edit } from "./edits.js";
import { inWords } from "../report/words.js";

/** In which order what is told here is tried: fewer messages first. */
const RANKS = { receiver: 10, one: 12, receivers: 14, both: 16, others: 18, later: 20, shared: 22 } as const;
/** So many choices around a place are looked at. */
const LEVELS = 3;

/** The steps of the two runs of a diagnostic from where they part; none where it has no runs. */
export function apart({ runs }: Diagnostic): readonly [readonly RunStep[], readonly RunStep[]] {
  const [one, other] = runs?.runs ?? [];
  if (one === undefined || other === undefined) return [[], []];
  const common = sameSteps(one, other);
  return [one.steps.slice(common), other.steps.slice(common)];
}

function sameSteps({ steps }: Run, other: Run): number {
  const differs = steps.findIndex(({ text, span }, i) => {
    const step = other.steps[i];
    return step === undefined || step.text !== text || step.span.start !== span.start;
  });
  return differs < 0 ? steps.length : differs;
}

/** Takes a scene with two runs; gives candidates by which the role of the runs is told. */
export function telling(scene: Scene): readonly Candidate[] {
  const { runs } = scene.diagnostic;
  if (runs === undefined) return [];
  const role = plainRole(runs.role);
  const steps = apart(scene.diagnostic);
  const sides = [1, 0] as const;
  return [
    ...sides.flatMap((side) => steps[side].flatMap((step) => asReceiver(scene, role, [step], RANKS.receiver))),
    ...sides.flatMap((side) => steps[side].flatMap((step) => toldBehind(scene, role, step, side))),
    ...asReceiver(
      scene,
      role,
      steps.flatMap((run) => run.slice(0, 1)),
      RANKS.receivers,
    ),
    ...toldInBoth(scene, role, steps),
    ...inOtherBranches(scene, role),
    ...toldLater(scene, role, steps),
  ];
}

/** Takes a scene and a role that is in some ways through it only; gives candidates by which it is in all of them. */
export function inOtherBranches(scene: Scene, role: string): readonly Candidate[] {
  const places = [
    statementAround(scene, scene.diagnostic.span),
    ...apart(scene.diagnostic).flatMap((steps) => steps.slice(0, 1).flatMap((step) => stepAt(scene, step) ?? [])),
  ];
  const choices = places.flatMap((place) =>
    place === null ? [] : [place, ...around(place)].filter(({ tree }) => tree.kind === "choice").slice(0, LEVELS),
  );
  const teller = interactionAt(scene, scene.diagnostic.span)?.tree.from.name.text ?? "";
  return [...new Set(choices)].flatMap((choice) => inBranches(scene, role, teller, choice));
}

// ---- one receiver more -----------------------------------------------------------------------------------

function asReceiver(scene: Scene, role: string, steps: readonly RunStep[], rank: number): readonly Candidate[] {
  const found = steps.map((step) => {
    const at = stepAt(scene, step);
    return at !== null && isInteraction(at) ? at : null;
  });
  const edits = found.map((each) => (each === null ? null : receiverMore(scene, role, each)));
  if (steps.length === 0 || edits.includes(null)) return [];
  const shown = found.flatMap((each) => (each === null ? [] : `\`${shownInteraction(scene, each)}\``));
  // What a message carries would be seen by one more: that is for the author to want.
  const shares = found.some((each) => each?.tree.message.payload.kind !== "none");
  const title = `Send ${inWords(shown)} to \`${role}\`, too`;
  return [{ title, edits: edits.filter((edit) => edit !== null), rank: shares ? RANKS.shared : rank }];
}

/** What has a judge has one receiver. */
function receiverMore(scene: Scene, role: string, at: PlacedInteraction): Edit | null {
  const { tree } = at;
  const receiver = receiverAt(scene, role, at);
  const isJudged = tree.within !== null || tree.otherwise !== null || tree.gates.length > 0 || tree.quorum !== null;
  if (receiver === null || isJudged || tree.to === null || partiesOf(at).includes(role)) return null;
  return { span: { start: tree.toSpan.end, end: tree.toSpan.end }, text: `, ${receiver}` };
}

// ---- one message more ------------------------------------------------------------------------------------

/** Behind a step of a run, in the `else` of a wait or of a loop, by those who take part in it. */
function toldBehind(scene: Scene, role: string, step: RunStep, side: 0 | 1): readonly Candidate[] {
  const at = stepAt(scene, step);
  if (at === null) return [];
  return tellersOf(scene, at, role).flatMap((teller) =>
    placesBehind(scene, at, (isElse) => messageAt(scene, teller, role, at, side, isElse)).map(({ message, edit }) =>
      added([message], [edit], RANKS.one),
    ),
  );
}

interface Told {
  readonly message: string;
  readonly edit: Edit;
}

/**
 * Where a message can stand that tells of a step: behind it; of what fails, in its `else`; of rounds that are over,
 * there. `messageOf` gives its text for an `else`, or for what follows; null: it cannot be told.
 */
function placesBehind(scene: Scene, at: Placed, messageOf: (isElse: boolean) => string | null): readonly Told[] {
  const { tree } = at;
  const inside = messageOf(true);
  const following = messageOf(false);
  if (inside === null || following === null) return [];
  const told = (message: string, ...edits: readonly Edit[]): readonly Told[] =>
    edits.map((edit) => ({ message, edit }));
  switch (tree.kind) {
    case "interaction":
    case "choice":
    case "do": {
      const { otherwise } = tree;
      const failed =
        otherwise === null ? [] : told(inside, atStart(scene, otherwise, inside), atEnd(scene, otherwise, inside));
      return tree.kind === "choice" ? failed : [...failed, ...told(following, behind(scene, at, following))];
    }
    case "loop": {
      if (tree.otherwise !== null) return told(inside, atStart(scene, tree.otherwise, inside));
      const { end } = tree.body.span;
      return tree.max === null ? [] : told(inside, { span: { start: end, end }, text: ` else {\n  ${inside}\n}` });
    }
    default:
      return [];
  }
}

function toldInBoth(
  scene: Scene,
  role: string,
  [[one], [other]]: readonly [readonly RunStep[], readonly RunStep[]],
): readonly Candidate[] {
  const first = one === undefined ? null : stepAt(scene, one);
  const second = other === undefined ? null : stepAt(scene, other);
  if (first === null || second === null) return [];
  const both = tellersOf(scene, first, role).filter((teller) => tellersOf(scene, second, role).includes(teller));
  return both.flatMap((teller) =>
    placesBehind(scene, first, (isElse) => messageAt(scene, teller, role, first, 0, isElse)).flatMap((here) =>
      placesBehind(scene, second, (isElse) =>
        messageAt(scene, teller, role, second, 1, isElse, [labelOf(here.message)]),
      ).map((there) => added([here.message, there.message], [here.edit, there.edit], RANKS.both)),
    ),
  );
}

/** In every branch of a choice that does without the role, by who tells it in the others, or by who decides. */
function inBranches(scene: Scene, role: string, teller: string, choice: Placed): readonly Candidate[] {
  const tree = choice.tree as ChoiceTree;
  const untold = [
    ...tree.branches.map(({ body }) => body),
    ...(tree.otherwise === null ? [] : [tree.otherwise]),
  ].filter((block) => !takesPart(scene, block, role));
  if (untold.length === 0) return [];
  const tellers = [...new Set([teller, tree.at?.text ?? ""])].filter((each) => each !== role && each !== "");
  return tellers.flatMap((each) => {
    const told = untold.map((block) => toldIn(scene, each, role, block));
    if (told.includes(null)) return [];
    const all = told.filter((one) => one !== null);
    return [
      added(
        [...new Set(all.map(({ message }) => message))],
        all.map(({ edit }) => edit),
        RANKS.others,
      ),
    ];
  });
}

function toldIn(scene: Scene, teller: string, role: string, block: BlockTree) {
  const own = interactionsIn(scene, block).filter((each) => each.block === block);
  const first = own.find((each) => partiesOf(each).includes(teller));
  if (first === undefined) return null;
  const message = messageAt(scene, teller, role, first, 1, false);
  return message === null ? null : { message, edit: behind(scene, first, message) };
}

/** Behind what is around the parting, where all ways have met again. */
function toldLater(
  scene: Scene,
  role: string,
  steps: readonly [readonly RunStep[], readonly RunStep[]],
): readonly Candidate[] {
  const step = steps[1][0] ?? steps[0][0];
  const parting = step === undefined ? null : stepAt(scene, step);
  if (parting === null) return [];
  return around(parting).flatMap((outer) => {
    const inside = isInteraction(parting) ? parting.tree.from.name.text : "";
    const teller =
      outer.tree.kind === "choice" || outer.tree.kind === "pick" ? (outer.tree.at?.text ?? inside) : inside;
    const message = messageAt(scene, teller, role, outer, 1, false);
    return message === null ? [] : [added([message], [behind(scene, outer, message)], RANKS.later)];
  });
}

// ---- who, and in which words ------------------------------------------------------------------------------

/** Who can tell of a statement; first of all who sends what the diagnostic is about. */
function tellersOf(scene: Scene, at: Placed, role: string): readonly string[] {
  const sender = interactionAt(scene, scene.diagnostic.span)?.tree.from.name.text ?? "";
  const found = [...new Set(involved(scene, at))].filter((each) => each !== role);
  return [...found.filter((each) => each === sender), ...found.filter((each) => each !== sender)];
}

/** The parties of an interaction, the judge first; of a choice with an `else`, its judge; of a loop or a `do`, who is in it. */
function involved(scene: Scene, at: Placed): readonly string[] {
  const { tree } = at;
  switch (tree.kind) {
    case "interaction":
      return isInteraction(at) ? partiesOf(at).toReversed() : [];
    case "choice": {
      const [first] = tree.branches.flatMap(({ body }) => interactionsIn(scene, body));
      return first === undefined ? [] : partiesOf(first).slice(1);
    }
    case "loop":
      return interactionsIn(scene, tree.body).flatMap(partiesOf);
    case "do":
      return tree.arguments.flatMap((argument) => (argument.kind === "role" ? [argument.role.name.text] : []));
    default:
      return [];
  }
}

/** `Lead -> Tester: Done()`; null where one of the two cannot be named there. */
function messageAt(
  scene: Scene,
  teller: string,
  role: string,
  at: Placed,
  side: 0 | 1,
  isElse: boolean,
  taken: readonly string[] = [],
): string | null {
  const receiver = receiverAt(scene, role, at);
  if (receiver === null || teller === role || !canTell(scene, teller, at)) return null;
  const said = isElse ? saidInElse(scene, at, teller) : null;
  const label = labelAt(scene, teller, role, wishesAt(scene, role, said ?? at, side, isElse), said ?? at, taken);
  return `${teller} -> ${receiver}: ${label}()`;
}

/** What the teller says to others already in the `else` of a statement. */
function saidInElse(scene: Scene, { tree }: Placed, teller: string): PlacedInteraction | null {
  const otherwise = "otherwise" in tree ? tree.otherwise : null;
  if (otherwise === null) return null;
  return interactionsIn(scene, otherwise).find((each) => each.tree.from.name.text === teller) ?? null;
}

/** Where nothing more comes, that all is done; else what has happened: the same that others are told, or how a wait ended. */
function wishesAt(
  { diagnostic }: Scene,
  role: string,
  { tree }: Placed,
  side: 0 | 1,
  isElse: boolean,
): readonly [string, string] {
  const isOver = ["CHOR0604", "CHOR0608", "CHOR0609"].includes(diagnostic.code) && side === 1;
  if (isOver || tree.kind === "loop") return ["Done", "Over"];
  if (tree.kind !== "interaction" || tree.otherwise !== null)
    return isElse ? ["Late", `Late${role}`] : ["Ready", `Ready${role}`];
  const { text } = tree.message.label;
  return [text, `${text}${role}`];
}

function labelOf(message: string): string {
  return /: (\w+)\(\)$/.exec(message)?.[1] ?? "";
}

function added(messages: readonly string[], edits: readonly Edit[], rank: number): Candidate {
  return { title: `Add ${inWords(messages.map((message) => `\`${message}\``))}`, edits, rank };
}
