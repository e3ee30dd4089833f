// Wrong use of `chorc`, and what it says of itself.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { understand } from "../../compiler/src/cli/arguments.js";
import { plainCheck } from "../../compiler/src/cli/plain.js";
import { version } from "../../compiler/src/version.js";
import { chorc } from "./run.js";

test("--help fits a screen", async () => {
  const { code, out, error } = await chorc(["--help"]);
  expect({ code, error }).toEqual({ code: 0, error: "" });
  expect(out).toMatchInlineSnapshot(`
    "Usage: chorc <command> FILES… [options]

    Checks choreographies and compiles them to an endpoint and a monitor for every role.

    Options:
      -v, --version                       print the version
      -h, --help                          print this help, or that of a command

    Commands:
      check FILES… [options]              check files, write nothing
      compile FILES… --out DIR [options]  check files, then write TypeScript

    Options of the commands:
      -o, --out <folder>                 where compile writes
      --format pretty | json             diagnostics for people or for programs
      --color auto | always | never      NO_COLOR and FORCE_COLOR are heeded, too

    Examples:
      $ chorc check team.chor                         say what is wrong, and why
      $ chorc check protocols/*.chor --format json    the same for programs
      $ cat team.chor | chorc check -                 read standard input
      $ chorc compile team.chor --out gen             write TypeScript for every role

    Diagnostics go to standard output; wrong use and unreadable files to standard error.
    Exit codes: 0 no errors, 1 errors in the files, 2 wrong use or a file that cannot be read or written.
    "
  `);
  expect(out.split("\n").length).toBeLessThan(30);
  expect((await chorc(["-h"])).out).toBe(out);
});

test("a plain check means the same with and without Commander", () => {
  for (const words of [
    ["check", "a.chor"],
    ["check", "-", "b.chor"],
  ])
    expect(plainCheck(words)).toEqual(understand(words));
  for (const words of [[], ["check"], ["check", "a.chor", "--help"], ["check", "--", "-a"], ["compile", "a.chor"]])
    expect(plainCheck(words)).toBeNull();
});

test("the commands have a help of their own", async () => {
  expect((await chorc(["check", "--help"])).out).toMatchInlineSnapshot(`
    "Usage: chorc check FILES… [options]

    Checks files and writes nothing.

    Arguments:
      files              \`.chor\` files; \`-\` is standard input

    Options:
      --format <format>  how diagnostics are printed (choices: "pretty", "json", default: "pretty")
      --color <when>     colours (choices: "auto", "always", "never", default: "auto")
      -h, --help         print this help
    "
  `);
  expect((await chorc(["compile", "--help"])).out).toMatchInlineSnapshot(`
    "Usage: chorc compile FILES… --out DIR [options]

    Checks files and, if there are no errors in any of them, writes TypeScript for every role.

    Arguments:
      files               \`.chor\` files

    Options:
      --format <format>   how diagnostics are printed (choices: "pretty", "json", default: "pretty")
      --color <when>      colours (choices: "auto", "always", "never", default: "auto")
      -o, --out <folder>  where to write; files there that chorc has not made stay as they are
      -h, --help          print this help
    "
  `);
});

test("--version is that of the package", async () => {
  const manifest = JSON.parse(readFileSync(new URL("../../compiler/package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  expect(await chorc(["--version"])).toEqual({ code: 0, out: `${manifest.version}\n`, error: "" });
  expect(version).toBe(manifest.version);
});

const wrong: readonly (readonly [words: string, message: string])[] = [
  ["", "chorc: no command is given\n  mend: say `chorc check FILES…` or `chorc compile FILES… --out DIR`\n"],
  ["chekc a.chor", "chorc: unknown command `chekc`\n  mend: did you mean `check`?\n"],
  ["frobnicate", "chorc: unknown command `frobnicate`\n  mend: run `chorc --help`\n"],
  ["a.chor", "chorc: `a.chor` is no command\n  mend: say `chorc check a.chor`\n"],
  ["check", "chorc: no files are given\n  mend: name at least one `.chor` file\n"],
  ["compile --out gen", "chorc: no files are given\n  mend: name at least one `.chor` file\n"],
  ["compile a.chor", "chorc: `compile` has to know where to write\n  mend: add `--out DIR`\n"],
  ["compile a.chor --out", "chorc: option `-o, --out <folder>` argument missing\n  mend: run `chorc --help`\n"],
  [
    "compile - --out gen",
    "chorc: `compile` does not read standard input\n  mend: name the file: its name becomes that of a folder\n",
  ],
  ["check a.chor --formt json", "chorc: unknown option `--formt`\n  mend: did you mean `--format`?\n"],
  [
    "check a.chor --format xml",
    "chorc: option `--format <format>` argument `xml` is invalid. Allowed choices are pretty, json.\n  mend: run `chorc --help`\n",
  ],
  [
    "check a.chor --color sometimes",
    "chorc: option `--color <when>` argument `sometimes` is invalid. Allowed choices are auto, always, never.\n  mend: run `chorc --help`\n",
  ],
];

test.each(wrong)("chorc %s", async (words, message) => {
  expect(await chorc(words === "" ? [] : words.split(" "))).toEqual({ code: 2, out: "", error: message });
});
