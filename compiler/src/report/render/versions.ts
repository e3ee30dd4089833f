// `chorc diff` for people and for programs: what has changed between two versions of a protocol. In: a difference. Out:
// lines for a terminal, the summary first; or plain data with places as line and column.

import { lineStarts, positionAt } from "@chor/grammar";
import type { Position, Source } from "@chor/grammar";
import type {
  Change,
  ChoreographyDifference,
  CodeVerdict,
  Difference,
  Place,
  RoleDifference,
} from "../../difference/difference.js";
import { paint, type Paint, type Style } from "./paint.js";
import { columns, escape, wrap } from "./text.js";

/** The difference, not wider than `width` but for names that are. */
export function renderVersions({ choreographies }: Difference, width: number, color: boolean): string {
  const page: Page = { width: Math.min(120, Math.max(40, width)), style: paint(color), starts: new Map() };
  return choreographies.map((each) => `${choreographyLines(each, page).join("\n")}\n`).join("\n");
}

interface Page {
  readonly width: number;
  readonly style: Paint;
  readonly starts: Map<Source, ReturnType<typeof lineStarts>>;
}

function choreographyLines(each: ChoreographyDifference, page: Page): readonly string[] {
  const { style } = page;
  const { name, verdict, changes, roles, sessions } = each;
  const colour = COLOURS[verdict];
  const running = sessions.goOn ? "running sessions can go on with it" : "running sessions finish with the old build";
  const summary = `${style("bold", escape(name))}: ${style(colour, verdict)}; ${running}`;
  if (verdict === "nothing" && roles.every(({ handlers }) => handlers.length === 0)) return [summary];
  return [
    summary,
    ...changes.flatMap((change) => changeLines(change, page)),
    ...(roles.length === 0 ? [] : ["", ...table(roles, page)]),
    ...moves(each, page),
    ...roles.filter(isTold).flatMap((role) => ["", ...roleLines(role, page)]),
  ];
}

const COLOURS: Readonly<Record<RoleDifference["verdict"], Style>> = {
  nothing: "green",
  compatible: "yellow",
  breaking: "red",
};

function isTold({ verdict, handlers }: RoleDifference): boolean {
  return verdict !== "nothing" || handlers.length > 0;
}

const CODE: Readonly<Record<CodeVerdict, string>> = {
  same: "same",
  fits: "still fits",
  check: "to be looked at",
  change: "has to change",
};

function table(roles: readonly RoleDifference[], { style }: Page): readonly string[] {
  const rows = roles.map(
    (role) => [nameOf(role), verdictOf(role), role.code === null ? "-" : CODE[role.code]] as const,
  );
  const head = ["role", "on the wire", "its code"] as const;
  const size = (i: 0 | 1): number => Math.max(...[head, ...rows].map((row) => columns(row[i])));
  const line = ([a, b, c]: readonly [string, string, string]): string =>
    `  ${padded(a, size(0))}  ${padded(b, size(1))}  ${escape(c)}`.trimEnd();
  return [style("dim", line(head)), ...rows.map(line)];
}

function padded(text: string, width: number): string {
  return escape(text) + " ".repeat(Math.max(0, width - columns(text)));
}

function nameOf({ role, was }: RoleDifference): string {
  return was === null ? role : `${role} (was ${was})`;
}

function verdictOf({ verdict, breaks }: RoleDifference): string {
  return verdict === "breaking" && breaks.length > 0 ? `breaking for ${breaks.join(", ")}` : verdict;
}

/** In which order the roles can be replaced: some each alone, whenever; the others behind them, all at once. */
export function movesOf({ changes, roles }: ChoreographyDifference): {
  readonly alone: readonly string[];
  readonly together: readonly string[];
} {
  if (changes.some(({ breaking }) => breaking)) return { alone: [], together: roles.map(({ role }) => role) };
  const named = (wanted: RoleDifference["verdict"]): readonly string[] =>
    roles.filter((role) => role.verdict === wanted).map(({ role }) => role);
  return { alone: named("compatible"), together: named("breaking") };
}

