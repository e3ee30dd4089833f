// What was last answered about the tokens of each document, so that a later answer need only say what differs. In: the
// tokens of documents. Out: answers of the protocol, whole or as edits.

import type { SemanticTokens, SemanticTokensDelta } from "vscode-languageserver";
import { tokenEdits } from "./semantic-tokens.js";

export interface TokenMemory {
  readonly whole: (document: string, data: number[]) => SemanticTokens;
  /** Whole where the client's last answer is not ours. */
  readonly since: (document: string, resultId: string, data: number[]) => SemanticTokens | SemanticTokensDelta;
  readonly forget: (document: string) => void;
}

/** A memory of nothing. */
export function tokenMemory(): TokenMemory {
  const known = new Map<string, { readonly resultId: string; readonly data: number[] }>();
  let count = 0;
  const whole: TokenMemory["whole"] = (document, data) => {
    const answer = { resultId: String(++count), data };
    known.set(document, answer);
    return answer;
  };
  return {
    whole,
    since: (document, resultId, data) => {
      const before = known.get(document);
      const now = whole(document, data);
      if (before?.resultId !== resultId) return now;
      return { resultId: now.resultId ?? "", edits: tokenEdits(before.data, now.data) };
    },
    forget: (document) => void known.delete(document),
  };
}
