// What all SVG diagrams share: the sheet with its colours for light and dark, text and its width, escaping. In: shapes
// and where they stand. Out: lines of SVG. No browser, no font file: the width of a text is estimated, the same everywhere.

/** A sheet around `lines`, `width` by `height`, readable on light and dark grounds. */
export function sheet(title: string, width: number, height: number, lines: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${round(width)}" height="${round(height)}" viewBox="0 0 ${round(width)} ${round(height)}" role="img" aria-label="${escape(title)}">`,
    `<title>${escape(title)}</title>`,
    STYLE,
    MARKER,
    `<rect class="ground" width="100%" height="100%"/>`,
    ...lines,
    "</svg>",
    "",
  ].join("\n");
}

interface Palette {
  readonly ground: string;
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly box: string;
  readonly accent: string;
}

const LIGHT: Palette = {
  ground: "#ffffff",
  ink: "#1f2328",
  soft: "#59636e",
  line: "#8c959f",
  box: "#f1f4f8",
  accent: "#0b62c4",
};
const DARK: Palette = {
  ground: "#0f141a",
  ink: "#e6edf3",
  soft: "#9aa4af",
  line: "#6b7682",
  box: "#1c242d",
  accent: "#6cb0ff",
};

function colours({ ground, ink, soft, line: stroke, box: fill, accent }: Palette): string {
  return [
    `.ground { fill: ${ground} }`,
    `.box, .tab { fill: ${fill}; stroke: ${stroke} }`,
    `.frame { fill: none; stroke: ${stroke} }`,
    `.lane { stroke: ${stroke}; stroke-dasharray: 3 4 }`,
    `.part { stroke: ${stroke}; stroke-dasharray: 6 4 }`,
    `.arrow { fill: none; stroke: ${accent}; stroke-width: 1.4 }`,
    `.head { fill: ${accent} }`,
    `text { fill: ${ink} }`,
    `.soft { fill: ${soft} }`,
    `.on { stroke: ${ground} }`,
  ].join("\n");
}

/** Colours as they are, not as variables: programs that are no browsers know only those, and show the light ones. */
const STYLE = `<style>
text { font: 13px ui-sans-serif, system-ui, "DejaVu Sans", sans-serif }
.soft { font-size: 12px }
.strong { font-weight: 600 }
.on { paint-order: stroke; stroke-width: 4px; stroke-linejoin: round }
${colours(LIGHT)}
@media (prefers-color-scheme: dark) {
${colours(DARK)}
}
</style>`;

const MARKER = `<defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto"><path class="head" d="M0 0 10 5 0 10z"/></marker></defs>`;

export type Anchor = "start" | "middle" | "end";

/** A line of text whose base line is at `y`. */
export function text(x: number, y: number, content: string, classes = "", anchor: Anchor = "middle"): string {
  const name = classes === "" ? "" : ` class="${classes}"`;
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}"${name}>${escape(content)}</text>`;
}

/** A rectangle with round corners. */
export function box(x: number, y: number, width: number, height: number, name: string, radius = 5): string {
  return `<rect class="${name}" x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="${radius}"/>`;
}

/** A straight line. */
export function line(x1: number, y1: number, x2: number, y2: number, name: string, arrow = false): string {
  const end = arrow ? ' marker-end="url(#head)"' : "";
  return `<line class="${name}" x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}"${end}/>`;
}

/** Where several arrows begin. */
export function dot(x: number, y: number): string {
  return `<circle class="head" cx="${round(x)}" cy="${round(y)}" r="3.5"/>`;
}

/** About how wide a text is at 13 px: narrow, usual and wide signs; ideographs count twice. */
export function widthOf(content: string): number {
  let width = 0;
  for (const sign of content) {
    const code = sign.codePointAt(0) ?? 0;
    if (code > 0x2e7f) width += 14;
    else if ("iljtfr.,:;'|!()[]{} ".includes(sign)) width += 4.6;
    else if ("mwMW@%".includes(sign)) width += 11.5;
    else if (sign >= "A" && sign <= "Z") width += 9;
    else width += 7.4;
  }
  return width;
}

/** A number as short as SVG needs it: two decimals at most. */
export function round(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** Text that is nothing but text in XML; signs that XML forbids are shown as a replacement character. */
function escape(content: string): string {
  return Array.from(content, (sign) => {
    const code = sign.codePointAt(0) ?? 0;
    if (
      code < 32 ||
      (code >= 0x7f && code < 0xa0) ||
      (code >= 0xd800 && code < 0xe000) ||
      code === 0xfffe ||
      code === 0xffff
    )
      return "\ufffd";
    return ESCAPES[sign] ?? sign;
  }).join("");
}

const ESCAPES: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
});
