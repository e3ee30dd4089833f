// Runs `chorc` from its sources with streams of its own, in a scratch folder.

import { mkdtempSync, writeFileSync, mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { main } from "../../compiler/src/cli/main.js";

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

export interface World {
  readonly input?: string | Uint8Array;
  readonly environment?: Readonly<Record<string, string>>;
  readonly isTTY?: boolean;
  readonly columns?: number;
  /** The working folder; the process's own if there is none. */
  readonly folder?: string;
  /** Settles when Ctrl-C is pressed; never, if there is none. */
  readonly interrupted?: Promise<void>;
  /** Hears what is printed as it comes. */
  readonly heard?: (text: string) => void;
}

export async function chorc(words: readonly string[], world: World = {}): Promise<Ran> {
  let out = "";
  let error = "";
  const { isTTY = false, columns, heard = () => undefined } = world;
  let seconds = 0;
  const code = await main(words, {
    out: { write: (text) => (heard(text), void (out += text)), isTTY, columns },
    error: { write: (text) => (heard(text), void (error += text)), isTTY, columns },
    environment: world.environment ?? {},
    readInput: async (limit) => Buffer.from(world.input ?? "").subarray(0, limit + 1),
    folder: world.folder ?? process.cwd(),
    // Every look at the clock is a second after the one before.
    now: () => new Date(2026, 0, 1, 12, 0, seconds++),
    interrupted: () => world.interrupted ?? new Promise<void>(() => undefined),
  });
  return { code, out, error };
}

/** A folder with these files, gone after the test. */
export function folder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const path = mkdtempSync(join(tmpdir(), "chorc-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), content);
  }
  return path;
}

export const good = `artifact Brief { title: string }

choreography Team(Lead, Coder) {
  Lead -> Coder: Brief
  Coder -> Lead: Done()
}
`;

/** One error for the parser. */
export const broken = `choreography Team(Lead, Coder) {
  Lead -> : Brief
}
`;

/** Well formed, and refused: the reviewer cannot know whether anything comes. */
export const incoherent = `choreography Talk(Lead, Coder, Reviewer) {
  choice at Lead {
    Lead -> Coder: Go()
    Coder -> Reviewer: Look()
  } or {
    Lead -> Coder: Stop()
  }
}
`;
