// The line of stages as one function: text, tree, program, and for every choreography knowledge, core, form, global
// automaton, observations, coherence, local automata. In: a source, and what it imports. Out: what every stage has
// made of it, and all diagnostics. Look here first.

import { parse } from "@chor/grammar";
import type { Diagnostic, Parsed, Source } from "@chor/grammar";
import { armsCoherence } from "./arms/arms.js";
import { globalAutomaton } from "./automaton/build.js";
import { formOf } from "./automaton/form.js";
import type { GlobalAutomaton } from "./automaton/global.js";
import { observe } from "./automaton/observe.js";
import type { Observation } from "./automaton/observe.js";
import { bind } from "./bind/bind.js";
import type { Choreography, Program } from "./bind/program.js";
import { sizesOf, smallerSizes, type Sizes } from "./carried/sizes.js";
import { coherence } from "./coherence/coherent.js";
import { circleOfOptional, leavingOf } from "./coherence/leaving.js";
import type { Core } from "./core/core.js";
import { desugar } from "./core/desugar.js";
import { hasArms, hasFail } from "./core/holds.js";
import { callsOf, tooLarge } from "./core/measure.js";
import { followersOf, knowledge } from "./knowledge/knowledge.js";
import { reachingOf } from "./knowledge/reaching.js";
import { lostBySyntax } from "./lost.js";
import type { LocalAutomaton } from "./project/local.js";
import { project } from "./project/project.js";
import { neverLeaving, withSizes } from "./report/sizes.js";

export interface Checked {
  readonly program: Program;
  /** Every choreography of the program, in the order of the source. */
  readonly choreographies: readonly CheckedChoreography[];
  /** Of all stages, sorted by place. The source is accepted if none is an error. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface CheckedChoreography {
  readonly choreography: Choreography;
  /** null: it would be too large, and nothing behind it was made. */
  readonly core: Core | null;
  /** null: its form is wrong, or code cannot be generated for it yet, and nothing behind it was made. */
  readonly automaton: GlobalAutomaton | null;
  /** One for each role, in the order of `core.roles`. */
  readonly observations: readonly Observation[];
  /** One for each role; empty where the choreography has errors, or code cannot be generated for it yet. */
  readonly locals: readonly LocalAutomaton[];
}

export interface CheckOptions {
  /** The bound programs that the source imports, by specifier as written; null: it could not be loaded, which is told already. */
  readonly imports?: ReadonlyMap<string, Program | null>;
  /** What `parse` has made of the source, where it is there already. */
  readonly parsed?: Parsed;
}

/** Checks one source. Every choreography is checked for itself: an error in one does not silence another. Never throws. */
export function check(source: Source, options: CheckOptions = {}): Checked {
  const parsed = options.parsed ?? parse(source);
  const bound = bind(source, parsed.tree, options.imports ?? new Map());
  const lost = lostBySyntax(source, parsed);
  // What the parser had to leave out of a choreography would be missed by every stage behind it.
  const whole = bound.program.choreographies.filter(({ span }) => !lost.touches(span));
  const checked = whole.map(checkChoreography);
  const wrong = new Set(checked.filter(({ diagnostics }) => diagnostics.some(isError)).map(({ name }) => name));
  const diagnostics = [
    ...parsed.diagnostics,
    ...bound.diagnostics.filter((each) => !lost.explains(each)),
    ...checked.flatMap((each) => (callsWrong(each, wrong) ? each.own : each.diagnostics)),
  ];
  return {
    program: bound.program,
    choreographies: checked.map((each) => each.result),
    diagnostics: inOrder(diagnostics),
  };
}

interface CheckedOne {
  readonly name: string;
  readonly result: CheckedChoreography;
  readonly diagnostics: readonly Diagnostic[];
  /** Those that do not depend on what it calls. */
  readonly own: readonly Diagnostic[];
}

/** An error in what is put in would come again from wherever it is called. */
function callsWrong({ result: { choreography } }: CheckedOne, wrong: ReadonlySet<string>): boolean {
  const { file } = choreography.source;
  return [...callsOf(choreography)].some(({ name, source }) => source.file === file && wrong.has(name));
}

function checkChoreography(choreography: Choreography): CheckedOne {
  const { name } = choreography;
  const own = knowledge(choreography);
  const nothing = { choreography, core: null, automaton: null, observations: [], locals: [] };
  const large = tooLarge(choreography);
  if (large !== null) return { name, result: nothing, diagnostics: [...own, large], own };
  const sizes = sizesOf(choreography);
  const core = coreOf(choreography, sizes[0]);
  if (isWritten(core)) {
    const { result, diagnostics } = projected(choreography, core, own);
    return { name, result, diagnostics, own };
  }
  return { name, result: { ...nothing, core }, diagnostics: [...own, ...verdictOf(choreography, sizes)], own };
}

