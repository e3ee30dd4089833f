// Draws the images of the extension: two roles, a message there and one back. In: nothing. Out: `images/icon.svg`,
// `images/icon.png` (the gallery wants no SVG) and `images/file.svg`. Run by hand; the results are checked in.

import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { crc32, deflateSync } from "node:zlib";

const images = fileURLToPath(new URL("../images/", import.meta.url));
const size = 128;
const ground = "#172033";
const [left, right, there, back] = ["#5ec8f2", "#f2b35e", "#f4f6fb", "#8ea0c4"];

/** Strokes with round ends, on a square of 128: from, to, width, colour. A stroke from a point to itself is a dot. */
const strokes = [
  [36, 34, 36, 104, 7, left],
  [92, 34, 92, 104, 7, right],
  [36, 27, 36, 27, 24, left],
  [92, 27, 92, 27, 24, right],
  ...arrow(44, 58, 81, there),
  ...arrow(84, 86, 47, back),
];

writeFileSync(`${images}icon.svg`, svg(`<rect width="${size}" height="${size}" rx="26" fill="${ground}"/>`));
writeFileSync(
  `${images}file.svg`,
  svg(
    "",
    strokes.map(([x, y, u, v, width, colour]) => [x, y, u, v, width * 1.3, colour === there ? "#7a8cb3" : colour]),
  ),
);
writeFileSync(`${images}icon.png`, png(2 * size));

function arrow(from, y, to, colour) {
  const wing = to > from ? to - 11 : to + 11;
  return [
    [from, y, to, y, 7, colour],
    [wing, y - 10, to, y, 7, colour],
    [wing, y + 10, to, y, 7, colour],
  ];
}

function svg(behind, drawn = strokes) {
  const lines = drawn.map(
    ([x, y, u, v, width, colour]) =>
      `  <path d="M${x} ${y}L${u} ${v}" stroke="${colour}" stroke-width="${width}" stroke-linecap="round"/>`,
  );
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" fill="none">`;
  return [head, ...(behind === "" ? [] : [`  ${behind}`]), ...lines, "</svg>", ""].join("\n");
}

/** The same as pixels: colour by colour, each covering what the distance to its stroke says. */
function png(pixels) {
  const scale = size / pixels;
  const rows = [];
  for (let row = 0; row < pixels; row++) {
    const bytes = Buffer.alloc(1 + 4 * pixels);
    for (let column = 0; column < pixels; column++) {
      bytes.set(pixel((column + 0.5) * scale, (row + 0.5) * scale, scale), 1 + 4 * column);
    }
    rows.push(bytes);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(pixels, 0);
  header.writeUInt32BE(pixels, 4);
  // Eight bits for each of red, green, blue and opacity.
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(Buffer.concat(rows), { level: 9 });
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))]);
}

function pixel(x, y, scale) {
  const covers = (distance) => Math.min(1, Math.max(0, 0.5 - distance / scale));
  const [far, near] = [Math.max(Math.abs(x - 64), Math.abs(y - 64)) - 64, 26];
  const corner =
    Math.hypot(Math.max(Math.abs(x - 64) - 64 + near, 0), Math.max(Math.abs(y - 64) - 64 + near, 0)) - near;
  const opacity = covers(Math.max(far, corner));
  let colour = rgb(ground);
  for (const [a, b, u, v, width, ink] of strokes) {
    const share = covers(distance(x, y, a, b, u, v) - width / 2);
    const own = rgb(ink);
    colour = colour.map((value, index) => value + (own[index] - value) * share);
  }
  return [...colour.map(Math.round), Math.round(255 * opacity)];
}

/** From a point to a stroke. */
function distance(x, y, a, b, u, v) {
  const length = (u - a) ** 2 + (v - b) ** 2;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - a) * (u - a) + (y - b) * (v - b)) / length));
  return Math.hypot(x - a - along * (u - a), y - b - along * (v - b));
}

function rgb(colour) {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
