// Wrong use of `chorc`, and what it says of itself.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { understand } from "../../compiler/src/cli/arguments/understand.js";
import { plainCheck } from "../../compiler/src/cli/plain.js";
import { version } from "../../compiler/src/version.js";
import { chorc } from "./run.js";

test("--help fits a screen of 24 lines and 80 columns", async () => {
  const { code, out, error } = await chorc(["--help"]);
  expect({ code, error }).toEqual({ code: 0, error: "" });
  expect(out).toMatchInlineSnapshot(`
    "Usage: chorc <command> [options]

    Proves that a team of agents cannot deadlock; writes its endpoints and monitors.

    Options:
      -v, --version     print the version
      -h, --help        print this help, or that of a command

    Commands:
      check [FILES…]    check files, write nothing
      compile [FILES…]  check files, then write TypeScript for every role
      fmt [FILES…]      lay files out
      init [FOLDER]     begin a project that runs
      explain [CODE]    what a diagnostic means, and what to do
      diagram FILE      draw who sends what to whom
      diff OLD NEW      what has changed for each role, and whether it breaks
      simulate FILE     run a team, by chance or by script
      verify FILE       explore everything that the team can do
      lsp               the language server, for editors

    FILES are files, folders or patterns; without any, chor.config.json names them.
    Exit codes: 0 all is well, 1 errors in the files, 2 wrong use, unreadable files.
    Begin a project that runs with \`chorc init my-team\`.
    "
  `);
  const lines = out.trimEnd().split("\n");
  expect(lines.length).toBeLessThan(24);
  expect(lines.filter((line) => [...line].length > 80)).toEqual([]);
  expect((await chorc(["-h"])).out).toBe(out);
});

test("a plain check means the same with and without Commander", () => {
  for (const words of [["check", "a.chor"], ["check", "-", "b.chor"], ["check"]])
    expect(plainCheck(words)).toEqual(understand(words));
  for (const words of [[], ["check", "a.chor", "--help"], ["check", "--", "-a"], ["compile", "a.chor"]])
    expect(plainCheck(words)).toBeNull();
});

const commands = ["check", "compile", "fmt", "init", "explain", "diagram", "diff", "simulate", "verify", "lsp"];

test.each(commands)("%s has a help of its own, with examples", async (command) => {
  const { code, out, error } = await chorc([command, "--help"]);
  expect({ code, error }).toEqual({ code: 0, error: "" });
  expect(out).toMatch(new RegExp(`^Usage: chorc ${command} `));
  if (command !== "lsp") expect(out).toMatch(new RegExp(`Examples:\n(?:  \\$ .*chorc ${command}.*\n)+$`));
  const lines = out.trimEnd().split("\n");
  expect(lines.filter((line) => [...line].length > 80)).toEqual([]);
  expect((await chorc(["--help"])).out).toContain(`\n  ${command} `);
});

