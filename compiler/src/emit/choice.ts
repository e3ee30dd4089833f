// What a role's agent answers a choice with: the answer's type, and `choose`, which makes it. In: a handler of a role
// and the names made for it. Out: declarations.

import type { Type } from "../bind/program.js";
import type { LocalSend } from "../project/local.js";
import type { Declaration, MethodDeclaration, Parameter } from "./module.js";
import { member } from "./names.js";
import { isAddressed, isAsked, type Handler } from "./role-model.js";
import { code, docs, interactionDocs, quote } from "./text.js";

/** A handler and the types that are made for it; the last two only for a choice. */
export interface NamedHandler {
  readonly handler: Handler;
  readonly known: string;
  readonly answer: string;
  readonly chooses: string;
}

/** The declarations of a choice; none for other handlers. `role` is whose, `type` how types are written. */
export function choiceDeclarations({ handler, answer, chooses }: NamedHandler, writer: TypeWriter): Declaration[] {
  if (handler.kind !== "choice") return [];
  const { sends } = handler;
  const { role, type } = writer;
  const answers = sends.map((send) => {
    const to = isAddressed(sends, send.label) ? ` readonly to: ${quote(send.to)};` : "";
    const payload = isAsked(send) && send.payload !== null ? ` readonly payload: ${type(send.payload)};` : "";
    return `{ readonly label: ${quote(send.label)};${to}${payload} }`;
  });
  const labels = [...new Set(sends.map(({ label }) => label))];
  return [
    {
      kind: "alias",
      name: answer,
      type: answers.join(" | "),
      docs: docs(`The answer of \`${role}\` to ${code(member(handler.name))}.`),
    },
    {
      kind: "interface",
      name: chooses,
      docs: docs(`Makes the answer to ${code(member(handler.name))}: \`ctx.choose\`.`),
      properties: [],
      methods: labels.flatMap((label) => chooseMethods(label, sends, answer, writer)),
    },
  ];
}

/** One method for a label; one more for each other payload that it carries to somebody else. */
function chooseMethods(
  label: string,
  all: readonly LocalSend[],
  answer: string,
  { type }: TypeWriter,
): MethodDeclaration[] {
  const sends = all.filter((send) => send.label === label);
  const byPayload = new Map<string, LocalSend[]>();
  for (const send of sends) {
    const key = isAsked(send) && send.payload !== null ? type(send.payload) : "";
    byPayload.set(key, [...(byPayload.get(key) ?? []), send]);
  }
  return [...byPayload].map(([payload, alike]) => {
    const to: Parameter[] =
      sends.length > 1 ? [{ name: "to", type: alike.map((send) => quote(send.to)).join(" | ") }] : [];
    const [first] = alike;
    const asked: Parameter[] =
      payload === "" ? [] : [{ name: payloadName(first?.binds ?? null, "payload", ["to"]), type: payload }];
    return {
      name: label,
      parameters: [...to, ...asked],
      returns: answer,
      docs: interactionDocs([...new Set(alike.flatMap(({ interactions }) => interactions))]),
    };
  });
}

/** The parameter for a payload, called as it is known; `beside` are the other parameters. */
export function payloadName(binds: string | null, nothing: string, beside: readonly string[]): string {
  const name = member(binds ?? nothing);
  return beside.includes(name) ? `${name}$` : name;
}

/** How the file of a role writes types. */
export interface TypeWriter {
  readonly role: string;
  type(type: Type): string;
}
