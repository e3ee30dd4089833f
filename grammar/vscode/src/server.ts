// Which `chorc` runs as language server. In: what the settings say, and where to look. Out: a program or a script.
// Pure: whether a file is there is asked of the caller.

import { isAbsolute, join } from "node:path";

export interface Situation {
  /** The setting `chor.server.path`; `""` if nothing is set. */
  readonly path: string;
  /** Whether the user trusts what the workspace brings; if not, nothing of it is run. */
  readonly trusted: boolean;
  /** The folders of the workspace on the disk. */
  readonly folders: readonly string[];
  /** The `chorc` that comes with the extension. */
  readonly own: string;
}

export interface Chorc {
  /** `script`: for the Node.js of the editor. */
  readonly kind: "program" | "script";
  readonly path: string;
  readonly from: "settings" | "workspace" | "extension";
}

/** The setting first, then the compiler that the workspace has installed, then the extension's own. */
export function chorcFor({ path, trusted, folders, own }: Situation, exists: (file: string) => boolean): Chorc {
  if (trusted && path !== "") {
    const absolute = isAbsolute(path) || folders[0] === undefined ? path : join(folders[0], path);
    return { kind: /\.[cm]?js$/.test(absolute) ? "script" : "program", path: absolute, from: "settings" };
  }
  const installed = folders
    .map((folder) => join(folder, "node_modules", "@chor", "compiler", "bin", "chorc.js"))
    .find((file) => trusted && exists(file));
  if (installed !== undefined) return { kind: "script", path: installed, from: "workspace" };
  return { kind: "script", path: own, from: "extension" };
}
