// The names of values of a choreography and their types. In: everything that binds one, not yet typed. Out: the type of
// every name, and of every payload and list on the way there. A name means whatever binds it, before or behind: types
// are worked out in the order in which they become known. Linear in the size of the expressions.

import type { DoTree, ExpressionTree, InteractionTree, ScatterTree } from "@chor/grammar";
import {
  boundWithAnotherType,
  nameOfAnotherKind,
  onlyPassedOn,
  prefixOfAnother,
  reservedName,
  type ValueKind,
} from "../report/values.js";
import { noListOfElements } from "../report/branches.js";
import { listOf, typeOfPayload } from "./callee.js";
import { bindCall, type Call } from "./do.js";
import { typeExpression } from "./expressions/type-expression.js";
import { bindPayload } from "./payloads.js";
import type { Expression, Payload, StringType, Type } from "./program.js";
import { scopeAt, type First, type ValueNames } from "./scope.js";
import type { Surroundings } from "./surroundings.js";
import type { Binder, Survey } from "./survey.js";
import { namesInTrees, payloadExpressions } from "./trees.js";
import { sameType, shapeOf } from "./type-relations.js";
import { shownType } from "./type-text.js";

export interface TypedNames {
  readonly names: ValueNames;
  /** null: something is wrong with it, and the sink says so. */
  readonly payloads: ReadonlyMap<InteractionTree, Payload | null>;
  readonly lists: ReadonlyMap<ScatterTree, Expression | null>;
  readonly dos: ReadonlyMap<DoTree, Call>;
}

/** The name of a member, `Worker[2]`. */
const MEMBER: StringType = { kind: "string", min: 1, max: 256, pattern: null };

const KINDS = { element: "the element of a scatter", member: "the member of a pick", do: "a `do`" } as const;

/** What is bound inside a block only. */
const SCOPED: ReadonlySet<ValueKind> = new Set([KINDS.element, KINDS.member]);

/** Takes a survey, gives what its names mean; `surroundings.sink` gets what is wrong with them. */
export function typeNames(survey: Survey, surroundings: Surroundings): TypedNames {
  const { head } = surroundings;
  const calls = new Map<string, Call>();
  const dos = new Map<DoTree, Call>();
  const firsts = firstsOf(survey, calls, dos, surroundings);
  const names: ValueNames = {
    firsts,
    types: new Map([...head.valuesByName].map(([name, { type }]) => [name, type])),
    calls,
    owns: ownsOf(survey),
    carriers: carriersOf(survey),
    told: new Set(),
  };
  const payloads = new Map<InteractionTree, Payload | null>();
  const lists = new Map<ScatterTree, Expression | null>();
  const found = survey.binders.map((binder): Task => {
    switch (binder.kind) {
      case "message": {
        const { tree, collects } = binder.draft;
        const work = (): Type | null => {
          const payload = bindPayload(tree, scopeAt(binder.place, null, names, surroundings), surroundings);
          payloads.set(tree, payload);
          // That what all members send needs a list is told of once, where it is bound.
          const isLost = payload === null || (tree.from.all && !collects);
          const type = isLost ? null : typeOfPayload(payload);
          return type !== null && collects ? listOf(type) : type;
        };
        return { binder, trees: payloadExpressions(tree), work };
      }
      case "element": {
        const { tree } = binder;
        const work = (): Type | null => {
          const list = typeExpression(tree.list, scopeAt(binder.place, null, names, surroundings), null);
          const item = list === null ? null : itemOf(list, surroundings);
          lists.set(tree, item === null ? null : list);
          return item;
        };
        return { binder, trees: [tree.list], work };
      }
      case "member":
        return { binder, trees: [], work: () => MEMBER };
      case "do":
        return { binder, trees: [], work: () => null };
    }
  });
  const types = settle(found, names, surroundings);
  for (const { tree } of survey.interactions)
    if (tree.message.payload.kind === "none") payloads.set(tree, { kind: "none" });
  refuseOtherTypes(survey.binders, types, surroundings);
  return { names, payloads, lists, dos };
}

/** One thing that binds a name: what it needs, and how its type is worked out once all that is known. */
interface Task {
  readonly binder: Binder;
  readonly trees: readonly ExpressionTree[];
  readonly work: () => Type | null;
}

