// A choreography: its head, its statements, its choices and loops. In: its tree and the names of the file.
// Out: the bound choreography, or null where it has errors, and the artifacts that it names.

import { nearest } from "@chor/grammar";
import type {
  BlockTree,
  ChoiceTree,
  ChoreographyTree,
  Diagnostic,
  InteractionTree,
  LoopTree,
  Name,
  Source,
  Span,
  StatementTree,
} from "@chor/grammar";
import { behindJump, choiceNeedsName, elseWithoutMax, roundsOutOfRange, tooFewRoles } from "../report/choreography.js";
import { loopTaken, unknownLoop, unknownRole, unusedRole } from "../report/names.js";
import { unsupported } from "../report/unsupported.js";
import { rolesOf, type Declarations } from "./declarations.js";
import { handlerClashes } from "./handlers.js";
import { bindInteractions } from "./interactions.js";
import { ROUNDS_LIMIT } from "./limits.js";
import { joinedLabels } from "./names.js";
import type { Artifact, Block, Choreography, Interaction, Statement } from "./program.js";
import { interactionsOf } from "./statements.js";
import type { Surroundings } from "./surroundings.js";

export interface BoundChoreography {
  /** null: it has errors, or an artifact whose fields it needs has. */
  readonly choreography: Choreography | null;
  /** Artifacts that its messages name. */
  readonly used: ReadonlySet<string>;
}

/** Takes a choreography's tree, gives what it means; its errors and warnings go to `sink`. */
export function bindChoreography(
  tree: ChoreographyTree,
  source: Source,
  declarations: Declarations,
  artifacts: ReadonlyMap<string, Artifact | null>,
  sink: Diagnostic[],
): BoundChoreography {
  const errors: Diagnostic[] = [];
  refuseHead(tree, errors);
  const roles = rolesOf(tree, declarations, errors);
  if (
    roles.names.length < 2 &&
    !tree.parameters.some((parameter) => parameter.kind === "role" && parameter.family !== null)
  ) {
    errors.push(tooFewRoles(tree.name, roles.names.length));
  }
  const surroundings: Surroundings = {
    source,
    choreography: tree.name.text,
    declarations: withTypeParameters(tree, declarations),
    artifacts,
    roles,
    sink: errors,
  };
  const found = interactionsOf(tree.body, errors);
  const { byTree, used } = bindInteractions(found, surroundings);
  const body = bindBlock(tree.body, [], { surroundings, byTree });
  for (const error of errors) sink.push(error);
  if (errors.length > 0 || byTree.size < found.interactions.length) return { choreography: null, used };
  const interactions = found.interactions.flatMap((interaction) => byTree.get(interaction) ?? []);
  const choreography: Choreography = {
    name: tree.name.text,
    doc: tree.doc,
    roles: roles.names,
    body,
    interactions,
    span: tree.span,
  };
  const clashes = handlerClashes(choreography);
  const senders = new Set(interactions.map(({ from }) => from));
  const receivers = new Set(interactions.flatMap(({ to }) => to));
  for (const [role, name] of roles.byName)
    if (!senders.has(role) && !receivers.has(role)) sink.push(unusedRole(name, tree.name.text));
  for (const clash of clashes) sink.push(clash);
  return { choreography: clashes.length > 0 ? null : choreography, used };
}

/** What the head has beside plain roles. */
function refuseHead(tree: ChoreographyTree, errors: Diagnostic[]): void {
  const [typeParameter] = tree.typeParameters;
  if (typeParameter !== undefined) errors.push(unsupported("typeParameter", typeParameter.span));
  if (tree.within !== null) errors.push(unsupported("within", tree.within.span));
  for (const parameter of tree.parameters) {
    if (parameter.kind === "value") errors.push(unsupported("valueParameter", parameter.span, parameter.name.text));
    else if (parameter.family !== null) errors.push(unsupported("family", parameter.span, parameter.name.text));
    else if (parameter.optional) errors.push(unsupported("optionalRole", parameter.span, parameter.name.text));
  }
}

/** Type parameters are told of in the head; a message of such a type is no error of its own. */
function withTypeParameters(tree: ChoreographyTree, declarations: Declarations): Declarations {
  if (tree.typeParameters.length === 0) return declarations;
  const byName = new Map(declarations.byName);
  for (const name of tree.typeParameters) byName.set(name.text, { name, kind: "imported name" });
  return { ...declarations, byName };
}

// ---- statements ----------------------------------------------------------------------------------------

