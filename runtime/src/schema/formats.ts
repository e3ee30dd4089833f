// Text of a form that the language has a name for: `uuid`, `datetime`, `url`, `path`, `bytes`, `digest<T>`. In: a text.
// Out: whether it is of that form. How long it may be is asked before (`fits`, `fitsBytes`), so the work is bounded.

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const DIGEST = /^sha256:[0-9a-f]{64}$/;
/** Every value has one Base64 text only (RFC 4648, 3.5): the bits that stand for nothing are zero. */
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$/;
const DATETIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?(?:Z|([+-])(\d\d):(\d\d))$/i;
/** The characters of RFC 3986, with every `%` before two hex digits. */
const URI = /^[a-z][a-z0-9+.-]*:(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[0-9a-f]{2})+$/i;
const DRIVE = /^[a-z]:/i;
const UNPRINTABLE = /[\u0000-\u001f\u007f\\]/;

/** RFC 9562, in letters of either case. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** `sha256:` and 64 hex digits. */
export function isDigest(text: string): boolean {
  return DIGEST.test(text);
}

/** RFC 4648 Base64 with padding, in its one canonical form. */
export function isBase64(text: string): boolean {
  return BASE64.test(text);
}

/** True when a Base64 text stands for `min` to `max` bytes. */
export function fitsBytes(text: string, min: number, max: number): boolean {
  const { length } = text;
  if (length % 4 !== 0 || length > 4 * Math.ceil(max / 3)) return false;
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const bytes = (length / 4) * 3 - padding;
  return bytes >= min && bytes <= max;
}

/** RFC 3339 with a zone: a day that there is, and a 60th second only at the end of a day in UTC. */
export function isDateTime(text: string): boolean {
  const parts = DATETIME.exec(text);
  if (parts === null) return false;
  const [, year, month, day, hour, minute, second, sign, offsetHour, offsetMinute] = parts;
  const [h, m, s] = [Number(hour), Number(minute), Number(second)];
  const [oh, om] = [Number(offsetHour ?? 0), Number(offsetMinute ?? 0)];
  if (!isDay(Number(year), Number(month), Number(day)) || h > 23 || m > 59 || s > 60 || oh > 23 || om > 59)
    return false;
  if (s < 60) return true;
  const offset = (sign === "-" ? -1 : 1) * (oh * 60 + om);
  return (((h * 60 + m - offset) % 1440) + 1440) % 1440 === 1439;
}

function isDay(year: number, month: number, day: number): boolean {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day >= 1 && day <= (days[month - 1] ?? 0);
}

/** An absolute URL: of the characters of RFC 3986, and one that the URL Standard can parse. */
export function isUrl(text: string): boolean {
  return URI.test(text) && URL.canParse(text);
}

/** A relative path with `/` that stays where it is: no `..` nor `.`, nothing empty, no drive, no backslash. */
export function isPath(text: string): boolean {
  if (text === "" || UNPRINTABLE.test(text) || DRIVE.test(text)) return false;
  return text.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}
