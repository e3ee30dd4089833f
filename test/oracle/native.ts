// The runs of a choreography with waits that may fail, told natively: a wait is one step of all its parties with an
// outcome, not a protocol with the network; arms side by side are one step, and each of them has runs of its own. In: a
// sketch. Out: states and moves. Written without the compiler's desugaring, so that it can be compared with it.

import { innerParts, type Part, type Sketch } from "../support/build.js";

export interface Native {
  /** Those that stand for a family in a scatter come behind all others. */
  readonly roles: readonly string[];
  readonly optional: readonly boolean[];
  readonly start: number;
  /** Of the body and of all arms; a block goes by the state in which it begins. */
  readonly states: readonly NativeState[];
  readonly constructs: readonly Construct[];
  readonly cyclic: boolean;
}

export interface Construct {
  readonly scatter: boolean;
  /** Where the arms begin; one for a scatter. */
  readonly arms: readonly number[];
  /** By arm: who is in it. */
  readonly inArm: readonly ReadonlySet<number>[];
  /** Who sees from outside that the arms begin. */
  readonly parts: ReadonlySet<number>;
  /** Of a scatter: by member, the role that it is inside. */
  readonly claims: ReadonlyMap<number, number>;
}

export interface NativeState {
  readonly moves: Move[];
  readonly end: boolean;
  /** Behind a `fail`: nothing is asked of anybody. */
  readonly failed: boolean;
}

export type Move =
  | { readonly kind: "silent"; readonly target: number }
  | {
      readonly kind: "message";
      readonly from: number;
      readonly to: number;
      readonly label: string;
      readonly target: number;
    }
  | Wait
  /** By data: whoever knows it takes the same branch, the others see nothing. */
  | {
      readonly kind: "when";
      readonly id: number;
      readonly knowers: readonly number[];
      readonly branches: readonly number[];
    }
  | { readonly kind: "fail"; readonly by: number; readonly target: number }
  | { readonly kind: "arms"; readonly construct: number; readonly target: number };

export interface Wait {
  readonly kind: "wait";
  readonly id: number;
  readonly judge: number;
  readonly senders: readonly number[];
  /** How many answers are read. */
  readonly needed: number;
  /** What the sender chooses from, and where it goes on. */
  readonly branches: readonly { readonly label: string; readonly target: number }[];
  /** Where it goes on after giving up; null: it cannot fail. */
  readonly otherwise: number | null;
}

