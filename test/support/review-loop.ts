// The review loop of the design documents as generated code would have it, by hand: a counted loop, a choice, a
// message that is passed on, one that is forced, and a role that decides nothing.

import { choreography, role, type Choreography, type Machine, type Options, type World } from "@chor/runtime";
import { artifact } from "./artifacts.js";

export const Draft = artifact("Draft", "A text on its way to print.", { title: "text", text: "text" });
export const Comments = artifact("Comments", "", { points: "list" });

const author: Machine = {
  role: "Author",
  choreography: "ReviewLoop",
  counters: [{ loop: "round", max: 5 }],
  states: [
    /* 0 */ { enter: "round", then: 1 },
    /* 1 */ {
      handler: "draft",
      asks: "payload",
      knows: ["draft", "comments"],
      sends: [{ label: "Draft", to: "Reviewer", artifact: Draft, as: "draft", then: 2, at: "Draft" }],
    },
    /* 2 */ {
      receives: [
        { label: "Accept", from: "Reviewer", then: 4, at: "Accept" },
        { label: "Revise", from: "Reviewer", artifact: Comments, as: "comments", then: 3, at: "Revise" },
      ],
    },
    /* 3 */ { repeat: "round", max: 5, then: 1, last: 4 },
    /* 4 */ { ends: true, knows: ["draft", "comments"] },
  ],
};

const reviewer: Machine = {
  role: "Reviewer",
  choreography: "ReviewLoop",
  counters: [{ loop: "round", max: 5 }],
  states: [
    /* 0 */ { enter: "round", then: 1 },
    /* 1 */ { receives: [{ label: "Draft", from: "Author", artifact: Draft, as: "draft", then: 2, at: "Draft" }] },
    /* 2 */ {
      handler: "verdict",
      asks: "choice",
      doc: "Accept what can be printed.",
      knows: ["draft", "comments"],
      sends: [
        { label: "Accept", to: "Author", then: 3, at: "Accept" },
        {
          label: "Revise",
          to: "Author",
          artifact: Comments,
          as: "comments",
          then: 4,
          doc: "Say what to mend.",
          at: "Revise",
        },
      ],
    },
    /* 3 */ {
      sends: [
        {
          label: "Publish",
          to: "Editor",
          artifact: Draft,
          as: "publish",
          computes: ({ draft }) => draft,
          then: 6,
          at: "Publish",
        },
      ],
    },
    /* 4 */ { repeat: "round", max: 5, then: 1, last: 5 },
    /* 5 */ {
      handler: "giveUp",
      asks: "forced",
      knows: ["draft", "comments"],
      sends: [{ label: "GiveUp", to: "Editor", then: 6, at: "GiveUp" }],
    },
    /* 6 */ { ends: true, knows: ["draft", "comments", "publish"] },
  ],
};

const editor: Machine = {
  role: "Editor",
  choreography: "ReviewLoop",
  states: [
    /* 0 */ {
      receives: [
        { label: "Publish", from: "Reviewer", artifact: Draft, as: "publish", then: 1, at: "Publish" },
        { label: "GiveUp", from: "Reviewer", then: 1, at: "GiveUp" },
      ],
    },
    /* 1 */ { ends: true, knows: ["publish"] },
  ],
};

export const Author = role<any>(author);
export const Reviewer = role<any>(reviewer);
export const Editor = role<any>(editor);

export interface ReviewOptions extends Options {
  readonly agents: { readonly [role: string]: any };
}

export interface ReviewEnd {
  readonly session: string;
  readonly known: {
    readonly Author: {
      readonly draft: { readonly title: string; readonly text: string };
      readonly comments?: { readonly points: readonly string[] };
    };
    readonly Reviewer: { readonly [name: string]: unknown };
    readonly Editor: { readonly publish?: { readonly title: string; readonly text: string } };
  };
}

export const protocol = "sha256:review-loop";

/** The choreography in a world of its own. */
export function reviewLoop(world?: World, digest: string = protocol): Choreography<ReviewOptions, ReviewEnd, any> {
  const parts = {
    name: "ReviewLoop",
    digest,
    source: "review.chor",
    places: {
      Draft: "review.chor:8:5",
      Accept: "review.chor:10:7",
      Publish: "review.chor:11:7",
      Revise: "review.chor:14:7",
      GiveUp: "review.chor:17:5",
    },
    roles: [Author, Reviewer, Editor],
  };
  return world === undefined ? choreography(parts) : choreography(parts, world);
}
