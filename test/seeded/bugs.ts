// Bugs that are put into the check and the projection one at a time, as a change of the source text, each of which the
// searches have to find within 10,000 programs. A test holds that every text is there exactly once, so that the list keeps up with the code.

import type { SearchName } from "./hunt.js";

export interface Bug {
  /** What the compiler then does wrong. */
  readonly name: string;
  /** The first program that shows it; a search from there is for every day, one from 1 for the long run. */
  readonly seed: number;
  /** The search that finds it. */
  readonly search: SearchName;
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const automaton = "compiler/src/automaton";
const coherence = "compiler/src/coherence";
const projection = "compiler/src/project";
const arms = "compiler/src/arms";

export const BUGS: readonly Bug[] = [
  // The global automaton, and what a role sees of it.
  {
    name: "messages to different roles with one label are one letter",
    seed: 40,
    search: "plain",
    file: `${automaton}/build.ts`,
    from: "const key = `${send.from} ${send.to} ${send.label}`;",
    to: "const key = `${send.from} ${send.label}`;",
  },
  {
    name: "`continue` leaves a counted loop",
    seed: 683,
    search: "plain",
    file: `${automaton}/points.ts`,
    from: "draft.continues[loop] = tail;",
    to: "draft.continues[loop] = next;",
  },
  {
    name: "`break` ends the round of a counted loop",
    seed: 2272,
    search: "plain",
    file: `${automaton}/points.ts`,
    from: "draft.breaks[loop] = next;\n  draft.continues[loop] = tail;",
    to: "draft.breaks[loop] = tail;\n  draft.continues[loop] = tail;",
  },
  {
    name: "a counted loop inside another one goes on counting where it left off",
    seed: 109,
    search: "projection",
    file: `${automaton}/points.ts`,
    from: 'return draft.core.loops[loop]?.parent === null ? body : add(draft, { kind: "enter", loop, next: body });',
    to: "return body;",
  },
  {
    name: "a role knows of one foreign message only that it may have passed",
    seed: 1,
    search: "plain",
    file: `${automaton}/subsets.ts`,
    from: "for (let i = 0; i < count; i++) {\n      const state = found[i] ?? 0;",
    to: "for (let i = 0; i < kernel.length; i++) {\n      const state = found[i] ?? 0;",
  },
  {
    name: "one loop that a role cannot count is counted all the same",
    seed: 10,
    search: "plain",
    file: `${automaton}/observe.ts`,
    from: "if (lost.length === 0)",
    to: "if (lost.length < 2)",
  },
  {
    name: "a role counts rounds of which it does not know whether they are over",
    seed: 3181,
    search: "plain",
    file: `${automaton}/counting.ts`,
    from: "return reaching.size === set.states.length;",
    to: "return true;",
  },
  // Coherence.
  {
    name: "two states are not told apart by what is sent",
    seed: 84,
    search: "plain",
    file: `${coherence}/send.ts`,
    from: "if (set === undefined || set.states.length < 2) return [];\n  const { sends, decides }",
    to: "if (set === undefined || set.states.length < 3) return [];\n  const { sends, decides }",
  },
  {
    name: "one send and one reception may be mixed",
    seed: 76,
    search: "plain",
    file: `${coherence}/mixed.ts`,
    from: "set.edges.length < 2",
    to: "set.edges.length < 3",
  },
  {
    name: "two senders do not race",
    seed: 44,
    search: "plain",
    file: `${coherence}/receive.ts`,
    from: "if (senders.length < 2) return [];",
    to: "if (senders.length < 3) return [];",
  },
  {
    name: "a sender races only with itself",
    seed: 139,
    search: "plain",
    file: `${coherence}/receive.ts`,
    from: "if (sender === tables.from[due]) continue;",
    to: "if (sender !== tables.from[due]) continue;",
  },
  {
    name: "what is remembered of one sender is taken for all",
    seed: 644,
    search: "plain",
    file: `${coherence}/receive.ts`,
    from: "const key = sender * view.tables.states + state;",
    to: "const key = state;",
  },
  {
    name: "who is blocked sends all the same",
    seed: 1036,
    search: "plain",
    file: `${coherence}/avail.ts`,
    from: "if (!waits && !found.has(own)) found.set",
    to: "if (!found.has(own)) found.set",
  },
  {
    name: "who waits for somebody blocked is not blocked",
    seed: 1036,
    search: "plain",
    file: `${coherence}/avail.ts`,
    from: "blocked: waits ? withRole(here.blocked, y) : here.blocked,",
    to: "blocked: here.blocked,",
  },
  {
    name: "a second message overtakes the first on its own channel",
    seed: 6414,
    search: "plain",
    file: `${coherence}/avail.ts`,
    from: "found.set(own, [...trace(here), e]);\n        continue;\n      }\n      visit",
    to: "found.set(own, [...trace(here), e]);\n      }\n      visit",
  },
  {
    name: "nobody goes on who does not know of a `fail`",
    seed: 8750,
    search: "waits",
    file: `${coherence}/avail.ts`,
    from: "for (const other of offersOf(tables, sender))",
    to: "for (const other of new Set<number>())",
  },
  {
    name: "one message that may still come does not matter at the end",
    seed: 26,
    search: "plain",
    file: `${coherence}/termination.ts`,
    from: "if (sends.length > 0 || receives.length === 0) return [];",
    to: "if (sends.length > 0 || receives.length < 2) return [];",
  },
  {
    name: "whoever decides by data need not know that it is asked",
    seed: 255,
    search: "waits",
    file: `${coherence}/tables.ts`,
    from: "else if (tables.announces[tables.from[letter] ?? -1] === 1) decides.push(letter);",
    to: "else if (tables.announces[tables.from[letter] ?? -1] === 1) continue;",
  },
  // Arms.
  {
    name: "arms inside arms begin with nothing",
    seed: 17,
    search: "arms",
    file: `${arms}/heads.ts`,
    from: "if (inner >= 0 && !scatter) return heads(inner, role).map((head) => ({ ...head, arms: [arm, ...head.arms] }));",
    to: "if (inner >= 0 && !scatter) return [];",
  },
  {
    name: "nobody needs to know that a scatter begins",
    seed: 43,
    search: "arms",
    file: `${arms}/conditions.ts`,
    from: "return scatter || heads(construct, view.role).some(({ sends }) => sends) ? 1 : 0;",
    to: "return heads(construct, view.role).some(({ sends }) => sends) ? 1 : 0;",
  },
  {
    name: "a role may be at its end and in an arm",
    seed: 567,
    search: "arms",
    file: `${arms}/conditions.ts`,
    from: "if (ends.length === 0) return [];\n  const found = new Map",
    to: "if (ends.length >= 0) return [];\n  const found = new Map",
  },
  {
    name: "behind arms nobody is blocked whom one of them blocks",
    seed: 1825,
    search: "arms",
    file: `${arms}/passage.ts`,
    from: "joined = smallest(joined.flatMap((one) => ends.map((other) => union(one, other))));",
    to: "joined = smallest(joined.flatMap((one) => ends.map(() => one)));",
  },
  // The local automata.
  {
    name: "of several messages a role sends only the first",
    seed: 9,
    search: "projection",
    file: `${projection}/draft.ts`,
    from: "sends: sends.map(({ edge, letter }) => sendOf(",
    to: "sends: sends.slice(0, 1).map(({ edge, letter }) => sendOf(",
  },
  {
    name: "the last round is followed by another one",
    seed: 11,
    search: "projection",
    file: `${projection}/draft.ts`,
    from: "last: follow(over.edge, loop, context)",
    to: "last: follow(round.edge, loop, context)",
  },
  {
    name: "a counter is not set back where its loop is entered again",
    seed: 109,
    search: "projection",
    file: `${projection}/draft.ts`,
    from: "if (counter === undefined || loop === fresh) return then;",
    to: "if (counter !== -1) return then;",
  },
  {
    name: "states that look alike are one",
    seed: 13,
    search: "projection",
    file: `${projection}/minimise.ts`,
    from: "if (whole === undefined || moved.length === whole.size) continue;",
    to: "if (whole === undefined || moved.length > 0) continue;",
  },
  {
    name: "who sends what is received does not matter",
    seed: 16,
    search: "projection",
    file: `${projection}/project.ts`,
    from: "...state.receives.map((receive) => `${receive.from} ${stepText(receive)}`)",
    to: "...state.receives.map((receive) => stepText(receive))",
  },
  {
    name: "to whom something is sent does not matter",
    seed: 121,
    search: "projection",
    file: `${projection}/project.ts`,
    from: "`${send.to} ${originText(send.origin)} ${stepText(send)}`",
    to: "`${originText(send.origin)} ${stepText(send)}`",
  },
];
