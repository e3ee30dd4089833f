// The four agents, scripted: they need no model and no network, and answer the same every time. A real team
// puts a model, a coding assistant or a person in the place of each; the protocol does not change.

import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type {
  ArchitectAgent,
  CoderAgent,
  Design,
  LeadAgent,
  Problem,
  ReviewerAgent,
} from "../gen/feature-team/index.js";
import { inspect } from "./workshop.js";

export interface Team {
  readonly Lead: LeadAgent;
  readonly Architect: ArchitectAgent;
  readonly Coder: CoderAgent;
  readonly Reviewer: ReviewerAgent;
}

/**
 * A team for one session. `workshop` is the folder in which the reviewer compiles and runs, `pause` how long each
 * agent thinks (milliseconds), `asked` hears of every question that an agent is really asked.
 */
export function team(workshop: string, pause: number, asked: (role: string, about: string, key: string) => void): Team {
  const think = async (role: string, about: string, key: string, signal: AbortSignal): Promise<void> => {
    asked(role, about, key);
    await setTimeout(pause, undefined, { signal });
  };
  return {
    Lead: {
      brief: async (_known, ctx) => {
        await think("Lead", "brief", ctx.idempotencyKey, ctx.signal);
        return {
          title: "Durations",
          goals: ["read 1h 30m as milliseconds", "print milliseconds as 1h 30m", "refuse what is no duration"],
        };
      },
    },
    Architect: {
      design: async (_known, ctx) => {
        await think("Architect", "design", ctx.idempotencyKey, ctx.signal);
        return durations;
      },
    },
    Coder: {
      module: async ({ review }, ctx) => {
        await think("Coder", "module", ctx.idempotencyKey, ctx.signal);
        return { source: review === undefined ? firstAttempt : mended(review.problems) };
      },
    },
    Reviewer: {
      verdict: async ({ design, module }, ctx) => {
        await think("Reviewer", "verdict", ctx.idempotencyKey, ctx.signal);
        const problems = await inspect(module.source, design, join(workshop, "review"));
        return problems.length === 0 ? ctx.choose.Approve() : ctx.choose.Revise({ problems });
      },
    },
  };
}

const durations: Design = {
  name: "durations",
  exports: [
    {
      name: "parse",
      type: "(text: string) => number | null",
      purpose: "milliseconds, or null for what is no duration",
    },
    {
      name: "print",
      type: "(milliseconds: number) => string",
      purpose: "hours, minutes and seconds, the zero ones left out",
    },
  ],
  examples: [
    { call: 'parse("1h 30m")', gives: "5400000" },
    { call: 'parse("45s")', gives: "45000" },
    { call: 'parse("soon")', gives: "null" },
    { call: "print(5400000)", gives: '"1h 30m"' },
    { call: "print(0)", gives: '"0s"' },
  ],
};

/** Wrong: it trusts that every match has both groups, which the compiler does not. */
const firstAttempt = `const units = { h: 3_600_000, m: 60_000, s: 1_000 };

export function parse(text: string): number | null {
  let sum = 0;
  for (const match of text.matchAll(/(\\d+)([hms])/g)) sum += Number(match[1]) * units[match[2]];
  return sum;
}

export function print(milliseconds: number): string {
  const parts = Object.entries(units).map(([unit, size]) => {
    const count = Math.floor(milliseconds / size);
    milliseconds -= count * size;
    return count > 0 ? \`\${count}\${unit}\` : "";
  });
  return parts.filter((part) => part !== "").join(" ") || "0s";
}
`;

/** What the coder makes of the compiler's words: the place it names is written anew. */
function mended(problems: readonly Problem[]): string {
  const lines = new Set(problems.map(({ line }) => line));
  return firstAttempt
    .split("\n")
    .map((line, index) => (lines.has(index + 1) && line.includes("matchAll") ? secondThought : line))
    .join("\n");
}

const secondThought = `  if (!/^\\d+[hms](\\s+\\d+[hms])*$/.test(text)) return null;
  for (const part of text.split(/\\s+/)) sum += parseInt(part, 10) * units[part.slice(-1) as keyof typeof units];`;
