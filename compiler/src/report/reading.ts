// What can be wrong with a file before anybody reads its text. CHOR0001 to CHOR0009. In: the file's name.
// Out: diagnostics without a place; whoever renders them knows that there is no text.

import type { Diagnostic } from "@chor/grammar";
import { error } from "./diagnostic.js";

const NOWHERE = { start: 0, end: 0 };

/** A source text has at most so many bytes. */
export const MAXIMAL_BYTES = 1024 * 1024;

/** No file of that name. */
export function noSuchFile(file: string): Diagnostic {
  return error("CHOR0001", `There is no file \`${file}\`.`, NOWHERE, {
    hint: "Check the path; it is relative to the current folder.",
  });
}

/** A folder where a file is expected. */
export function isFolder(file: string): Diagnostic {
  return error("CHOR0002", `\`${file}\` is a folder, not a file.`, NOWHERE, {
    hint: `Name its files: \`${file.replace(/\/+$/, "")}/*.chor\`.`,
  });
}

/** The operating system refuses to read it. */
export function unreadable(file: string, why: string): Diagnostic {
  return error("CHOR0003", `\`${file}\` cannot be read: ${why}.`, NOWHERE, {
    hint: "Make it readable, or name another file.",
  });
}

/** Bytes that are not UTF-8. */
export function notUtf8(file: string, offset: number): Diagnostic {
  return error("CHOR0004", `\`${file}\` is not UTF-8: byte ${offset} does not belong to any character.`, NOWHERE, {
    hint: "Save it as UTF-8.",
  });
}

/** More bytes than a source text may have. */
export function tooLarge(file: string): Diagnostic {
  return error("CHOR0005", `\`${file}\` is larger than 1 MiB.`, NOWHERE, {
    hint: "Split it: a file may hold a few choreographies.",
  });
}

/** chorc itself failed on this file. */
export function internal(file: string, what: string): Diagnostic {
  return error("CHOR0009", `This is a bug in chorc, not in \`${file}\`: ${what}.`, NOWHERE, {
    hint: "Report it with this file; `CHORC_DEBUG=1` prints where it happened.",
  });
}