test("the help of check and compile", async () => {
  expect((await chorc(["check", "--help"])).out).toMatchInlineSnapshot(`
    "Usage: chorc check [FILES…]

    Checks files and writes nothing but what --fix mends. \`-\` is standard input.

    Arguments:
      files              files, folders, patterns in quotes (default: as
                         chor.config.json says)

    Options:
      -w, --watch        again whenever something changes, until Ctrl-C
      --bounds           print the most bytes of every artifact and steps of every
                         contract
      --knowledge        print who knows which name, at every message and choice
      --figures          print how many messages and decisions, by role, and the
                         longest chain
      --network <kind>   is it also safe with one inbox a role (mailbox), or in any
                         order (bag)? (choices: "fifo", "mailbox", "bag", default:
                         "fifo")
      --fix              mend what can be mended, each mend proved by a check;
                         shown, then written
      --dry-run          with --fix: only show it
      --format <format>  how the result is printed (choices: "pretty", "json")
      --color <when>     colours (choices: "auto", "always", "never", default:
                         "auto")
      --config <file>    this configuration (default: chor.config.json of this
                         folder or one above)
      --no-config        no configuration
      -h, --help         print this help

    Examples:
      $ chorc check team.chor                  one file
      $ chorc check protocols 'more/*.chor'    a folder with all in it, a pattern
      $ chorc check --format json              the project, told to programs
      $ chorc check --fix --dry-run team.chor  how its errors could be mended
      $ cat team.chor | chorc check -          standard input
    "
  `);
  expect((await chorc(["compile", "--help"])).out).toMatchInlineSnapshot(`
    "Usage: chorc compile [FILES…]

    Checks files and, if there are no errors in any of them, writes TypeScript for
    every role. Files in the output folder that chorc has not made stay as they are.

    Arguments:
      files                   files, folders, patterns in quotes (default: as
                              chor.config.json says)

    Options:
      -o, --out <folder>      where to write (default: as chor.config.json says)
      -t, --target <name...>  what to write (choices: "typescript")
      -w, --watch             again whenever something changes, until Ctrl-C
      --check                 write nothing; exit code 1 and a diff if the output is
                              stale
      --format <format>       how the result is printed (choices: "pretty", "json")
      --color <when>          colours (choices: "auto", "always", "never", default:
                              "auto")
      --config <file>         this configuration (default: chor.config.json of this
                              folder or one above)
      --no-config             no configuration
      -h, --help              print this help

    Examples:
      $ chorc compile team.chor --out gen  one file
      $ chorc compile                      what chor.config.json says
      $ chorc compile --watch              the same after every change
      $ chorc compile --check              in CI: is what is committed up to date?
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

const none =
  "chorc: no files are given, and there is no `chor.config.json`\n  mend: name `.chor` files or a folder, or begin a project with `chorc init`\n";

const wrong: readonly (readonly [words: string, message: string])[] = [
  ["", "chorc: no command is given\n  mend: say `chorc check FILES…`, or `chorc --help` for all of them\n"],
  ["chekc a.chor", "chorc: unknown command `chekc`\n  mend: did you mean `check`?\n"],
  ["frobnicate", "chorc: unknown command `frobnicate`\n  mend: run `chorc --help`\n"],
  ["a.chor", "chorc: `a.chor` is no command\n  mend: say `chorc check a.chor`\n"],
  ["check", none],
  ["fmt", none],
  ["compile --out gen", none],
  [
    "compile a.chor",
    "chorc: `compile` has to know where to write\n  mend: add `--out DIR`, or `out` to `chor.config.json`\n",
  ],
  ["compile a.chor --out", "chorc: option `-o, --out <folder>` argument missing\n  mend: run `chorc compile --help`\n"],
  [
    "compile - --out gen",
    "chorc: `compile` does not read standard input\n  mend: name the file: its name becomes that of a folder\n",
  ],
  [
    "compile --check --watch",
    "chorc: option `--check` cannot be used with option `-w, --watch`\n  mend: run `chorc compile --help`\n",
  ],
  ["check a.chor --formt json", "chorc: unknown option `--formt`\n  mend: did you mean `--format`?\n"],
  ["check a.chor --format xml", "chorc: `--format` cannot be `xml`\n  mend: it is `pretty` or `json`\n"],
  ["check a.chor --format jsno", "chorc: `--format` cannot be `jsno`\n  mend: did you mean `json`?\n"],
  [
    "check a.chor --color sometimes",
    "chorc: `--color` cannot be `sometimes`\n  mend: it is `auto` or `always` or `never`\n",
  ],
  ["compile a.chor -t rust", "chorc: `--target` cannot be `rust`\n  mend: it is `typescript`\n"],
  ["init a b", "chorc: there are too many words\n  mend: run `chorc init --help`\n"],
  [
    "explain nonsense",
    "chorc: `nonsense` is no code\n  mend: codes look like `CHOR0203`; `chorc explain` lists them\n",
  ],
  ["diagram", "chorc: missing required argument `file`\n  mend: run `chorc diagram --help`\n"],
];

test.each(wrong)("chorc %s", async (words, message) => {
  expect(await chorc(words === "" ? [] : words.split(" "))).toEqual({ code: 2, out: "", error: message });
});
