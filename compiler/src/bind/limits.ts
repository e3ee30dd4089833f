// The bounds of the language, by name: what holds where the source says nothing, and what nobody may exceed.

/** Code points of a `string` without a range. */
export const STRING_DEFAULT = 65_536;

/** Items of a list without a range. */
export const LIST_DEFAULT = 1_000;

/** The largest bound of a string (16 Mi code points): what still fits into one message. */
export const STRING_LIMIT = 16_777_216;

/** The largest bound of a list. */
export const LIST_LIMIT = 1_000_000;

/** The largest `max` of a loop. */
export const ROUNDS_LIMIT = 1_000_000;

/** How deep records and lists may be nested, through named artifacts too: validators recurse that deep. */
export const DEPTH_LIMIT = 64;

/** Length of a pattern, in UTF-16 code units. */
export const PATTERN_LIMIT = 1_000;

/** Characters and classes inside one repetition of a pattern; the search for ambiguity is quadratic in it. */
export const REPETITION_LIMIT = 64;
