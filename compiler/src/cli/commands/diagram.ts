// `chorc diagram`: draws one file. In: its name and what to draw. Out: the text of the diagram, on standard output or in
// a file of its own; a file that is no diagram of ours is not overwritten.

import { draw, type Wish } from "../../diagram/draw.js";
import { readSources } from "../read.js";
import { complain, report, type ExitCode, type Look } from "../say.js";
import type { Shell } from "../shell.js";
import { writeOwn } from "../write-own.js";

export interface DiagramOptions extends Wish, Look {
  /** Where to write; null: standard output. */
  readonly out: string | null;
}

/** Draws; 1 where the source has errors, 2 where there is nothing such to draw or the file cannot be read or written. */
export async function diagram(file: string, options: DiagramOptions, shell: Shell): Promise<ExitCode> {
  const [read] = await readSources([file], shell);
  if (read === undefined) return 2;
  if ("diagnostic" in read) {
    report([{ file: read.file, source: null, diagnostics: [read.diagnostic] }], options, shell);
    return 2;
  }
  const result = await draw(read.source, options);
  switch (result.kind) {
    case "wrong":
      complain(shell, result.message, result.hint);
      return 2;
    case "refused":
      report([{ file: read.file, source: read.source, diagnostics: result.diagnostics }], options, shell);
      return 1;
    case "drawn": {
      const text = marked(result.text, options.as);
      if (options.out !== null) return writeOwn(options.out, text, MARK, options, shell);
      shell.out.write(
        options.format === "json" ? `${JSON.stringify({ file: read.file, diagram: text }, null, 2)}\n` : text,
      );
      return 0;
    }
  }
}

const MARK = "made by chorc diagram";

/** Behind the first line, which both languages want to be their own. */
function marked(text: string, as: Wish["as"]): string {
  const comment = as === "svg" ? `<!-- ${MARK} -->` : `%% ${MARK}`;
  if (as === "svg") return text.replace("\n", `\n${comment}\n`);
  const lines = text.split("\n");
  lines.splice(lines.indexOf("---", 1) + 2, 0, `  ${comment}`);
  return lines.join("\n");
}