interface Context {
  readonly surroundings: Surroundings;
  readonly byTree: ReadonlyMap<InteractionTree, Interaction>;
}

/** `loops`: those around the block, outermost first. Recursive over nesting, which the parser bounds. */
function bindBlock(tree: BlockTree, loops: readonly Name[], context: Context): Block {
  const statements: Statement[] = [];
  let before: StatementTree | null = null;
  let told = false;
  for (const statement of tree.statements) {
    if (!told && (before?.kind === "break" || before?.kind === "continue")) {
      context.surroundings.sink.push(
        behindJump(firstWords(statement), `${before.kind} ${before.loop.text}`, before.span),
      );
      told = true;
    }
    before = statement;
    const bound = bindStatement(statement, loops, context);
    if (bound !== null) statements.push(bound);
  }
  return { statements, span: tree.span };
}

function bindStatement(tree: StatementTree, loops: readonly Name[], context: Context): Statement | null {
  switch (tree.kind) {
    case "interaction": {
      const interaction = context.byTree.get(tree);
      return interaction === undefined ? null : { kind: "interaction", interaction, span: tree.span };
    }
    case "choice":
      return bindChoice(tree, loops, context);
    case "loop":
      return bindLoop(tree, loops, context);
    case "break":
    case "continue": {
      const names = loops.map(({ text }) => text);
      if (!names.includes(tree.loop.text)) {
        context.surroundings.sink.push(
          unknownLoop(tree.loop, tree.kind, names.toReversed(), nearest(tree.loop.text, names)),
        );
      }
      return { kind: tree.kind, loop: tree.loop.text, span: tree.span };
    }
    default:
      return null;
  }
}

function bindChoice(tree: ChoiceTree, loops: readonly Name[], context: Context): Statement | null {
  const { sink, roles, choreography } = context.surroundings;
  if (tree.at !== null && !roles.byName.has(tree.at.text)) {
    sink.push(unknownRole(tree.at, choreography, roles.names, nearest(tree.at.text, roles.names)));
  }
  const branches = tree.branches.map(({ body }) => bindBlock(body, loops, context));
  const headSpan = {
    start: tree.span.start,
    end: (tree.at ?? tree.name)?.span.end ?? tree.span.start + "choice".length,
  };
  const name = tree.name?.text ?? joinedLabels(tree.branches.flatMap(({ body }) => firstLabel(body) ?? []));
  if (tree.at === null) return null;
  if (name === "") sink.push(choiceNeedsName(headSpan));
  return { kind: "choice", doc: tree.doc, name, at: tree.at.text, branches, span: tree.span, headSpan };
}

/** The label of the first message that stands in a block, whatever choices and loops it is inside of. */
function firstLabel(block: BlockTree): string | null {
  const [first] = block.statements;
  if (first?.kind === "interaction") return first.message.label.text;
  if (first?.kind === "loop") return firstLabel(first.body);
  if (first?.kind === "choice") return first.branches[0] === undefined ? null : firstLabel(first.branches[0].body);
  return null;
}

function bindLoop(tree: LoopTree, loops: readonly Name[], context: Context): Statement {
  const { sink } = context.surroundings;
  const { name, max } = tree;
  const outer = loops.find(({ text }) => text === name.text);
  if (outer !== undefined) sink.push(loopTaken(name, outer.span));
  if (max?.kind === "value") sink.push(unsupported("bound", max.span));
  const rounds = max?.kind === "number" ? max.value : null;
  if (max !== null && rounds !== null && !(Number.isInteger(rounds) && rounds >= 1 && rounds <= ROUNDS_LIMIT)) {
    sink.push(roundsOutOfRange(name.text, ROUNDS_LIMIT, max.span));
  }
  if (tree.otherwise !== null && max === null) {
    sink.push(elseWithoutMax(name.text, { start: tree.otherwise.span.start, end: tree.otherwise.span.start + 1 }));
  }
  const body = bindBlock(tree.body, [...loops, name], context);
  const otherwise = tree.otherwise === null ? null : bindBlock(tree.otherwise, loops, context);
  const headSpan = { start: tree.span.start, end: (max ?? name).span.end };
  return { kind: "loop", name: name.text, max: rounds, body, otherwise, span: tree.span, headSpan };
}

/** Where a statement begins, for a message about the whole of it. */
function firstWords(statement: StatementTree): Span {
  switch (statement.kind) {
    case "interaction":
    case "break":
    case "continue":
      return statement.span;
    default:
      return {
        start: statement.span.start,
        end: Math.min(statement.span.end, statement.span.start + statement.kind.length),
      };
  }
}
