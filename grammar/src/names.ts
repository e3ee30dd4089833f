// Names: how one is made from another, and which known name a wrong one is nearest to. In: names and candidates, of
// any length and number. Out: a name, or null where none is near.

/**
 * The name that a label or an artifact binds: its leading run of capitals goes down, but for the last one
 * before a small letter. `Module` module, `PRD` prd, `CIReport` ciReport.
 */
export function lowerCamel(name: string): string {
  const run = /^[A-Z]+/.exec(name)?.[0].length ?? 0;
  const down = run > 1 && /[a-z]/.test(name.charAt(run)) ? run - 1 : run;
  return name.slice(0, down).toLowerCase() + name.slice(down);
}

/** A name with a capital in front, for hints: `coder` Coder. Leading underscores go. */
export function upperCamel(name: string): string {
  const bare = name.replace(/^_+/, "");
  return bare.charAt(0).toUpperCase() + bare.slice(1);
}

/** Longer names are near to none, and of very many candidates only the first are looked at: the work is bounded. */
const longest = 40;
const maxCandidates = 200;

/**
 * The candidate that differs from `name` in case only, else the one at the smallest edit distance (optimal
 * string alignment: insert, delete, replace, swap), if that is at most a third of the name's length.
 */
export function nearest(name: string, candidates: Iterable<string>): string | null {
  if (name.length > longest) return null;
  const lower = name.toLowerCase();
  const table = new Uint8Array((longest + 1) * (longest + 1));
  let best: string | null = null;
  let least = Math.max(1, Math.floor(name.length / 3)) + 1;
  let seen = 0;
  for (const candidate of candidates) {
    if (++seen > maxCandidates) break;
    if (candidate.length > longest || Math.abs(candidate.length - name.length) >= least) continue;
    const other = candidate.toLowerCase();
    if (other === lower) return candidate;
    const distance = editDistance(lower, other, table);
    // One letter is no resemblance: `a` is not a misspelt `b`.
    if (distance < least && distance < Math.max(name.length, candidate.length)) {
      best = candidate;
      least = distance;
    }
  }
  return best;
}

/** Optimal string alignment distance. `table`: room for the distances of all beginnings, row by row. */
function editDistance(a: string, b: string, table: Uint8Array): number {
  const width = b.length + 1;
  const at = (i: number, j: number): number => table[i * width + j] ?? 0;
  for (let j = 0; j <= b.length; j++) table[j] = j;
  for (let i = 1; i <= a.length; i++) {
    table[i * width] = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let cost = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (same ? 0 : 1));
      const swapped =
        i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
      if (swapped) cost = Math.min(cost, at(i - 2, j - 2) + 1);
      table[i * width + j] = cost;
    }
  }
  return at(a.length, b.length);
}
