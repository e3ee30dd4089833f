import { memory } from "@chor/runtime";
import { conformance } from "./conformance.js";

conformance("memory", async () => {
  const journal = memory();
  return { open: () => journal };
});
