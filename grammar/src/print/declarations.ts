// A file: imports and declarations. In: the writer, standing at the beginning, and the tree. Out: the doc of the whole.
// Blank lines stay, one at most; around choreographies and behind imports there always is one.

import type { Doc } from "prettier";
import type {
  ArtifactTree,
  ChoreographyTree,
  ConditionTree,
  ContractTree,
  DeclarationTree,
  FileTree,
  ImportTree,
  ParameterTree,
} from "../tree.js";
import { body, listed, type Row } from "./brackets.js";
import { condition } from "./expressions.js";
import { block } from "./statements.js";
import { bound, fields, members, tight, type } from "./types.js";
import type { Writer } from "./writer.js";

/** Everything, in the order of the text: an import that stands too late stays where it is. */
export function file(w: Writer, tree: FileTree): Doc {
  const nodes = [...tree.imports, ...tree.declarations].sort((a, b) => a.span.start - b.span.start);
  const docs: Doc[] = [];
  for (const [i, node] of nodes.entries()) {
    docs.push(
      w.gap(apart(nodes[i - 1], node) ? "paragraph" : "row"),
      w.isIgnored() ? w.verbatim(node.span.end) : declaration(w, node),
    );
  }
  return [docs, w.end()];
}

function apart(before: ImportTree | DeclarationTree | undefined, node: ImportTree | DeclarationTree): boolean {
  if (before === undefined) return false;
  return (
    before.kind === "choreography" ||
    node.kind === "choreography" ||
    (before.kind === "import") !== (node.kind === "import")
  );
}

function declaration(w: Writer, node: ImportTree | DeclarationTree): Doc {
  switch (node.kind) {
    case "import":
      return imported(w, node);
    case "artifact":
      return artifact(w, node);
    case "contract":
      return contract(w, node);
    case "choreography":
      return choreography(w, node);
  }
}

function imported(w: Writer, { names }: ImportTree): Doc {
  const begins = [w.take("import"), w.gap("space")];
  const inside = names.map(({ as }) => () => {
    const name = w.take();
    return as === null ? name : [name, w.token("space", "as"), w.token("space")];
  });
  return [begins, listed(w, ["{", "}"], inside, true), w.token("space", "from"), w.token("space")];
}

function artifact(w: Writer, { open, body: what }: ArtifactTree): Doc {
  const { group, indent } = w.to;
  const opens = open ? [w.take("open"), w.gap("space")] : "";
  const head = [opens, w.take("artifact"), w.token("space")];
  if (what.kind === "record") {
    const rows = [...fields(w, what.fields), ...conditions(w, what.invariants, "where")].sort(
      (a, b) => a.start - b.start,
    );
    return [head, w.gap("join"), body(w, rows, false)];
  }
  const equals = w.token("space", "=");
  if (what.kind !== "alias") return [head, equals, w.token("space"), w.token("space")];
  const { type: named } = what;
  if (named.kind !== "union" || w.pairs.has(named)) return [head, equals, w.gap("space"), type(w, named)];
  return [head, equals, group(indent([w.gap("line"), members(w, named.members)]))];
}

function contract(w: Writer, { parameters, requires }: ContractTree): Doc {
  const head = [w.take("contract"), w.to.indent(w.token("space")), w.gap("none")];
  const values = listed(
    w,
    ["(", ")"],
    parameters.map((each) => () => value(w, each)),
  );
  if (requires === null) return [head, values, w.token("space", "external")];
  return [head, values, w.gap("join"), body(w, conditions(w, requires, "require"), false)];
}

/** `where E` and `require E`; their spans begin behind the word. */
function conditions(w: Writer, nodes: readonly ConditionTree[], word: "where" | "require"): readonly Row[] {
  return nodes.map((node) => ({
    start: w.startBefore(node.span.start),
    set: () => {
      if (w.isIgnored()) return w.verbatim(node.span.end);
      return [w.take(word), w.gap("space"), condition(w, node)];
    },
  }));
}

function choreography(w: Writer, node: ChoreographyTree): Doc {
  const name = [w.take("choreography"), w.token("space")];
  const types = node.typeParameters.map(() => () => w.take());
  const generic = types.length === 0 ? "" : [w.gap("none"), listed(w, ["<", ">"], types)];
  const parameters = [
    w.gap("none"),
    listed(
      w,
      ["(", ")"],
      node.parameters.map((each) => () => parameter(w, each)),
    ),
  ];
  const within = node.within === null ? "" : [w.token("space", "within"), w.token("space")];
  return [name, generic, parameters, within, w.gap("join"), block(w, node.body)];
}

function parameter(w: Writer, node: ParameterTree): Doc {
  if (node.kind === "value") return value(w, node);
  const name = w.take();
  const { family, optional } = node;
  const low = family === null ? "" : [w.token("none", "["), bound(w)];
  const high = family === null || family.high === null ? "" : [w.token("none", ".."), bound(w)];
  const ends = family === null ? "" : tight(w, "]");
  return [name, low, high, ends, optional ? w.token("none", "?") : ""];
}

function value(w: Writer, node: { readonly type: Parameters<typeof type>[1] }): Doc {
  return [w.take(), w.token("none", ":"), w.gap("space"), type(w, node.type)];
}
