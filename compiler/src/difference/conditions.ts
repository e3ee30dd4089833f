// Conditions of two versions: which are the same but for how they are laid out and what the parameters of functions are
// called. In: bound conditions. Out: what was added and removed. What a changed condition means is not asked.

import { expressionForm, type Meant } from "../bind/expressions/form.js";
import type { Condition } from "../bind/program.js";

export interface ConditionChange {
  readonly added: boolean;
  readonly condition: Condition;
}

/** What stands on one side only, the removed ones first. `meant…` says what the names of each side mean. */
export function conditionsChanged(
  old: readonly Condition[],
  now: readonly Condition[],
  meantBefore: Meant = (name) => name,
  meantNow: Meant = (name) => name,
): readonly ConditionChange[] {
  const form = ({ expression }: Condition, meant: Meant): string => expressionForm(expression, meant);
  const before = new Set(old.map((condition) => form(condition, meantBefore)));
  const after = new Set(now.map((condition) => form(condition, meantNow)));
  return [
    ...old.filter((each) => !after.has(form(each, meantBefore))).map((condition) => ({ added: false, condition })),
    ...now.filter((each) => !before.has(form(each, meantNow))).map((condition) => ({ added: true, condition })),
  ];
}
