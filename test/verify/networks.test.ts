// Other networks: what is safe with a channel for each pair of roles may break where there is one inbox, or no order.

import { expect, test } from "vitest";
import { check } from "../../compiler/src/check.js";
import { networkDiagnostics, type OtherNetwork } from "../../compiler/src/verify/networks.js";

function told(network: OtherNetwork, body: string, states = 20_000): readonly string[] {
  const text = `choreography Race(Lead, Coder, Tester) { ${body} }`;
  const { choreographies, diagnostics } = check({ file: "race.chor", text });
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return choreographies
    .flatMap((each) => networkDiagnostics(each, network, states, () => null))
    .map(({ code, message }) => `${code} ${message}`);
}

test("two senders who do not wait for each other break one inbox, and a bag does not mind", () => {
  const race = "Lead -> Tester: Rules() Coder -> Tester: Code()";
  expect(told("mailbox", race)).toEqual([
    "CHOR0640 `Race` is not safe where each role has one inbox for all senders. `Tester` waits for `Rules` from `Lead`, but `Code` comes from `Coder` first.",
  ]);
  expect(told("bag", race)).toEqual([]);
});

test("who waits for a word is safe on every network", () => {
  const asked = "Lead -> Tester: Rules() Tester -> Coder: Go() Coder -> Tester: Code()";
  expect(told("mailbox", asked)).toEqual([]);
  expect(told("bag", asked)).toEqual([]);
});

test("what is told in a row breaks where there is no order, and not in one inbox", () => {
  const feed = "loop page { choice at Lead { Lead -> Coder: Page() } or { Lead -> Coder, Tester: Last() break page } }";
  expect(told("bag", feed)).toEqual([expect.stringMatching(/^CHOR0641 .* Nobody reads `Page`/)]);
  expect(told("mailbox", feed)).toEqual([]);
});

test("what is too large is not known, and said so", () => {
  const rows =
    "loop round { choice at Lead { Lead -> Coder: Page() Coder -> Tester: Page() } or { Lead -> Coder: Last() Coder -> Tester: Last() break round } } Tester -> Lead: Done()";
  expect(told("mailbox", `${rows} Coder -> Lead: Done()`, 3)).toEqual([expect.stringMatching(/^CHOR0643 /)]);
});
