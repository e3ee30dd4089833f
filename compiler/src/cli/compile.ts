// `chorc compile` behind the check: emits and writes. In: sources without errors, and the output folder. Out: what
// has become of the folder, or why nothing was written. Loaded only when it is used, for what it loads itself.

import type { Diagnostic } from "@chor/grammar";
import { unwrittenIn } from "../carried/written.js";
import type { Checked } from "../check.js";
import { emit } from "../emit/emit.js";
import type { EmittedFile } from "../emit/emit.js";
import { kebab } from "../emit/names.js";
import { writeFiles } from "../emit/write.js";
import { choreographyFolderTaken, sourceFolderTaken } from "../report/output.js";

export interface Outcome {
  /** The output folder, as it was named. */
  readonly out: string;
  /** Errors that only show when sources are compiled together, by file. */
  readonly diagnostics: ReadonlyMap<string, readonly Diagnostic[]>;
  /** Paths below the output folder, with `/`, sorted. */
  readonly output: {
    readonly written: readonly string[];
    readonly unchanged: readonly string[];
    readonly removed: readonly string[];
  };
  /** Sentences: why nothing, or not everything, was written. */
  readonly problems: readonly string[];
}

/**
 * Emits all sources and writes them below `out`. Writes nothing where generated code does not carry something yet, or
 * where two sources would share a folder.
 */
export async function compile(sources: readonly Checked[], out: string): Promise<Outcome> {
  const refused = unwrittenBySource(sources);
  if (refused.size > 0) {
    return { out, diagnostics: refused, output: { written: [], unchanged: [], removed: [] }, problems: [] };
  }
  const emitted: Emitted[] = [];
  for (const source of sources) emitted.push({ source, files: await emit(source.program, source.choreographies) });
  const diagnostics = clashes(emitted);
  if (diagnostics.size > 0) {
    return { out, diagnostics, output: { written: [], unchanged: [], removed: [] }, problems: [] };
  }
  const { problems, ...output } = await writeFiles(
    out,
    emitted.flatMap(({ files }) => files),
  );
  return { out, diagnostics, output, problems };
}

function unwrittenBySource(sources: readonly Checked[]): ReadonlyMap<string, readonly Diagnostic[]> {
  return new Map(
    sources.flatMap(({ program }) => {
      const found = unwrittenIn(program);
      return found.length === 0 ? [] : [[program.source.file, found] as const];
    }),
  );
}

interface Emitted {
  readonly source: Checked;
  readonly files: readonly EmittedFile[];
}

/** A folder belongs to one source: what is no longer generated from it can then be removed. */
function clashes(emitted: readonly Emitted[]): ReadonlyMap<string, readonly Diagnostic[]> {
  const owners = new Map<string, string>();
  const found = new Map<string, Diagnostic[]>();
  for (const { source, files } of emitted) {
    const { file } = source.program.source;
    for (const folder of new Set(files.map(({ path }) => path.slice(0, path.indexOf("/"))))) {
      const owner = owners.get(folder) ?? file;
      owners.set(folder, owner);
      if (owner === file) continue;
      found.set(file, [...(found.get(file) ?? []), taken(source, folder, owner)]);
    }
  }
  return found;
}

function taken({ program }: Checked, folder: string, owner: string): Diagnostic {
  const choreography = program.choreographies.find(({ name }) => kebab(name) === folder);
  if (choreography === undefined) return sourceFolderTaken(folder, owner);
  const { text } = program.source;
  const start = text.lastIndexOf("choreography", choreography.body.span.start);
  return choreographyFolderTaken(choreography.name, folder, owner, { start, end: text.indexOf("(", start) });
}
