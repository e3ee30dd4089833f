// The endpoint of a role as two versions can be laid side by side: what it does in each of its local states, block by
// block, under names that both versions share. In: a choreography, how large its families are, and what its roles are
// called in the other version. Out: an endpoint for each role of the core.

import { blocksOf, type Blocks, type Construct } from "../arms/blocks.js";
import { roleInside } from "../arms/heads.js";
import { stageOf, type Built, type Stage } from "../arms/views.js";
import type { LocalSet } from "../automaton/observe.js";
import type { Choreography } from "../bind/program.js";
import type { Core, CoreRole, Message, Send } from "../core/core.js";
import { desugar, type Options } from "../core/desugar.js";
import { followersOf } from "../knowledge/knowledge.js";
import { headTexts, type HeadText } from "./heads.js";

export interface Endpoint {
  readonly core: Core;
  readonly constructs: readonly Construct[];
  /** By block: the states of the role in it; state 0 is the initial one. A block without it: the role has no part there. */
  readonly blocks: ReadonlyMap<number, readonly State[]>;
  /** By construct: what the role is inside of its arms, and which text its arms have, so that their order is none. */
  readonly inside: (construct: number) => Endpoint;
  readonly armText: (block: number) => string;
  /** By construct: over what a scatter goes. */
  readonly headText: (construct: number) => string;
}

export interface State {
  /** Messages and failures, in the order of the letters. */
  readonly acts: readonly Act[];
  /** The end of a round of a counted loop that the role counts. */
  readonly round: { readonly loop: number; readonly again: Way; readonly over: Way } | null;
  /** Constructs with arms that the role takes part in. */
  readonly arms: readonly { readonly construct: number; readonly way: Way }[];
  /** The protocol may be over. */
  readonly final: boolean;
}

export interface Way {
  readonly target: number;
  /** Counted loops that begin anew on the way. */
  readonly enters: readonly number[];
}

export interface Act extends Way {
  readonly kind: "send" | "receive" | "fail";
  /** Under the name that both versions share. */
  readonly peer: string;
  /** The peer is a role of the network: who it stands between, or what it announces. */
  readonly network: string | null;
  readonly label: string;
  /** The same in two states of two versions iff it is the same action there. */
  readonly key: string;
  /** The messages of the core that it can be, by number. None: a failure. */
  readonly messages: readonly Message[];
  readonly send: Send | null;
}

/** There is nothing left to do. */
export function isOver({ acts, round, arms }: State): boolean {
  return acts.length === 0 && round === null && arms.length === 0;
}

/** Whether it is a branch of a `choice when`, which the role takes by what it knows. */
export function isAnnounced({ network }: Act): boolean {
  return network?.startsWith(ANNOUNCED) === true;
}

/** What a role and the network say to each other, and nobody has written. */
export function isWord({ network, messages }: Act): boolean {
  return network !== null && messages.every(({ interaction }) => interaction === null);
}

const ANNOUNCED = "when ";

/** A label as it is written: without the members that were picked. */
export function shownLabel({ label }: Act): string {
  return label.replace(/(?:\[\d+\])+$/, "");
}

/** No bound that is written is larger. */
export const LARGEST_BOUND = 1_000_000;

/** The number that stands for a value in place of a bound. */
export function numberFor(value: string): number {
  let number = 0;
  for (const character of value) number = (number * 31 + (character.codePointAt(0) ?? 0)) % 1_000_000_000;
  return LARGEST_BOUND + 1 + number;
}

export interface Endpoints {
  readonly core: Core;
  readonly roles: readonly { readonly role: CoreRole; readonly endpoint: Endpoint }[];
}

