// What stands behind `from`: a relative path to a `.chor` file, or the name of the standard library. In: the file
// that imports and the text of the string. Out: which file is meant, by the path that messages show, or what is
// wrong with the text. Paths here have `/` on every system; nothing is looked up.

/** The name by which the standard library is imported. */
export const STANDARD = "chor:std";

export type Target =
  | { readonly kind: "file"; readonly file: string }
  | { readonly kind: "standard" }
  | { readonly kind: "wrong"; readonly why: Wrong };

/** Why a text names no file; each has its own words in report/modules.ts. */
export type Wrong = "empty" | "bare" | "absolute" | "scheme" | "backslash" | "control" | "extension" | "folder";

/** Where `specifier`, written in `file`, leads. A path is joined as text: whether it stays in the project is asked of the disk. */
export function targetOf(file: string, specifier: string): Target {
  if (specifier === STANDARD) return { kind: "standard" };
  const why = wrongIn(specifier);
  return why === null ? { kind: "file", file: join(file, specifier) } : { kind: "wrong", why };
}

function wrongIn(specifier: string): Wrong | null {
  if (specifier === "") return "empty";
  if (hasControl(specifier)) return "control";
  if (specifier.includes("\\")) return "backslash";
  if (specifier.startsWith("/") || /^[A-Za-z]:\//.test(specifier)) return "absolute";
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(specifier)) return "scheme";
  if (!specifier.startsWith("./") && !specifier.startsWith("../")) return "bare";
  if (specifier.endsWith("/")) return "folder";
  return specifier.endsWith(".chor") ? null : "extension";
}

function hasControl(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 32 || unit === 127) return true;
  }
  return false;
}

/** The path of `relative`, seen from the folder in which `file` stands; `.` and `..` are worked out as far as they can be. */
function join(file: string, relative: string): string {
  const parts = file.replaceAll("\\", "/").split("/").slice(0, -1);
  for (const part of relative.split("/")) {
    if (part === "" || part === ".") continue;
    const last = parts.at(-1);
    if (part === ".." && last !== undefined && last !== ".." && last !== "" && last !== ".") parts.pop();
    else if (part === ".." && last === ".") parts.splice(-1, 1, "..");
    else parts.push(part);
  }
  return parts.join("/");
}
