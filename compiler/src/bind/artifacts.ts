// The artifacts of a file: records, names for other types, and what is declared elsewhere; each of bounded depth. In:
// the tree, the names of the file and the programs that it imports. Out: every artifact by name (null: it has
// errors), where types are bound from here on, and the diagnostics.

import type { ArtifactBody, ArtifactTree, Diagnostic, FileTree, Source } from "@chor/grammar";
import { artifactInItself, foreignPath, openNoRecord, tooDeep } from "../report/types.js";
import { artifactOf, artifactsOf, keyOf } from "./artifact-table.js";
import { bytesOfType } from "./bytes.js";
import type { Declarations } from "./declarations.js";
import { depthsOf } from "./depth.js";
import { bindInvariants } from "./expressions/invariants.js";
import { DEPTH_LIMIT } from "./limits.js";
import type { Artifact, Program, ReferenceType, Type } from "./program.js";
import { bindFields, bindType, type Reference, type TypeContext } from "./types.js";

export interface BoundArtifacts {
  /** Those of this file, in the order of the source. */
  readonly byName: ReadonlyMap<string, Artifact | null>;
  /** Artifacts of other files that the types of this one can lead to. */
  readonly others: readonly Artifact[];
  /** Names of this file that some other artifact speaks of. */
  readonly used: ReadonlySet<string>;
  /** Where the types of the file's contracts and choreographies are bound. Its `references` are empty. */
  readonly context: TypeContext;
}

/** One artifact on the way: what it is, and where it refers to others. */
interface Draft {
  readonly tree: ArtifactTree;
  readonly type: Type | null;
  readonly references: readonly Reference[];
}

/** Takes a file's tree, gives its artifacts; the errors of all of them go to `sink`. */
export function bindArtifacts(
  tree: FileTree,
  source: Source,
  declarations: Declarations,
  imports: ReadonlyMap<string, Program | null>,
  sink: Diagnostic[],
): BoundArtifacts {
  const others = artifactsOf(imports.values());
  const artifacts = new Map<string, Artifact | null>(others);
  const trees = tree.declarations.filter((declaration) => declaration.kind === "artifact");
  const bodies = new Map<string, ArtifactBody>();
  for (const { name, body } of trees) if (!bodies.has(name.text)) bodies.set(name.text, body);
  const context: TypeContext = {
    file: source.file,
    declarations,
    artifacts,
    bodies,
    sink,
    references: [],
  };
  const drafts = new Map<string, Draft>();
  for (const artifact of trees) {
    const draft = bindArtifact(artifact, context);
    if (declarations.byName.get(artifact.name.text)?.name === artifact.name) drafts.set(artifact.name.text, draft);
  }
  const unbounded = unboundedArtifacts(drafts, context);
  const bytesOf = bytesOfDrafts(drafts, unbounded, context);
  const keyOfName = (name: string): string => keyOf({ kind: "reference", artifact: name, file: source.file });
  for (const [name, { tree: declared, type }] of drafts) {
    const { doc, open, span } = declared;
    const artifact: Artifact | null =
      type === null || unbounded.has(name)
        ? null
        : { name, source, doc, open, type, invariants: [], bytes: bytesOf(name), span, nameSpan: declared.name.span };
    artifacts.set(keyOfName(name), artifact);
  }
  // An invariant may speak of every other artifact: all of them are in the table by now.
  for (const [name, { tree: declared }] of drafts) {
    const artifact = artifacts.get(keyOfName(name)) ?? null;
    const invariants = bindInvariants(declared, artifact, context);
    if (artifact !== null) artifacts.set(keyOfName(name), invariants === null ? null : { ...artifact, invariants });
  }
  const used = new Set(context.references.map(({ name }) => name));
  for (const [name, { references }] of drafts) for (const it of references) if (it.name !== name) used.add(it.name);
  const byName = new Map([...drafts.keys()].map((name) => [name, artifacts.get(keyOfName(name)) ?? null]));
  return { byName, others: [...others.values()], used, context: { ...context, references: [] } };
}

function bindArtifact(tree: ArtifactTree, around: TypeContext): Draft {
  const references: Reference[] = [];
  const context = { ...around, references };
  const { body, name } = tree;
  if (tree.open && body.kind !== "record") context.sink.push(openNoRecord(name));
  switch (body.kind) {
    case "record":
      return { tree, type: bindFields(body.fields, 1, context), references };
    case "alias":
      return { tree, type: bindType(body.type, 1, context), references };
    case "schema":
    case "typescript": {
      const problem = foreignProblem(body.kind, body.path.value);
      if (problem !== null) context.sink.push(foreignPath(body.path.value, problem.what, problem.hint, body.path.span));
      return {
        tree,
        type: problem === null ? { kind: "foreign", by: body.kind, path: body.path.value } : null,
        references,
      };
    }
  }
}

