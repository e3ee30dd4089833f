// JSON Pointers (RFC 6901): where in a value something is.

/** The pointer one field or item further. */
export function pointer(at: string, field: string | number): string {
  const name = String(field);
  return `${at}/${/[~/]/.test(name) ? name.replaceAll("~", "~0").replaceAll("/", "~1") : name}`;
}

/** The fields (text) and items (numbers) that lead to where it points. A field that looks like a number is given as one. */
export function path(at: string): readonly (string | number)[] {
  const names = at.split("/").slice(1);
  return names.map((name) =>
    /^(?:0|[1-9][0-9]{0,9})$/.test(name) ? Number(name) : name.replaceAll("~1", "/").replaceAll("~0", "~"),
  );
}
