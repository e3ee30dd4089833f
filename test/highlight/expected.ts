// What the highlighting has to say about a program, taken from its syntax tree: the kind of every name; every other
// word is a keyword. In: a text that parses. Out: words with their places and the scope that each must have.

import { parse, type Name, type Span } from "@chor/grammar";
import { lex, spanOf } from "../../grammar/src/lex.js";

export interface Expectation {
  readonly start: number;
  readonly text: string;
  /** What the innermost scope begins with; several where more than one is right. */
  readonly scope: readonly string[];
}

const role = ["variable.other.constant.role"];
const artifact = ["entity.name.type.artifact"];
const choreography = ["entity.name.function.choreography"];
const contract = ["entity.name.function.contract"];
const property = ["variable.other.property", "entity.name.function.method"];
const value = ["variable.other.readwrite", "variable.parameter", "support.function"];
const keyword = ["keyword.", "storage.", "constant.language."];

type Node = Readonly<Record<string, unknown>>;

/** Every word of a program, in order. */
export function expectations(text: string): readonly Expectation[] {
  const { tree, diagnostics } = parse({ file: "test.chor", text });
  if (diagnostics.length > 0) throw new Error(`does not parse: ${diagnostics[0]?.message}`);
  const names = new Map<number, readonly string[]>();
  visit(tree as unknown as Node, names);
  return lex(text)
    .tokens.filter(({ image }) => /^[A-Za-z_]/.test(image))
    .map((token) => {
      const { start } = spanOf(token);
      return { start, text: token.image, scope: names.get(start) ?? keyword };
    });
}

/** Notes what the names of one node are; its children come with a stack of their own. */
function visit(root: Node, names: Map<number, readonly string[]>): void {
  const open: Node[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    note(node, (name, scope) => name !== null && name !== undefined && names.set(name.span.start, scope));
    for (const child of Object.values(node).flat()) {
      if (typeof child === "object" && child !== null) open.push(child as Node);
    }
  }
}

function note(
  node: Node,
  is: (name: { readonly span: Span } | null | undefined, scope: readonly string[]) => void,
): void {
  const name = node["name"] as Name | undefined;
  const each = (key: string): readonly Name[] => node[key] as readonly Name[];
  switch (node["kind"]) {
    case "import":
      for (const { name, as } of node["names"] as readonly { readonly name: Name; readonly as: Name | null }[]) {
        is(name, artifact);
        is(as, artifact);
      }
      return;
    case "artifact":
      return is(name, artifact);
    case "contract":
      return is(name, contract);
    case "choreography":
      is(name, choreography);
      for (const parameter of each("typeParameters")) is(parameter, ["entity.name.type.parameter"]);
      return;
    case "named":
      return is(name, /^[A-Z]/.test(name?.text ?? "") ? artifact : ["support.type", ...value]);
    case "role":
      return is(name, role);
    case "choice":
      is(name, ["entity.name.label"]);
      return is(node["at"] as Name | null, role);
    case "loop":
      return is(name, ["entity.name.label"]);
    case "break":
    case "continue":
      return is(node["loop"] as Name, ["entity.name.label"]);
    case "scatter":
      is(node["as"] as Name, value);
      for (const family of each("over")) is(family, role);
      return;
    case "pick":
      is(node["family"] as Name, role);
      is(node["at"] as Name, role);
      return is(node["as"] as Name | null, value);
    case "do":
      is(node["choreography"] as Name, choreography);
      is(node["as"] as Name | null, value);
      for (const argument of each("typeArguments")) is(argument, artifact);
      return;
    case "name":
      return is(name, value);
    case "field":
      return is(node["field"] as Name, property);
    case "is":
    case "asked":
    case "filled":
    case "record":
      // The artifact of a record without parentheses is the message's label, too, and that is what it looks like.
      return is(node["artifact"] as Name | undefined, [...artifact, "entity.name.function.label"]);
    case "function":
      for (const parameter of each("parameters")) is(parameter, value);
      return;
    case "value":
      if (typeof node["name"] === "string") return is(node as unknown as { readonly span: Span }, value);
      return is(name, value);
    default:
      return noteUnnamed(node, is);
  }
}

/** The nodes that are told by what they have, not by a kind. */
function noteUnnamed(node: Node, is: (name: Name | null, scope: readonly string[]) => void): void {
  const name = node["name"] as Name;
  if ("all" in node) is(name, role);
  else if ("optional" in node) is(name, property);
  else if ("collects" in node) is(name, value);
  else if ("label" in node) is(node["label"] as Name, ["entity.name.function.label"]);
  else if ("contract" in node) is(node["contract"] as Name, contract);
  else if ("value" in node && "name" in node) is(name, property);
  else if ("type" in node && "name" in node) is(name, value);
}
