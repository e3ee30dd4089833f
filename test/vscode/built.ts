// The extension as it is built and packed, in a folder of its own: the checkout stays as it is.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { unzipSync } from "fflate";

/** The sources of the extension. */
export const folder = fileURLToPath(new URL("../../grammar/vscode", import.meta.url));

/** A folder that holds the built extension in `dist`, as the installed one does. */
export function build(): string {
  const place = mkdtempSync(join(tmpdir(), "chor-vscode-"));
  execFileSync(process.execPath, [`${folder}/scripts/build.mjs`, join(place, "dist")]);
  return place;
}

/** Packs what is built in a place: the bytes of the package. */
export function pack(place: string, timezone = "UTC"): Uint8Array {
  const env = { ...process.env, TZ: timezone };
  execFileSync(process.execPath, [`${folder}/scripts/package.mjs`, join(place, "dist")], { env });
  return new Uint8Array(readFileSync(join(place, "dist", "chor.vsix")));
}

export function remove(place: string): void {
  rmSync(place, { recursive: true, force: true });
}

/** The files of a package with their contents. */
export function unpack(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  return new Map(Object.entries(unzipSync(bytes)));
}

export const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);
