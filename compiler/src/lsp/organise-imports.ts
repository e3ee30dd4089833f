// The imports of a file in order: at the top, sorted by path, each path once, names sorted, without those that nothing
// uses. In: an open file. Out: edits; none if all is in order, or if a comment among the imports could get lost.

import type { ImportTree, Span } from "@chor/grammar";
import { scan } from "./scan.js";
import type { Open } from "./workspace.js";

export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** Takes an open file; gives the edits that put its imports in order. */
export function organisedImports({ file }: Open): readonly Edit[] {
  const { imports, declarations } = file.tree;
  const first = imports[0];
  if (first === undefined) return [];
  const pieces = scan(file.text);
  const inside = (offset: number): boolean => imports.some(({ span }) => span.start <= offset && offset < span.end);
  if (pieces.some(({ kind, start }) => kind === "comment" && inside(start))) return [];
  const words = pieces.filter(({ kind, start }) => kind === "word" && !inside(start));
  const used = new Set(words.map(({ text }) => text));
  const text = printed(imports, used);
  const start = declarations[0]?.span.start ?? Infinity;
  const late = imports.some(({ span }) => span.start > start);
  const edits = imports.map(({ span }): Edit => ({ span: withBreak(file.text, span), text: "" }));
  const top = late ? Math.min(start, first.span.start) : first.span.start;
  const before = imports.map(({ span }) => file.text.slice(span.start, span.end)).join("\n");
  if (!late && before === text) return [];
  const at = { start: top, end: top };
  const own = edits[0];
  const whole = text === "" ? "" : `${text}\n`;
  // An insertion and a deletion at one place are one edit.
  if (own !== undefined && own.span.start === top) return [{ span: own.span, text: whole }, ...edits.slice(1)];
  return [{ span: at, text: whole === "" ? "" : `${whole}\n` }, ...edits];
}

function printed(imports: readonly ImportTree[], used: ReadonlySet<string>): string {
  const byPath = new Map<string, { readonly name: string; readonly as: string | null }[]>();
  for (const { names, from } of imports) {
    const list = byPath.get(from.value) ?? [];
    byPath.set(from.value, list);
    for (const { name, as } of names) {
      const local = as?.text ?? name.text;
      const known = list.some((each) => (each.as ?? each.name) === local);
      if (used.has(local) && !known) list.push({ name: name.text, as: as?.text ?? null });
    }
  }
  return [...byPath]
    .filter(([, names]) => names.length > 0)
    .toSorted(([a], [b]) => compare(a, b))
    .map(([path, names]) => {
      const list = names
        .toSorted((a, b) => compare(a.name, b.name))
        .map(({ name, as }) => (as === null ? name : `${name} as ${as}`));
      return `import { ${list.join(", ")} } from ${JSON.stringify(path)}`;
    })
    .join("\n");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** With the rest of its line, if nothing else stands there. */
function withBreak(text: string, { start, end }: Span): Span {
  const rest = /^[ \t]*(?:\r\n|\n|\r|$)/.exec(text.slice(end, end + 1_000))?.[0] ?? "";
  return { start, end: end + rest.length };
}
