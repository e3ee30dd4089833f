// Which `chorc` this is, to the byte: what one has emitted another need not. In: nothing. Out: a digest of the program
// and the versions of the libraries that print generated code.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

/** The digest of this `chorc`; null where it cannot tell. In the bundle this file is all of the compiler. */
export function chorcIdentity(): string | null {
  try {
    const hash = createHash("sha256").update(readFileSync(fileURLToPath(import.meta.url)));
    const require = createRequire(import.meta.url);
    for (const name of ["prettier", "ts-morph"]) {
      hash.update(`\0${name}@${(require(`${name}/package.json`) as { readonly version: string }).version}`);
    }
    return hash.digest("hex");
  } catch {
    return null;
  }
}
