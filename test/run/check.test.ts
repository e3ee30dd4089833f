import { describe, expect, it } from "vitest";
import { memory } from "@chor/runtime";
import { handOff } from "../support/hand-off.js";
import { reviewLoop } from "../support/review-loop.js";
import { testWorld } from "../support/world.js";

const choreography = reviewLoop(testWorld());
const draft = (): unknown => ({});
const verdict = (): unknown => ({});

describe("what a run is given is checked before anything starts", () => {
  const cases: readonly (readonly [string, unknown, readonly string[]])[] = [
    ["nothing", undefined, ["`run` takes options: `{ session, agents }`."]],
    [
      "no session",
      { agents: { Author: { draft }, Reviewer: { verdict } } },
      ["`session` is a name of 1 to 200 characters, without control characters."],
    ],
    [
      "a session with NUL",
      { session: "a\u0000", agents: { Author: { draft }, Reviewer: { verdict } } },
      ["`session` is a name"],
    ],
    [
      "a session with half a pair",
      { session: "\ud800", agents: { Author: { draft }, Reviewer: { verdict } } },
      ["`session` is a name"],
    ],
    [
      "no agents",
      { session: "s" },
      ["The role `Author` has no agent: give it `draft`.", "The role `Reviewer` has no agent: give it `verdict`."],
    ],
    [
      "a misspelt role",
      { session: "s", agents: { Auther: { draft }, Author: { draft }, Reviewer: { verdict } } },
      ['There is no role "Auther": did you mean `Author`?'],
    ],
    [
      "an unknown role",
      { session: "s", agents: { Zoo: {}, Author: { draft }, Reviewer: { verdict } } },
      ['There is no role "Zoo": there is `Author`, `Reviewer`, `Editor`.'],
    ],
    [
      "a misspelt handler",
      { session: "s", agents: { Author: { drafts: draft }, Reviewer: { verdict } } },
      [
        "The agent of `Author` has no handler `draft`.",
        'The role `Author` has no handler "drafts": did you mean `draft`?',
      ],
    ],
    [
      "a handler that is no function",
      { session: "s", agents: { Author: { draft: {} }, Reviewer: { verdict, giveUp: 1 } } },
      ["The agent of `Author` has no handler `draft`.", "The handler `giveUp` of `Reviewer` is no function."],
    ],
    [
      "notifications",
      { session: "s", agents: { Author: { draft, on: { Acept: draft, Revise: 5 } }, Reviewer: { verdict, on: [] } } },
      [
        '`on` of `Author`: it receives no "Acept": did you mean `Accept`?',
        "`on.Revise` of `Author` is no function.",
        "`on` of `Reviewer` is an object of functions, by label.",
      ],
    ],
    [
      "an agent that is no object",
      { session: "s", agents: { Author: draft, Reviewer: null } },
      ["The agent of `Author` is an object of handlers.", "The agent of `Reviewer` is an object of handlers."],
    ],
  ];

  it.each(cases)("%s", async (_, options, messages) => {
    const journal = memory();
    const given = typeof options === "object" ? { ...options, journal } : options;
    let error: unknown;
    try {
      choreography.run(given as never);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(TypeError);
    const lines = (error as Error).message.split("\n");
    expect(lines[0]).toBe("`ReviewLoop` cannot run:");
    expect(lines.slice(1)).toHaveLength(messages.length);
    messages.forEach((message, index) => expect(lines[index + 1]).toContain(message));
    expect(await journal.heads("s")).toEqual([]);
  });

  it("takes handlers from a class, with `this`", async () => {
    class Author {
      readonly #words = "mine";
      draft(): unknown {
        return { title: "T", text: this.#words };
      }
    }
    const { known } = await choreography.run({
      session: "s",
      agents: { Author: new Author(), Reviewer: { verdict: (_: any, { choose }: any) => choose.Accept() } },
    });
    expect(known.Editor.publish?.text).toBe("mine");
  });

  it("names the choreography", () => {
    expect(() => handOff().run({} as never)).toThrow("`HandOff` cannot run:");
  });
});
