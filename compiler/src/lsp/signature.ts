// What goes into the brackets at the cursor: the parameters of a contract in a gate, of a choreography in a `do`, of a
// method. In: an open file and an offset. Out: a signature and which parameter is being written, or null.

import type { SignatureHelp } from "vscode-languageserver";
import { contextAt } from "./context.js";
import { declared } from "./files.js";
import { METHODS } from "./keywords.js";
import type { Open } from "./workspace.js";

/** Takes an open file and an offset; gives the signature of what is called there, null if nothing is. */
export function signatureHelp({ file, world }: Open, offset: number): SignatureHelp | null {
  const { frames } = contextAt(file.text, offset);
  const frame = frames.findLast(({ kind }) => kind === "call" || kind === "arguments");
  if (frame === undefined) return null;
  // In `do Agree<Api>(` the word before the bracket is a type argument.
  const around = frames[frames.indexOf(frame) - 1];
  const owner = frame.kind === "arguments" ? (around?.items[1]?.text ?? frame.owner) : frame.owner;
  const found = declared(world, file, owner);
  if (found === null || found.tree.kind === "artifact") return frame.kind === "call" ? methodHelp(owner) : null;
  const { tree } = found;
  const parameters = tree.parameters.map(({ span }) => found.file.text.slice(span.start, span.end));
  const types = tree.kind === "choreography" && tree.typeParameters.length > 0;
  const generic = types ? `<${tree.typeParameters.map(({ text }) => text).join(", ")}>` : "";
  return {
    signatures: [
      {
        label: `${tree.name.text}${generic}(${parameters.join(", ")})`,
        ...(tree.doc === "" ? {} : { documentation: { kind: "markdown" as const, value: tree.doc } }),
        parameters: parameters.map((label) => ({ label })),
      },
    ],
    activeSignature: 0,
    activeParameter: Math.min(frame.commas, Math.max(0, parameters.length - 1)),
  };
}

function methodHelp(name: string): SignatureHelp | null {
  const said = name === "digest" ? "The SHA-256 of the canonical JSON." : METHODS.get(name);
  if (said === undefined || name === "length") return null;
  const parameter = ["every", "some", "map", "filter"].includes(name) ? "each => …" : "value";
  return {
    signatures: [
      {
        label: `${name}(${parameter})`,
        documentation: { kind: "markdown", value: said },
        parameters: [{ label: parameter }],
      },
    ],
    activeSignature: 0,
    activeParameter: 0,
  };
}
