// The names of generated code. In go names of the source, which may be any word; out come identifiers, member
// names and file names that mean nothing else in TypeScript, at run time or on a disk. What is changed gets the
// suffix `$`, which no name of a `.chor` file can contain. Wire names (labels, fields) never come through here.

const RESERVED_WORDS =
  "arguments await break case catch class const continue debugger default delete do else enum eval export extends " +
  "false finally for function if implements import in instanceof interface let new null package private protected " +
  "public return static super switch this throw true try typeof undefined var void while with yield";

/** What every object has, and what the language calls unasked: an `await` of an object with `then` hangs. */
const MEMBERS_OF_OBJECTS =
  "then catch finally constructor prototype toString toLocaleString valueOf toJSON hasOwnProperty isPrototypeOf " +
  "propertyIsEnumerable __proto__ __defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__";

/** Globals that generated code names, its one import, and the member that stands beside the handlers. */
const USED_BESIDE = "Array AsyncIterable Number Object Promise ReadonlySet RegExp Set globalThis chor on";

const RESERVED: ReadonlySet<string> = new Set(`${RESERVED_WORDS} ${MEMBERS_OF_OBJECTS} ${USED_BESIDE}`.split(" "));

/** Devices of Windows: no file and no folder can have such a name. */
const DEVICES: ReadonlySet<string> = new Set([
  "con",
  "prn",
  "aux",
  "nul",
  ...[..."0123456789"].flatMap((n) => [`com${n}`, `lpt${n}`]),
]);

/** Our own files stand beside those of roles. */
const RESERVED_FILES: ReadonlySet<string> = new Set(["index", "places", "artifacts", ...DEVICES]);

/** Names in use at one place: `claim` gives a free one and takes it. A child sees what is taken around it. */
export interface Scope {
  /** The wanted name if it is free and harmless, else with `$`, `$2`, `$3`, … behind it. */
  claim(wanted: string): string;
  isTaken(name: string): boolean;
  child(): Scope;
}

/** A new scope. `outer`: names that are taken there are not given here. */
export function scope(outer: Scope | null = null): Scope {
  const taken = new Set<string>();
  const isTaken = (name: string): boolean => taken.has(name) || (outer !== null && outer.isTaken(name));
  const self: Scope = {
    isTaken,
    claim(wanted) {
      const name = free(wanted, RESERVED, isTaken);
      taken.add(name);
      return name;
    },
    child: () => scope(self),
  };
  return self;
}

/**
 * The name of a member that users write or read: a handler, something known. No two members of the source clash,
 * so the name alone decides, and one name is the same member in every file.
 */
export function member(name: string): string {
  return free(name, RESERVED, () => false);
}

/** True where reading the field of an object that lacks it finds something that every object inherits. */
export function isInherited(field: string): boolean {
  return field in Object.prototype;
}

/** The name of each counter: its loop's; several loops of one name are told apart as interactions are (`round#2`). */
export function counterNames(counters: readonly { readonly loop: string }[]): (counter: number) => string {
  return (counter) => {
    const loop = counters[counter]?.loop ?? "";
    const before = counters.slice(0, counter).filter((other) => other.loop === loop).length;
    return before === 0 ? loop : `${loop}#${before + 1}`;
  };
}

/** The files of roles in one folder, without ending. */
export function roleFiles(): (role: string) => string {
  return fileNames(RESERVED_FILES);
}

/** The folders of choreographies. */
export function choreographyFolders(): (choreography: string) => string {
  return fileNames(DEVICES);
}

/** Names without case, as macOS and Windows compare them. */
function fileNames(reserved: ReadonlySet<string>): (name: string) => string {
  const taken = new Set<string>();
  return (name) => {
    const file = free(kebab(name), reserved, (text) => taken.has(text));
    taken.add(file);
    return file;
  };
}

/** The folder of a source file: `src/Pull Request.chor` gives `pull-request`. */
export function folderOf(sourceFile: string): string {
  const stem = baseName(sourceFile).replace(/\.chor$/i, "");
  const folder = kebab(stem)
    .replace(/[^a-z0-9_-]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return free(folder === "" ? "protocol" : folder, DEVICES, () => false);
}

/** The file name at the end of a path with slashes of either kind. */
export function baseName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

/** `ReviewLoop` gives `review-loop`, `CIReport` gives `ci-report`. */
export function kebab(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1-$2")
    .toLowerCase();
}

/** `verdict` gives `Verdict`: a name of the source as part of a type's name. */
export function upper(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function free(wanted: string, reserved: ReadonlySet<string>, isTaken: (name: string) => boolean): string {
  if (!reserved.has(wanted) && !isTaken(wanted)) return wanted;
  let name = `${wanted}$`;
  for (let n = 2; isTaken(name); n++) name = `${wanted}$${n}`;
  return name;
}