/** Takes a sketch whose families have one size each; null where the copies of rounds are more than `most` states. */
export function nativeOf(sketch: Sketch, most: number): Native | null {
  const members = new Map<string, number[]>();
  const roles: string[] = [];
  const optional: boolean[] = [];
  for (const text of sketch.roles) {
    const [, name = text, size] = /^(\w+)(?:\[(\d+)\.\.\d+\])?\??$/.exec(text) ?? [];
    const names = size === undefined ? [name] : Array.from({ length: Number(size) }, (_, i) => `${name}[${i + 1}]`);
    members.set(
      name,
      names.map((one) => {
        optional.push(text.endsWith("?"));
        return roles.push(one) - 1;
      }),
    );
  }
  const ids = new Map<Part, number>();
  const number = (part: Part): void => {
    if (!ids.has(part)) ids.set(part, ids.size);
    innerParts(part).forEach(number);
  };
  number(sketch.body);
  const states: NativeState[] = [];
  const state = (kind: "on" | "end" | "failed"): number =>
    states.push({ moves: [], end: kind === "end", failed: kind === "failed" }) - 1;
  const failed = state("failed");
  const constructs: Construct[] = [];
  const byId = new Map<number, number>();
  const all = (role: string, place: Place): readonly number[] =>
    role.endsWith("[*]")
      ? (members.get(role.slice(0, -3)) ?? [])
      : [place.picked.get(role) ?? members.get(role)?.[0] ?? 0];

  /** The same arms in each round of a loop. */
  const sideBySide = (
    id: number,
    blocks: () => readonly number[],
    claims: ReadonlyMap<number, number> | null,
    next: number,
  ): number => {
    const here = state("on");
    let construct = byId.get(id);
    if (construct === undefined) {
      const arms = blocks();
      const inArm = arms.map((arm) => rolesIn(states, constructs, arm));
      const inside = new Set(claims?.values());
      const parts = new Set([...(claims?.keys() ?? []), ...inArm.flatMap((own) => [...own])]);
      for (const role of inside) parts.delete(role);
      construct = constructs.push({ scatter: claims !== null, arms, inArm, parts, claims: claims ?? new Map() }) - 1;
      byId.set(id, construct);
    }
    states[here]?.moves.push({ kind: "arms", construct, target: next });
    return here;
  };

  const compile = (part: Part, next: number, place: Place): number => {
    if (states.length > most) return next;
    // What is picked is part of the identity: each member has waits of its own.
    const id = [...place.picked.values()].reduce((sum, role) => sum * 64 + role + 1, 0) * 4_096 + (ids.get(part) ?? 0);
    const suffix = [...place.picked.values()].map((role) => `/${role}`).join("");
    switch (part.kind) {
      case "seq":
        return part.parts.reduceRight((behind, inner, i) => {
          const before = part.parts[i - 1];
          const said =
            before?.kind === "send" && before.options.otherwise === undefined && !before.from.endsWith("[*]");
          const speaker = i === 0 ? place.speaker : said ? (all(before.from, place)[0] ?? null) : null;
          return compile(inner, behind, { ...place, speaker });
        }, next);
      case "send": {
        const senders = all(part.from, place);
        const receivers = part.to.flatMap((to) => all(to, place));
        const { otherwise, quorum } = part.options;
        const label = `${part.label}${suffix}`;
        if (otherwise === undefined && (senders.length === 1 || quorum === undefined)) {
          const messages = (from: number, behind: number): number =>
            receivers.toReversed().reduce((after, to) => {
              const here = state("on");
              states[here]?.moves.push({ kind: "message", from, to, label, target: after });
              return here;
            }, behind);
          if (senders.length === 1) return messages(senders[0] ?? 0, next);
          const own = (): readonly number[] => senders.map((from) => messages(from, state("end")));
          return sideBySide(id, own, null, next);
        }
        const here = state("on");
        states[here]?.moves.push({
          kind: "wait",
          id,
          judge: receivers[0] ?? 0,
          senders,
          needed: Math.min(quorum ?? senders.length, senders.length),
          branches: [{ label, target: next }],
          otherwise:
            otherwise === undefined ? null : compile(otherwise, next, { ...place, speaker: receivers[0] ?? 0 }),
        });
        return here;
      }
      case "choice": {
        const here = state("on");
        if (part.when !== undefined) {
          const knowers = Array.from(part.when.slice(2)).flatMap((role) => members.get(role.toUpperCase()) ?? []);
          const branches = part.branches.map((branch) => compile(branch, next, place));
          states[here]?.moves.push({ kind: "when", id, knowers, branches });
          return here;
        }
        const at = all(part.at ?? "", place)[0] ?? 0;
        const inside = { ...place, speaker: at };
        if (part.otherwise === undefined) {
          for (const branch of part.branches)
            states[here]?.moves.push({ kind: "silent", target: compile(branch, next, inside) });
          return here;
        }
        const firsts = part.branches.map((branch) => {
          const [first, ...rest] = branch.kind === "seq" ? branch.parts : [branch];
          if (first?.kind !== "send") throw new Error("A choice with `else` begins with messages.");
          return { first, rest };
        });
        const judge = firsts[0]?.first.to[0] ?? "";
        states[here]?.moves.push({
          kind: "wait",
          id,
          judge: all(judge, place)[0] ?? 0,
          senders: [at],
          needed: 1,
          branches: firsts.map(({ first, rest }) => ({
            label: `${first.label}${suffix}`,
            target: compile({ kind: "seq", parts: rest }, next, inside),
          })),
          otherwise: compile(part.otherwise, next, { ...place, speaker: all(judge, place)[0] ?? 0 }),
        });
        return here;
      }
      case "pick": {
        const here = state("on");
        for (const member of members.get(part.family) ?? []) {
          const picked = new Map(place.picked).set(part.family, member);
          states[here]?.moves.push({
            kind: "silent",
            target: compile(part.body, next, { ...place, picked, speaker: all(part.at, place)[0] ?? null }),
          });
        }
        return here;
      }
      case "loop": {
        const { max, otherwise } = part.options;
        const exits = (again: number): Place => ({
          ...place,
          exits: new Map(place.exits).set(part.name, { leave: next, again }),
        });
        if (max === undefined) {
          const head = state("on");
          states[head]?.moves.push({ kind: "silent", target: compile(part.body, head, exits(head)) });
          return head;
        }
        let behind = otherwise === undefined ? next : compile(otherwise, next, { ...place, speaker: null });
        for (let round = 0; round < max; round++) behind = compile(part.body, behind, exits(behind));
        return behind;
      }
      case "break":
        return place.exits.get(part.loop)?.leave ?? next;
      case "continue":
        return place.exits.get(part.loop)?.again ?? next;
      case "par": {
        const inside = { ...place, speaker: null };
        return sideBySide(id, () => part.arms.map((arm) => compile(arm, state("end"), inside)), null, next);
      }
      case "scatter": {
        const claims = new Map<number, number>();
        const body = (): readonly number[] => {
          const end = state("end");
          const picked = new Map(place.picked);
          for (const family of part.over) {
            const over = roles.push(`${family}@${part.as}`) - 1;
            optional.push(false);
            picked.set(family, over);
            for (const member of members.get(family) ?? []) claims.set(member, over);
          }
          const exits = new Map(place.exits).set(part.as, { leave: end, again: end });
          return [compile(part.body, end, { exits, picked, speaker: null })];
        };
        return sideBySide(id, body, claims, next);
      }
      case "fail": {
        if (place.speaker === null) throw new Error("It is not plain who executes this `fail`.");
        const here = state("on");
        states[here]?.moves.push({ kind: "fail", by: place.speaker, target: failed });
        return here;
      }
      default:
        throw new Error(`The oracle has no ${part.kind}.`);
    }
  };
  const start = compile(sketch.body, state("end"), { exits: new Map(), picked: new Map(), speaker: 0 });
  return states.length > most ? null : { roles, optional, start, states, constructs, cyclic: isCyclic(sketch.body) };
}

