// `chorc explain`: a page under any of its names, the list, and what is near a code that is none.

import { expect, test } from "vitest";
import { chorc } from "./run.js";

test("a page, whatever the code is called", async () => {
  const { code, out, error } = await chorc(["explain", "CHOR0055"], { columns: 60 });
  expect({ code, error }).toEqual({ code: 0, error: "" });
  expect(out).toMatchInlineSnapshot(`
    "CHOR0055: an unknown word in the configuration

    A key of \`chor.config.json\` is one of a few words, and this
    is none of them.

    for example:
        $ chorc check
        error[CHOR0055] chor.config.json:2:13
        \`xml\` is nothing that \`format\` can be.

           2 |   "format": "xml"
             |             ^^^^^

          mend: Write one of \`pretty\` and \`json\`.

    - \`targets\` lists \`typescript\`.
    - \`format\` is \`pretty\` or \`json\`.
    - A level in \`lints\` is \`off\`, \`warning\` or \`error\`.
    "
  `);
  for (const word of ["chor0055", "55", "0055", "CHOR-0055"])
    expect((await chorc(["explain", word], { columns: 60 })).out).toBe(out);
});

test("colours on a terminal, none elsewhere", async () => {
  expect((await chorc(["explain", "50"])).out).not.toContain("\u001b");
  expect((await chorc(["explain", "50"], { isTTY: true })).out).toContain("\u001b[1mCHOR0050: ");
});

test("the list, a stage after the other", async () => {
  const { code, out } = await chorc(["explain"]);
  expect(code).toBe(0);
  expect(out).toMatch(/^Files and configuration\n {2}CHOR0001 {2}there is no such file\n/);
  expect(out).toContain("\n\nOutput\n  CHOR0701  ");
});

test("JSON", async () => {
  expect(JSON.parse((await chorc(["explain", "53", "--format", "json"])).out)).toMatchObject({
    code: "CHOR0053",
    title: "an unknown key in the configuration",
    wrong: null,
  });
  const { pages } = JSON.parse((await chorc(["explain", "--format", "json"])).out) as { pages: unknown[] };
  expect(pages[0]).toEqual({ code: "CHOR0001", title: "there is no such file", stage: "Files and configuration" });
});

test("an unknown code: those that are near", async () => {
  expect(await chorc(["explain", "CHOR0008"])).toEqual({
    code: 2,
    out: "",
    error:
      "chorc: there is no diagnostic `CHOR0008`\n  mend: near it are `CHOR0005`, `CHOR0009`, `CHOR0010`; `chorc explain` lists all\n",
  });
  for (const word of ["", "chor", "CHOR12345", "../package", "__proto__", "\u001b[2J"]) {
    const { code, error } = await chorc(["explain", word]);
    expect(code).toBe(2);
    expect(error).toMatch(/^[\n\x20-\x7e]+$/);
  }
});
