// The statements of a choreography. In: a block's tree, and what the names of the choreography mean. Out: the bound
// block; what is wrong goes to the sink, and a statement with errors is left out, what stands inside it is looked at all
// the same. Recursive over nesting, which the parser bounds.

import type {
  BlockTree,
  DoTree,
  LoopTree,
  Name,
  PickTree,
  SagaTree,
  ScatterTree,
  Span,
  StatementTree,
} from "@chor/grammar";
import { alreadyClaimed, noListOfElements, nothingToClaim, pickFirst } from "../report/branches.js";
import { sagaNeverAborts, sagaWithoutSteps } from "../report/calls.js";
import { behindJump, elseWithoutMax, roundsOutOfRange } from "../report/choreography.js";
import { bindPar } from "./arms.js";
import { listOf, stepAborts } from "./callee.js";
import { bindChoice } from "./choices.js";
import { brace, maybeBlock, placeOf, type Context } from "./context.js";
import { bindArguments, checkElse } from "./do.js";
import { typeExpression } from "./expressions/type-expression.js";
import { bindCount } from "./head.js";
import { bindInteraction } from "./interactions.js";
import { checkExit, checkFrame, checkJump, isCaught } from "./jumps.js";
import { ROUNDS_LIMIT } from "./limits.js";
import { deciderNamed, roleNamed } from "./parties.js";
import type { Block, Statement } from "./program.js";
import { scopeAt } from "./scope.js";
import type { Place, Surroundings } from "./surroundings.js";
import { prefixOf } from "./survey.js";
import { assignable, shapeOf } from "./type-relations.js";
import { shownType } from "./type-text.js";

/** Takes the body of a choreography, gives its statements. */
export function bindBody(tree: BlockTree, context: Omit<Context, "block">): Block {
  const whole: Context = { ...context, block: (block) => bindBlock(block, whole) };
  return whole.block(tree);
}

function bindBlock(tree: BlockTree, context: Context): Block {
  const statements: Statement[] = [];
  let before: StatementTree | null = null;
  let told = false;
  for (const statement of tree.statements) {
    const jump = before === null ? null : jumpText(before);
    if (!told && before !== null && jump !== null) {
      context.surroundings.sink.push(behindJump(firstWords(statement), jump, before.span));
      told = true;
    }
    before = statement;
    const bound = bindStatement(statement, context);
    if (bound !== null) statements.push(bound);
  }
  return { statements, span: tree.span };
}

function bindStatement(tree: StatementTree, context: Context): Statement | null {
  switch (tree.kind) {
    case "interaction": {
      const otherwise = maybeBlock(tree.otherwise, context);
      const draft = context.drafts.get(tree);
      if (draft === undefined) return null;
      const interaction = bindInteraction(draft, otherwise, context.typed, context.surroundings);
      if (interaction === null) return null;
      context.interactions.set(interaction.index, interaction);
      return { kind: "interaction", interaction, span: tree.span };
    }
    case "choice":
      return bindChoice(tree, placeOf(tree, context), context);
    case "loop":
      return bindLoop(tree, context);
    case "par":
      return bindPar(tree, context);
    case "scatter":
      return bindScatter(tree, context);
    case "pick":
      return bindPick(tree, context);
    case "do":
      return bindDo(tree, context);
    case "saga":
      return bindSaga(tree, context);
    case "break":
    case "continue":
      checkJump(tree, placeOf(tree, context), context.surroundings.sink);
      return { kind: tree.kind, name: tree.loop.text, span: tree.span };
    case "return":
    case "abort":
      checkExit(tree, placeOf(tree, context), context.surroundings.sink);
      return { kind: tree.kind, span: tree.span };
    case "fail":
      return { kind: "fail", reason: tree.reason.value, span: tree.span };
  }
}

// ---- loops ---------------------------------------------------------------------------------------------

function bindLoop(tree: LoopTree, context: Context): Statement {
  const { sink, head } = context.surroundings;
  const { name, max } = tree;
  checkFrame("loop", name, placeOf(tree, context), sink);
  const inRange =
    max?.kind !== "number" || (Number.isInteger(max.value) && max.value >= 1 && max.value <= ROUNDS_LIMIT);
  if (!inRange && max !== null) sink.push(roundsOutOfRange(name.text, ROUNDS_LIMIT, max.span));
  const rounds =
    max === null || !inRange ? null : bindCount(max, "The number of rounds", [1, ROUNDS_LIMIT], head, sink);
  if (tree.otherwise !== null && max === null) sink.push(elseWithoutMax(name.text, brace(tree.otherwise)));
  const body = context.block(tree.body);
  const otherwise = maybeBlock(tree.otherwise, context);
  const headSpan = { start: tree.span.start, end: (max ?? name).span.end };
  return { kind: "loop", name: name.text, max: rounds, body, otherwise, span: tree.span, headSpan };
}

// ---- scatter and pick ----------------------------------------------------------------------------------

function bindScatter(tree: ScatterTree, context: Context): Statement | null {
  const { surroundings, typed } = context;
  const { as, over } = tree;
  const place = placeOf(tree, context);
  checkFrame("scatter", as, place, surroundings.sink);
  const seen = new Map(place.claimed);
  const families = over.filter((name) => {
    const sound = isClaimable(name, "scatter", seen, surroundings);
    if (!seen.has(name.text)) seen.set(name.text, name.span);
    return sound;
  });
  const list = typed.lists.get(tree) ?? null;
  const after = bindAfter(tree, place, context);
  const body = context.block(tree.body);
  if (list === null || families.length < over.length || (after === null) !== (tree.after === null)) return null;
  return {
    kind: "scatter",
    list,
    as: as.text,
    over: over.map(({ text }) => text),
    after,
    body,
    span: tree.span,
    headSpan: { start: tree.span.start, end: (tree.after ?? over.at(-1) ?? as).span.end },
  };
}

