// The artifacts and contracts of real programs are sound. They stand beside the repository; without them this is skipped.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Program } from "../../compiler/src/bind/program.js";
import { typed } from "./typed.js";

const folder = new URL("../../../shared/lang/", import.meta.url);
const files = existsSync(folder)
  ? readdirSync(folder)
      .filter((file) => file.endsWith(".chor"))
      .toSorted()
  : [];

describe.skipIf(files.length === 0)("real programs (skipped without ../shared/lang)", () => {
  test.each(files)("%s", (file) => {
    const source = (name: string) => ({ file: name, text: readFileSync(new URL(name, folder), "utf8") });
    const { text } = source(file);
    const imports = new Map<string, Program>();
    for (const [, name = ""] of text.matchAll(/from "\.\/(\S+?)"/g))
      imports.set(`./${name}`, typed(source(name)).program);
    const whole = typed({ file, text }, imports);
    // What messages carry is typed over their names by the statements.
    const before = text.indexOf("choreography ");
    const found = whole.diagnostics.filter(({ code, span }) => code !== "CHOR0205" && span.start < before);
    expect(found).toEqual([]);
    expect(whole.program.artifacts.length).toBeGreaterThan(0);
    for (const { name, bytes } of whole.program.artifacts) expect([name, bytes]).toEqual([name, expect.any(Number)]);
  });
});
