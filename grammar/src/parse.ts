// Text to syntax tree: the whole of @chor/grammar in one function. Its stages: the bound on size, the tokens
// (scan.ts, lex.ts), matched brackets (brackets.ts), the bound on depth (nesting.ts), the parser (parse-*.ts), and the
// telling of errors (errors.ts, syntax-errors.ts).

import { balance } from "./brackets.js";
import type { Diagnostic } from "./diagnostic.js";
import * as errors from "./errors.js";
import { lex } from "./lex.js";
import { boundDepth } from "./nesting.js";
import { ChorParser } from "./parse-declarations.js";
import type { Source } from "./source.js";
import { tell, type Fault } from "./syntax-errors.js";
import type { FileTree } from "./tree.js";

export interface Parsed {
  readonly tree: FileTree;
  /** All lexical and syntactic errors, in the order of their places. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A larger text is not read: UTF-16 code units, which for source text are about bytes. */
const maxSize = 1_048_576;
/** More diagnostics than this help nobody. */
const maxDiagnostics = 100;

/** Never throws; a tree is always there, what could not be understood is left out of it. */
export function parse(source: Source): Parsed {
  const { text } = source;
  const span = { start: 0, end: text.length };
  if (text.length > maxSize) {
    const told = errors.tooLarge({ start: 0, end: 0 }, maxSize);
    return { tree: { imports: [], declarations: [], span }, diagnostics: [told] };
  }
  const lexed = lex(text);
  const balanced = balance(lexed.tokens, text);
  const bounded = boundDepth(balanced.tokens);

  const parser = theParser();
  parser.input = bounded.tokens;
  parser.docs = lexed.docs;
  parser.source = text;
  const tree = parser.file();
  const faults = [...parser.garbage, ...parser.errors.map((thrown) => faultOf(thrown, parser.inserted))];

  const diagnostics = [
    ...lexed.diagnostics,
    ...balanced.diagnostics,
    ...bounded.diagnostics,
    ...parser.mends,
    ...tell(faults, bounded.tokens, { gaps: lexed.gaps, doubts: balanced.doubts, text }),
  ];
  parser.input = [];
  parser.source = "";
  return { tree: { ...tree, span }, diagnostics: inOrder(diagnostics) };
}

let instance: ChorParser | null = null;

/** Made at the first use, used again for every file: making it costs more than parsing most files. */
function theParser(): ChorParser {
  instance ??= new ChorParser(true);
  return instance;
}

function faultOf(
  { message, token, context, resyncedTokens }: ChorParser["errors"][number],
  inserted: ReadonlySet<Fault["token"]>,
): Fault {
  return {
    expected: message,
    rule: context.ruleStack.at(-1) ?? "",
    token,
    last: resyncedTokens?.at(-1) ?? null,
    sure: inserted.has(token),
  };
}

function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const ordered = [...diagnostics].sort((a, b) => a.span.start - b.span.start || a.code.localeCompare(b.code));
  const first = ordered[maxDiagnostics];
  if (first === undefined) return ordered;
  return [...ordered.slice(0, maxDiagnostics), errors.tooMany(first.span, ordered.length - maxDiagnostics)];
}
