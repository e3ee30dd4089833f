// Why two endpoints differ, put together for a reader: a message that is gone in one place and new in another was moved, a
// wait that has got an `else` is one change and not five. In: reasons as a walk meets them. Out: fewer.

import { isWord, type Act } from "./endpoint.js";

export interface Reason {
  readonly id: string;
  readonly detail: string;
  readonly old: Act | null;
  readonly now: Act | null;
  readonly breaking: boolean;
  /** In place of an action: the construct with arms, or the counted loop, of each version. */
  readonly about: {
    readonly kind: "construct" | "loop";
    readonly old: number | null;
    readonly now: number | null;
  } | null;
}

/** The reasons, with those joined that are one change. */
export function gathered(reasons: readonly Reason[]): readonly Reason[] {
  return withoutWords(paired(reasons));
}

/** Joins what is gone with what is new: the same action in another place, or the same message waited for in another way. */
function paired(reasons: readonly Reason[]): readonly Reason[] {
  const added = reasons.filter(({ id }) => id === "message-added");
  const joined = new Map<Reason, Reason>();
  const gone = new Set<Reason>();
  const join = (id: string, isOne: (old: Act, now: Act) => boolean): void => {
    for (const reason of reasons) {
      if (reason.id !== "message-removed" || gone.has(reason)) continue;
      const other = added.find(
        (each) => !joined.has(each) && each.now !== null && reason.old !== null && isOne(reason.old, each.now),
      );
      if (other === undefined) continue;
      gone.add(reason);
      const isElse = id === "else" && other.now?.network !== null ? "else-added" : "else-removed";
      joined.set(other, { ...other, id: id === "else" ? isElse : id, old: reason.old });
    }
  };
  join("order-changed", (old, now) => old.key === now.key);
  join(
    "else",
    (old, now) =>
      old.kind === now.kind &&
      old.label === now.label &&
      !isWord(old) &&
      (old.network === null) !== (now.network === null),
  );
  return reasons.flatMap((reason) => (gone.has(reason) ? [] : [joined.get(reason) ?? reason]));
}

/** What the network says in a wait of which something else is told already. */
function withoutWords(reasons: readonly Reason[]): readonly Reason[] {
  const waits = new Set(
    reasons.flatMap(({ old, now }) =>
      [old, now].flatMap((act) => (act === null || act.network === null || isWord(act) ? [] : [act.network])),
    ),
  );
  return reasons.filter(({ old, now }) => {
    const act = now ?? old;
    return act === null || act.network === null || !isWord(act) || !waits.has(act.network);
  });
}
