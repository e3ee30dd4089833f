// Writes chor.tmLanguage.json. In: grammar.mjs. Out: the file that editors load, formatted as the house is.

import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { grammar } from "./grammar.mjs";

const file = fileURLToPath(new URL("chor.tmLanguage.json", import.meta.url));
const style = await resolveConfig(file);
writeFileSync(file, await format(JSON.stringify(grammar), { ...style, filepath: file }));