function moves(each: ChoreographyDifference, { width }: Page): readonly string[] {
  const { alone, together } = movesOf(each);
  const joined = (names: readonly string[]): string =>
    names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
  const first = alone.length === 0 ? [] : [`${joined(alone)} may be replaced${alone.length > 1 ? ", each" : ""} alone`];
  const rest =
    together.length === 0
      ? []
      : alone.length > 0
        ? [`then ${joined(together)}${together.length > 1 ? ", together" : ""}`]
        : [`${joined(together)} ${together.length > 1 ? "move together" : "moves with a new session"}`];
  const text = [...first, ...rest].join("; ");
  return text === "" ? [] : ["", ...wrap(`${text}.`, width - 2).map((line) => `  ${line}`)];
}

function roleLines(role: RoleDifference, page: Page): readonly string[] {
  const { style, width } = page;
  const { trace } = role;
  const way = trace === null ? "" : [...trace.steps.map(({ text }) => text), trace.then].join(", then ");
  return [
    `${style("bold", escape(nameOf(role)))}: ${style(COLOURS[role.verdict], escape(verdictOf(role)))}`,
    ...role.changes.flatMap((change) => changeLines(change, page)),
    ...(way === "" ? [] : wrap(`shown by: ${way}`, width - 6).map((line) => style("dim", `      ${line}`))),
    ...role.handlers.flatMap(({ id, text, verdict }) =>
      wrap(`code: ${id} ${text}: ${CODE[verdict]}`, width - 6).map((line, i) => `    ${i === 0 ? "" : "  "}${line}`),
    ),
  ];
}

function changeLines({ id, text, breaking, old, now }: Change, page: Page): readonly string[] {
  const { style, width } = page;
  const mark = breaking ? style("red", "!") : " ";
  const lines = wrap(`${id} ${text}`, width - 6);
  const places = [old, now].map((place, i) => (place === null ? "" : `${i === 0 ? "old" : "new"} ${at(place, page)}`));
  const where = places.filter((place) => place !== "").join("  ");
  return [
    ...lines.map((line, i) => `  ${i === 0 ? mark : " "} ${i === 0 ? "" : "  "}${line}`),
    ...(where === "" ? [] : [style("dim", `      ${escape(where)}`)]),
  ];
}

function at({ source, span }: Place, { starts }: Page): string {
  const { line, column } = positionIn(source, span.start, starts);
  return `${source.file}:${line}:${column}`;
}

function positionIn(source: Source, offset: number, known: Page["starts"]): Position {
  const starts = known.get(source) ?? lineStarts(source.text);
  known.set(source, starts);
  return positionAt(starts, offset);
}

/** The stable shape of `chorc diff --format json`; SPEC.md, section 15. */
export function versionsAsJson({ verdict, choreographies }: Difference): Readonly<Record<string, unknown>> {
  const starts: Page["starts"] = new Map();
  const place = (of: Place | null): unknown => {
    if (of === null) return null;
    const { source, span } = of;
    const position = (offset: number): unknown => ({ ...positionIn(source, offset, starts), offset });
    return { file: source.file, span: { start: position(span.start), end: position(span.end) } };
  };
  const change = ({ id, text, breaking, old, now }: Change): unknown => ({
    id,
    breaking,
    text,
    old: place(old),
    new: place(now),
  });
  return {
    verdict,
    choreographies: choreographies.map((each) => ({
      name: each.name,
      verdict: each.verdict,
      sessions: { goOn: each.sessions.goOn, old: each.sessions.old, new: each.sessions.now },
      ...movesOf(each),
      changes: each.changes.map(change),
      roles: each.roles.map(({ role, was, verdict: own, breaks, changes, trace, code, handlers }) => ({
        role,
        was,
        verdict: own,
        breaks,
        changes: changes.map(change),
        trace:
          trace === null
            ? null
            : {
                steps: trace.steps.map((step) => ({ text: step.text, old: place(step.old), new: place(step.now) })),
                then: trace.then,
              },
        code,
        handlers,
      })),
    })),
  };
}