/** The endpoints of all roles that have one; null: the choreography has errors. `called`: names that both versions share. */
export function endpointsOf(
  choreography: Choreography,
  options: Options,
  called: (role: string) => string,
): Endpoints | null {
  const core = desugar(choreography, { ...options, knowers: followersOf });
  const blocks = blocksOf(core);
  const { stage } = stageOf(blocks);
  if (stage === null) return null;
  const maker: Maker = {
    core,
    stage,
    called,
    heads: headTexts(choreography),
    networks: new Map(),
    texts: new Map(),
    made: new Map(),
  };
  for (const built of stage.built) nameNetworks(maker, built);
  const claimed = new Set(blocks.constructs.flatMap(({ claims }) => [...claims.values()]));
  const roles = core.roles.flatMap((role, number) =>
    role.kind === "network" || claimed.has(number) ? [] : [{ role, endpoint: endpointOf(maker, number) }],
  );
  return { core, roles };
}

interface Maker {
  readonly core: Core;
  readonly stage: Stage;
  readonly called: (role: string) => string;
  readonly heads: HeadText;
  /** By role of the network: what tells it from others, in both versions. */
  readonly networks: Map<number, string>;
  /** By block. */
  readonly texts: Map<number, string>;
  /** By role. */
  readonly made: Map<number, Endpoint>;
}

function endpointOf(maker: Maker, role: number): Endpoint {
  const known = maker.made.get(role);
  if (known !== undefined) return known;
  const { stage } = maker;
  const blocks = new Map<number, readonly State[]>();
  stage.built.forEach((built, block) => {
    const states = statesOf(maker, built, role);
    if (states !== null) blocks.set(block, states);
  });
  if (!blocks.has(0)) blocks.set(0, [{ acts: [], round: null, arms: [], final: true }]);
  const endpoint: Endpoint = {
    core: maker.core,
    constructs: stage.blocks.constructs,
    blocks,
    inside: (construct) => {
      const own = stage.blocks.constructs[construct];
      return endpointOf(maker, own === undefined ? role : roleInside(own, role));
    },
    armText: (block) => textOf(maker, stage.blocks, block),
    headText: (construct) => {
      const { kind, span } = stage.blocks.constructs[construct] ?? { kind: "par" as const, span: NOWHERE };
      return kind === "scatter" ? maker.heads(span) : "";
    },
  };
  maker.made.set(role, endpoint);
  return endpoint;
}

const NOWHERE = { start: 0, end: 0 };

/** Between whom a role of the network stands; of one that nobody talks to, what it announces. */
function nameNetworks(maker: Maker, { tables }: Built): void {
  const { core, letters, states } = tables.automaton;
  const partners = new Map<number, Set<string>>();
  const heard = new Set<number>();
  for (const letter of letters) {
    if (letter.kind !== "message") continue;
    for (const [network, other] of [
      [letter.from, letter.to],
      [letter.to, letter.from],
    ] as const) {
      if (core.roles[network]?.kind !== "network") continue;
      const known = partners.get(network) ?? new Set();
      partners.set(network, known.add(shared(maker, core.roles[other])));
      if (network === letter.to) heard.add(network);
    }
  }
  for (const [network, names] of partners)
    if (heard.has(network)) maker.networks.set(network, [...names].toSorted().join("~"));
  for (const { transitions } of states)
    for (const { send } of transitions)
      if (send !== null && partners.has(send.from) && !heard.has(send.from))
        maker.networks.set(send.from, `${ANNOUNCED}${maker.heads(send.span)}`);
}

function statesOf(maker: Maker, built: Built, role: number): readonly State[] | null {
  const view = built.views.get(role);
  return view === undefined ? null : view.sets.map((set) => stateOf(maker, built, role, set));
}

