// The table that a role's monitor steps, and the functions that make what its endpoint passes on. In: the local
// automaton and how things are called. Out: the text of a constant, and functions.

import { notCarried } from "../carried/never.js";
import type { Interaction, Type } from "../bind/program.js";
import type { Known, LocalAutomaton, LocalReceive, LocalSend, LocalState } from "../project/local.js";
import type { FunctionDeclaration } from "./module.js";
import { counterNames, member, type Scope } from "./names.js";
import type { RoleModel } from "./role-model.js";
import { code, docs, onLines, quote } from "./text.js";
import { typeText, type ArtifactNames } from "./types.js";

/** What becomes of a local automaton. */
export interface MachineParts {
  /** The text of the table. */
  readonly table: string;
  readonly functions: readonly FunctionDeclaration[];
}

/** How the file of the role calls things. */
export interface MachineContext {
  readonly choreography: string;
  readonly names: ArtifactNames;
  schemaOf(interaction: Interaction): string | null;
  /** What is known under a name; null: nothing. */
  typeOf(name: string): Type | null;
  /** Of the module. */
  readonly scope: Scope;
}

/** The table of a role and what it calls. */
export function machineParts(local: LocalAutomaton, model: RoleModel, context: MachineContext): MachineParts {
  const functions = new Map<string, FunctionDeclaration>();
  const loops = counterNames(local.counters);
  const fields = [
    `role: ${quote(local.role)}`,
    `choreography: ${quote(context.choreography)}`,
    `states: [\n${local.states.map((state, index) => `/* ${index} */ ${stateText(state, index)},\n`).join("")}]`,
  ];
  if (local.counters.length > 0) {
    fields.push(
      `counters: [${local.counters.map(({ max }, index) => `{ loop: ${quote(loops(index))}, max: ${max} }`).join(", ")}]`,
    );
  }
  return { table: `{\n${fields.join(",\n")},\n}`, functions: [...functions.values()] };

  function stateText(state: LocalState, index: number): string {
    switch (state.kind) {
      case "sends": {
        const { decision, sends } = state;
        const handler = model.handlerAt.get(index);
        const asks =
          decision === null || handler === undefined
            ? []
            : [
                `handler: ${quote(member(handler))}`,
                `asks: "${decision.kind}"`,
                ...docText(decision.doc),
                ...knowsText(decision.knows),
              ];
        return record([...asks, `sends: [${sends.map(sendText).join(", ")}]`]);
      }
      case "receives":
        return record([`receives: [${state.receives.map(receiveText).join(", ")}]`]);
      case "enter":
        return record([`enter: ${quote(loops(state.counter))}`, `then: ${state.then}`]);
      case "repeat":
        return record([
          `repeat: ${quote(loops(state.counter))}`,
          `max: ${local.counters[state.counter]?.max ?? 1}`,
          `then: ${state.then}`,
          `last: ${state.last}`,
        ]);
      case "end":
        return record(["ends: true", ...knowsText(local.knowsAtEnd)]);
    }
  }

  function sendText(send: LocalSend): string {
    const computes =
      send.payload === null || (typeof send.origin === "string" && send.origin !== "copy")
        ? []
        : [`computes: ${computed(send, send.payload)}`];
    return record([
      `label: ${quote(send.label)}`,
      `to: ${quote(send.to)}`,
      ...payloadText(send),
      ...computes,
      `then: ${send.then}`,
      ...originText(send),
    ]);
  }

  function receiveText(receive: LocalReceive): string {
    return record([
      `label: ${quote(receive.label)}`,
      `from: ${quote(receive.from)}`,
      ...payloadText(receive),
      `then: ${receive.then}`,
      ...originText(receive),
    ]);
  }

  function payloadText({ payload, binds, interactions }: LocalSend | LocalReceive): string[] {
    if (payload === null) return [];
    const [interaction] = interactions;
    const schema = interaction === undefined ? null : context.schemaOf(interaction);
    return [
      ...(schema === null ? [] : [`artifact: ${schema}`]),
      ...(binds === null ? [] : [`as: ${quote(member(binds))}`]),
    ];
  }

  /** The function that makes the payload from what is known: one for each path. */
  function computed(send: LocalSend, payload: Type): string {
    const { origin } = send;
    if (typeof origin !== "string" && "text" in origin) return notCarried("computed");
    const { name, path } = typeof origin === "string" ? { name: send.binds ?? "", path: [] } : origin;
    const key = [name, ...path].join(".");
    const known = functions.get(key);
    if (known !== undefined) return known.name;
    const [interaction] = send.interactions;
    const called = context.scope.claim(send.origin === "copy" ? `same$${name}` : (interaction?.handler ?? name));
    const parameter = member(name);
    const type = typeText(context.typeOf(name) ?? payload, context.names);
    functions.set(key, {
      kind: "function",
      name: called,
      parameters: [{ name: `{ ${parameter} }`, type: `{ readonly ${parameter}: ${type} }` }],
      returns: typeText(payload, context.names),
      statements: [`return ${[parameter, ...path].join(".")};`],
      docs: docs(
        send.origin === "copy"
          ? `Once more, to the next receiver: ${code(interaction?.text ?? name)}`
          : code(interaction?.text ?? key),
        onLines(interaction?.doc ?? ""),
      ),
    });
    return called;
  }
}

function originText({ interactions }: LocalSend | LocalReceive): string[] {
  const ids = interactions.map(({ id }) => quote(id));
  const doc = interactions.map((interaction) => interaction.doc).find((text) => text !== "") ?? "";
  return [...docText(doc), `at: ${ids.length === 1 ? ids[0] : `[${ids.join(", ")}]`}`];
}

function docText(doc: string): string[] {
  return doc === "" ? [] : [`doc: ${quote(doc)}`];
}

function knowsText(knows: readonly Known[]): string[] {
  return knows.length === 0 ? [] : [`knows: [${knows.map(({ name }) => quote(member(name))).join(", ")}]`];
}

function record(fields: readonly string[]): string {
  return `{ ${fields.join(", ")} }`;
}
