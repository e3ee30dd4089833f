// The invariants of an artifact: `where modules.every(m => m.name != "index")`. In: its tree, and the artifact with
// its fields. Out: typed conditions over the fields, which are names there; an absent optional field is null.

import { nearest } from "@chor/grammar";
import type { ArtifactTree } from "@chor/grammar";
import { unknownField } from "../../report/expressions.js";
import type { Artifact, Condition, Type } from "../program.js";
import { orNull } from "../type-shapes.js";
import type { TypeContext } from "../type-context.js";
import { typeConditions, type ExpressionScope } from "./type-expression.js";

/** Takes the tree and the artifact (null: it has errors), gives its invariants; null: one of them has an error. */
export function bindInvariants(
  tree: ArtifactTree,
  artifact: Artifact | null,
  context: TypeContext,
): readonly Condition[] | null {
  if (tree.body.kind !== "record" || tree.body.invariants.length === 0) return [];
  const fields = new Map<string, Type | null>(tree.body.fields.map(({ name }) => [name.text, null]));
  if (artifact?.type.kind === "record")
    for (const { name, type, optional } of artifact.type.fields) fields.set(name, optional ? orNull(type) : type);
  const scope: ExpressionScope = {
    lookup: (name) => fields.get(name),
    names: () => fields.keys(),
    unknown: (name) => {
      const names = [...fields.keys()];
      context.sink.push(unknownField(name, `\`${tree.name.text}\``, names, nearest(name.text, names)));
    },
    types: context,
    assumed: [],
  };
  const { conditions } = typeConditions(tree.body.invariants, scope);
  const sound = conditions.filter((condition) => condition !== null);
  return sound.length === conditions.length ? sound : null;
}
