// What one role may do next, told by the reference interpreter: all configurations of the program in which it may
// be after what it has done, followed step by step. In: a core and which loops the role counts. Out: yes or no for
// each further event. Shares nothing with automata, observations, projection or monitors.

import type { Core, Node, Send } from "../../compiler/src/core/core.js";
import { enabled, over, start, step, type Configuration } from "../../compiler/src/reference/interpret.js";
import { keyOf, type Event } from "../../compiler/src/reference/run.js";

/** The configurations that a role cannot tell apart. */
export interface Expectation {
  readonly core: Core;
  readonly role: number;
  readonly possible: readonly Configuration[];
}

/** Before anything has happened. In a loop that the role does not count, a round may be the last at any time. */
export function expectation(core: Core, role: number, counts: (loop: string) => boolean): Expectation {
  const free = uncounted(core, counts);
  return silently({ core: free, role, possible: [start(free)] });
}

/** After one more event of the role; null where it is out of protocol. */
export function after(expected: Expectation, event: Event): Expectation | null {
  const { core, role } = expected;
  const from = event.kind === "send" ? role : event.peer;
  const to = event.kind === "send" ? event.peer : role;
  const next = expected.possible
    .map((configuration) => step(core, configuration, { from, to, label: event.label }))
    .filter((each) => each !== null);
  return next.length === 0 ? null : silently({ ...expected, possible: next });
}

/** All that the role may do next. */
export function allowed({ core, role, possible }: Expectation): readonly Event[] {
  return possible
    .flatMap((configuration) => enabled(core, configuration))
    .filter(({ from, to }) => from === role || to === role)
    .map(({ from, to, label }) =>
      from === role ? { kind: "send", peer: to, label } : { kind: "receive", peer: from, label },
    );
}

/** The message that the event would be in the program; undefined where it is out of protocol. */
export function meant(expected: Expectation, event: Event): Send | undefined {
  const { core, role, possible } = expected;
  const isIt = (send: Send): boolean =>
    send.label === event.label &&
    (event.kind === "send"
      ? send.from === role && send.to === event.peer
      : send.to === role && send.from === event.peer);
  return possible.flatMap((configuration) => enabled(core, configuration)).find(isIt);
}

export function mayBeOver({ core, possible }: Expectation): boolean {
  return possible.some((configuration) => over(core, configuration));
}

/** Adds everything that may have happened without the role. */
function silently(expected: Expectation): Expectation {
  const { core, role } = expected;
  const found = new Map<string, Configuration>();
  const work = [...expected.possible];
  for (let configuration = work.pop(); configuration !== undefined; configuration = work.pop()) {
    const key = keyOf(configuration.rest, numbers);
    if (found.has(key)) continue;
    found.set(key, configuration);
    for (const send of enabled(core, configuration)) {
      if (send.from === role || send.to === role) continue;
      const next = step(core, configuration, send);
      if (next !== null) work.push(next);
    }
  }
  return { ...expected, possible: [...found.values()] };
}

const numbers = new Map<object, number>();

/** Sends itself a message when a loop is over: a step that every role misses. */
const nobody = -1;

/**
 * The program in which every counted loop that the role does not count may end after any round: its body becomes a
 * loop of one round (so that `continue` has a place to go), behind which nobody in particular chooses to go on.
 */
function uncounted(core: Core, counts: (loop: string) => boolean): Core {
  const loops = [...core.loops];
  const inner = new Map<number, number>();
  const rewrite = (node: Node): Node => {
    switch (node.kind) {
      case "sequence":
        return { ...node, nodes: node.nodes.map(rewrite) };
      case "choice":
        return { ...node, branches: node.branches.map(rewrite) };
      case "continue": {
        const round = inner.get(node.loop);
        return round === undefined ? node : { ...node, kind: "break", loop: round };
      }
      case "loop": {
        const loop = core.loops[node.loop];
        if (loop === undefined || loop.max === null || counts(loop.name))
          return { ...node, body: rewrite(node.body), otherwise: rewrite(node.otherwise) };
        const round = loops.length;
        loops.push({ ...loop, name: `${loop.name} (a round)`, max: null });
        loops[node.loop] = { ...loop, max: null };
        inner.set(node.loop, round);
        const { span } = loop;
        const once: Node = {
          kind: "loop",
          loop: round,
          body: sequence(rewrite(node.body), { kind: "break", loop: round, span }),
          otherwise: sequence(),
        };
        const over: Node = { kind: "send", from: nobody, to: nobody, label: "over", message: -1, copy: 0, span };
        const last = sequence(over, rewrite(node.otherwise), { kind: "break", loop: node.loop, span });
        const goOn: Node = {
          kind: "choice",
          name: "",
          doc: "",
          at: -1,
          branches: [sequence(), last],
          branchSpans: [span, span],
          span,
        };
        return { ...node, body: sequence(once, goOn), otherwise: sequence() };
      }
      default:
        return node;
    }
  };
  const body = rewrite(core.body);
  return { ...core, body, loops };
}

function sequence(...nodes: readonly Node[]): Node {
  return { kind: "sequence", nodes };
}
