// Diagnostics for people: a header with code and place, the message, a code frame, the places that belong to
// it, the two runs, the mend. In: reported files. Out: one text, made printable, not wider than asked.

import { lineStarts, positionAt } from "@chor/grammar";
import type { Diagnostic, Related } from "@chor/grammar";
import { frame } from "./frame.js";
import type { Page } from "./frame.js";
import { paint } from "./paint.js";
import type { Paint, Style } from "./paint.js";
import { count } from "./reported.js";
import type { Reported } from "./reported.js";
import { renderRuns } from "./runs.js";
import { escape, wrap } from "./text.js";

export interface PrettyOptions {
  /** Columns to keep to; kept between 40 and 120. */
  readonly width: number;
  readonly color: boolean;
}

/** Of one file at most as many are printed; a file that is no choreography at all would flood the terminal. */
const PER_FILE = 200;
/** Prose is not set wider than this: it is harder to read. */
const PROSE = 100;

/** All diagnostics of `files`, in their order, a blank line behind each; `""` when there are none. */
export function renderPretty(files: readonly Reported[], options: PrettyOptions): string {
  const width = Math.min(120, Math.max(40, options.width));
  const style = paint(options.color);
  return files
    .filter((each) => each.diagnostics.length > 0)
    .map((each) => renderFile(each, width, style))
    .join("");
}

/** `2 errors, 1 warning in 3 files`, or `no errors in 3 files`. */
export function summary(files: readonly Reported[], color: boolean): string {
  const style = paint(color);
  const { errors, warnings } = count(files);
  const found = [
    ...(errors > 0 ? [style("red", plural(errors, "error"))] : []),
    ...(warnings > 0 ? [style("yellow", plural(warnings, "warning"))] : []),
  ];
  return `${found.length > 0 ? found.join(", ") : style("green", "no errors")} in ${plural(files.length, "file")}`;
}

/** `1 file`, `3 files`. */
export function plural(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function renderFile(file: Reported, width: number, style: Paint): string {
  const page = file.source && { text: file.source.text, starts: lineStarts(file.source.text) };
  const shown = file.diagnostics.slice(0, PER_FILE).map((each) => renderOne(file.file, page, each, width, style));
  const left = file.diagnostics.length - shown.length;
  const rest = left > 0 ? `... ${left} more in ${escape(file.file)}; \`--format json\` prints all of them\n\n` : "";
  return shown.join("") + rest;
}

function renderOne(file: string, page: Page | null, diagnostic: Diagnostic, width: number, style: Paint): string {
  const prose = Math.min(PROSE, width);
  const color = diagnostic.severity === "error" ? "red" : "yellow";
  const head = style("bold", style(color, `${diagnostic.severity}[${diagnostic.code}]`));
  const lines = [
    `${head} ${style("blue", place(file, page, diagnostic.span.start))}`,
    ...wrap(diagnostic.message, prose).map((line) => style("bold", line)),
  ];
  if (page !== null) {
    lines.push("", ...frame(page, diagnostic.span, { mark: "^", style: color }, width, style));
    for (const related of diagnostic.related) lines.push(...renderRelated(page, related, width, style));
    if (diagnostic.runs) lines.push("", ...renderRuns(diagnostic.runs, page.starts, width, style));
  }
  if (diagnostic.hint !== undefined) {
    if (page !== null) lines.push("");
    lines.push(...labelled("mend:", "green", diagnostic.hint, prose, style));
  }
  return `${lines.join("\n")}\n\n`;
}

function renderRelated(page: Page, related: Related, width: number, style: Paint): readonly string[] {
  const { line, column } = positionAt(page.starts, related.span.start);
  const text = `${related.message} (${line}:${column})`;
  return [
    ...labelled("note:", "blue", text, Math.min(PROSE, width), style),
    ...frame(page, related.span, { mark: "-", style: "blue" }, width, style),
  ];
}

/** `  mend: …`, wrapped so that the text stays to the right of its label. */
function labelled(label: string, color: Style, text: string, width: number, style: Paint): readonly string[] {
  const indent = " ".repeat(label.length + 3);
  return wrap(text, width - indent.length).map((line, i) =>
    i === 0 ? `  ${style(color, label)} ${line}` : indent + line,
  );
}

function place(file: string, page: Page | null, offset: number): string {
  if (page === null) return escape(file);
  const { line, column } = positionAt(page.starts, offset);
  return `${escape(file)}:${line}:${column}`;
}
