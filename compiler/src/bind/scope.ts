// What the names in an expression mean at its place, and what is said where they mean nothing. In: the names of a
// choreography and a place in it. Out: the scope that the expression is typed in. Whether a name is bound there, or
// known to somebody, is not asked here: see the knowledge stage.

import { nearest } from "@chor/grammar";
import type { Name, Span } from "@chor/grammar";
import {
  noFailure,
  outOfScope,
  ownNameElsewhere,
  prefixAlone,
  unknownInside,
  unknownValue,
  type ValueKind,
} from "../report/values.js";
import { withoutNames } from "./assumed.js";
import { argumentsOf, offerOf, typeInside } from "./callee.js";
import type { Call } from "./do.js";
import type { ExpressionScope } from "./expressions/scope.js";
import { STRING_DEFAULT } from "./limits.js";
import type { RecordType, Type } from "./program.js";
import type { Place, Surroundings } from "./surroundings.js";
import type { Draft } from "./survey.js";
import { substitute } from "./type-relations.js";

/** The names of a choreography, while their types are being worked out and afterwards. */
export interface ValueNames {
  /** Where each is bound first, and as what. */
  readonly firsts: ReadonlyMap<string, First>;
  /** null: bound, but of an unknown type because of an error that is told elsewhere. */
  readonly types: Map<string, Type | null>;
  /** By prefix. */
  readonly calls: ReadonlyMap<string, Call>;
  /** By the name that a message has in its own clauses: the first that is collected. */
  readonly owns: ReadonlyMap<string, Draft>;
  /** By artifact: the first message that an agent is asked for, for hints. */
  readonly carriers: ReadonlyMap<string, Draft>;
  /** Names that were said to be unknown. */
  readonly told: Set<string>;
}

export interface First {
  readonly kind: ValueKind;
  readonly span: Span;
}

const NOWHERE: Span = { start: 0, end: 0 };

/** What an `else` knows. */
export const FAILURE: RecordType = {
  kind: "record",
  fields: [
    {
      name: "reason",
      doc: "",
      optional: false,
      type: { kind: "literals", values: ["late", "rejected", "gone", "cancelled"] },
      span: NOWHERE,
    },
    {
      name: "report",
      doc: "",
      optional: true,
      type: { kind: "string", min: 0, max: STRING_DEFAULT, pattern: null },
      span: NOWHERE,
    },
  ],
};

/** Takes a place and the name that a message has in its own clauses (null: none), gives the scope there. */
export function scopeAt(
  place: Place,
  own: { readonly name: string; readonly type: Type | null } | null,
  names: ValueNames,
  surroundings: Surroundings,
): ExpressionScope {
  return {
    lookup: (name) => {
      if (own?.name === name) return own.type;
      if (name === "failure") return place.failure ? FAILURE : undefined;
      const dot = name.indexOf(".");
      if (dot >= 0) return typeIn(names.calls.get(name.slice(0, dot)), name.slice(dot + 1), surroundings);
      return isVisible(name, place, names) ? names.types.get(name) : undefined;
    },
    *names() {
      if (own !== null) yield own.name;
      if (place.failure) yield "failure";
      yield* visibleNames(place, names);
      for (const [prefix, { callee }] of names.calls) {
        const [inside] = callee === null ? [] : offerOf(callee, surroundings.callees).types.keys();
        if (inside !== undefined) yield `${prefix}.${inside}`;
      }
    },
    unknown: (name) => tellUnknown(name, place, names, surroundings),
    types: surroundings.types,
    assumed: own === null ? place.assumed : withoutNames(place.assumed, new Set([own.name])),
  };
}

function isVisible(name: string, { locals }: Place, { firsts }: ValueNames): boolean {
  const kind = firsts.get(name)?.kind;
  if (kind === undefined || kind === "a `do`") return false;
  return (kind !== "the element of a scatter" && kind !== "the member of a pick") || locals.has(name);
}

function* visibleNames(place: Place, names: ValueNames): Generator<string> {
  for (const name of names.firsts.keys()) if (isVisible(name, place, names)) yield name;
}

/** The type of `path` in what a `do` binds; undefined: there is no such `do`, or it binds no such name. */
function typeIn(call: Call | undefined, path: string, { callees }: Surroundings): Type | null | undefined {
  if (call === undefined) return undefined;
  const { callee, types } = call;
  if (callee === null || types === null) return null;
  const type = typeInside(callee, path.split("."), callees);
  return type === undefined ? undefined : substitute(type, argumentsOf(callee, types));
}

function tellUnknown(name: Name, place: Place, names: ValueNames, surroundings: Surroundings): void {
  const { sink, callees } = surroundings;
  const { text } = name;
  const [root = text] = text.split(".");
  const call = names.calls.get(root);
  const first = names.firsts.get(root);
  if (text === "failure") {
    sink.push(noFailure(name));
  } else if (call !== undefined) {
    if (call.callee === null) return;
    const inside = [...offerOf(call.callee, callees).types.keys()];
    if (text === root) sink.push(prefixAlone(name, call.callee.name, inside[0] ?? null));
    else {
      const suggestion = nearest(text.slice(root.length + 1), inside);
      sink.push(unknownInside(name, root, call.callee.name, inside, suggestion));
    }
  } else if (first !== undefined && !isVisible(root, place, names)) {
    sink.push(outOfScope(name, first.kind, first.span));
  } else {
    tellUnbound(name, place, names, surroundings);
  }
  names.told.add(text);
}

function tellUnbound(name: Name, place: Place, names: ValueNames, { declarations, sink }: Surroundings): void {
  const { text } = name;
  const own = names.owns.get(text);
  const artifact = declarations.artifactOf.get(text);
  const carrier = artifact === undefined ? undefined : names.carriers.get(artifact);
  const binding = own?.binds ?? null;
  if (binding !== null) {
    sink.push(ownNameElsewhere(name, binding.text, binding.span));
    return;
  }
  if (carrier !== undefined && carrier.binds !== null) {
    const { tree, binds } = carrier;
    const { label } = tree.message;
    const hint = `Write \`${binds.text}\`: a name follows the label. Or call it \`as ${text}\` at \`${label.text}\`.`;
    const place = { text: `the \`${artifact}\` of \`${label.text}\` is called \`${binds.text}\``, span: tree.span };
    sink.push(unknownValue(name, hint, place));
    return;
  }
  const suggestion = nearest(text, visibleNames(place, names));
  // What nobody binds is told of once, what is misspelt wherever it is.
  if (suggestion !== null) sink.push(unknownValue(name, `Did you mean \`${suggestion}\`?`, null));
  else if (!names.told.has(text)) {
    const hint =
      artifact === undefined
        ? "Name what an interaction has bound before."
        : `To ask for a \`${artifact}\` write \`${artifact}\`.`;
    sink.push(unknownValue(name, hint, null));
  }
}