/** Who takes part in some run of a block. */
function rolesIn(states: readonly NativeState[], constructs: readonly Construct[], start: number): ReadonlySet<number> {
  const reached = new Set([start]);
  const roles = new Set<number>();
  for (const state of reached) {
    for (const move of states[state]?.moves ?? []) {
      for (const target of targetsOf(move)) reached.add(target);
      for (const role of partiesOf(move, constructs)) roles.add(role);
    }
  }
  return roles;
}

/** Where a move can lead. */
export function targetsOf(move: Move): readonly number[] {
  if (move.kind === "when") return move.branches;
  if (move.kind !== "wait") return [move.target];
  const targets = move.branches.map(({ target }) => target);
  return move.otherwise === null ? targets : [...targets, move.otherwise];
}

/** Who takes part in a move. */
export function partiesOf(move: Move, constructs: readonly Construct[]): readonly number[] {
  switch (move.kind) {
    case "silent":
      return [];
    case "message":
      return [move.from, move.to];
    case "fail":
      return [move.by];
    case "when":
      return move.knowers;
    case "wait":
      return [move.judge, ...move.senders];
    case "arms":
      return [...(constructs[move.construct]?.parts ?? [])];
  }
}

interface Place {
  readonly exits: ReadonlyMap<string, { readonly leave: number; readonly again: number }>;
  readonly picked: ReadonlyMap<string, number>;
  /** Who executes a `fail` here: whose message stands before it, or who judges or decides; null: that is not plain. */
  readonly speaker: number | null;
}

function isCyclic(part: Part): boolean {
  return (part.kind === "loop" && part.options.max === undefined) || innerParts(part).some(isCyclic);
}
