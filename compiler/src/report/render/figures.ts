// `--figures`: how many messages and decisions a choreography takes, and how long its longest chain is. In: the figures of
// one choreography. Out: lines for a terminal. What has no bound says so.

import type { Figures, Chain, RoleFigures } from "../../figures/figures.js";
import { paint } from "./paint.js";
import { columns, cut, escape } from "./text.js";
import { UNITS } from "../words.js";

/** Names are cut to so many columns. */
const NAME = 30;

/** `session`: the deadline of the whole, in milliseconds; null: it has none, or one that is not known. */
export function renderFigures(
  choreography: string,
  figures: Figures | null,
  session: number | null,
  color: boolean,
): string {
  const style = paint(color);
  const head = `${style("bold", escape(choreography))}\n`;
  if (figures === null) return `${head}  no figures: no run of it ends, or what it calls is too large\n`;
  const { messages, decisions, busiest, path, thinking, deadlines, roles } = figures;
  const lines: readonly (readonly [string, string])[] = [
    ["messages", range(messages)],
    ["decisions", range(decisions)],
    ...(busiest === null
      ? []
      : [["busiest", `${cut(busiest.role, NAME)}, in ${Math.round(busiest.share * 100)} % of the messages`] as const]),
    ["longest chain", `${length(path, "message")}, ${length(thinking, "decision")}`],
    ...(sideBySide(figures) === null ? [] : [["side by side", `${sideBySide(figures)?.toFixed(1)} messages`] as const]),
    ["deadlines", `${longest(deadlines)}${session === null ? "" : `; the whole has ${duration(session)}`}`],
  ];
  const rows = [["role", "sent", "received", "decisions"], ...roles.map(cells)];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => columns(row[column] ?? ""))));
  const table = rows.map((row, i) => {
    const text = row.map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - columns(cell))).join("   ");
    return `  ${i === 0 ? style("dim", text.trimEnd()) : text.trimEnd()}\n`;
  });
  return `${head}${lines.map(([what, text]) => `  ${what.padEnd(13)}   ${text}\n`).join("")}${table.join("")}`;
}

/** How many messages there are for each one of the longest chain; null: there is no bound, or no message. */
export function sideBySide({ messages, path }: Figures): number | null {
  const share = messages.high / path.length;
  return path.exact && Number.isFinite(share) ? share : null;
}

function cells({ role, members, sent, received, decisions }: RoleFigures): readonly string[] {
  const size = members === null ? "" : ` (${range(members)})`;
  return [`${cut(role, NAME)}${size}`, range(sent), range(received), range(decisions)];
}

function range({ low, high }: RoleFigures["sent"]): string {
  if (high === Infinity) return `${number(low)} or more`;
  return low === high ? number(low) : `${number(low)} to ${number(high)}`;
}

function length({ length: count, exact }: Chain, unit: string): string {
  if (count === Infinity) return `any number of ${unit}s`;
  return `${exact ? "" : "at least "}${number(count)} ${unit}${count === 1 ? "" : "s"}`;
}

function longest({ length: milliseconds, exact }: Chain): string {
  if (milliseconds === Infinity) return "some wait has none";
  return `${exact ? "over after" : "over after more than"} ${duration(milliseconds)}`;
}

function number(count: number): string {
  return count > Number.MAX_SAFE_INTEGER ? `about ${count.toExponential(0)}` : count.toLocaleString("en-US");
}

/** `1d 2h 30m`; nothing smaller than what matters. */
function duration(milliseconds: number): string {
  let rest = milliseconds;
  const parts = UNITS.flatMap(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count === 0 ? [] : [`${number(count)}${unit}`];
  });
  return parts.length === 0 ? "0s" : parts.join(" ");
}
