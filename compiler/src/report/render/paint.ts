// Colours for a terminal: six words of ANSI, or none of it. In: whether colours are wanted. Out: functions
// that put a style around a text which has already been made printable.

export type Style = "bold" | "dim" | "red" | "yellow" | "green" | "blue";

export type Paint = (style: Style, text: string) => string;

const CODES: Readonly<Record<Style, readonly [on: number, off: number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
  green: [32, 39],
  blue: [34, 39],
};

/** Paints when `color` holds; otherwise every text stays as it is. */
export function paint(color: boolean): Paint {
  if (!color) return (_style, text) => text;
  return (style, text) => {
    const [on, off] = CODES[style];
    return text === "" ? "" : `\u001b[${on}m${text}\u001b[${off}m`;
  };
}
