// Interactions: sender, receivers, message, clauses. In: the writer, standing at the sender, and the node; how to set a
// block comes from outside. Out: one line if all of it fits and was on one; else `where` and `gate` on lines of their
// own, `retry` and `within` on the line they stand on, the block of `else` under its line.

import type { Doc } from "prettier";
import type { BlockTree, EntryTree, InteractionTree, MessageTree, RecordTree, RoleTree } from "../tree.js";
import { body, listed, separated } from "./brackets.js";
import { condition, expression } from "./expressions.js";
import { bound, tight } from "./types.js";
import type { Writer } from "./writer.js";

/** `mayStay`: whether a block that only leaves may stay on one line. */
type SetBlock = (w: Writer, block: BlockTree, mayStay?: boolean) => Doc;

/** A whole interaction; `setBlock` is for its `else`. */
export function interaction(w: Writer, node: InteractionTree, setBlock: SetBlock): Doc {
  const { group, indent, indentIfBreak } = w.to;
  const sender = role(w, node.from);
  const head = [
    w.token("space", "->"),
    w.gap("space"),
    receivers(w, node.to),
    w.token("none", ":"),
    w.gap("space"),
    message(w, node.message),
    binding(w, node),
  ];
  const clauses: Doc[] = [];
  let broken = false;
  const begins = (isLine: boolean, set: () => Doc): void => {
    const breaks = w.breaksBefore();
    broken ||= breaks;
    const clause = [w.gap("line"), set()];
    clauses.push(isLine || breaks ? clause : group(clause));
  };
  for (const where of node.where) begins(true, () => [w.take("where"), w.gap("space"), condition(w, where)]);
  if (node.gates.length > 0) begins(true, () => gates(w, node));
  if (node.retry !== null) begins(false, () => [w.take("retry"), bound(w, "space")]);
  if (node.within !== null) begins(false, () => [w.take("within"), w.token("space")]);
  if (clauses.length === 0) return [sender, head, otherwise(w, node.otherwise, setBlock, true)];
  const id = Symbol("clauses");
  const under = otherwise(w, node.otherwise, setBlock, true);
  return [sender, head, group(indent(clauses), { shouldBreak: broken, id }), indentIfBreak(under, { groupId: id })];
}

/** ` else { … }` behind a closing brace or a clause; nothing if there is none. */
export function otherwise(w: Writer, block: BlockTree | null, setBlock: SetBlock, mayStay = false): Doc {
  return block === null ? "" : [w.token("join", "else"), w.gap("join"), setBlock(w, block, mayStay)];
}

/** `Coder` or `Coder[*]`. */
export function role(w: Writer, { all }: RoleTree): Doc {
  const name = w.take();
  return all ? [name, w.token("none", "["), w.token("none", "*"), tight(w, "]")] : name;
}

function receivers(w: Writer, roles: InteractionTree["to"]): Doc {
  if (roles === null) return w.take("*");
  const [first, ...rest] = roles.map((each) => () => role(w, each));
  if (first === undefined || rest.length === 0) return first?.() ?? "";
  const begins = first();
  const others = rest.map((each) => [w.token("none", ","), w.gap("line"), each()]);
  return w.to.group([begins, w.to.indent(others)]);
}

function message(w: Writer, { payload }: MessageTree): Doc {
  const label = w.take();
  if (payload.kind === "same") return label;
  if (payload.kind === "computed") {
    return [label, w.gap("none"), listed(w, ["(", ")"], [() => expression(w, payload.expression)])];
  }
  if (payload.kind === "filled" && w.peek() === "{") return [label, w.gap("join"), record(w, payload.record)];
  const opens = [label, w.token("none", "(")];
  if (payload.kind === "none") return [opens, tight(w, ")")];
  const artifact = w.token("none");
  const filled = payload.kind === "filled" ? [w.gap("join"), record(w, payload.record)] : "";
  return [opens, artifact, filled, tight(w, ")")];
}

function record(w: Writer, { entries }: RecordTree): Doc {
  return body(
    w,
    entries.map((each) => ({ start: each.span.start, set: () => entry(w, each) })),
    true,
  );
}

function entry(w: Writer, { value, span }: EntryTree): Doc {
  if (w.isIgnored()) return w.verbatim(span.end);
  const name = w.take();
  if (value === null) return name;
  const colon = w.token("none", ":");
  if (value.kind !== "record") return [name, colon, w.gap("space"), expression(w, value)];
  const artifact = w.token("space");
  return [name, colon, artifact, w.gap("join"), record(w, value.record)];
}

/** `as` and `quorum`: they stay with the message while they fit. */
function binding(w: Writer, { as, quorum }: InteractionTree): Doc {
  const { group, indent } = w.to;
  const docs: Doc[] = [];
  if (as !== null) {
    const named = [w.gap("line"), w.take("as"), w.token("space")];
    docs.push(group(indent([named, as.collects ? [w.token("none", "["), tight(w, "]")] : ""])));
  }
  if (quorum !== null) docs.push(group(indent([w.gap("line"), w.take("quorum"), bound(w, "space")])));
  return docs;
}

function gates(w: Writer, { gates: checks }: InteractionTree): Doc {
  const begins = w.take("gate");
  const sets = checks.map((check) => () => {
    const name = w.take();
    return [
      name,
      w.gap("none"),
      listed(
        w,
        ["(", ")"],
        check.arguments.map((value) => () => expression(w, value)),
      ),
    ];
  });
  return [begins, w.to.group(w.to.indent(separated(w, sets, "space")))];
}
