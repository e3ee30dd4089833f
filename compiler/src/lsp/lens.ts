// What can be done with a choreography, above its head. In: an open file. Out: lenses with commands that the client runs:
// `chor.diagram` (URI, choreography) and `chor.endpoint` (URI, choreography, role).

import type { CodeLens } from "vscode-languageserver";
import { rangeOf } from "./text.js";
import type { Open } from "./workspace.js";

/** Takes the URI as the client spells it and an open file; gives the lenses of its choreographies. */
export function codeLenses(uri: string, { file, text }: Open): CodeLens[] {
  return file.tree.declarations.flatMap((tree): CodeLens[] => {
    if (tree.kind !== "choreography") return [];
    const range = rangeOf(text, tree.name.span);
    const name = tree.name.text;
    const endpoints = tree.parameters.flatMap((parameter): CodeLens[] => {
      if (parameter.kind !== "role") return [];
      const title = `open ${parameter.name.text}`;
      return [{ range, command: { title, command: "chor.endpoint", arguments: [uri, name, parameter.name.text] } }];
    });
    return [{ range, command: { title: "diagram", command: "chor.diagram", arguments: [uri, name] } }, ...endpoints];
  });
}
