// The counterexample: two runs that a role cannot tell apart, side by side where the width allows, otherwise
// one below the other. The steps that the role has seen stand on the same row, so one sees that they agree.

import { positionAt } from "@chor/grammar";
import type { LineStarts, Run, RunStep, TwoRuns } from "@chor/grammar";
import { columns, cut, wrap } from "./text.js";
import type { Paint } from "./paint.js";

/** Of longer runs the middle is left out: nobody reads that far. */
const ROWS = 40;
const INDENT = "  ";
const BETWEEN = " | ".length;
const TITLES = ["first run", "second run"] as const;

/** The two runs of `two`, each step with its line; `*` marks the steps in which the role takes part. */
export function renderRuns(two: TwoRuns, starts: LineStarts, width: number, paint: Paint): readonly string[] {
  const space = width - INDENT.length;
  const steps = two.runs.flatMap((run) => run.steps);
  const intro = steps.some(({ seen }) => seen)
    ? `\`${two.role}\` sees the same in both runs (* marks what it sees) and cannot know which one it is in:`
    : `\`${two.role}\` has seen nothing yet in either run, so it cannot know which one it is in:`;
  const column = Math.floor((space - BETWEEN) / 2);
  const look: Look = { number: numberWidth(steps, starts), starts, paint };
  const widest = steps.reduce((most, step) => Math.max(most, columns(step.text)), 0);
  const body = look.number + 3 + widest <= column ? beside(two, column, look) : below(two, space, look);
  return [...wrap(intro, Math.min(100, space)), "", ...body].map((line) => (line === "" ? "" : INDENT + line));
}

interface Look {
  /** Columns of the line numbers. */
  readonly number: number;
  readonly starts: LineStarts;
  readonly paint: Paint;
}

type Row = readonly [RunStep | null, RunStep | null];

function beside(two: TwoRuns, column: number, look: Look): readonly string[] {
  const bar = ` ${look.paint("dim", "|")} `;
  const [first, second] = two.runs;
  const aligned = align(first.steps, second.steps);
  const rows = shorten<Row>(aligned.length === 0 ? [[null, null]] : aligned);
  const cell = (step: RunStep | null, run: Run): string =>
    run.steps.length === 0 && step === null ? showNothing(column, look) : showStep(step, column, look);
  const row = ([a, b]: Row, i: number): string =>
    i === 0 ? cell(a, first) + bar + cell(b, second) : showStep(a, column, look) + bar + showStep(b, column, look);
  const a = showThen(first, column, look);
  const b = showThen(second, column, look);
  const ends = Array.from({ length: Math.max(a.length, b.length) }, (_, i) => {
    const left = look.paint("yellow", a[i] ?? "") + " ".repeat(column - columns(a[i] ?? ""));
    return left + bar + look.paint("yellow", b[i] ?? "");
  });
  const titles = TITLES.map((title) => look.paint("bold", title) + " ".repeat(column - title.length));
  return [
    titles.join(bar),
    ...rows.head.map(row),
    ...gap(rows.omitted, look),
    ...rows.tail.map((pair) => row(pair, 1)),
    ...ends,
  ].map((line) => line.trimEnd());
}

function below(two: TwoRuns, space: number, look: Look): readonly string[] {
  const one = (run: Run, i: number): readonly string[] => {
    const { head, omitted, tail } = shorten(run.steps);
    const show = (step: RunStep): string => showStep(step, space, look).trimEnd();
    return [
      ...(i > 0 ? [""] : []),
      look.paint("bold", TITLES[i] ?? ""),
      ...(run.steps.length === 0 ? [showNothing(space, look).trimEnd()] : head.map(show)),
      ...gap(omitted, look),
      ...tail.map(show),
      ...showThen(run, space, look).map((line) => look.paint("yellow", line)),
    ];
  };
  return two.runs.flatMap(one);
}

/** Pairs of steps: where one run comes to a step that the role sees, it waits for the other to come to one, too. */
function align(left: readonly RunStep[], right: readonly RunStep[]): readonly Row[] {
  const rows: Row[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    const a = left[i] ?? null;
    const b = right[j] ?? null;
    const oneSeen = a !== null && b !== null && a.seen !== b.seen;
    const row: Row = [oneSeen && a.seen ? null : a, oneSeen && b.seen ? null : b];
    if (row[0] !== null) i++;
    if (row[1] !== null) j++;
    rows.push(row);
  }
  return rows;
}

interface Shortened<T> {
  readonly head: readonly T[];
  readonly omitted: number;
  readonly tail: readonly T[];
}

function shorten<T>(rows: readonly T[]): Shortened<T> {
  if (rows.length <= ROWS) return { head: rows, omitted: 0, tail: [] };
  return { head: rows.slice(0, ROWS / 2), omitted: rows.length - ROWS, tail: rows.slice(-ROWS / 2) };
}

function gap(omitted: number, { number, paint }: Look): readonly string[] {
  return omitted === 0 ? [] : [paint("dim", `${" ".repeat(number)} ... ${omitted} more`)];
}

/** `  12 * Coder -> Reviewer: Patch`, padded to `width`. */
function showStep(step: RunStep | null, width: number, { number, starts, paint }: Look): string {
  if (step === null) return " ".repeat(width);
  const line = String(positionAt(starts, step.span.start).line).padStart(number);
  const room = Math.max(4, width - number - 3);
  const text = cut(step.text, room);
  const fill = " ".repeat(Math.max(0, room - columns(text)));
  return `${paint("dim", line)} ${step.seen ? paint("green", "*") : " "} ${text}${fill}`;
}

/** A run that has not begun: the role has to know at once. */
function showNothing(width: number, { number, paint }: Look): string {
  const text = cut("(nothing has happened yet)", width - number - 3);
  return `${" ".repeat(number + 3)}${paint("dim", text)}`.padEnd(width + paint("dim", text).length - columns(text));
}

/** What the role would have to do at the end of a run, wrapped under its steps. */
function showThen(run: Run, width: number, { number }: Look): readonly string[] {
  const indent = " ".repeat(number);
  return wrap(run.then, Math.max(10, width - number - 4)).map(
    (line, i) => `${indent} ${i === 0 ? "=>" : "  "} ${line}`,
  );
}

function numberWidth(steps: readonly RunStep[], starts: LineStarts): number {
  const last = steps.reduce((most, step) => Math.max(most, positionAt(starts, step.span.start).line), 0);
  return Math.max(3, String(last).length);
}
