// The artifacts of a file: records, each of bounded depth. In: the tree and the names of the file. Out: every
// artifact by name (null: it has errors), which are used by others, and the diagnostics.

import type { ArtifactTree, Diagnostic, FileTree } from "@chor/grammar";
import { artifactInItself, tooDeep } from "../report/types.js";
import { unsupported } from "../report/unsupported.js";
import type { Declarations } from "./declarations.js";
import { DEPTH_LIMIT } from "./limits.js";
import type { Artifact } from "./program.js";
import { bindFields, bindType, type Reference } from "./types.js";

export interface BoundArtifacts {
  /** In the order of the source. */
  readonly byName: ReadonlyMap<string, Artifact | null>;
  /** Artifacts that are the type of some other artifact's field. */
  readonly used: ReadonlySet<string>;
}

/** One artifact on the way: what it is, and where it refers to others. */
interface Draft {
  readonly tree: ArtifactTree;
  readonly artifact: Artifact | null;
  readonly references: readonly Reference[];
}

/** Takes a file's tree, gives its artifacts; the errors of all of them go to `sink`. */
export function bindArtifacts(tree: FileTree, declarations: Declarations, sink: Diagnostic[]): BoundArtifacts {
  const drafts = new Map<string, Draft>();
  for (const declaration of tree.declarations) {
    if (declaration.kind !== "artifact") continue;
    const draft = bindArtifact(declaration, declarations, sink);
    const declared = declarations.byName.get(declaration.name.text);
    if (declared?.name === declaration.name) drafts.set(declaration.name.text, draft);
  }
  const unbounded = unboundedArtifacts(drafts, sink);
  const used = new Set<string>();
  for (const [name, { references }] of drafts)
    for (const { artifact } of references) if (artifact !== name) used.add(artifact);
  const byName = new Map([...drafts].map(([name, draft]) => [name, unbounded.has(name) ? null : draft.artifact]));
  return { byName, used };
}

function bindArtifact(tree: ArtifactTree, declarations: Declarations, sink: Diagnostic[]): Draft {
  const references: Reference[] = [];
  const context = { declarations, sink, references };
  const { body, name, doc, span } = tree;
  if (tree.open) sink.push(unsupported("open", name.span));
  if (body.kind !== "record") {
    sink.push(unsupported(body.kind, body.span));
    // What the alias names counts as used; what is wrong inside it is of no interest yet.
    if (body.kind === "alias") bindType(body.type, 1, { ...context, sink: [] });
    return { tree, artifact: null, references };
  }
  const type = bindFields(body.fields, 1, context);
  for (const invariant of body.invariants) sink.push(unsupported("invariant", invariant.span));
  const sound = type !== null && !tree.open && body.invariants.length === 0;
  return { tree, artifact: sound ? { name: name.text, doc, type, span } : null, references };
}

/** Artifacts that contain themselves or are nested too deep through others. Depth first, without recursion. */
function unboundedArtifacts(drafts: ReadonlyMap<string, Draft>, sink: Diagnostic[]): ReadonlySet<string> {
  /** Records and lists in one another, from each finished artifact down. */
  const depths = new Map<string, number>();
  const unbounded = new Set<string>();
  const onPath = new Map<string, number>();
  for (const root of drafts.keys()) {
    if (depths.has(root)) continue;
    const path: { readonly name: string; readonly draft: Draft; next: number; depth: number }[] = [];
    const enter = (name: string): void => {
      const draft = drafts.get(name);
      if (draft === undefined) return;
      onPath.set(name, path.length);
      path.push({ name, draft, next: 0, depth: 1 });
    };
    enter(root);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const reference = top.draft.references[top.next];
      if (reference === undefined) {
        path.pop();
        onPath.delete(top.name);
        depths.set(top.name, top.depth);
        continue;
      }
      const { artifact, depth, span } = reference;
      const round = onPath.get(artifact);
      const below = depths.get(artifact);
      if (round === undefined && below === undefined && drafts.has(artifact)) {
        enter(artifact);
        continue;
      }
      top.next++;
      if (round !== undefined && !unbounded.has(artifact)) {
        sink.push(circle(path.slice(round)));
        for (const { name } of path.slice(round)) unbounded.add(name);
      } else if (below !== undefined && depth - 1 + below > DEPTH_LIMIT) {
        sink.push(tooDeep(DEPTH_LIMIT, span));
        unbounded.add(top.name);
      } else {
        top.depth = Math.max(top.depth, depth - 1 + (below ?? 1));
      }
    }
  }
  return unbounded;
}

/** How many steps of a circle are shown. */
const STEPS = 8;

function circle(path: readonly { readonly name: string; readonly draft: Draft; readonly next: number }[]): Diagnostic {
  const [first] = path;
  const steps = path.map(({ name, draft, next }, index) => {
    // The last of the path has moved on from the reference that closes the circle.
    const reference = draft.references[index === path.length - 1 ? next - 1 : next];
    return { from: name, to: reference?.artifact ?? name, span: reference?.span ?? draft.tree.name.span };
  });
  const names = path.map(({ name }) => name);
  return artifactInItself(names, first?.draft.tree.name.span ?? { start: 0, end: 0 }, steps.slice(0, STEPS));
}
