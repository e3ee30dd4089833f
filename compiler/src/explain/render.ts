// Pages for a terminal. In: a page, or all of them. Out: text, wrapped to the width and made printable.

import { paint } from "../report/render/paint.js";
import type { Paint, Style } from "../report/render/paint.js";
import { cut, escape, wrap } from "../report/render/text.js";
import type { Page } from "./page.js";
import { STAGES } from "./pages.js";

/** Prose is not set wider than this. */
const PROSE = 100;

/** One page: title, why, the two programs, what to do. */
export function renderPage(page: Page, width: number, color: boolean): string {
  const style = paint(color);
  const prose = Math.max(40, Math.min(PROSE, width));
  const parts = [
    style("bold", `${page.code}: ${escape(page.title)}`),
    paragraphs(page.why, prose),
    ...block("wrong", "red", page.wrong, style),
    ...block("right", "green", page.right, style),
    ...block("for example", "blue", page.console, style),
    paragraphs(page.more, prose),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** All codes with their titles, a stage after the other. */
export function renderList(pages: readonly Page[], width: number, color: boolean): string {
  const style = paint(color);
  const parts = [...STAGES].flatMap(([digits, stage]) => {
    const lines = pages
      .filter(({ code }) => code.slice(4, 6) === digits)
      .map(({ code, title }) => `  ${code}  ${cut(title, Math.max(20, width - 12))}`);
    return lines.length === 0 ? [] : [[style("bold", stage), ...lines].join("\n")];
  });
  return `${parts.join("\n\n")}\n\nRun \`chorc explain CODE\` to read one.\n`;
}

function block(label: string, color: Style, text: string | null, style: Paint): readonly string[] {
  if (text === null) return [];
  const lines = text.trimEnd().split("\n");
  return [[style(color, `${label}:`), ...lines.map((line) => (line === "" ? "" : `    ${escape(line)}`))].join("\n")];
}

/** Paragraphs and lists, each item of a list with its text to the right of the dash. */
function paragraphs(text: string, width: number): string {
  return text
    .split(/\n{2,}/)
    .map((paragraph) =>
      paragraph
        .split(/\n(?=- )/)
        .flatMap((item) => {
          const isItem = item.startsWith("- ");
          const indent = isItem ? "  " : "";
          const lines = wrap(item.slice(indent.length).replaceAll(/\s+/g, " "), width - indent.length);
          return lines.map((line, i) => (isItem && i === 0 ? `- ${line}` : indent + line));
        })
        .join("\n"),
    )
    .join("\n\n");
}
