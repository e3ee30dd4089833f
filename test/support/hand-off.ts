// The hand-off of the design documents as generated code would have it, by hand: one label that goes to one of
// two receivers, a message to the other one, and a role that hears from one of two senders.

import { choreography, role, type Choreography, type Machine, type Options, type World } from "@chor/runtime";
import { artifact } from "./artifacts.js";

export const Question = artifact("Question", "", { text: "text" });
export const Task = artifact("Task", "", { text: "text", why: "text" });
export const Answer = artifact("Answer", "", { text: "text" });

const customer: Machine = {
  role: "Customer",
  choreography: "HandOff",
  states: [
    {
      handler: "question",
      asks: "payload",
      sends: [{ label: "Question", to: "Desk", artifact: Question, as: "question", then: 1, at: "Question" }],
    },
    {
      receives: [
        { label: "Answer", from: "Alice", artifact: Answer, as: "answer", then: 2, at: "Answer" },
        { label: "Answer", from: "Bob", artifact: Answer, as: "answer", then: 2, at: "Answer#2" },
      ],
    },
    { ends: true, knows: ["question", "answer"] },
  ],
};

const desk: Machine = {
  role: "Desk",
  choreography: "HandOff",
  states: [
    {
      receives: [{ label: "Question", from: "Customer", artifact: Question, as: "question", then: 1, at: "Question" }],
    },
    {
      handler: "route",
      asks: "choice",
      knows: ["question"],
      sends: [
        { label: "Take", to: "Alice", artifact: Task, as: "task", then: 2, at: "Take" },
        { label: "Take", to: "Bob", artifact: Task, as: "task", then: 3, at: "Take#2" },
      ],
    },
    {
      handler: "stand",
      asks: "forced",
      knows: ["question", "task"],
      sends: [{ label: "Stand", to: "Bob", then: 4, at: "Stand" }],
    },
    {
      handler: "stand",
      asks: "forced",
      knows: ["question", "task"],
      sends: [{ label: "Stand", to: "Alice", then: 4, at: "Stand#2" }],
    },
    { ends: true, knows: ["question", "task"] },
  ],
};

function helper(name: "Alice" | "Bob", take: string, stand: string, answer: string): Machine {
  return {
    role: name,
    choreography: "HandOff",
    states: [
      {
        receives: [
          { label: "Take", from: "Desk", artifact: Task, as: "task", then: 1, at: take },
          { label: "Stand", from: "Desk", then: 2, at: stand },
        ],
      },
      {
        handler: "answer",
        asks: "payload",
        knows: ["task"],
        sends: [{ label: "Answer", to: "Customer", artifact: Answer, as: "answer", then: 2, at: answer }],
      },
      { ends: true, knows: ["task", "answer"] },
    ],
  };
}

export interface HandOffOptions extends Options {
  readonly agents: { readonly [role: string]: any };
}

export interface HandOffEnd {
  readonly session: string;
  readonly known: { readonly [role: string]: { readonly [name: string]: any } };
}

/** The choreography in a world of its own. */
export function handOff(world?: World): Choreography<HandOffOptions, HandOffEnd, any> {
  const parts = {
    name: "HandOff",
    digest: "sha256:hand-off",
    source: "desk.chor",
    places: { Question: "desk.chor:6:3", Take: "desk.chor:8:5", "Take#2": "desk.chor:12:5" },
    roles: [
      customer,
      desk,
      helper("Alice", "Take", "Stand#2", "Answer"),
      helper("Bob", "Take#2", "Stand", "Answer#2"),
    ].map((machine) => role<any>(machine)),
  };
  return world === undefined ? choreography(parts) : choreography(parts, world);
}
