// The file of one role. In: its local automaton, and how the artifacts are called. Out: the module, and what
// `index.ts` has to know of it.

import { payloadType } from "../core/message.js";
import type { Choreography, Type } from "../bind/program.js";
import type { Known, LocalAutomaton } from "../project/local.js";
import type { ArtifactsModule } from "./artifacts.js";
import { choiceDeclarations, payloadName, type NamedHandler, type TypeWriter } from "./choice.js";
import { machineParts } from "./machine.js";
import type { Declaration, PropertyDeclaration } from "./module.js";
import { member, upper, type Scope } from "./names.js";
import { roleModel, type Handler, type Heard, type RoleModel } from "./role-model.js";
import { code, docs, interactionDocs, onLines, quote } from "./text.js";
import { typeText } from "./types.js";
import { inWords } from "../report/words.js";

/** The file of a role, and what `index.ts` needs of it. */
export interface RoleModule {
  readonly role: string;
  readonly names: RoleNames;
  /** Whether the agent has to answer anything. */
  readonly decides: boolean;
  readonly declarations: readonly Declaration[];
}

/** What the file of a role exports, in so far as others use it. */
export interface RoleNames {
  /** The constant. */
  readonly role: string;
  readonly agent: string;
  readonly hears: string;
  readonly end: string;
  readonly ctx: string;
  readonly heard: string;
  readonly message: string;
}

/** What a role is part of. */
export interface RoleContext {
  readonly choreography: Choreography;
  readonly artifacts: ArtifactsModule;
  /** Of the whole choreography: its index exports what its roles export. */
  readonly scope: Scope;
  /** The role's constant. */
  readonly name: string;
}

/** The module of a role, in the order in which a person asks. */
export function roleModule(local: LocalAutomaton, context: RoleContext): RoleModule {
  const { choreography, artifacts, scope, name } = context;
  const model = roleModel(local);
  const claim = (suffix: string): string => scope.claim(`${local.role}${suffix}`);
  const names: RoleNames = {
    role: name,
    agent: claim("Agent"),
    hears: claim("Hears"),
    end: claim("KnownAtEnd"),
    ctx: claim("Ctx"),
    heard: claim("Heard"),
    message: claim("Message"),
  };
  const handlers = model.handlers.map((handler) => named(handler, claim));
  const writer: Writer = { role: local.role, names, type: (type) => typeText(type, artifacts.names) };
  const inside = scope.child();
  const machine = inside.claim("machine");
  const { table, functions } = machineParts(local, model, {
    choreography: choreography.name,
    names: artifacts.names,
    schemaOf: (interaction) => artifacts.schemaOf(choreography.name, interaction),
    typeOf: (known) => typeBoundTo(known, choreography),
    scope: inside,
  });
  return {
    role: local.role,
    names,
    decides: handlers.some(({ handler }) => handler.kind !== "forced"),
    declarations: [
      agentInterface(handlers, model, writer),
      ...hearsInterface(model, writer),
      ...handlers.flatMap((handler) => choiceDeclarations(handler, writer)),
      ...handlers.map((handler) =>
        knownType(
          handler.known,
          `What \`${local.role}\` knows when it decides ${code(member(handler.handler.name))}.`,
          handler.handler.knows,
          writer,
        ),
      ),
      knownType(names.end, `What \`${local.role}\` knows in the end.`, model.endKnows, writer),
      ...contextTypes(handlers, model, writer),
      messageType(model, writer),
      {
        kind: "const",
        name: machine,
        type: "chor.Machine",
        value: table,
        exported: false,
        docs: docs("What the monitor allows, by number of state: the protocol above as a table."),
      },
      ...functions,
      {
        kind: "const",
        name,
        type: `chor.Role<${names.agent}>`,
        value: `/* @__PURE__ */ chor.role(${machine})`,
        exported: true,
        docs: docs(`The role \`${local.role}\`, to be played by a \`${names.agent}\`.`),
      },
    ],
  };
}

/** A name has one type, whoever binds it. */
function typeBoundTo(name: string, { interactions }: Choreography): Type | null {
  const bound = interactions.find(({ binds }) => binds === name);
  return bound === undefined ? null : payloadType(bound);
}

interface Writer extends TypeWriter {
  readonly names: RoleNames;
}

function named(handler: Handler, claim: (suffix: string) => string): NamedHandler {
  const name = upper(handler.name);
  const isChoice = handler.kind === "choice";
  return {
    handler,
    known: claim(`KnownAt${name}`),
    answer: isChoice ? claim(name) : "",
    chooses: isChoice ? claim(`Chooses${name}`) : "",
  };
}

// ---- the agent -----------------------------------------------------------------------------------------

