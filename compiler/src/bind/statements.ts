// The interactions of a choreography in the order of the source, and what stands there that this compiler does
// not translate yet. In: a block's tree. Out: its interactions, the diagnostics, and the names that the
// constructs left out would have bound: to miss those is no error of its own.

import { lowerCamel } from "@chor/grammar";
import type { BlockTree, Diagnostic, InteractionTree, Span, StatementTree } from "@chor/grammar";
import { unsupported } from "../report/unsupported.js";

export interface FoundInteractions {
  readonly interactions: readonly InteractionTree[];
  /** Names bound by what is not supported. */
  readonly silenced: ReadonlySet<string>;
}

interface Search {
  readonly interactions: InteractionTree[];
  readonly silenced: Set<string>;
  readonly sink: Diagnostic[];
}

/** Takes the body of a choreography; the unsupported constructs in it go to `sink`, each once, nothing for what is inside. */
export function interactionsOf(body: BlockTree, sink: Diagnostic[]): FoundInteractions {
  const search: Search = { interactions: [], silenced: new Set(), sink };
  searchBlock(body, search);
  return search;
}

function searchBlock(block: BlockTree, search: Search): void {
  for (const statement of block.statements) searchStatement(statement, search);
}

function searchStatement(statement: StatementTree, search: Search): void {
  const { sink } = search;
  switch (statement.kind) {
    case "interaction":
      search.interactions.push(statement);
      refuseClauses(statement, search);
      return;
    case "choice": {
      const when = statement.branches.find((branch) => branch.when !== null)?.when ?? null;
      if (when !== null) sink.push(unsupported("when", when.span));
      else if (statement.at === null) sink.push(unsupported("when", word(statement.span, "choice")));
      if (statement.within !== null) sink.push(unsupported("within", statement.within.span));
      if (statement.retry !== null) sink.push(unsupported("retry", statement.retry.span));
      for (const { body } of statement.branches) searchBlock(body, search);
      if (statement.otherwise !== null)
        refuseBlock(statement.otherwise, unsupported("choiceElse", brace(statement.otherwise)), search);
      return;
    }
    case "loop":
      searchBlock(statement.body, search);
      if (statement.otherwise !== null) searchBlock(statement.otherwise, search);
      return;
    case "break":
    case "continue":
      return;
    default:
      sink.push(unsupported(statement.kind, word(statement.span, statement.kind)));
      silence(statement, search.silenced);
  }
}

/** Everything that may follow the message of an interaction. */
function refuseClauses(tree: InteractionTree, search: Search): void {
  const { sink, silenced } = search;
  if (tree.as?.collects === true) sink.push(unsupported("collects", tree.as.name.span));
  if (tree.quorum !== null) sink.push(unsupported("quorum", tree.quorum.span));
  const [condition] = tree.where;
  if (condition !== undefined) sink.push(unsupported("where", condition.span));
  const [gate] = tree.gates;
  if (gate !== undefined) sink.push(unsupported("gate", gate.span));
  if (tree.retry !== null) sink.push(unsupported("retry", tree.retry.span));
  if (tree.within !== null) sink.push(unsupported("within", tree.within.span));
  if (tree.otherwise !== null) {
    silenced.add("failure");
    refuseBlock(tree.otherwise, unsupported("interactionElse", brace(tree.otherwise)), search);
  }
}

function refuseBlock(block: BlockTree, diagnostic: Diagnostic, { sink, silenced }: Search): void {
  sink.push(diagnostic);
  for (const statement of block.statements) silence(statement, silenced);
}

/** All names that a statement would bind. Recursive over nesting, which the parser bounds. */
function silence(statement: StatementTree, silenced: Set<string>): void {
  const blocks: (BlockTree | null)[] = [];
  switch (statement.kind) {
    case "interaction":
      silenced.add(statement.as?.name.text ?? lowerCamel(statement.message.label.text));
      blocks.push(statement.otherwise);
      break;
    case "choice":
      for (const { body } of statement.branches) blocks.push(body);
      blocks.push(statement.otherwise);
      break;
    case "loop":
      blocks.push(statement.body, statement.otherwise);
      break;
    case "par":
      for (const arm of statement.arms) blocks.push(arm);
      break;
    case "scatter":
      silenced.add(statement.as.text);
      blocks.push(statement.body);
      break;
    case "pick":
      if (statement.as !== null) silenced.add(statement.as.text);
      blocks.push(statement.body);
      break;
    case "do":
      silenced.add(statement.as?.text ?? lowerCamel(statement.choreography.text));
      blocks.push(statement.otherwise);
      break;
    case "saga":
      for (const { step, undo } of statement.steps) blocks.push(step, undo);
      blocks.push(statement.otherwise);
      break;
    default:
      break;
  }
  for (const block of blocks) for (const inner of block?.statements ?? []) silence(inner, silenced);
}

/** The keyword at the beginning of a statement. */
function word(span: Span, keyword: string): Span {
  return { start: span.start, end: Math.min(span.end, span.start + keyword.length) };
}

/** The brace that opens a block. */
function brace(block: BlockTree): Span {
  return { start: block.span.start, end: Math.min(block.span.end, block.span.start + 1) };
}
