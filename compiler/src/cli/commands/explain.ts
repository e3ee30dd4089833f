// `chorc explain`: what a diagnostic means, and what to do about it; without a code, all there are.

import { codeNamed, codesWithPage, nearCodes, pagesFolder, readPage, STAGES } from "../../explain/pages.js";
import { renderList, renderPage } from "../../explain/render.js";
import { complain, lookOf } from "../say.js";
import type { ExitCode, Format } from "../say.js";
import type { Shell, When } from "../shell.js";

export interface ExplainRequest {
  readonly kind: "explain";
  /** null: the list. */
  readonly code: string | null;
  readonly format: Format | null;
  readonly color: When;
}

/** Prints a page, or the list of them. Unknown codes are wrong use. */
export function explain({ code: word, format, color }: ExplainRequest, shell: Shell): ExitCode {
  const folder = pagesFolder();
  const codes = codesWithPage(folder);
  const look = lookOf(shell.out, color, shell);
  if (word === null) {
    const pages = codes.map((code) => readPage(folder, code));
    const list = pages.map(({ code, title }) => ({ code, title, stage: STAGES.get(code.slice(4, 6)) ?? "" }));
    print(format === "json" ? json({ pages: list }) : renderList(pages, look.width, look.color), shell);
    return 0;
  }
  const code = codeNamed(word);
  if (code === null) {
    complain(shell, `\`${word}\` is no code`, "codes look like `CHOR0203`; `chorc explain` lists them");
    return 2;
  }
  if (!codes.includes(code)) {
    const near = nearCodes(code, codes).map((each) => `\`${each}\``);
    complain(
      shell,
      `there is no diagnostic \`${code}\``,
      `near it are ${near.join(", ")}; \`chorc explain\` lists all`,
    );
    return 2;
  }
  const page = readPage(folder, code);
  print(format === "json" ? json(page) : renderPage(page, look.width, look.color), shell);
  return 0;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function print(text: string, shell: Shell): void {
  shell.out.write(text);
}
