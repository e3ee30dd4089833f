// The two agents: a handler for each thing that a role decides, under the name that team.chor gives it. These are plain
// functions; put a model, a coding assistant or a person in their place, and the protocol does not change.

import type { CriticAgent, WriterAgent } from "../gen/team/index.js";

/** Writes a draft, and a better one when the critic has notes. */
export const writer: WriterAgent = {
  draft: ({ notes }) => ({
    title: "Choreographies",
    text: notes === undefined ? "They are good." : "They are good: nobody waits for what never comes.",
  }),
};

/** Wants to know why. */
export const critic: CriticAgent = {
  verdict: ({ draft }, { choose }) =>
    draft.text.includes(":") ? choose.Accept() : choose.Revise({ points: ["Say why it is so."] }),
};
