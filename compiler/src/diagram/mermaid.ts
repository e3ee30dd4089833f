// Diagrams as Mermaid text. In: a sequence or a graph. Out: text that Mermaid 10 and later draws. Whatever comes from
// a source is escaped as an entity; roles and states are called by numbers, so that no name is a word of Mermaid's.

import type { Graph } from "./graph.js";
import type { Frame, Row, Sequence } from "./sequence.js";

/** A `sequenceDiagram`. */
export function mermaidSequence({ title, lanes, rows }: Sequence): string {
  const lines = ["---", `title: ${JSON.stringify(title)}`, "---", "sequenceDiagram"];
  lanes.forEach(({ text }, lane) => lines.push(`  participant r${lane} as ${escape(text)}`));
  const open: Frame[] = [];
  for (const row of rows) {
    const depth = row.kind === "part" || row.kind === "end" ? open.length : open.length + 1;
    for (const line of rowLines(row, open)) lines.push(`${"  ".repeat(depth)}${line}`);
  }
  return `${lines.join("\n")}\n`;
}

/** A `flowchart` of who talks with whom, or a `stateDiagram` of a local automaton. */
export function mermaidGraph({ title, direction, nodes, edges }: Graph): string {
  const lines = ["---", `title: ${JSON.stringify(title)}`, "---", `flowchart ${direction === "down" ? "TD" : "LR"}`];
  nodes.forEach(({ text, shape }, i) => lines.push(`  n${i}${SHAPES[shape](`"${escape(text)}"`)}`));
  for (const { from, to, lines: texts } of edges)
    lines.push(`  n${from} -->|"${texts.map(escape).join("<br/>")}"| n${to}`);
  return `${lines.join("\n")}\n`;
}

const SHAPES: Record<Graph["nodes"][number]["shape"], (text: string) => string> = {
  role: (text) => `[${text}]`,
  state: (text) => `(${text})`,
  begin: (text) => `([${text}])`,
  end: (text) => `((${text}))`,
};

/**
 * Mermaid has no frame for some of ours: they are drawn as the nearest it has. `part` null: its frame has no parts, so
 * the next part is a frame of its own.
 */
const WORDS: Record<Frame, { readonly open: string; readonly part: string | null; readonly prefix: string }> = {
  alt: { open: "alt", part: "else", prefix: "" },
  opt: { open: "opt", part: null, prefix: "" },
  loop: { open: "loop", part: null, prefix: "" },
  par: { open: "par", part: "and", prefix: "" },
  scatter: { open: "loop", part: null, prefix: "scatter " },
  pick: { open: "opt", part: null, prefix: "pick " },
  saga: { open: "critical", part: "option", prefix: "saga " },
};

function rowLines(row: Row, open: Frame[]): readonly string[] {
  switch (row.kind) {
    case "message":
      return row.to.map((to) => `r${row.from}->>r${to}: ${escape(row.text)}`);
    case "note": {
      const [first, last] = row.over;
      return [`Note over r${first}${last === first ? "" : `,r${last}`}: ${escape(row.text)}`];
    }
    case "frame": {
      const { open: word, prefix } = WORDS[row.frame];
      open.push(row.frame);
      return [`${word} ${escape(`${prefix}${row.text}`)}`.trimEnd()];
    }
    case "part": {
      const { part } = WORDS[open.at(-1) ?? "alt"];
      return part === null ? ["end", `opt ${escape(row.text)}`] : [`${part} ${escape(row.text)}`.trimEnd()];
    }
    case "end":
      open.pop();
      return ["end"];
  }
}

/** Everything but letters, digits and a few harmless signs as an entity of Mermaid's. */
function escape(text: string): string {
  return Array.from(text, (sign) =>
    /[\p{L}\p{N} .,()!?*/+=_…-]/u.test(sign) ? sign : `#${sign.codePointAt(0) ?? 63};`,
  ).join("");
}
