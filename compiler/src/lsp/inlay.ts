// What the source leaves unsaid: the name under which a message is known from here on. In: an open file, its analysis if
// there is one, and a range. Out: hints behind messages, with who knows what there.

import { InlayHintKind } from "vscode-languageserver";
import type { InlayHint } from "vscode-languageserver";
import type { ChoreographyTree, Span } from "@chor/grammar";
import { lowerCamel } from "@chor/grammar";
import type { Analysis } from "./analysis.js";
import { positionOf } from "./text.js";
import { interactionsIn } from "./walk.js";
import type { Open } from "./workspace.js";

/** Takes an open file, its analysis if there is one, and a span; gives the hints of the interactions that touch it. */
export function inlayHints({ file, text }: Open, analysis: Analysis | null, within: Span): InlayHint[] {
  const choreographies = file.tree.declarations.filter(
    (each): each is ChoreographyTree =>
      each.kind === "choreography" && each.span.start <= within.end && each.span.end >= within.start,
  );
  return choreographies.flatMap(({ body }) =>
    interactionsIn(body).flatMap(({ as, message, span }): InlayHint[] => {
      const outside = span.end < within.start || span.start > within.end;
      if (outside || as !== null || message.payload.kind === "none") return [];
      const tooltip = knownTo(analysis, span);
      return [
        {
          position: positionOf(text, message.span.end),
          label: `as ${lowerCamel(message.label.text)}`,
          kind: InlayHintKind.Type,
          paddingLeft: true,
          ...(tooltip === "" ? {} : { tooltip: { kind: "markdown", value: tooltip } }),
        },
      ];
    }),
  );
}

function knownTo(analysis: Analysis | null, { start, end }: Span): string {
  const here = (analysis?.known ?? []).filter(({ span }) => span.start === start && span.end === end);
  return here
    .filter(({ names }) => names.length > 0)
    .map(({ role, names }) => `\`${role}\` knows ${names.map((name) => `\`${name}\``).join(", ")} here.`)
    .join("\n\n");
}
