// In which order choreographies are bound: those that are done by others first. In: the tree of a file. Out: the
// choreographies in that order; one that does itself, directly or by way of others, is in the sink. Depth first,
// without recursion, linear.

import type { ChoreographyTree, Diagnostic, FileTree, Name } from "@chor/grammar";
import { doesItself } from "../report/calls.js";
import { statementsIn } from "./trees.js";

interface Visit {
  readonly tree: ChoreographyTree;
  readonly calls: readonly Name[];
  next: number;
}

/** Takes a file's tree, gives all of its choreographies, callees before callers. Of two with one name the first counts. */
export function callOrder({ declarations }: FileTree, sink: Diagnostic[]): readonly ChoreographyTree[] {
  const trees = declarations.filter((declaration) => declaration.kind === "choreography");
  const byName = new Map<string, ChoreographyTree>();
  for (const tree of trees) if (!byName.has(tree.name.text)) byName.set(tree.name.text, tree);
  const done = new Set<ChoreographyTree>();
  for (const root of trees) {
    if (done.has(root)) continue;
    const path: Visit[] = [visit(root)];
    const onPath = new Map([[root, 0]]);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const call = top.calls[top.next];
      if (call === undefined) {
        path.pop();
        onPath.delete(top.tree);
        done.add(top.tree);
        continue;
      }
      top.next++;
      const callee = byName.get(call.text);
      const round = callee === undefined ? undefined : onPath.get(callee);
      if (round !== undefined) {
        sink.push(
          doesItself(
            call,
            path.slice(round).map(({ tree }) => tree.name.text),
          ),
        );
      } else if (callee !== undefined && !done.has(callee)) {
        onPath.set(callee, path.length);
        path.push(visit(callee));
      }
    }
  }
  return [...done];
}

function visit(tree: ChoreographyTree): Visit {
  const calls: Name[] = [];
  for (const statement of statementsIn(tree.body)) if (statement.kind === "do") calls.push(statement.choreography);
  return { tree, calls, next: 0 };
}
