// Two small programs and what is generated from them, to be read; committed, so that a change is seen. That it
// type-checks is seen to in messages.test.ts.
// `UPDATE=1 npx vitest run test/emit/golden.test.ts` writes them anew.

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { originOf } from "../../compiler/src/emit/mark.js";
import { writeFiles } from "../../compiler/src/emit/write.js";
import { emitText, type EmittedFile } from "./helpers.js";

const golden = fileURLToPath(new URL("./golden/", import.meta.url));
const gen = `${golden}gen`;

const programs = new Map<string, readonly EmittedFile[]>();
for (const name of ["essay.chor", "hotline.chor"])
  programs.set(name, await emitText(readFileSync(golden + name, "utf8"), name));

if (process.env["UPDATE"] === "1") {
  for (const files of programs.values()) expect((await writeFiles(gen, files)).problems).toEqual([]);
}

describe("what is generated", () => {
  for (const [name, files] of programs) {
    it(`is as it was, for ${name}`, () => {
      for (const { path, text } of files) expect(text, path).toBe(readFileSync(`${gen}/${path}`, "utf8"));
    });
  }

  it("is all there is", () => {
    const there = readdirSync(gen, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts"));
    const expected = [...programs.values()].flat().map(({ path }) => path);
    expect(there.map((path) => path.replaceAll("\\", "/")).toSorted()).toEqual(expected.toSorted());
  });

  it("has a mark that fits", () => {
    for (const { text } of [...programs.values()].flat()) expect(originOf(text)).toBe("ours");
  });
});