/** Works out all types, gives those of the tasks; `names.types` gets the first of each name. */
function settle(tasks: readonly Task[], names: ValueNames, { sink }: Surroundings): readonly (Type | null)[] {
  const { types } = names;
  const pending = new Set(tasks.flatMap(({ binder }) => (binder.kind === "do" ? [] : binder.name.text)));
  for (const name of types.keys()) pending.delete(name);
  const waiting = new Map<string, number[]>();
  const missing: number[] = [];
  const needs = tasks.map(({ trees }) => namesInTrees(trees).free);
  const result: (Type | null)[] = tasks.map(() => null);
  const open: number[] = [];
  needs.forEach((free, index) => {
    const blocking = new Set(free.map(({ text }) => text).filter((name) => pending.has(name)));
    missing.push(blocking.size);
    if (blocking.size === 0) open.push(index);
    for (const name of blocking) {
      const others = waiting.get(name);
      if (others === undefined) waiting.set(name, [index]);
      else others.push(index);
    }
  });
  const release = (name: string, type: Type | null): void => {
    if (types.has(name)) return;
    types.set(name, type);
    for (const index of (waiting.get(name) ?? []).toReversed()) {
      missing[index] = (missing[index] ?? 0) - 1;
      if (missing[index] === 0) open.push(index);
    }
    waiting.delete(name);
  };
  const run = (): void => {
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      const task = tasks[index];
      if (task === undefined || task.binder.kind === "do") continue;
      const type = task.work();
      result[index] = type;
      release(task.binder.name.text, type);
    }
  };
  open.reverse();
  run();
  // What still waits passes names on in a circle. The first that waits stands for all of its circle.
  for (const free of needs) {
    const name = free.find(({ text }) => waiting.has(text));
    if (name === undefined) continue;
    sink.push(onlyPassedOn(name));
    release(name.text, null);
    run();
  }
  return result;
}

/** Where each name is bound first, and as what; a name for two kinds of things is an error. */
function firstsOf(
  { binders }: Survey,
  calls: Map<string, Call>,
  dos: Map<DoTree, Call>,
  surroundings: Surroundings,
): ReadonlyMap<string, First> {
  const { head, sink } = surroundings;
  const firsts = new Map<string, First>();
  for (const { name } of head.valuesByName.values()) firsts.set(name.text, { kind: "a parameter", span: name.span });
  const told = new Set<string>();
  for (const binder of binders) {
    const { name, place } = binder;
    const kind = kindOf(binder);
    const first = firsts.get(name.text);
    const call = binder.kind === "do" ? bindCall(binder.tree, name, surroundings) : null;
    if (binder.kind === "do" && call !== null) addCall(binder.tree, call, calls, dos, sink);
    if (name.text === "failure") {
      sink.push(reservedName(name));
    } else if (first === undefined) {
      firsts.set(name.text, { kind, span: name.span });
    } else if (first.kind !== kind || (SCOPED.has(kind) && place.locals.has(name.text))) {
      // Of a `do` of nothing, that is told already. A clash is told of once for each kind.
      if (call?.callee !== null && !told.has(`${kind} ${name.text}`))
        sink.push(nameOfAnotherKind(name, kind, first, first.kind === kind));
      told.add(`${kind} ${name.text}`);
    }
  }
  return firsts;
}

function addCall(
  tree: DoTree,
  call: Call,
  calls: Map<string, Call>,
  dos: Map<DoTree, Call>,
  sink: Surroundings["sink"],
): void {
  const { name, calleeName } = call;
  const before = calls.get(name.text);
  dos.set(tree, call);
  if (before === undefined) calls.set(name.text, call);
  else if (!sameCall(call, before)) sink.push(prefixOfAnother(name, calleeName, before.name.span, before.calleeName));
}

function kindOf(binder: Binder): ValueKind {
  if (binder.kind === "message") return binder.draft.collects ? "a list" : "a message";
  return KINDS[binder.kind];
}

function sameCall(a: Call, b: Call): boolean {
  if (a.callee === null || b.callee === null || a.types === null || b.types === null) return true;
  const types = b.types;
  return (
    a.callee === b.callee && a.types.every((type, index) => types[index] !== undefined && sameType(type, types[index]))
  );
}

/** By the name of a message in its own clauses: the first that is collected. */
function ownsOf({ interactions }: Survey): ValueNames["owns"] {
  const owns = new Map<string, Survey["interactions"][number]>();
  for (const draft of interactions) if (draft.collects && !owns.has(draft.handler)) owns.set(draft.handler, draft);
  return owns;
}

/** By artifact: the first message that carries it. */
function carriersOf({ interactions }: Survey): ValueNames["carriers"] {
  const carriers = new Map<string, Survey["interactions"][number]>();
  for (const draft of interactions) {
    const { payload, label } = draft.tree.message;
    const artifact = payload.kind === "same" ? label.text : payload.kind === "asked" ? payload.artifact.text : null;
    if (artifact !== null && !carriers.has(artifact)) carriers.set(artifact, draft);
  }
  return carriers;
}

function itemOf({ type, span }: Expression, { artifacts, sink }: Surroundings): Type | null {
  const shape = shapeOf(type, artifacts);
  if (shape === null) return null;
  if (shape.kind === "list") return shape.item;
  sink.push(noListOfElements("A scatter goes over a list", shownType(type), span));
  return null;
}

/** One name for two types is an error, at the second. */
function refuseOtherTypes(binders: readonly Binder[], types: readonly (Type | null)[], { sink }: Surroundings): void {
  const firsts = new Map<string, { readonly type: Type; readonly binder: Binder }>();
  binders.forEach((binder, index) => {
    const type = types[index] ?? null;
    if (type === null) return;
    const { text, span } = binder.name;
    const first = firsts.get(text);
    if (first === undefined) firsts.set(text, { type, binder });
    else if (kindOf(first.binder) === kindOf(binder) && !sameType(type, first.type))
      sink.push(boundWithAnotherType(text, span, shownType(type), first.binder.name.span, shownType(first.type)));
  });
}
