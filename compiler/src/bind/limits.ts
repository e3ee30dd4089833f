// The bounds of the language, by name: what holds where the source says nothing, and what nobody may exceed.

/** Code points of a `string` without a range. */
export const STRING_DEFAULT = 65_536;

/** Items of a list without a range. */
export const LIST_DEFAULT = 1_000;

/** The largest bound of a string (16 Mi code points): what still fits into one message. */
export const STRING_LIMIT = 16_777_216;

/** The largest bound of a list. */
export const LIST_LIMIT = 1_000_000;

/** Entries of a `map` without a range. */
export const MAP_DEFAULT = 1_000;

/** The largest bound of a map. */
export const MAP_LIMIT = 1_000_000;

/** Code points of a key of a map. */
export const KEY_LIMIT = 256;

/** Bytes of canonical text of a `json` without a range. */
export const JSON_DEFAULT = 65_536;

/** Bytes of a `bytes` without a range; its Base64 text is a third longer. */
export const BYTES_DEFAULT = 65_536;

/** Code points of a `typescript` without a range. */
export const TYPESCRIPT_DEFAULT = 262_144;

/** Code points of a `url` without a range. */
export const URL_DEFAULT = 2_048;

/** Code points of a `path` without a range. */
export const PATH_DEFAULT = 1_024;

/** Characters of a `uuid`, always. */
export const UUID_LENGTH = 36;

/** Characters of a `datetime`: from `2026-01-31T12:00:00Z` to nine digits of a second and an offset. */
export const DATETIME_LENGTH = { min: 20, max: 35 } as const;

/** The largest `max` of a loop. */
export const ROUNDS_LIMIT = 1_000_000;

/** How deep records and lists may be nested, through named artifacts too: validators recurse that deep. */
export const DEPTH_LIMIT = 64;

/** Length of a pattern, in UTF-16 code units. */
export const PATTERN_LIMIT = 1_000;

/** Characters and classes inside one repetition of a pattern; the search for ambiguity is quadratic in it. */
export const REPETITION_LIMIT = 64;

/** A pattern is tried on literals of at most so many UTF-16 code units while compiling. */
export const LITERAL_LIMIT = 64;
