// What can be wrong with the choice of files and with `chor.config.json`. CHOR0050 to CHOR0069. In: what was found and
// what is known. Out: diagnostics; those of a configuration have their place in it.

import { nearest } from "@chor/grammar";
import type { Diagnostic, Span } from "@chor/grammar";
import { error, listed } from "./diagnostic.js";

const NOWHERE = { start: 0, end: 0 };

/** A pattern that no file matches. */
export function noMatch(pattern: string): Diagnostic {
  return error("CHOR0050", `No file matches \`${pattern}\`.`, NOWHERE, {
    hint: "Check the pattern: `*` stays in one folder, `**/*.chor` goes into all of them; `node_modules` and folders that begin with a dot are skipped.",
  });
}

/** A folder without anything to check. */
export function noChorFile(folder: string): Diagnostic {
  return error("CHOR0051", `There is no \`.chor\` file in the folder \`${folder}\`.`, NOWHERE, {
    hint: "Name the folder that holds them; `node_modules` and folders that begin with a dot are skipped.",
  });
}

/** The configuration is no JSON. */
export function noJson(wrong: string, hint: string | null, span: Span): Diagnostic {
  return error("CHOR0052", `${wrong}.`, span, { hint });
}

/** A key that means nothing. */
export function unknownKey(key: string, known: readonly string[], span: Span): Diagnostic {
  const near = nearest(key, known);
  return error("CHOR0053", `The configuration has no key \`${key}\`.`, span, {
    hint: near === null ? `Use one of ${listed(known)}.` : `Write \`${near}\`.`,
  });
}

/** A value of another kind than its key asks for. */
export function wrongValue(key: string, wanted: string, span: Span): Diagnostic {
  return error("CHOR0054", `\`${key}\` has to be ${wanted}.`, span, { hint: `Write ${wanted}.` });
}

/** A word that is none of those that are understood. */
export function unknownWord(key: string, word: string, known: readonly string[], span: Span): Diagnostic {
  const near = nearest(word, known);
  return error("CHOR0055", `\`${word}\` is nothing that \`${key}\` can be.`, span, {
    hint: near === null ? `Write one of ${listed(known)}.` : `Write \`${near}\`.`,
  });
}

/** A level for something that is no warning. */
export function unknownLint(lint: string, known: readonly string[], span: Span): Diagnostic {
  const near = nearest(lint, known);
  return /^CHOR\d{4}$/.test(lint)
    ? error("CHOR0056", `\`${lint}\` is not the code of a warning.`, span, {
        hint: "Remove it: only warnings have a level; an error stays one.",
      })
    : error("CHOR0056", `There is no warning \`${lint}\`.`, span, {
        hint: near === null ? `Use a code, or one of ${listed(known, 20)}.` : `Write \`${near}\`.`,
      });
}

/** A key that comes twice. */
export function doubleKey(key: string, span: Span, first: Span): Diagnostic {
  return error("CHOR0057", `\`${key}\` comes twice.`, span, {
    related: [{ message: "here it is already", span: first }],
    hint: "Keep one of them.",
  });
}
