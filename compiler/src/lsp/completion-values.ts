// What completion offers in expressions: values that are known so far, fields of what stands before a dot, entries of a
// record. In: an open file and the context of the cursor. Out: items.

import { CompletionItemKind } from "vscode-languageserver";
import { parse } from "@chor/grammar";
import type { Probe } from "./builder.js";
import { keywords, roles, symbolsAround, tops } from "./completion-names.js";
import type { Item } from "./completion-names.js";
import type { Context, Wanted } from "./context.js";
import { indexOf } from "./index.js";
import type { Index } from "./index.js";
import { KEYWORDS, METHODS } from "./keywords.js";
import { fieldsOf, shapeOfArtifact, shownShape } from "./shapes.js";
import type { Shape } from "./shapes.js";
import { holds } from "../mends/edits.js";
import type { Open, Workspace } from "./workspace.js";

/** A word that no program has: it stands for what is being typed. */
const PLACEHOLDER = "chorIsTypedHere";

/** Everything that an expression can begin with at the cursor. */
export function expressions(
  workspace: Workspace,
  open: Open,
  context: Context,
  wanted: Extract<Wanted, { kind: "expression" }>,
): readonly Item[] {
  const { index } = typedIndex(workspace, open, context);
  const inFailure = context.frames.some(({ kind }) => kind === "block");
  return [
    ...(wanted.artifacts ? tops(open, "artifact").map((item) => ({ ...item, rank: 1 })) : []),
    ...(wanted.roles ? roles(open, context, false) : []),
    ...values(index, context, open),
    ...keywords(wanted.words),
    ...(inFailure
      ? [{ label: "failure", kind: CompletionItemKind.Variable, doc: KEYWORDS.get("failure") ?? "", rank: 2 }]
      : []),
    {
      label: "digest",
      kind: CompletionItemKind.Function,
      doc: KEYWORDS.get("digest") ?? "",
      snippet: "digest(${1})",
      rank: 2,
    },
    ...["true", "false", "null"].map((label) => ({ label, kind: CompletionItemKind.Constant, rank: 3 })),
  ];
}

/** What has been bound before the cursor, and parameters; in the conditions of an artifact its fields. */
export function values(index: Index, context: Context, { file }: Open): readonly Item[] {
  const at = context.word.start;
  const artifact = file.tree.declarations.find((each) => each.kind === "artifact" && holds(each.span, at));
  const own = artifact === undefined ? null : `${file.uri}#${artifact.name.text}.`;
  return symbolsAround(index, context).flatMap((symbol) => {
    const { kind, name, shape, bindings, span, key } = symbol;
    const field = kind === "field" && own !== null && key.startsWith(own) && !key.slice(own.length).includes(".");
    if (kind !== "value" && kind !== "parameter" && !field) return [];
    const first = bindings[0]?.span.start ?? span.start;
    if (!field && first > at) return [];
    return [{ label: name, kind: CompletionItemKind.Variable, detail: shownShape(shape), doc: symbol.doc, rank: 0 }];
  });
}

/** The fields and methods of what stands before the dot at the cursor. */
export function fields(workspace: Workspace, open: Open, context: Context): readonly Item[] {
  const { of } = typedIndex(workspace, open, context);
  const found = fieldsOf(open.world, of).map(({ name, type, doc, optional }) => ({
    label: name,
    kind: CompletionItemKind.Field,
    detail: `${type}${optional ? " (optional)" : ""}`,
    doc,
    rank: 0,
  }));
  return [...found, ...methodsOf(of)];
}

const TEXT_METHODS = ["length", "startsWith", "endsWith", "includes", "trim", "lower", "upper", "split"];
const LIST_METHODS = ["length", "every", "some", "map", "filter", "includes", "sum", "min", "max", "join"];
const ONE_BY_ONE: ReadonlySet<string> = new Set(["every", "some", "map", "filter"]);
const WITH_VALUE: ReadonlySet<string> = new Set(["startsWith", "endsWith", "includes", "split", "join"]);

function methodsOf(shape: Shape | null): readonly Item[] {
  const names =
    shape === null
      ? [...METHODS.keys()]
      : shape.kind === "list"
        ? LIST_METHODS
        : shape.kind === "map"
          ? ["keys", "length"]
          : shape.kind === "plain" && shape.name !== "failure"
            ? TEXT_METHODS
            : [];
  return names.map((label) => {
    const snippet = ONE_BY_ONE.has(label)
      ? `${label}(\${1:each} => \${2})`
      : WITH_VALUE.has(label)
        ? `${label}(\${1})`
        : label === "length"
          ? label
          : `${label}()`;
    return { label, kind: CompletionItemKind.Method, doc: METHODS.get(label) ?? "", snippet, rank: 1 };
  });
}

/** What a statement may still lack behind its first expression, so that the parser keeps it. */
const ENDINGS = [" { } or { }", " as chorElement over ChorFamily { }"];

/**
 * The names around the cursor as if a word stood there: what is being typed is then whole. Only the declaration around it
 * is read again; blanks in front keep everything in its place.
 */
function typedIndex(
  workspace: Workspace,
  { file }: Open,
  { word }: Context,
): { readonly index: Index; readonly of: Shape | null } {
  const { declarations } = file.tree;
  const before = declarations.filter(({ span }) => span.end < word.start);
  const behind = declarations.filter(({ span }) => span.start > word.end);
  const start = before.at(-1)?.span.end ?? 0;
  const end = behind[0]?.span.start ?? file.text.length;
  const asked: (Shape | null)[] = [];
  const typed = (ending: string): Index => {
    const part = `${file.text.slice(start, word.start)}${PLACEHOLDER}${ending}${file.text.slice(word.end, end)}`;
    const text = " ".repeat(start) + part;
    const { tree } = parse({ file: file.uri, text });
    const whole = { ...file.tree, declarations: [...before, ...tree.declarations, ...behind] };
    // The other declarations are where they were in the file as it is.
    const view = { ...file, tree: { ...whole, span: { start: 0, end: text.length } } };
    const probe: Probe = (field, of) => void (field.text === PLACEHOLDER && asked.push(of));
    return indexOf(workspace, view, { declarations: tree.declarations, probe });
  };
  let index = typed("");
  if (file.text.charAt(word.start - 1) === ".")
    for (const ending of ENDINGS) if (asked.length === 0) index = typed(ending);
  return { index, of: asked[0] ?? null };
}

/** The fields of an artifact that its record does not give yet. */
export function entries(
  workspace: Workspace,
  { file }: Open,
  { artifact, given }: Extract<Wanted, { kind: "entry" }>,
): readonly Item[] {
  return fieldsOf(workspace, shapeOfArtifact(workspace, file, artifact))
    .filter(({ name }) => !given.includes(name))
    .map(({ name, type, doc, optional }) => ({
      label: name,
      kind: CompletionItemKind.Field,
      detail: type,
      doc,
      snippet: `${name}: \${1}`,
      insert: `${name}: `,
      rank: optional ? 1 : 0,
    }));
}
