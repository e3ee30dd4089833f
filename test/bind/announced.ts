// Wrong programs that say themselves what is wrong with them: `//! CHOR0203 part of what is said | another part` at the end of
// a line announces a diagnostic that begins on that line. In: a source and its diagnostics. Out: what is
// missing and what was not announced, as text, for an assertion.

import { lineStarts, positionAt, type Diagnostic, type Source } from "@chor/grammar";

interface Announcement {
  readonly line: number;
  readonly code: string;
  /** With ` | ` between them, for instance of the message and of the hint. */
  readonly parts: readonly string[];
}

/** Empty if every diagnostic was announced and every announcement came. */
export function mismatches(source: Source, diagnostics: readonly Diagnostic[]): readonly string[] {
  const starts = lineStarts(source.text);
  const waiting = announcements(source.text);
  const unannounced: string[] = [];
  for (const diagnostic of diagnostics) {
    const { line } = positionAt(starts, diagnostic.span.start);
    const said = [diagnostic.message, diagnostic.hint ?? "", ...diagnostic.related.map(({ message }) => message)].join(
      "\n",
    );
    const place = waiting.findIndex(
      (each) => each.line === line && each.code === diagnostic.code && each.parts.every((part) => said.includes(part)),
    );
    if (place < 0) unannounced.push(`${source.file}:${line} not announced: ${diagnostic.code} ${said}`);
    else waiting.splice(place, 1);
  }
  return [
    ...unannounced,
    ...waiting.map(({ line, code, parts }) => `${source.file}:${line} did not come: ${code} ${parts.join(" | ")}`),
  ];
}

function announcements(text: string): Announcement[] {
  return text.split("\n").flatMap((line, index) =>
    line
      .split("//!")
      .slice(1)
      .map((said) => {
        const [, code = "", part = ""] = /^\s*(\S+)\s*(.*?)\s*$/.exec(said) ?? [];
        return { line: index + 1, code, parts: part.split(" | ") };
      }),
  );
}
