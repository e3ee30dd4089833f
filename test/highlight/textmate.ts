// What the tests of the highlighting share: the grammar in the engine that VS Code uses, and the scopes of a text.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import oniguruma from "vscode-oniguruma";
import textmate from "vscode-textmate";
import type { IGrammar, IRawGrammar } from "vscode-textmate";

const require = createRequire(import.meta.url);

export const grammarFile = fileURLToPath(new URL("../../grammar/textmate/chor.tmLanguage.json", import.meta.url));

/** A piece of text with its scopes, outermost first; the grammar's own `source.chor` and the `meta` ones left out. */
export interface Piece {
  readonly start: number;
  readonly text: string;
  readonly scopes: readonly string[];
}

/** Loads a grammar that may include the others given with it. */
export async function load(main: IRawGrammar, ...others: readonly IRawGrammar[]): Promise<IGrammar> {
  const wasm = readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm"));
  const onigLib = oniguruma.loadWASM(wasm).then(() => ({
    createOnigScanner: (sources: string[]) => new oniguruma.OnigScanner(sources),
    createOnigString: (text: string) => new oniguruma.OnigString(text),
  }));
  const all = new Map([main, ...others].map((grammar) => [grammar.scopeName, grammar]));
  const registry = new textmate.Registry({
    onigLib,
    loadGrammar: (scope) => Promise.resolve(all.get(scope) ?? null),
    getInjections: (scope) =>
      others.filter(({ injectionSelector }) => injectionSelector?.includes(scope)).map(({ scopeName }) => scopeName),
  });
  const grammar = await registry.loadGrammar(main.scopeName);
  if (grammar === null) throw new Error(`no grammar ${main.scopeName}`);
  return grammar;
}

export function raw(file: string): IRawGrammar {
  return JSON.parse(readFileSync(file, "utf8")) as IRawGrammar;
}

/** All pieces of a text that are not only white space. */
export function pieces(grammar: IGrammar, text: string): readonly Piece[] {
  const found: Piece[] = [];
  let stack = textmate.INITIAL;
  let offset = 0;
  for (const line of text.split("\n")) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, stack);
    for (const { startIndex, endIndex, scopes } of tokens) {
      const piece = line.slice(startIndex, endIndex);
      if (piece.trim() === "") continue;
      const own = scopes.slice(1).filter((scope) => !scope.startsWith("meta."));
      found.push({ start: offset + startIndex, text: piece, scopes: own });
    }
    stack = ruleStack;
    offset += line.length + 1;
  }
  return found;
}

/** The innermost scopes at every offset of a text. */
export function scopesAt(grammar: IGrammar, text: string): ReadonlyMap<number, readonly string[]> {
  return new Map(
    pieces(grammar, text).flatMap(({ start, text: piece, scopes }) =>
      Array.from({ length: piece.length }, (_, index) => [start + index, scopes] as const),
    ),
  );
}
