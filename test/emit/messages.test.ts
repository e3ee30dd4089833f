// What the TypeScript compiler says to people who write agents: each mistake gives one message of one line, which
// names what is wrong.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { emitText, typeErrors } from "./helpers.js";

const source = (name: string): string => readFileSync(new URL(`./golden/${name}`, import.meta.url), "utf8");
const files = [
  ...(await emitText(source("essay.chor"), "essay.chor")),
  ...(await emitText(source("hotline.chor"), "hotline.chor")),
];

const head = `
import type { Agent } from "@chor/runtime";
import { Essays, Remarks, type WriterAgent, type CriticAgent } from "./essays/index.js";
import { Hotline } from "./hotline/index.js";
declare const Writer: WriterAgent, Critic: CriticAgent, agent: Agent, session: string;
declare const remarks: Remarks;
void [Essays, Hotline, Remarks, Writer, Critic, agent, session, remarks];
`;

const mistakes: readonly (readonly [what: string, text: string, told: string])[] = [
  [
    "a missing handler",
    "export const a: WriterAgent = {};",
    "TS2741: Property 'essay' is missing in type '{}' but required in type 'WriterAgent'.",
  ],
  [
    "a missing handler in a run",
    "Essays.run({ session, agents: { Writer: {}, Critic } });",
    "TS2741: Property 'essay' is missing in type '{}' but required in type 'WriterAgent'.",
  ],
  [
    "a misspelt handler",
    `export const a: WriterAgent = { esay: () => ({ heading: "", body: "" }) };`,
    "TS2561: Object literal may only specify known properties, but 'esay' does not exist in type 'WriterAgent'. Did you mean to write 'essay'?",
  ],
  [
    "a handler too many",
    "Essays.run({ session, agents: { Writer, Critic: { ...Critic, publish: () => {} } } });",
    "TS2353: Object literal may only specify known properties, and 'publish' does not exist in type 'CriticAgent'.",
  ],
  [
    "a misspelt role",
    "Essays.run({ session, agents: { Writer, Kritic: Critic } });",
    "TS2561: Object literal may only specify known properties, but 'Kritic' does not exist in type 'EssaysAgents'. Did you mean to write 'Critic'?",
  ],
  [
    "a missing role",
    "Essays.run({ session, agents: { Writer } });",
    "TS2741: Property 'Critic' is missing in type '{ Writer: WriterAgent; }' but required in type 'EssaysAgents'.",
  ],
  [
    "a wrong payload",
    `export const a: WriterAgent = { essay: () => ({ heading: 42, body: "" }) };`,
    "TS2322: Type 'number' is not assignable to type 'string'.",
  ],
  [
    "a misspelt label",
    "export const a: CriticAgent = { judgement: async (_, { choose }) => choose.Contented() };",
    "TS2551: Property 'Contented' does not exist on type 'CriticChoosesJudgement'. Did you mean 'Content'?",
  ],
  [
    "a missing payload",
    "export const a: CriticAgent = { judgement: async (_, { choose }) => choose.Improve() };",
    "TS2554: Expected 1 arguments, but got 0.",
  ],
  [
    "a field too many in a payload",
    `export const a: CriticAgent = { judgement: async (_, { choose }) => choose.Improve({ remarks: [], tone: "kind", by: "me" }) };`,
    "TS2353: Object literal may only specify known properties, and 'by' does not exist in type 'Remarks'.",
  ],
  [
    "a receiver that is none",
    `Hotline.run({ session, agents: { Caller: agent as never, Left: agent as never, Right: agent as never, Desk: { route: (_, { choose }) => choose.Handle("Middle", {} as never) } } });`,
    `TS2345: Argument of type '"Middle"' is not assignable to parameter of type '"Left" | "Right"'.`,
  ],
  [
    "an artifact that is not known there",
    `export const a: WriterAgent = { essay: ({ judgement }) => judgement };`,
    "TS2339: Property 'judgement' does not exist on type 'WriterKnownAtEssay'.",
  ],
  [
    "an artifact that is known from the second round on",
    `export const a: WriterAgent = { essay: ({ remarks }) => ({ heading: "", body: remarks.tone }) };`,
    "TS18048: 'remarks' is possibly 'undefined'.",
  ],
  [
    "a misspelt notification",
    `export const a: WriterAgent = { essay: () => ({ heading: "", body: "" }), on: { Contend: () => {} } };`,
    "TS2561: Object literal may only specify known properties, but 'Contend' does not exist in type 'WriterHears'. Did you mean to write 'Content'?",
  ],
  [
    "a field too many in a literal",
    `void Remarks.of({ remarks: [], tone: "kind", by: "me" });`,
    "TS2353: Object literal may only specify known properties, and 'by' does not exist in type 'Remarks'.",
  ],
  [
    "a handler that is annotated wrongly",
    "export const a: WriterAgent = { essay: (known: { readonly essay: Remarks }) => known as never };",
    "TS2322: Type '(known: { readonly essay: Remarks; }) => never' is not assignable to type '(known: WriterKnownAtEssay, ctx: WriterCtx<Essay, unknown>) => Answer<Essay>'.",
  ],
];

const right = `
export const writer: WriterAgent = { essay: agent };
export const critic: CriticAgent = { judgement: agent, abandon: () => {}, on: { Essay: async (essay, { from }) => void [essay.body, from] } };
export const plain: CriticAgent = { judgement: () => ({ label: "Improve", payload: remarks }) };
export async function run(): Promise<string> {
  const { known } = await Essays.run({ session, agents: { Writer: writer, Critic: { judgement: ({ essay, remarks: last }, { choose, history }) => {
    const tones = history.filter((m) => m.label === "Improve").map((m) => m.payload.tone);
    return tones.length > 2 || essay.body !== last?.tone ? choose.Content() : choose.Improve(remarks);
  } } } });
  await Hotline.run({ session, agents: {
    Caller: { problem: () => ({ words: "no light" }), on: { Advice: ({ steps }, { from }) => void (from === "Left" ? steps : from) } },
    Desk: { route: ({ problem }, { choose }) => choose.Handle("Left", { problem, weight: 1, label: { shelf: 1, colours: ["red"] } }) },
    Left: { advice: ({ case$ }) => ({ steps: [case$.problem.words], final: true }) },
    Right: { advice: async ({ case$ }) => ({ steps: [String(case$.weight)], final: false }) },
  } });
  return known.Press.print?.heading ?? "";
}
`;

const errors = typeErrors([
  ...files,
  { path: "right.ts", text: head + right },
  ...mistakes.map(([, text], index) => ({ path: `wrong${index}.ts`, text: head + text })),
]);

describe("what the TypeScript compiler says of", () => {
  it("an agent that is right: nothing", () => {
    expect(errors.filter((line) => !line.startsWith("wrong"))).toEqual([]);
  });

  for (const [index, [what, , told]] of mistakes.entries()) {
    it(what, () => {
      const line = head.split("\n").length;
      expect(errors.filter((one) => one.startsWith(`wrong${index}.ts:`))).toEqual([
        `wrong${index}.ts:${line}: ${told}`,
      ]);
    });
  }
});
