// What the tests of the grammar share: a program with every construct, trees without their places, and the
// programs beside the repository, where they are.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse, type Diagnostic, type FileTree } from "@chor/grammar";

/** How wide the search is: `CHOR_CASES`, as in the other rooms. */
export const cases = Number(process.env["CHOR_CASES"] ?? "10000");

/** Every rule of the grammar at least once. */
export const everything = String.raw`
import { Vote, Agree as Settle } from "./vote.chor"
/** A brief.
 * Two lines. */
artifact Brief {
  /** What it is called. */
  title: string(1..120)
  where?: string(..5) matches: boolean open: int(5)
  id: string(1..64) matches /^[a-z/]["\/]*$/i
  size: number(-1.5..) level: "low" | "high" | 3 | -4 | true | false | null
  parts: { name: string  of?: digest<Plan>[1..8][] }[..3]
  either: (map<list<int>, Plan> | null)[2]
  where title != "" && size >= -1 : "no title"
  where parts.every(p => p.name in ["a", "b".x, 2.5, 20m])
}
open artifact Anything { type: json schema: json }
artifact Verdict = Approve | Revise
artifact Outside = schema "./x.schema.json"
artifact Typed = type "./types.ts#X"
contract Fits(brief: Brief, plan: { a: int }) external
contract Pure() {
  require !a.b(c, (x, y) => x - -y * 2 % 3) || (d is Plan) == false ? e[0].in : "none" : "message"
  require null == 1 + 2 / f
}
/** The whole. */
choreography Build<T, U>(Lead, Coder[1..8], Reviewer[4]?, Helper?, rounds: int, wait: duration) within 4h {
  /** Starts. */
  Lead -> Coder[*], Reviewer: Brief
  Lead -> *: Start()
  Coder[*] -> Lead: Vote(Ballot) as votes[] quorum majority where vote.of == brief where true : "odd"
    gate Fits(vote, brief), Pure() retry rounds within wait else { return }
  Coder -> Lead: A { name, of: Plan { n: 1, m: Deep {} }, in: x }
  Coder -> Lead: B(C { all: [1] }) as b quorum all
  Coder -> Lead: D(b.x + 1) quorum 2 retry 3 within 500ms
  /** Decided. */
  choice verdict at Lead within 10m retry 2 { Lead -> Coder: Yes() } or { } else { abort }
  choice at Lead when votes.length == 0 { fail "none" } or when a < b { continue round } or { }
  choice when rounds > 3 { } or { }
  loop max max 5 { Lead -> Coder: L  break max } else { continue max }
  loop round { break round }
  par { } and { Lead -> Coder: P } and { }
  scatter plan.parts as part over Coder, Reviewer after part.needs { break part }
  scatter xs as x over Coder { }
  pick Coder as one at Lead { }
  pick Coder at Lead { }
  do Agree<Brief, T>(Lead, [Coder[*], Reviewer], [2, 3], 20m, rounds) as pact else { abort }
  do Other(Coder[*])
  saga { step { Lead -> Coder: S } undo { } step { } } else { }
  saga { }
}
`;

export function treeOf(text: string): FileTree {
  const { tree, diagnostics } = parse({ file: "test.chor", text });
  if (diagnostics.length > 0) throw new Error(diagnostics.map(shown).join("\n"));
  return tree;
}

export function shown({ code, message, span }: Diagnostic): string {
  return `${code} ${message} (${span.start}..${span.end})`;
}

/** A tree as plain data without the places in it. */
export function withoutSpans(tree: unknown): unknown {
  return JSON.parse(JSON.stringify(tree, (key, value: unknown) => (/^(?:span|toSpan)$/.test(key) ? undefined : value)));
}

/** A program on one line: comments gone, newlines blanks. Strings and regular expressions are left alone. */
export function onOneLine(text: string): string {
  return text
    .replace(
      /("(?:[^"\\\n]|\\.)*"|matches\s+\/(?:[^/\\\n]|\\.|\[[^\]]*\])+\/)|\/\/[^\n]*/g,
      (_, kept?: string) => kept ?? "",
    )
    .replace(/\s*\n\s*/g, " ");
}

/** Messages and hints begin with a capital, a sign or a quotation, and end with a full stop. */
export function isSentence(text: string | undefined): boolean {
  return text !== undefined && /^[^a-z ][^]*\.$/.test(text);
}

/** The programs of the design beside the repository; none where there is no such folder. */
export function sharedPrograms(): readonly { readonly name: string; readonly text: string }[] {
  return ["lang", "endpoint"].flatMap((folder) => {
    const path = fileURLToPath(new URL(`../../../shared/${folder}`, import.meta.url));
    if (!existsSync(path)) return [];
    return readdirSync(path)
      .filter((name) => name.endsWith(".chor"))
      .map((name) => ({ name: `${folder}/${name}`, text: readFileSync(`${path}/${name}`, "utf8") }));
  });
}