function agentInterface(handlers: readonly NamedHandler[], model: RoleModel, writer: Writer): Declaration {
  const { role, names } = writer;
  const properties = handlers.map((handler) => handlerProperty(handler, writer));
  if (model.heard.length > 0) properties.push({ name: "on", type: names.hears, optional: true, docs: [] });
  return {
    kind: "interface",
    name: names.agent,
    docs: docs(`What \`${role}\` decides, and what it may want to hear of.`),
    properties,
  };
}

function handlerProperty(
  { handler, known, answer, chooses }: NamedHandler,
  { role, names, type }: Writer,
): PropertyDeclaration {
  const source = handler.interactions.map(({ text }) => code(text)).join(", ");
  const property = (result: string, ctx: string): string => `(known: ${known}, ctx: ${ctx}) => chor.Answer<${result}>`;
  const name = member(handler.name);
  const doc = onLines(handler.doc);
  switch (handler.kind) {
    case "choice": {
      const labels = [...new Set(handler.sends.map(({ label }) => label))].map((label) => `\`ctx.choose.${label}\``);
      return {
        name,
        type: property(answer, `${names.ctx}<${answer}, ${chooses}>`),
        optional: false,
        docs: docs(code(`choice ${handler.name} at ${role}`), doc, `Answer with ${inWords(labels, "or")}.`),
      };
    }
    case "payload": {
      const payload = handler.sends[0]?.payload ?? null;
      const result = payload === null ? "void" : type(payload);
      return { name, type: property(result, `${names.ctx}<${result}>`), optional: false, docs: docs(source, doc) };
    }
    case "forced": {
      const rule = "Sent without asking; work that must be done before goes here.";
      const paragraphs = doc === "" ? [`${source}. ${rule}`] : [source, doc, rule];
      return { name, type: property("void", `${names.ctx}<void>`), optional: true, docs: docs(...paragraphs) };
    }
  }
}

function hearsInterface({ heard }: RoleModel, writer: Writer): Declaration[] {
  if (heard.length === 0) return [];
  const { role, names } = writer;
  const properties = heard.map((one): PropertyDeclaration => {
    const from = one.from.map(quote).join(" | ");
    const parameter = payloadName(one.binds, "nothing", ["ctx"]);
    return {
      name: one.label,
      type: `(${parameter}: ${heardType(one, writer)}, ctx: ${names.heard}<${from}>) => chor.Answer<void>`,
      optional: true,
      docs: interactionDocs(one.interactions),
    };
  });
  return [
    {
      kind: "interface",
      name: names.hears,
      docs: docs(`Called when a message has been journalled, before \`${role}\` goes on.`),
      properties,
    },
  ];
}

function heardType({ payloads }: Heard, { type }: Writer): string {
  return payloads.map((payload) => (payload === null ? "undefined" : type(payload))).join(" | ");
}

// ---- known, context, messages --------------------------------------------------------------------------

function knownType(name: string, doc: string, knows: readonly Known[], { type }: Writer): Declaration {
  const fields = knows.map((known) => {
    const comment = known.definite ? "" : "/** The last one, if there has been one. */\n";
    return `${comment}readonly ${member(known.name)}${known.definite ? "" : "?"}: ${type(known.type)};`;
  });
  return { kind: "alias", name, type: fields.length === 0 ? "{}" : `{\n${fields.join("\n")}\n}`, docs: docs(doc) };
}

function contextTypes(handlers: readonly NamedHandler[], { heard }: RoleModel, { names }: Writer): Declaration[] {
  const ctx: Declaration = {
    kind: "alias",
    name: names.ctx,
    parameters: ["T", "Choose = unknown"],
    type: `chor.Ctx<T, ${names.message}, Choose>`,
    docs: docs("What a handler is given beside what is known."),
  };
  const hears: Declaration = {
    kind: "alias",
    name: names.heard,
    parameters: ["From"],
    type: `chor.Heard<From, ${names.message}>`,
    docs: docs("What is given with a message that is heard."),
  };
  return [...(handlers.length > 0 ? [ctx] : []), ...(heard.length > 0 ? [hears] : [])];
}

function messageType({ messages }: RoleModel, { role, names, type }: Writer): Declaration {
  const members = messages.map(({ label, from, to, payload }) => {
    const carried = payload === null ? "" : ` readonly payload: ${type(payload)};`;
    return `{ readonly label: ${quote(label)}; readonly from: ${quote(from)}; readonly to: ${quote(to)};${carried} }`;
  });
  return {
    kind: "alias",
    name: names.message,
    type: members.length === 0 ? "never" : members.join(" | "),
    docs: docs(`What \`${role}\` sends and receives.`),
  };
}
