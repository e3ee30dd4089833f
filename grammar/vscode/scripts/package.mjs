// Packs the extension. In: its folder, and what scripts/build.mjs has built, in `dist` or the folder that is named. Out,
// beside what was built: `chor.vsix`, a zip file that VS Code installs, the same bytes for the same files. The format is
// that of Visual Studio: a list of content types, a manifest, and the extension itself below `extension/`.

import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { zipSync } from "fflate";

const folder = fileURLToPath(new URL("..", import.meta.url));
const dist = process.argv[2] ?? `${folder}dist`;
const manifest = JSON.parse(readFileSync(`${folder}package.json`, "utf8"));

/** What is packed; of `dist` only what the build makes. */
const parts = ["README.md", "CHANGELOG.md", "LICENSE", "language-configuration.json"];
const folders = ["images", "snippets", "syntaxes", "walkthrough"];
const built = [
  "extension.cjs",
  "chorc.cjs",
  "std.chor",
  "NOTICES.txt",
  "chor.tmLanguage.json",
  "chor.config.schema.json",
];

const files = [
  ...parts,
  ...folders.flatMap((name) => readdirSync(folder + name).map((file) => `${name}/${file}`)),
].toSorted();

const text = (string) => new TextEncoder().encode(string);
const entries = {
  "[Content_Types].xml": text(contentTypes([...files, ...built])),
  "extension.vsixmanifest": text(vsixManifest(manifest)),
  "extension/package.json": text(`${JSON.stringify(shipped(manifest), null, 2)}\n`),
  ...Object.fromEntries(files.map((file) => [`extension/${file}`, readFileSync(folder + file)])),
  ...Object.fromEntries(built.map((file) => [`extension/dist/${file}`, readFileSync(`${dist}/${file}`)])),
};
// The zip format knows local time only, and no year before 1980.
const zip = zipSync(entries, { level: 9, mtime: new Date(1980, 0, 1) });
const target = `${dist}/chor.vsix`;
writeFileSync(target, zip);
console.log(`${target}: ${Object.keys(entries).length} files, ${Math.ceil(zip.length / 1024)} KiB`);

/** The manifest without what is only for building. A file in the package is a script as VS Code's loader sees it. */
function shipped({ scripts: _scripts, dependencies: _ours, devDependencies: _theirs, private: _private, ...rest }) {
  return rest;
}

function contentTypes(names) {
  const known = {
    chor: "text/plain",
    cjs: "application/javascript",
    json: "application/json",
    md: "text/markdown",
    png: "image/png",
    svg: "image/svg+xml",
    txt: "text/plain",
    vsixmanifest: "text/xml",
  };
  const endings = new Set(["json", "vsixmanifest", ...names.map((name) => /\.(\w+)$/.exec(name)?.[1])]);
  const defaults = [...endings]
    .filter((ending) => ending !== undefined)
    .toSorted()
    .map((ending) => `  <Default Extension=".${ending}" ContentType="${known[ending]}"/>`);
  return `<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
${defaults.join("\n")}
  <Override PartName="/extension/LICENSE" ContentType="text/plain"/>
</Types>
`;
}

function vsixManifest({ name, publisher, version, displayName, description, keywords, categories, engines, icon }) {
  const tags = [...keywords, "chor", "__ext_chor", "snippet", "json"];
  const assets = [
    ["Microsoft.VisualStudio.Code.Manifest", "package.json"],
    ["Microsoft.VisualStudio.Services.Content.Details", "README.md"],
    ["Microsoft.VisualStudio.Services.Content.Changelog", "CHANGELOG.md"],
    ["Microsoft.VisualStudio.Services.Content.License", "LICENSE"],
    ["Microsoft.VisualStudio.Services.Icons.Default", icon],
  ].map(([type, path]) => `    <Asset Type="${type}" Path="extension/${path}" Addressable="true"/>`);
  const properties = [
    ["Microsoft.VisualStudio.Code.Engine", engines.vscode],
    ["Microsoft.VisualStudio.Code.ExtensionDependencies", ""],
    ["Microsoft.VisualStudio.Code.ExtensionPack", ""],
    ["Microsoft.VisualStudio.Code.ExtensionKind", "workspace"],
  ].map(([id, value]) => `      <Property Id="${id}" Value="${xml(value)}"/>`);
  return `<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011" xmlns:d="http://schemas.microsoft.com/developer/vsx-schema-design/2011">
  <Metadata>
    <Identity Language="en-US" Id="${xml(name)}" Version="${xml(version)}" Publisher="${xml(publisher)}"/>
    <DisplayName>${xml(displayName)}</DisplayName>
    <Description xml:space="preserve">${xml(description)}</Description>
    <Tags>${xml([...new Set(tags)].join(","))}</Tags>
    <Categories>${xml(categories.join(","))}</Categories>
    <GalleryFlags>Public</GalleryFlags>
    <Properties>
${properties.join("\n")}
    </Properties>
    <License>extension/LICENSE</License>
    <Icon>extension/${icon}</Icon>
  </Metadata>
  <Installation>
    <InstallationTarget Id="Microsoft.VisualStudio.Code"/>
  </Installation>
  <Dependencies/>
  <Assets>
${assets.join("\n")}
  </Assets>
</PackageManifest>
`;
}

function xml(string) {
  return string.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
