// A process of its own that appends to a journal, says what has resolved, and goes on until it is killed.
// Usage: node writer.mjs <module of sqlite()> <file> <session>

const [module, file, session] = process.argv.slice(2);
const { sqlite } = await import(module);
const journal = sqlite(file);
const of = { session, owner: "Author" };
for (let step = 0; ; step += 2) {
  const batch = [step, step + 1].map((n) => ({
    kind: "memo",
    step: n,
    at: n,
    point: 0,
    attempt: 0,
    name: "n",
    value: n,
  }));
  await journal.append(of, step, batch);
  process.stdout.write(`${step + 2}\n`);
}
