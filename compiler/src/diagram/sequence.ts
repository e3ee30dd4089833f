// The sequence of a choreography as rows, for whoever draws them: messages, and frames around what is chosen, repeated
// or goes on side by side. In: the tree, so that a choreography can be drawn while it is still being written. Out:
// plain data. As long as the source.

import type {
  ArgumentTree,
  BlockTree,
  ChoreographyTree,
  InteractionTree,
  RoleTree,
  Source,
  Span,
  StatementTree,
} from "@chor/grammar";

export interface Sequence {
  readonly title: string;
  readonly lanes: readonly Lane[];
  readonly rows: readonly Row[];
}

/** A role: `Coder[1..8]`, `Integrator?`. */
export interface Lane {
  readonly name: string;
  readonly text: string;
}

export type Row =
  /** `from` and `to` are indices of lanes. */
  | { readonly kind: "message"; readonly from: number; readonly to: readonly number[]; readonly text: string }
  /** A jump, or another choreography: over these lanes. */
  | { readonly kind: "note"; readonly over: readonly [first: number, last: number]; readonly text: string }
  | { readonly kind: "frame"; readonly frame: Frame; readonly text: string }
  /** The next part of the innermost frame. */
  | { readonly kind: "part"; readonly text: string }
  | { readonly kind: "end" };

export type Frame = "alt" | "opt" | "loop" | "par" | "scatter" | "pick" | "saga";

/** The sequence of one choreography. Names that are no role of its head are left out: `check` tells of them. */
export function sequenceOf(tree: ChoreographyTree, source: Source): Sequence {
  const lanes = tree.parameters.flatMap((parameter) =>
    parameter.kind === "role"
      ? [{ name: parameter.name.text, text: textOf(source, parameter.span), optional: parameter.optional }]
      : [],
  );
  const draft: Draft = { source, lanes, rows: [] };
  drawBlock(tree.body, draft);
  return { title: tree.name.text, lanes: lanes.map(({ name, text }) => ({ name, text })), rows: draft.rows };
}

interface Draft {
  readonly source: Source;
  readonly lanes: readonly (Lane & { readonly optional: boolean })[];
  readonly rows: Row[];
}

/** Recursive over nesting, which the parser bounds. */
function drawBlock(block: BlockTree, draft: Draft): void {
  for (const statement of block.statements) draw(statement, draft);
}

function draw(statement: StatementTree, draft: Draft): void {
  const { rows } = draft;
  switch (statement.kind) {
    case "interaction":
      drawInteraction(statement, draft);
      return;
    case "choice": {
      const at = statement.at === null ? "" : `at ${statement.at.text}`;
      const head = joined(statement.name?.text ?? "", at);
      const texts = statement.branches.map(({ when }) =>
        when === null ? "" : `when ${textOf(draft.source, when.span)}`,
      );
      rows.push({ kind: "frame", frame: "alt", text: joined(head, texts[0] ?? "") });
      statement.branches.forEach(({ body }, index) => {
        if (index > 0) rows.push({ kind: "part", text: joined("or", texts[index] ?? "") });
        drawBlock(body, draft);
      });
      drawOtherwise(statement.otherwise, "else", draft);
      rows.push({ kind: "end" });
      return;
    }
    case "loop": {
      const max = statement.max === null ? "" : ` max ${textOf(draft.source, statement.max.span)}`;
      rows.push({ kind: "frame", frame: "loop", text: `${statement.name.text}${max}` });
      drawBlock(statement.body, draft);
      drawOtherwise(statement.otherwise, "else, after the last round", draft);
      rows.push({ kind: "end" });
      return;
    }
    case "par":
      rows.push({ kind: "frame", frame: "par", text: "" });
      statement.arms.forEach((arm, index) => {
        if (index > 0) rows.push({ kind: "part", text: "and" });
        drawBlock(arm, draft);
      });
      rows.push({ kind: "end" });
      return;
    case "scatter": {
      const families = statement.over.map(({ text }) => text).join(", ");
      const list = textOf(draft.source, statement.list.span);
      rows.push({ kind: "frame", frame: "scatter", text: `${list} as ${statement.as.text} over ${families}` });
      drawBlock(statement.body, draft);
      rows.push({ kind: "end" });
      return;
    }
    case "pick": {
      const as = statement.as === null ? "" : ` as ${statement.as.text}`;
      rows.push({ kind: "frame", frame: "pick", text: `${statement.family.text}${as} at ${statement.at.text}` });
      drawBlock(statement.body, draft);
      rows.push({ kind: "end" });
      return;
    }
    case "do": {
      const as = statement.as === null ? "" : ` as ${statement.as.text}`;
      const roles = statement.arguments.flatMap(rolesOf);
      note(`do ${statement.choreography.text}${as}`, lanesOf(roles, draft), draft);
      if (statement.otherwise !== null) drawOptional(statement.otherwise, "else, if it aborts", draft);
      return;
    }
    case "saga":
      rows.push({ kind: "frame", frame: "saga", text: "step 1" });
      statement.steps.forEach(({ step, undo }, index) => {
        if (index > 0) rows.push({ kind: "part", text: `step ${index + 1}` });
        drawBlock(step, draft);
        drawOtherwise(undo, `undo of step ${index + 1}`, draft);
      });
      drawOtherwise(statement.otherwise, "else", draft);
      rows.push({ kind: "end" });
      return;
    case "break":
    case "continue":
      note(`${statement.kind} ${statement.loop.text}`, [], draft);
      return;
    case "fail":
      note(`fail: ${statement.reason.value}`, [], draft);
      return;
    case "return":
    case "abort":
      note(statement.kind, [], draft);
  }
}

