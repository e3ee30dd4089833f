// A choreography: its head, its names, its statements. In: its tree and the names of the file. Out: the bound
// choreography, or null where it has errors.

import type { ChoreographyTree, Diagnostic } from "@chor/grammar";
import { unusedRole, unusedTypeParameter } from "../report/names.js";
import { parameterHides, unusedParameter } from "../report/values.js";
import { withHead } from "./declarations.js";
import { handlerClashes } from "./handlers.js";
import { bindHead, bindTime } from "./head.js";
import type { Choreography, Interaction } from "./program.js";
import { bindBody } from "./statements.js";
import type { Surroundings } from "./surroundings.js";
import { surveyOf } from "./survey.js";
import { expressionsIn, namesInTrees, statementsIn as treesIn } from "./trees.js";
import { usesOf } from "./uses.js";
import { typeNames, type TypedNames } from "./value-names.js";
import { statementsIn } from "./walk.js";

/** What the choreographies of one file share. */
export type FileSurroundings = Omit<Surroundings, "choreography" | "head" | "undeclared">;

/** Takes a choreography's tree, gives what it means; null: it has errors. They and its warnings go to `file.sink`. */
export function bindChoreography(tree: ChoreographyTree, file: FileSurroundings): Choreography | null {
  const found: Diagnostic[] = [];
  const declarations = withHead(tree, file.declarations, found);
  const parameters = new Set(tree.typeParameters.map(({ text }) => text));
  const types = { ...file.types, declarations, parameters, sink: found };
  const head = bindHead(tree, types);
  const choreography = tree.name.text;
  const surroundings = {
    ...file,
    choreography,
    declarations,
    types,
    head,
    undeclared: new Set<string>(),
    sink: found,
  };
  const within = tree.within === null ? null : bindTime(tree.within, head, found);
  const survey = surveyOf(tree.body);
  const typed = typeNames(survey, surroundings);
  const interactions = new Map<number, Interaction>();
  const drafts = new Map(survey.interactions.map((draft) => [draft.tree, draft]));
  const body = bindBody(tree.body, { surroundings, survey, typed, drafts, interactions });
  for (const diagnostic of found) file.sink.push(diagnostic);
  if (found.some(({ severity }) => severity === "error")) return null;
  if (!isWhole(tree, body, interactions.size, survey.interactions.length)) return null;
  const bound: Choreography = {
    name: tree.name.text,
    source: file.source,
    doc: tree.doc,
    typeParameters: head.typeParameters,
    roles: head.roles,
    values: head.values,
    within,
    body,
    interactions: survey.interactions.flatMap(({ index }) => interactions.get(index) ?? []),
    span: tree.span,
    nameSpan: tree.name.span,
  };
  for (const warning of warningsOf(tree, bound, typed)) file.sink.push(warning);
  const clashes = handlerClashes(bound);
  for (const clash of clashes) file.sink.push(clash);
  return clashes.length > 0 ? null : bound;
}

/** Whether nothing was left out: what is broken elsewhere is not told of here again, but leaves gaps. */
function isWhole(tree: ChoreographyTree, body: Choreography["body"], bound: number, interactions: number): boolean {
  if (bound < interactions) return false;
  return treesIn(tree.body).length === statementsIn(body).length;
}

/** What nobody needs, and what hides something. */
function* warningsOf(tree: ChoreographyTree, bound: Choreography, { names }: TypedNames): Generator<Diagnostic> {
  const roles = new Set<string>();
  for (const statement of statementsIn(bound.body)) {
    if (statement.kind === "interaction") {
      roles.add(statement.interaction.from.role);
      for (const { role } of statement.interaction.to) roles.add(role);
    } else if (statement.kind === "do") for (const { role } of statement.roles.flat()) roles.add(role);
  }
  for (const { name, span } of bound.roles) if (!roles.has(name)) yield unusedRole({ text: name, span }, bound.name);
  const uses = usesOf(tree);
  for (const { name } of tree.parameters.filter(({ kind }) => kind === "value"))
    if (!uses.values.has(name.text)) yield unusedParameter(name, bound.name);
  for (const name of tree.typeParameters)
    if (!uses.declarations.has(name.text)) yield unusedTypeParameter(name, bound.name);
  for (const statement of treesIn(tree.body)) {
    for (const parameter of namesInTrees(expressionsIn(statement)).parameters) {
      const hidden = names.firsts.get(parameter.text);
      if (hidden !== undefined) yield parameterHides(parameter, hidden.span);
    }
  }
}
