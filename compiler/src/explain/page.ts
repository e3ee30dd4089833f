// The page of a diagnostic: compiler/explain/CHORnnnn.md has a fixed form. In: its text. Out: its parts, or what is not
// as it should be. The form: `# CHOR0203: title`, why in paragraphs, then "```chor wrong" and "```chor right", or a
// "```console" block where no `.chor` text can show it, then what to do.

export interface Page {
  /** `CHOR0203`. */
  readonly code: string;
  readonly title: string;
  /** Paragraphs, with a blank line between. */
  readonly why: string;
  /** A program that gives exactly this code; null: none can. */
  readonly wrong: string | null;
  /** The same program, mended. */
  readonly right: string | null;
  /** What a terminal shows, where no program can show it. */
  readonly console: string | null;
  /** What to do, in paragraphs. */
  readonly more: string;
}

const HEAD = /^# (CHOR\d{4}): (\S.*)$/;
const BLOCK = /^```(chor wrong|chor right|console)\n([^]*?)^```$/gm;

/** Takes a page apart. A string instead of a page says what is wrong with it. */
export function parsePage(text: string): Page | string {
  const lines = text.replaceAll("\r\n", "\n");
  const end = lines.indexOf("\n");
  const [, code, title] = HEAD.exec(lines.slice(0, end)) ?? [];
  if (code === undefined || title === undefined) return "The first line is not `# CHORnnnn: title`.";
  const body = lines.slice(end);
  const blocks = [...body.matchAll(BLOCK)];
  const [first, last] = [blocks[0], blocks.at(-1)];
  if (first === undefined || last === undefined) return "There is no block.";
  const block = (kind: string): string | null => blocks.find((each) => each[1] === kind)?.[2] ?? null;
  const page: Page = {
    code,
    title,
    why: body.slice(0, first.index).trim(),
    wrong: block("chor wrong"),
    right: block("chor right"),
    console: block("console"),
    more: body.slice(last.index + last[0].length).trim(),
  };
  if (page.why === "") return "Nothing says why.";
  if (page.more === "") return "Nothing says what to do.";
  if (page.console === null && (page.wrong === null || page.right === null)) {
    return "There is neither a wrong and a right block nor a console block.";
  }
  return page;
}
