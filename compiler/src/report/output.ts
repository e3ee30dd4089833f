// What can be wrong when checked sources are written to one output folder. CHOR0701 to CHOR0709. In: the folder
// and who has it. Out: diagnostics of the source that comes second.

import type { Diagnostic, Span } from "@chor/grammar";
import { error } from "./diagnostic.js";

/** A choreography would be written to the folder of another source. */
export function choreographyFolderTaken(name: string, folder: string, owner: string, span: Span): Diagnostic {
  return error(
    "CHOR0701",
    `\`${name}\` is written to the folder \`${folder}\`, which is already that of \`${owner}\`.`,
    span,
    {
      hint: "Give one of them another name, or compile them to different folders.",
    },
  );
}

/** Two sources would be written to one folder. */
export function sourceFolderTaken(folder: string, owner: string): Diagnostic {
  return error(
    "CHOR0702",
    `This file is written to the folder \`${folder}\`, which is already that of \`${owner}\`.`,
    { start: 0, end: 0 },
    {
      hint: "Rename one of them, or compile them to different folders.",
    },
  );
}
