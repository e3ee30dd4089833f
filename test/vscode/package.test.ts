// The extension that VS Code installs: what its manifest promises is in the package, and the package is always the same.

import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { build, folder, pack, remove, text, unpack } from "./built.js";
import { raw } from "../highlight/textmate.js";

interface Manifest {
  readonly name: string;
  readonly publisher: string;
  readonly version: string;
  readonly main: string;
  readonly icon: string;
  readonly engines: { readonly vscode: string };
  readonly contributes: Record<string, readonly Record<string, unknown>[]>;
}

const manifest = JSON.parse(readFileSync(`${folder}/package.json`, "utf8")) as Manifest;
let place = "";
let bytes: Uint8Array = new Uint8Array();
let files: ReadonlyMap<string, Uint8Array> = new Map();
const file = (path: string): string => text(files.get(`extension/${path.replace(/^\.\//, "")}`));

beforeAll(() => {
  place = build();
  bytes = pack(place);
  files = unpack(bytes);
});
afterAll(() => remove(place));

describe("the package", () => {
  test("is the same, packed again and elsewhere", () => {
    expect(Buffer.compare(pack(place, "Pacific/Auckland"), bytes)).toBe(0);
  });

  test("is the same, built again", () => {
    const other = build();
    expect(Buffer.compare(pack(other), bytes)).toBe(0);
    remove(other);
  });

  test("has a manifest that says who and for what", () => {
    const vsix = text(files.get("extension.vsixmanifest"));
    expect(vsix).toContain(
      `<Identity Language="en-US" Id="${manifest.name}" Version="${manifest.version}" Publisher="${manifest.publisher}"/>`,
    );
    expect(vsix).toContain(`Id="Microsoft.VisualStudio.Code.Engine" Value="${manifest.engines.vscode}"`);
    const assets = [...vsix.matchAll(/ Path="([^"]+)"| ?<(?:Icon|License)>([^<]+)</g)].map(
      ([, path, other]) => path ?? other,
    );
    expect(assets).toHaveLength(7);
    expect(assets.filter((path) => !files.has(path ?? ""))).toEqual([]);
    // Every element is closed, in order.
    const open: string[] = [];
    for (const [, close, name = "", single] of vsix.matchAll(/<(\/?)(\w+)(?:\s[^<>]*?)?(\/?)>/g)) {
      if (close === "/") expect(open.pop()).toBe(name);
      else if (single !== "/") open.push(name);
    }
    expect(open).toEqual([]);
  });

  test("tells the type of every file", () => {
    const types = text(files.get("[Content_Types].xml"));
    const untold = [...files.keys()]
      .filter((path) => path !== "[Content_Types].xml")
      .filter((path) => !types.includes(`PartName="/${path}"`))
      .filter((path) => !types.includes(`Extension="${/\.\w+$/.exec(path)?.[0]}"`));
    expect(untold).toEqual([]);
    expect(types).not.toContain("undefined");
  });

  test("holds what it should and nothing else", () => {
    const names = [...files.keys()].filter((path) => /\.(?:ts|mjs|map|vsix)$|node_modules|tsconfig/.test(path));
    expect(names).toEqual([]);
    expect(JSON.parse(file("package.json"))).not.toHaveProperty("scripts");
  });
});

describe("the manifest", () => {
  test("names only files that are there", () => {
    const named: string[] = [manifest.main, manifest.icon];
    const open: unknown[] = [manifest.contributes];
    for (let value = open.pop(); value !== undefined; value = open.pop()) {
      if (typeof value === "object" && value !== null) open.push(...Object.values(value));
      else if (typeof value === "string" && /^(?:\.\/|walkthrough\/)/.test(value)) named.push(value);
    }
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((path) => file(path) === "")).toEqual([]);
  });

  test("wants a VS Code that its libraries run in", () => {
    const library = JSON.parse(
      readFileSync(`${folder}/../../node_modules/vscode-languageclient/package.json`, "utf8"),
    ) as Manifest;
    expect(manifest.engines.vscode).toBe(library.engines.vscode);
  });

  test("has the version of the house, its own log and its own license", () => {
    const house = JSON.parse(readFileSync(`${folder}/../../package.json`, "utf8")) as Manifest;
    expect(manifest.version).toBe(house.version);
    expect(file("CHANGELOG.md")).toContain(`## ${manifest.version}`);
    expect(file("LICENSE")).toBe(readFileSync(`${folder}/../../LICENSE`, "utf8"));
  });

  test("shows in menus and pages only commands that it has", () => {
    const { commands = [], ...rest } = manifest.contributes;
    const own = new Set(commands.map(({ command }) => command));
    const used = [...JSON.stringify(rest).matchAll(/(?:command:|"command":"|onCommand:)(chor\.\w+)/g)].map(
      ([, name]) => name,
    );
    expect(used.length).toBeGreaterThan(6);
    expect(used.filter((name) => !own.has(name))).toEqual([]);
  });

  test("maps the kinds of names to scopes that the highlighting has", () => {
    const grammar = file("dist/chor.tmLanguage.json");
    const [mapping] = manifest.contributes["semanticTokenScopes"] ?? [];
    const scopes = Object.values(mapping?.["scopes"] as Record<string, readonly string[]>).flat();
    expect(scopes.filter((scope) => !grammar.includes(`"${scope}"`))).toEqual([]);
  });

  test("has icons that are pictures", () => {
    const png = files.get(`extension/${manifest.icon}`) ?? new Uint8Array();
    expect(Buffer.from(png.subarray(0, 8)).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
    const view = new DataView(png.buffer, png.byteOffset);
    expect([view.getUint32(16), view.getUint32(20)]).toEqual([256, 256]);
    expect(file("images/file.svg")).toMatch(/^<svg xmlns=[^]*<\/svg>\n$/);
  });
});

describe("what is packed", () => {
  test("the highlighting is that of the house", () => {
    expect(raw(`${place}/dist/chor.tmLanguage.json`).scopeName).toBe("source.chor");
    expect(file("dist/chor.tmLanguage.json")).toBe(readFileSync(`${folder}/../textmate/chor.tmLanguage.json`, "utf8"));
  });

  test("the language configuration is JSON with patterns that compile", () => {
    const configuration = JSON.parse(file("language-configuration.json")) as Record<string, unknown>;
    const patterns = [
      ...JSON.stringify(configuration).matchAll(
        /"(?:beforeText|afterText|previousLineText|\w+Pattern|start|end)":("(?:[^"\\]|\\.)*")/g,
      ),
    ];
    expect(patterns.length).toBeGreaterThan(8);
    for (const [, pattern = ""] of patterns) expect(() => new RegExp(JSON.parse(pattern) as string)).not.toThrow();
  });

  test("has no path of the machine that built it", () => {
    const telling = [...files].filter(([, content]) =>
      text(content).includes(folder.replace(/\/grammar\/vscode$/, "")),
    );
    expect(telling.map(([path]) => path)).toEqual([]);
  });
});
