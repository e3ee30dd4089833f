// All pages, by code. In: what a user calls a code. Out: its page, or the codes that are near; the list by stage.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageFolder } from "../package.js";
import { parsePage } from "./page.js";
import type { Page } from "./page.js";

/** The stages by the first two digits of a code, in their order. */
export const STAGES: ReadonlyMap<string, string> = new Map([
  ["00", "Files and configuration"],
  ["01", "Syntax"],
  ["02", "Names and types"],
  ["03", "Choreographies"],
  ["04", "Names and knowledge"],
  ["05", "Form of choices and loops, projection"],
  ["06", "Coherence"],
  ["07", "Output"],
  ["08", "Monitor and endpoint, at run time"],
  ["09", "Not supported yet"],
]);

/** The folder of the pages. */
export function pagesFolder(): string {
  return join(packageFolder(), "explain");
}

/** All codes that have a page, sorted. */
export function codesWithPage(folder: string): readonly string[] {
  return readdirSync(folder)
    .flatMap((file) => /^(CHOR\d{4})\.md$/.exec(file)?.[1] ?? [])
    .toSorted();
}

/** The page of a code that has one. Throws where it is not in the fixed form: a test keeps that from being shipped. */
export function readPage(folder: string, code: string): Page {
  const page = parsePage(readFileSync(join(folder, `${code}.md`), "utf8"));
  if (typeof page === "string") throw new Error(`explain/${code}.md: ${page}`);
  return page;
}

/** `chor0203`, `203` and `CHOR0203` are one code; null: this is none. */
export function codeNamed(word: string): string | null {
  const digits = /^(?:chor)?[- ]?(\d{1,4})$/i.exec(word.trim())?.[1];
  return digits === undefined ? null : `CHOR${digits.padStart(4, "0")}`;
}

/** The codes that are nearest by number, of the same stage first; at most `limit`. */
export function nearCodes(code: string, codes: readonly string[], limit = 3): readonly string[] {
  const number = (each: string): number => Number(each.slice(4));
  const away = (each: string): number =>
    Math.abs(number(each) - number(code)) + (each.slice(4, 6) === code.slice(4, 6) ? 0 : 10_000);
  return codes
    .toSorted((a, b) => away(a) - away(b))
    .slice(0, limit)
    .toSorted();
}
