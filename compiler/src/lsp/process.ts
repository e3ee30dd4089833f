// The language server as a program of its own. Its threads run the same program.

import { serve } from "./main.js";

void serve({ error: process.stderr });