function drawInteraction(tree: InteractionTree, draft: Draft): void {
  const from = laneOf(tree.from, draft);
  const receivers =
    tree.to === null
      ? draft.lanes.flatMap(({ optional }, lane) => (lane === from || optional ? [] : [lane]))
      : lanesOf(tree.to, draft);
  const text = short(textOf(draft.source, tree.message.span));
  if (from !== null && receivers.length > 0) draft.rows.push({ kind: "message", from, to: receivers, text });
  if (tree.otherwise === null) return;
  const within = tree.within === null ? "" : `, after ${textOf(draft.source, tree.within.span)}`;
  drawOptional(tree.otherwise, `else, if ${tree.message.label.text} fails${within}`, draft);
}

function drawOptional(block: BlockTree, text: string, draft: Draft): void {
  draft.rows.push({ kind: "frame", frame: "opt", text });
  drawBlock(block, draft);
  draft.rows.push({ kind: "end" });
}

function drawOtherwise(block: BlockTree | null, text: string, draft: Draft): void {
  if (block === null) return;
  draft.rows.push({ kind: "part", text });
  drawBlock(block, draft);
}

/** Over the lanes named, or over all. */
function note(text: string, lanes: readonly number[], { rows, lanes: all }: Draft): void {
  if (all.length === 0) return;
  const over: readonly [number, number] =
    lanes.length === 0 ? [0, all.length - 1] : [Math.min(...lanes), Math.max(...lanes)];
  rows.push({ kind: "note", over, text: short(text) });
}

function rolesOf(argument: ArgumentTree): readonly RoleTree[] {
  return argument.kind === "role" ? [argument.role] : argument.kind === "roles" ? argument.roles : [];
}

function lanesOf(roles: readonly RoleTree[], draft: Draft): readonly number[] {
  return roles.flatMap((role) => laneOf(role, draft) ?? []);
}

function laneOf({ name }: RoleTree, { lanes }: Draft): number | null {
  const lane = lanes.findIndex((each) => each.name === name.text);
  return lane < 0 ? null : lane;
}

function joined(...words: readonly string[]): string {
  return words.filter((word) => word !== "").join(" ");
}

/** What the source says there, on one line. */
function textOf({ text }: Source, { start, end }: Span): string {
  return short(text.slice(start, end).replace(/\s+/g, " ").trim());
}

const LONGEST = 60;

function short(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}
