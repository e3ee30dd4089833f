// `chorc verify` for people and for programs. In: the rows of the table and figures. Out: lines for a terminal, with the
// run of every failure, or plain data with places as line and column.

import { lineStarts, positionAt } from "@chor/grammar";
import type { Source, Span } from "@chor/grammar";
import type { ToldFailure, ToldRow, ToldVerdict } from "../../verify/told.js";
import type { Figures } from "../../verify/verify.js";
import { paint, type Paint, type Style } from "./paint.js";
import { columns, escape, wrap } from "./text.js";

export interface Properties {
  readonly choreography: string;
  readonly source: Source;
  readonly rows: readonly ToldRow[];
  readonly figures: Figures;
}

const STYLES: Readonly<Record<ToldVerdict, Style>> = {
  proved: "green",
  "held up to bound": "yellow",
  "not explored": "yellow",
  "not asked": "dim",
  fails: "red",
};

/** The table, then how each property fails; not wider than `width` but for names that are. */
export function renderProperties(
  { choreography, source, rows, figures }: Properties,
  width: number,
  color: boolean,
): string {
  const style = paint(color);
  const page: Page = { style, width: Math.min(120, Math.max(50, width)), source, starts: lineStarts(source.text) };
  const widest = Math.max(...rows.map(({ meaning }) => meaning.length));
  const table = rows.map(({ meaning, verdict, detail }) => {
    const more = detail === "" ? "" : `: ${escape(detail)}`;
    return `  ${meaning.padEnd(widest)}   ${style(STYLES[verdict], verdict)}${more}`;
  });
  const failures = rows.flatMap((row) => (row.failure === null ? [] : ["", ...failureLines(row, row.failure, page)]));
  return [
    style("bold", escape(choreography)),
    ...table,
    `  ${style("dim", figuresText(figures))}`,
    ...failures,
    "",
  ].join("\n");
}

interface Page {
  readonly style: Paint;
  readonly width: number;
  readonly source: Source;
  readonly starts: ReturnType<typeof lineStarts>;
}

function failureLines({ meaning }: ToldRow, failure: ToldFailure, page: Page): readonly string[] {
  const { style, width } = page;
  const { steps, says, setting, isShortest, missing } = failure;
  const long = steps.length === 1 ? "1 step" : `${steps.length} steps`;
  const how = missing.length > 0 ? "" : ` after ${long}${isShortest ? ", a shortest run" : ""}`;
  const head = `${style("red", "fails")}: ${meaning}${how}${setting === "" ? "" : `, with ${escape(setting)}`}`;
  const names = Math.max(0, ...steps.map(({ role }) => columns(role)));
  const lines = steps.map(({ role, does, span }, i) => {
    const text = `${escape(role)}${" ".repeat(names - columns(role))}  ${escape(does)}`;
    return `  ${String(i + 1).padStart(String(steps.length).length)}  ${text}  ${style("dim", placeOf(page, span))}`;
  });
  const never = missing.map((span) => `  ${escape(excerpt(page, span))}  ${style("dim", placeOf(page, span))}`);
  const told = says
    .filter((text) => text !== "")
    .flatMap((text) => wrap(escape(text), width - 2).map((line) => `  ${line}`));
  return [head, ...lines, ...never, ...told];
}

function placeOf({ source, starts }: Page, span: Span): string {
  return `${escape(source.file)}:${positionAt(starts, span.start).line}`;
}

/** The beginning of what stands there, on one line. */
function excerpt({ source }: Page, { start, end }: Span): string {
  const text = source.text.slice(start, Math.min(end, start + 200)).replaceAll(/\s+/g, " ");
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function figuresText({ teams, states, steps, reduced, depth }: Figures): string {
  const number = (count: number): string => count.toLocaleString("en-US");
  const share = states === 0 ? 0 : Math.round((reduced / states) * 100);
  return `${number(states)} situations, ${number(steps)} steps, depth ${number(depth)}, ${number(teams)} ${teams === 1 ? "team" : "teams"}, ${share} % reduced`;
}

/** The same as data. */
export function propertiesAsJson({ choreography, source, rows, figures }: Properties): unknown {
  const starts = lineStarts(source.text);
  const place = ({ start, end }: Span): unknown => ({ start: positionAt(starts, start), end: positionAt(starts, end) });
  return {
    file: source.file,
    choreography,
    ok: rows.every(({ verdict }) => verdict !== "fails"),
    properties: rows.map(({ property, meaning, verdict, detail, failure }) => ({
      property,
      meaning,
      verdict,
      detail,
      failure:
        failure === null
          ? null
          : {
              setting: failure.setting,
              shortest: failure.isShortest,
              steps: failure.steps.map(({ role, does, span }) => ({ role, does, span: place(span) })),
              says: failure.says,
              missing: failure.missing.map(place),
            },
    })),
    figures,
  };
}