/** Whether the path is one that a later stage may read: relative, in the folder or below, naming a type where one is needed. */
function foreignProblem(
  by: "schema" | "typescript",
  written: string,
): { readonly what: string; readonly hint: string } | null {
  const hash = written.indexOf("#");
  const path = hash < 0 ? written : written.slice(0, hash);
  const example = by === "schema" ? "./ticket.schema.json" : "./types.ts#Ticket";
  const hint = `Write it like \`${example}\`.`;
  if (/[\0-\x1f\x7f\\]/.test(path)) return { what: "it has a character that no path has here", hint };
  if (!path.startsWith("./") || path.length === 2) return { what: "it does not begin with `./`", hint };
  if (path.split("/").includes(".."))
    return { what: "it leads out of the folder", hint: "Put the file into the folder of this one, or below." };
  if (by === "typescript" && !/^[A-Za-z_$][\w$]*$/.test(hash < 0 ? "" : written.slice(hash + 1)))
    return { what: "it names no type behind `#`", hint };
  return null;
}

/** The bytes of each artifact of the file, worked out when it is asked for. Those that are unbounded in depth have none. */
function bytesOfDrafts(
  drafts: ReadonlyMap<string, Draft>,
  unbounded: ReadonlySet<string>,
  { file, artifacts }: TypeContext,
): (name: string) => number | null {
  const known = new Map<string, number | null>();
  const bytesOf = (reference: ReferenceType): number | null => {
    const { artifact: name } = reference;
    if (reference.file !== file) return artifactOf(reference, artifacts)?.bytes ?? null;
    const before = known.get(name);
    if (before !== undefined) return before;
    const draft = drafts.get(name);
    const sound = draft !== undefined && draft.type !== null && !draft.tree.open && !unbounded.has(name);
    const bytes = sound && draft.type !== null ? bytesOfType(draft.type, bytesOf) : null;
    known.set(name, bytes);
    return bytes;
  };
  return (name) => bytesOf({ kind: "reference", artifact: name, file });
}

/** Artifacts that contain themselves or are nested too deep through others. Depth first, without recursion. */
function unboundedArtifacts(
  drafts: ReadonlyMap<string, Draft>,
  { file, artifacts, sink }: TypeContext,
): ReadonlySet<string> {
  /** Records and lists in one another, from each finished artifact down. */
  const depths = new Map(depthsOf(artifacts));
  const ownKey = (name: string): string => keyOf({ kind: "reference", artifact: name, file });
  const unbounded = new Set<string>();
  const onPath = new Map<string, number>();
  for (const root of drafts.keys()) {
    if (depths.has(ownKey(root))) continue;
    const path: Step[] = [];
    const enter = (name: string): void => {
      const draft = drafts.get(name);
      if (draft === undefined) return;
      onPath.set(ownKey(name), path.length);
      path.push({ name, draft, next: 0, depth: 1 });
    };
    enter(root);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const reference = top.draft.references[top.next];
      if (reference === undefined) {
        path.pop();
        onPath.delete(ownKey(top.name));
        depths.set(ownKey(top.name), top.depth);
        continue;
      }
      const { artifact, depth, span } = reference;
      const key = keyOf(artifact);
      const round = onPath.get(key);
      const below = depths.get(key);
      const own = artifact.file === file && drafts.has(artifact.artifact);
      if (depth !== null && round === undefined && below === undefined && own) {
        enter(artifact.artifact);
        continue;
      }
      top.next++;
      if (depth === null) continue;
      if (round !== undefined && !unbounded.has(artifact.artifact)) {
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

/** An artifact on the way down, the next of its references, and how deep it is as far as is known. */
interface Step {
  readonly name: string;
  readonly draft: Draft;
  next: number;
  depth: number;
}

/** How many steps of a circle are shown. */
const STEPS = 8;

function circle(path: readonly Step[]): Diagnostic {
  const [first] = path;
  const steps = path.map(({ name, draft, next }, index) => {
    // The last of the path has moved on from the reference that closes the circle.
    const reference = draft.references[index === path.length - 1 ? next - 1 : next];
    return { from: name, to: reference?.name ?? name, span: reference?.span ?? draft.tree.name.span };
  });
  const names = path.map(({ name }) => name);
  return artifactInItself(names, first?.draft.tree.name.span ?? { start: 0, end: 0 }, steps.slice(0, STEPS));
}