function coreOf(choreography: Choreography, sizes: Sizes | undefined): Core {
  return desugar(choreography, { ...sizes?.options, knowers: followersOf });
}

/** Whether local automata can be made of a core: its roles are plain ones, and nobody fails. */
function isWritten(core: Core): boolean {
  return (
    core.roles.every(({ kind, member }) => kind === "plain" && member === null) && !hasArms(core) && !hasFail(core)
  );
}

/** What is carried as far as local automata. */
function projected(
  choreography: Choreography,
  core: Core,
  own: readonly Diagnostic[],
): { readonly result: CheckedChoreography; readonly diagnostics: readonly Diagnostic[] } {
  const built = globalAutomaton(core);
  const { automaton } = built;
  if (automaton === null) {
    const result = { choreography, core, automaton: null, observations: [], locals: [] };
    return { result, diagnostics: [...own, ...built.diagnostics] };
  }
  const observations = core.roles.map((_, role) => observe(automaton, role));
  const seen = observations.filter((observation) => observation.diagnostics.length === 0);
  const known = reachingOf(automaton);
  const found = [
    ...own,
    ...built.diagnostics,
    ...observations.flatMap((observation) => observation.diagnostics),
    ...coherence(automaton, seen),
    ...known.diagnostics,
  ];
  const checked = { choreography, core, automaton, observations };
  if (found.some(isError)) return { result: { ...checked, locals: [] }, diagnostics: found };
  const parts = observations.map((observation) => project(automaton, observation, known.reaching.knows));
  const all = [...found, ...parts.flatMap((each) => each.diagnostics)];
  const locals = all.some(isError) ? [] : parts.map((each) => each.local);
  return { result: { ...checked, locals }, diagnostics: all };
}

/** Whether it is right with every size: what is wrong with the smallest with which something is, or warnings. */
function verdictOf(choreography: Choreography, sizes: readonly Sizes[]): readonly Diagnostic[] {
  let warnings: readonly Diagnostic[] = [];
  for (const one of sizes) {
    const verdict = verdictAt(choreography, one);
    if (verdict.form.some(isError)) return verdict.form;
    if (verdict.found.some(isError)) return smallestWrong(choreography, verdict);
    if (one === sizes[0]) warnings = verdict.form;
  }
  return warnings;
}

interface Verdict {
  readonly sizes: Sizes;
  readonly form: readonly Diagnostic[];
  readonly found: readonly Diagnostic[];
}

function verdictAt(choreography: Choreography, sizes: Sizes): Verdict {
  return { sizes, ...verdictWith(choreography, coreOf(choreography, sizes)) };
}

/** What is told of sizes with which it is wrong: families are made smaller for as long as it stays so. */
function smallestWrong(choreography: Choreography, wrong: Verdict): readonly Diagnostic[] {
  for (const sizes of smallerSizes(choreography, wrong.sizes)) {
    const verdict = verdictAt(choreography, sizes);
    if (!verdict.form.some(isError) && verdict.found.some(isError)) return smallestWrong(choreography, verdict);
  }
  return [...wrong.form, ...withSizes(wrong.found, choreography, wrong.sizes.members)];
}

function verdictWith(
  choreography: Choreography,
  core: Core,
): { readonly form: readonly Diagnostic[]; readonly found: readonly Diagnostic[] } {
  if (hasArms(core)) {
    const form = formOf(core).diagnostics;
    if (form.some(isError)) return { form, found: [] };
    const checked = armsCoherence(core);
    return {
      form,
      found: [...checked.diagnostics.filter(isError), ...leavingTold(checked.circle, core, choreography)],
    };
  }
  const built = globalAutomaton(core);
  const { automaton } = built;
  if (automaton === null) return { form: built.diagnostics, found: [] };
  const observations = core.roles.map((_, role) => observe(automaton, role));
  const seen = observations.filter((observation) => observation.diagnostics.length === 0);
  const large = observations.flatMap(({ diagnostics }) => diagnostics);
  const circle = circleOfOptional(leavingOf(automaton, seen));
  const found = [...large, ...coherence(automaton, seen), ...leavingTold(circle, core, choreography)];
  return { form: built.diagnostics, found };
}

function leavingTold(
  circle: readonly number[] | null,
  { roles }: Core,
  choreography: Choreography,
): readonly Diagnostic[] {
  if (circle === null) return [];
  const names = circle.map((role) => roles[role]?.name ?? "");
  return [neverLeaving(names, choreography)];
}

function isError({ severity }: Diagnostic): boolean {
  return severity === "error";
}

/** By place, errors before warnings; what two stages say in the same words is said once. */
export function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const said = new Set<string>();
  return diagnostics
    .filter(({ code, span, message }) => {
      const key = `${code} ${span.start} ${span.end} ${message}`;
      return !said.has(key) && said.add(key);
    })
    .toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end || rank(a) - rank(b));
}

function rank({ severity }: Diagnostic): number {
  return severity === "error" ? 0 : 1;
}
