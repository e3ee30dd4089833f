// `chor.config.json`: what a project wants of `chorc`. In: the text. Out: the configuration, and everything that is
// wrong with it, each at its place. compiler/schema/chor.config.schema.json says the same to editors.

import type { Diagnostic, Source, Span } from "@chor/grammar";
import { LINT_DEFAULTS, type LintOptions } from "../lints/options.js";
import { doubleKey, noJson, unknownKey, unknownLint, unknownWord, wrongValue } from "../report/config.js";
import { parseJson } from "./json.js";
import type { Entry, Json } from "./json.js";
import { LINTS, lintCode } from "./lints.js";
import type { Level } from "./lints.js";

export interface Config {
  /** Names, folders and patterns, relative to the folder of the configuration; `!` in front takes files out. */
  readonly files: readonly string[];
  /** Relative to the folder of the configuration. */
  readonly out: string | null;
  readonly targets: readonly Target[];
  /** By code. */
  readonly lints: ReadonlyMap<string, Level>;
  readonly lintOptions: LintOptions;
  readonly format: "pretty" | "json" | null;
}

export type Target = "typescript";

export const TARGETS: readonly Target[] = ["typescript"];

/** What holds where a configuration, or a key of it, is missing. */
export const DEFAULTS: Config = {
  files: ["**/*.chor"],
  out: null,
  targets: TARGETS,
  lints: new Map(),
  lintOptions: LINT_DEFAULTS,
  format: null,
};

const KEYS = ["$schema", "files", "out", "targets", "lints", "format"];
const LEVELS: readonly Level[] = ["off", "warning", "error"];
const FORMATS = ["pretty", "json"] as const;

export interface ParsedConfig {
  readonly config: Config;
  /** In the order of their places; if there are any, the configuration is not to be used. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Understands a configuration. All that is wrong is told at once; never throws. */
export function parseConfig({ text }: Source): ParsedConfig {
  const parsed = parseJson(text);
  if ("wrong" in parsed) {
    return { config: DEFAULTS, diagnostics: [noJson(parsed.wrong, parsed.hint, parsed.span)] };
  }
  const sink: Diagnostic[] = [];
  if (parsed.value.kind !== "object") {
    sink.push(wrongValue("chor.config.json", "an object: `{ … }`", parsed.value.span));
    return { config: DEFAULTS, diagnostics: sink };
  }
  const said = distinct(parsed.value.entries, sink).map((entry) => read(entry, sink));
  const config: Config = Object.assign({}, DEFAULTS, ...said);
  return { config, diagnostics: sink.toSorted((a, b) => a.span.start - b.span.start) };
}

/** What one key says; nothing where it is wrong. */
function read({ key, keySpan, value }: Entry, sink: Diagnostic[]): Partial<Config> {
  switch (key) {
    case "$schema":
      text(key, value, sink);
      return {};
    case "files": {
      const files = texts(key, value, sink);
      return files === null ? {} : { files: files.map((each) => each.value) };
    }
    case "out": {
      const out = text(key, value, sink);
      return out === null ? {} : { out };
    }
    case "targets": {
      const words = texts(key, value, sink) ?? [];
      const targets = words.flatMap((each) => oneOf(key, each.value, TARGETS, each.span, sink));
      return targets.length === 0 ? {} : { targets: [...new Set(targets)] };
    }
    case "lints":
      return lints(value, sink);
    case "format": {
      const word = text(key, value, sink);
      const [format] = word === null ? [] : oneOf(key, word, FORMATS, value.span, sink);
      return format === undefined ? {} : { format };
    }
    default:
      sink.push(unknownKey(key, KEYS, keySpan));
      return {};
  }
}

function lints(value: Json, sink: Diagnostic[]): Partial<Config> {
  const levels = new Map<string, Level>();
  let share: number | null = null;
  if (value.kind !== "object") {
    sink.push(wrongValue("lints", 'an object: `{ "unused-role": "off" }`', value.span));
    return { lints: levels };
  }
  const places = new Map<string, Span>();
  for (const { key, keySpan, value: given } of distinct(value.entries, sink)) {
    const code = lintCode(key);
    let level = given;
    if (code === BOTTLENECK && given.kind === "object") {
      const own = bottleneck(key, given, sink);
      if (own === null) continue;
      level = own.level;
      share = own.share ?? share;
    }
    const word = text(`lints.${key}`, level, sink);
    const [found] = word === null ? [] : oneOf(`lints.${key}`, word, LEVELS, level.span, sink);
    if (code === null) sink.push(unknownLint(key, [...LINTS.keys()], keySpan));
    if (code === null || found === undefined) continue;
    const first = places.get(code);
    if (first !== undefined) sink.push(doubleKey(code, keySpan, first));
    places.set(code, keySpan);
    levels.set(code, found);
  }
  return share === null ? { lints: levels } : { lints: levels, lintOptions: { bottleneckShare: share / 100 } };
}

/** The one lint that can be told more than its level. */
const BOTTLENECK = "CHOR0653";

/** `{ "level": "warning", "share": 80 }`; null: it has no level. */
function bottleneck(
  key: string,
  value: Extract<Json, { readonly kind: "object" }>,
  sink: Diagnostic[],
): { readonly level: Json; readonly share: number | null } | null {
  const entries = distinct(value.entries, sink);
  for (const each of entries)
    if (each.key !== "level" && each.key !== "share") sink.push(unknownKey(each.key, ["level", "share"], each.keySpan));
  const level = entries.find((each) => each.key === "level")?.value;
  const share = entries.find((each) => each.key === "share")?.value;
  if (level === undefined)
    sink.push(wrongValue(`lints.${key}`, 'a level, or an object with one: `{ "level": "warning" }`', value.span));
  const percent = share?.kind === "literal" && typeof share.value === "number" ? share.value : 0;
  const isShare = percent > 0 && percent <= 100;
  if (share !== undefined && !isShare)
    sink.push(wrongValue(`lints.${key}.share`, "a number of per cent, up to 100: `60`", share.span));
  return level === undefined ? null : { level, share: isShare ? percent : null };
}

function text(key: string, value: Json, sink: Diagnostic[]): string | null {
  if (value.kind === "string" && value.value.trim() !== "") return value.value;
  sink.push(wrongValue(key, 'a text: `"…"`', value.span));
  return null;
}

interface Text {
  readonly value: string;
  readonly span: Span;
}

function texts(key: string, value: Json, sink: Diagnostic[]): readonly Text[] | null {
  if (value.kind !== "list" || value.items.length === 0) {
    sink.push(wrongValue(key, 'a list of texts: `["…"]`', value.span));
    return null;
  }
  return value.items.flatMap((item) => {
    const found = text(`${key}[…]`, item, sink);
    return found === null ? [] : [{ value: found, span: item.span }];
  });
}

function oneOf<Word extends string>(
  key: string,
  word: string,
  known: readonly Word[],
  span: Span,
  sink: Diagnostic[],
): readonly Word[] {
  const found = known.filter((each) => each === word);
  if (found.length === 0) sink.push(unknownWord(key, word, known, span));
  return found;
}

/** The first entry of each key; the others are told. */
function distinct(entries: readonly Entry[], sink: Diagnostic[]): readonly Entry[] {
  const first = new Map<string, Span>();
  return entries.filter(({ key, keySpan }) => {
    const before = first.get(key);
    if (before !== undefined) sink.push(doubleKey(key, keySpan, before));
    else first.set(key, keySpan);
    return before === undefined;
  });
}
