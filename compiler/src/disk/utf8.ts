// Bytes to text. In: bytes from anywhere. Out: the text, or that they are not UTF-8. Apart from replace.ts, because a
// plain check loads this, and nothing that writes.

/** The text of bytes, without a byte order mark; null: they are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
