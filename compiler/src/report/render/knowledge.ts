// `--knowledge`: who knows which name, at every message and choice. In: rows by place. Out: lines for a terminal.

import { paint } from "./paint.js";
import { cut, escape, wrap } from "./text.js";

export interface KnowledgeRow {
  readonly line: number;
  /** The message or the head of the choice, on one line. */
  readonly text: string;
  readonly names: readonly KnownName[];
}

export interface KnownName {
  readonly name: string;
  /** Not bound on every way here. */
  readonly absent: boolean;
  /** `"all"`, or the roles. */
  readonly knownBy: "all" | readonly string[];
}

/** A choreography's rows, in the order of the source. */
export function renderKnowledge(
  choreography: string,
  rows: readonly KnowledgeRow[],
  width: number,
  color: boolean,
): string {
  const style = paint(color);
  const lines = rows.flatMap(({ line, text, names }) => [
    `${style("dim", String(line).padStart(5))}  ${cut(text, Math.max(20, width - 7))}`,
    ...(names.length === 0 ? [] : wrap(names.map(shown).join(", "), Math.max(20, width - 11))).map((each) =>
      style("dim", `           ${each}`),
    ),
  ]);
  return `${style("bold", escape(choreography))}\n${lines.map((line) => `${line}\n`).join("")}`;
}

function shown({ name, absent, knownBy }: KnownName): string {
  const who = knownBy === "all" ? "all" : knownBy.length === 0 ? "nobody" : knownBy.join(" and ");
  return `${name}${absent ? "?" : ""} (${who})`;
}
