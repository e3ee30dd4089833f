// `index.ts` and `places.ts` of a choreography. In: the choreography and the modules of its roles. Out: declarations.

import type { Choreography, Program } from "../bind/program.js";
import { lineStarts, positionAt } from "@chor/grammar";
import type { Declaration } from "./module.js";
import { baseName, type Scope } from "./names.js";
import type { RoleModule } from "./role.js";
import { docs, onLines, quote } from "./text.js";

/** What `index.ts` says of its choreography. */
export interface IndexContext {
  readonly choreography: Choreography;
  /** What is known as the choreography. */
  readonly name: string;
  readonly digest: string;
  readonly source: string;
  /** Module specifier of the artifacts. */
  readonly artifacts: string;
  /** In the order of the source. */
  readonly roles: readonly RoleModule[];
  readonly scope: Scope;
}

/** The declarations of `index.ts`. */
export function indexDeclarations({
  choreography,
  name,
  digest,
  source,
  artifacts,
  roles,
  scope,
}: IndexContext): readonly Declaration[] {
  const claim = (suffix: string): string => scope.claim(`${choreography.name}${suffix}`);
  const [agents, options, end, message] = [claim("Agents"), claim("Options"), claim("End"), claim("Message")] as const;
  const messages = roles.map(({ names }) => names.message);
  const known = roles.map(({ role, names }) => `readonly ${role}: ${names.end};`);
  return [
    { kind: "export", names: null, typeOnly: false, from: artifacts },
    { kind: "export", names: roles.map(({ names }) => names.role), typeOnly: false, from: null },
    { kind: "export", names: roles.map(({ names }) => names.agent), typeOnly: true, from: null },
    {
      kind: "interface",
      name: agents,
      docs: docs("The agent of each role."),
      properties: roles.map(({ role, names, decides }) => ({
        name: role,
        type: names.agent,
        optional: !decides,
        docs: decides ? [] : docs("Decides nothing: may be left out."),
      })),
    },
    {
      kind: "interface",
      name: options,
      extends: "chor.Options",
      docs: docs(`What a run of \`${choreography.name}\` takes.`),
      properties: [{ name: "agents", type: agents, optional: false, docs: [] }],
    },
    {
      kind: "interface",
      name: end,
      docs: docs("What each role knows in the end."),
      properties: [
        { name: "session", type: "string", optional: false, docs: [] },
        { name: "known", type: `{\n${known.join("\n")}\n}`, optional: false, docs: [] },
      ],
    },
    { kind: "alias", name: message, type: messages.join(" | "), docs: docs("All that is sent.") },
    {
      kind: "const",
      name,
      type: `chor.Choreography<${options}, ${end}, ${message}>`,
      value: `/* @__PURE__ */ chor.choreography({
        name: ${quote(choreography.name)},
        digest: ${quote(digest)},
        source: ${quote(source)},
        places,
        roles: [${roles.map(({ names }) => names.role).join(", ")}],
      })`,
      exported: true,
      docs: docs(onLines(choreography.doc)),
    },
  ];
}

/** The one declaration of `places.ts`: the only place with numbers of lines. */
export function placesDeclarations({ source }: Program, { interactions }: Choreography): readonly Declaration[] {
  const starts = lineStarts(source.text);
  const places = interactions.map(({ id, span }) => {
    const { line, column } = positionAt(starts, span.start);
    return `${quote(id)}: ${quote(`${baseName(source.file)}:${line}:${column}`)},`;
  });
  return [
    {
      kind: "const",
      name: "places",
      type: "{ readonly [interaction: string]: string }",
      value: `{\n${places.join("\n")}\n}`,
      exported: true,
      docs: docs("By interaction: where it stands in the source."),
    },
  ];
}
