// A diagram of a source in one call: what to draw, of which choreography, in which language. In: a source and a wish.
// Out: the text of the diagram, or why there is none. `svg` and the role's automaton are loaded when they are asked for.

import { nearest, parse } from "@chor/grammar";
import type { ChoreographyTree, Diagnostic, FileTree, Source } from "@chor/grammar";
import { statementsIn } from "../bind/trees.js";
import { automatonOf, talksOf } from "./graph.js";
import type { Graph } from "./graph.js";
import { mermaidGraph, mermaidSequence } from "./mermaid.js";
import { sequenceOf } from "./sequence.js";

export interface Wish {
  /** `sequence`: the whole choreography; `talks`: who talks with whom; `role`: the automaton of one role. */
  readonly kind: "sequence" | "talks" | "role";
  readonly as: "mermaid" | "svg";
  /** null: the only one, or the only one that no other one calls. */
  readonly choreography: string | null;
  /** Of `kind: "role"`. */
  readonly role: string | null;
}

export type Drawn =
  | { readonly kind: "drawn"; readonly text: string }
  /** The wish names what there is not. */
  | { readonly kind: "wrong"; readonly message: string; readonly hint: string }
  /** The source has errors that leave nothing to draw. */
  | { readonly kind: "refused"; readonly diagnostics: readonly Diagnostic[] };

/**
 * Draws. A sequence and who talks with whom need a source that parses; the automaton of a role one that is accepted.
 */
export async function draw(source: Source, wish: Wish): Promise<Drawn> {
  const { tree, diagnostics } = parse(source);
  if (diagnostics.some(({ severity }) => severity === "error")) return { kind: "refused", diagnostics };
  const chosen = choose(tree, wish.choreography);
  if ("message" in chosen) return { kind: "wrong", ...chosen };
  switch (wish.kind) {
    case "sequence": {
      const sequence = sequenceOf(chosen, source);
      if (wish.as === "mermaid") return drawn(mermaidSequence(sequence));
      return drawn((await import("./svg-sequence.js")).svgSequence(sequence));
    }
    case "talks":
      return drawn(await graphText(talksOf(chosen, source), wish.as));
    case "role":
      return drawRole(source, chosen, wish);
  }
}

async function drawRole(source: Source, { name }: ChoreographyTree, wish: Wish): Promise<Drawn> {
  const { check } = await import("../check.js");
  const { unwrittenIn } = await import("../carried/written.js");
  const { program, choreographies, diagnostics } = check(source);
  const checked = choreographies.find(({ choreography }) => choreography.name === name.text);
  if (checked === undefined || checked.locals.length === 0) {
    // What is proved but has no automata yet is what generated code does not carry.
    const isProved = diagnostics.every(({ severity }) => severity !== "error");
    return { kind: "refused", diagnostics: isProved ? unwrittenIn(program) : diagnostics };
  }
  const roles = checked.locals.map(({ role }) => role);
  const local = checked.locals.find(({ role }) => role === wish.role);
  if (local !== undefined) return drawn(await graphText(automatonOf(name.text, local), wish.as));
  return {
    kind: "wrong",
    message: wish.role === null ? "no role is named" : `\`${name.text}\` has no role \`${wish.role}\``,
    hint: choiceOf(wish.role, roles, "role"),
  };
}

async function graphText(graph: Graph, as: Wish["as"]): Promise<string> {
  return as === "mermaid" ? mermaidGraph(graph) : (await import("./svg-graph.js")).svgGraph(graph);
}

function drawn(text: string): Drawn {
  return { kind: "drawn", text };
}

/** The choreography that is meant. */
function choose(
  tree: FileTree,
  wanted: string | null,
): ChoreographyTree | { readonly message: string; readonly hint: string } {
  const all = tree.declarations.filter((each) => each.kind === "choreography");
  const names = all.map(({ name }) => name.text);
  if (all.length === 0) return { message: "there is no choreography in this file", hint: "name a file that has one" };
  if (wanted !== null) {
    const found = all.find(({ name }) => name.text === wanted);
    return (
      found ?? { message: `there is no choreography \`${wanted}\``, hint: choiceOf(wanted, names, "choreography") }
    );
  }
  const called = calledIn(all);
  const free = all.filter(({ name }) => !called.has(name.text));
  const [only, another] = free.length > 0 ? free : all;
  if (only !== undefined && another === undefined) return only;
  return { message: "this file has several choreographies", hint: choiceOf(null, names, "choreography") };
}

function choiceOf(wanted: string | null, names: readonly string[], option: string): string {
  const close = wanted === null ? null : nearest(wanted, names);
  if (close !== null) return `did you mean \`${close}\`?`;
  return `say \`--${option} NAME\`: ${names.map((name) => `\`${name}\``).join(", ")}`;
}

/** The names of all choreographies that another one of the file runs as a part of it. */
function calledIn(all: readonly ChoreographyTree[]): ReadonlySet<string> {
  return new Set(
    all
      .flatMap(({ body }) => statementsIn(body))
      .flatMap((statement) => (statement.kind === "do" ? [statement.choreography.text] : [])),
  );
}