function stateOf(maker: Maker, built: Built, role: number, set: LocalSet): State {
  const { automaton, final } = built.tables;
  const acts: Act[] = [];
  const arms: State["arms"][number][] = [];
  const ways = new Map<string, Way>();
  let loop = -1;
  for (const { letter, target, enters } of set.edges) {
    const is = automaton.letters[letter];
    const construct = built.constructOf[letter] ?? -1;
    if (construct >= 0) arms.push({ construct, way: { target, enters } });
    else if (is?.kind === "round" || is?.kind === "over") {
      ways.set(is.kind, { target, enters });
      loop = is.loop;
    } else if (is?.kind === "fail") acts.push({ ...FAILURE, target, enters });
    else if (is?.kind === "message") {
      const sends = sendsIn(built, set, letter);
      const kind = is.from === role ? "send" : "receive";
      const other = automaton.core.roles[kind === "send" ? is.to : is.from];
      const peer = shared(maker, other);
      const network = maker.networks.get(kind === "send" ? is.to : is.from) ?? null;
      const messages = [...new Set(sends.map(({ message }) => message))]
        .toSorted((a, b) => a - b)
        .flatMap((message) => automaton.core.messages[message] ?? []);
      const key = `${kind === "send" ? "!" : "?"} ${network ?? peer} ${is.label}`;
      acts.push({ kind, peer, network, label: is.label, key, messages, send: sends[0] ?? null, target, enters });
    }
  }
  const again = ways.get("round");
  const over = ways.get("over");
  return {
    acts: acts.map((act) => toldApart(act, acts)),
    round: again === undefined || over === undefined ? null : { loop, again, over },
    arms,
    final: set.states.some((state) => final[state] === 1),
  };
}

const FAILURE = {
  kind: "fail",
  peer: "",
  network: null,
  label: "fail",
  key: "fail",
  messages: [],
  send: null,
} as const;

/** Roles of the network that say the same in one state are told apart by their names, then by their order. */
function toldApart(act: Act, acts: readonly Act[]): Act {
  const alike = acts.filter(({ key }) => key === act.key);
  if (alike.length === 1) return act;
  const namesakes = alike.filter(({ peer }) => peer === act.peer);
  const number = namesakes.length === 1 ? "" : ` ${namesakes.indexOf(act) + 1}`;
  return { ...act, key: `${act.key} ${act.peer}${number}` };
}

function sendsIn({ tables }: Built, { states }: LocalSet, letter: number): readonly Send[] {
  const found: Send[] = [];
  for (const state of states)
    for (let t = tables.first[state] ?? 0; t < (tables.first[state + 1] ?? 0); t++) {
      const send = tables.letter[t] === letter ? (tables.transitions[t]?.send ?? null) : null;
      if (send !== null) found.push(send);
    }
  return found.toSorted((a, b) => a.message - b.message);
}

/** What both versions call a role; one of the network has a name of its own. */
function shared({ called }: Maker, role: CoreRole | undefined): string {
  if (role === undefined) return "";
  if (role.role === null) return role.name;
  return role.member === null ? called(role.role) : `${called(role.role)}[${role.member}]`;
}

/** All that is said in an arm, and in arms inside. Arms have larger numbers than what is around them. */
function textOf(maker: Maker, { blocks, marker }: Blocks, block: number): string {
  const known = maker.texts.get(block);
  if (known !== undefined) return known;
  const { stage } = maker;
  const built = stage.built[block];
  const letters = (built?.tables.automaton.letters ?? []).map((letter, i) => {
    const construct = built?.constructOf[i] ?? -1;
    if (construct >= 0) {
      const own = stage.blocks.constructs[construct];
      const arms = (own?.arms ?? []).map((arm) => textOf(maker, stage.blocks, arm));
      return `${own?.kind} (${arms.toSorted().join(" | ")})`;
    }
    if (letter.kind !== "message" || letter.from === marker) return letter.kind;
    const roles = blocks[block]?.core.roles ?? [];
    const name = (role: number): string => maker.networks.get(role) ?? shared(maker, roles[role]);
    return `${name(letter.from)} ${name(letter.to)} ${letter.label}`;
  });
  const text = letters.toSorted().join(", ");
  maker.texts.set(block, text);
  return text;
}