/** `after`: a list of elements, worked out with the element at hand. */
function bindAfter(
  { after, as }: ScatterTree,
  place: Place,
  { surroundings, typed }: Context,
): Extract<Statement, { kind: "scatter" }>["after"] {
  if (after === null) return null;
  const inside = { ...place, locals: new Set([...place.locals, as.text]) };
  const item = typed.names.types.get(as.text) ?? null;
  const expected = item === null ? null : listOf(item);
  const expression = typeExpression(after, scopeAt(inside, null, typed.names, surroundings), expected);
  if (expression === null || item === null) return expression;
  const { artifacts, sink } = surroundings;
  const shape = shapeOf(expression.type, artifacts);
  if (shape === null || (shape.kind === "list" && assignable(shape.item, item, artifacts))) return expression;
  const need = `\`after\` needs a list of elements (\`${shownType(item)}\`)`;
  sink.push(noListOfElements(need, shownType(expression.type), after.span));
  return null;
}

function bindPick(tree: PickTree, context: Context): Statement | null {
  const { surroundings } = context;
  const { family, as, at } = tree;
  const place = placeOf(tree, context);
  const claimable = isClaimable(family, "pick", place.claimed, surroundings);
  const decider = deciderNamed(at, place, surroundings);
  const body = context.block(tree.body);
  if (!claimable || decider === null) return null;
  const [first] = tree.body.statements;
  if (first?.kind === "interaction" && !isFromTo(first, at.text, family.text))
    surroundings.sink.push(pickFirst(at.text, family.text, first.span));
  const headSpan = { start: tree.span.start, end: at.span.end };
  return { kind: "pick", family: family.text, as: as?.text ?? null, at: at.text, body, span: tree.span, headSpan };
}

function isFromTo(
  { from, to }: Extract<StatementTree, { kind: "interaction" }>,
  sender: string,
  receiver: string,
): boolean {
  return from.name.text === sender && to?.length === 1 && to[0]?.name.text === receiver;
}

/** Whether a member of that family can be claimed; if not, the sink says why. */
function isClaimable(
  name: Name,
  word: "scatter" | "pick",
  claimed: ReadonlyMap<string, Span>,
  surroundings: Surroundings,
): boolean {
  const role = roleNamed(name, surroundings);
  if (role === null) return false;
  const before = claimed.get(name.text);
  if (role.family !== null && before === undefined) return true;
  surroundings.sink.push(
    role.family === null || before === undefined ? nothingToClaim(name, word, role.span) : alreadyClaimed(name, before),
  );
  return false;
}

// ---- do and saga ---------------------------------------------------------------------------------------

function bindDo(tree: DoTree, context: Context): Statement | null {
  const { surroundings, typed } = context;
  const prefix = prefixOf(tree);
  const place = placeOf(tree, context);
  const call = typed.dos.get(tree);
  const otherwise = maybeBlock(tree.otherwise, context);
  if (call === undefined) return null;
  const scope = scopeAt(place, null, typed.names, surroundings);
  const given = bindArguments(tree, call, place, scope, surroundings);
  checkElse(tree, call, isCaught(place), surroundings);
  if (given === null || call.callee === null || call.types === null) return null;
  return {
    kind: "do",
    callee: call.callee,
    types: call.types,
    ...given,
    as: prefix.text,
    otherwise,
    span: tree.span,
    headSpan: { start: tree.span.start, end: headEnd(tree, surroundings.source.text) },
  };
}

/** Behind the closing parenthesis, or the name behind `as`. */
function headEnd(tree: DoTree, text: string): number {
  if (tree.as !== null) return tree.as.span.end;
  const last = tree.arguments.at(-1)?.span ?? tree.choreography.span;
  const close = text.indexOf(")", last.end);
  return close < 0 || close >= tree.span.end ? last.end : close + 1;
}

function bindSaga(tree: SagaTree, context: Context): Statement {
  const { sink, callees } = context.surroundings;
  const before = sink.length;
  const steps = tree.steps.map(({ step, undo }) => ({
    step: context.block(step),
    undo: maybeBlock(undo, context),
  }));
  const otherwise = maybeBlock(tree.otherwise, context);
  const word = { start: tree.span.start, end: tree.span.start + "saga".length };
  if (steps.length === 0) sink.push(sagaWithoutSteps(word));
  // What was left out because of an error might have been what aborts.
  else if (sink.length === before && !steps.some(({ step }) => stepAborts(step, callees)))
    sink.push(sagaNeverAborts(word));
  return { kind: "saga", steps, otherwise, span: tree.span };
}

// ---- places --------------------------------------------------------------------------------------------

/** A way out behind which nothing runs, as it is written; null: another statement. */
function jumpText(statement: StatementTree): string | null {
  switch (statement.kind) {
    case "break":
    case "continue":
      return `${statement.kind} ${statement.loop.text}`;
    case "return":
    case "abort":
    case "fail":
      return statement.kind;
    default:
      return null;
  }
}

/** Where a statement begins, for a message about the whole of it. */
function firstWords(statement: StatementTree): Span {
  const { kind, span } = statement;
  if (kind === "interaction" || kind === "break" || kind === "continue" || kind === "fail") return span;
  return { start: span.start, end: Math.min(span.end, span.start + kind.length) };
}
