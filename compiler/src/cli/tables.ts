// What is behind a verdict, on request: the bounds of artifacts and contracts, who knows which name where, and the figures
// of every choreography. In: checked files. Out: text for a terminal, or keys for the JSON object.

import { lineStarts, positionAt } from "@chor/grammar";
import { artifactsOf } from "../bind/artifact-table.js";
import type { Choreography } from "../bind/program.js";
import { statementsIn } from "../bind/walk.js";
import type { Checked } from "../check.js";
import type { Range } from "../figures/domain.js";
import { figuresOf, type Chain, type Figures } from "../figures/figures.js";
import { namesAt } from "../knowledge/names-at.js";
import { renderBounds } from "../report/render/bounds.js";
import { renderFigures, sideBySide } from "../report/render/figures.js";
import { renderKnowledge, type KnowledgeRow } from "../report/render/knowledge.js";

/** The most bytes and steps of artifacts and contracts; who knows which name at which place; how many messages, and by whom. */
export interface Shown {
  readonly bounds: boolean;
  readonly knowledge: boolean;
  readonly figures: boolean;
}

/** The tables that were asked for, a blank line before each. */
export function renderTables(checked: readonly Checked[], show: Shown, width: number, color: boolean): string {
  const artifacts = checked.flatMap(({ program }) => program.artifacts);
  const contracts = checked.flatMap(({ program }) => program.contracts);
  const tables = [
    ...(show.bounds ? [renderBounds(artifacts, contracts, color)] : []),
    ...(show.knowledge
      ? choreographiesOf(checked).map((each) => renderKnowledge(each.name, rowsOf(each), width, color))
      : []),
    ...(show.figures
      ? allFigures(checked).map(([{ name, within }, figures]) =>
          renderFigures(name, figures, typeof within === "number" ? within : null, color),
        )
      : []),
  ];
  return tables
    .filter((table) => table !== "")
    .map((table) => `\n${table}`)
    .join("");
}

/** The same as data: `bounds`, `knowledge` and `figures`. */
export function tablesAsJson(checked: readonly Checked[], show: Shown): Readonly<Record<string, unknown>> {
  const bounds = {
    artifacts: checked.flatMap(({ program }) =>
      program.artifacts.map(({ name, source, bytes }) => ({ file: source.file, name, bytes })),
    ),
    contracts: checked.flatMap(({ program }) =>
      program.contracts.map(({ name, source, steps }) => ({ file: source.file, name, steps })),
    ),
  };
  const knowledge = choreographiesOf(checked).map((choreography) => ({
    file: choreography.source.file,
    choreography: choreography.name,
    places: rowsOf(choreography),
  }));
  const figures = show.figures ? allFigures(checked).map(([choreography, own]) => asJson(choreography, own)) : [];
  return {
    ...(show.bounds ? { bounds } : {}),
    ...(show.knowledge ? { knowledge } : {}),
    ...(show.figures ? { figures } : {}),
  };
}

function choreographiesOf(checked: readonly Checked[]): readonly Choreography[] {
  return checked.flatMap(({ program }) => program.choreographies);
}

function allFigures(checked: readonly Checked[]): readonly (readonly [Choreography, Figures | null])[] {
  return checked.flatMap(({ program }) => {
    const artifacts = artifactsOf([program]);
    return program.choreographies.map((each) => [each, figuresOf(each, artifacts)] as const);
  });
}

/** Numbers without a bound are `null`. */
function asJson({ name, source }: Choreography, figures: Figures | null): Readonly<Record<string, unknown>> {
  const head = { file: source.file, choreography: name };
  if (figures === null) return { ...head, roles: null };
  const finite = (count: number): number | null => (Number.isFinite(count) ? count : null);
  const range = ({ low, high }: Range): Readonly<Record<string, unknown>> => ({ least: low, most: finite(high) });
  const chain = ({ length, exact }: Chain): Readonly<Record<string, unknown>> => ({ length: finite(length), exact });
  return {
    ...head,
    messages: range(figures.messages),
    decisions: range(figures.decisions),
    busiest: figures.busiest,
    chain: { messages: chain(figures.path), decisions: chain(figures.thinking) },
    sideBySide: sideBySide(figures),
    deadlines: chain(figures.deadlines),
    roles: figures.roles.map(({ role, members, sent, received, decisions }) => ({
      role,
      members: members === null ? null : range(members),
      sent: range(sent),
      received: range(received),
      decisions: range(decisions),
    })),
  };
}

/** A row for every message and choice. */
function rowsOf(choreography: Choreography): readonly KnowledgeRow[] {
  const starts = lineStarts(choreography.source.text);
  const all = choreography.roles.length;
  const statements = statementsIn(choreography.body).toSorted((a, b) => a.span.start - b.span.start);
  return statements.flatMap((statement) => {
    if (statement.kind !== "interaction" && statement.kind !== "choice") return [];
    const { start } = statement.span;
    const own = statement.kind === "interaction" ? statement.interaction.own : null;
    const text =
      statement.kind === "interaction"
        ? statement.interaction.text
        : choreography.source.text.slice(start, statement.headSpan.end).replaceAll(/\s+/g, " ");
    const names = namesAt(choreography, start)
      .filter(({ name }) => name !== own)
      .map(({ name, definite, knownBy }) => ({
        name,
        absent: !definite,
        knownBy: knownBy.length === all ? ("all" as const) : knownBy,
      }));
    return [{ line: positionAt(starts, start).line, text, names }];
  });
}
