// Makes the pictures of the README: docs/pictures/cast.svg from a real session, docs/pictures/report.png from a real
// page in Chromium. Run it when what the commands print or what the page shows has changed: node scripts/make-pictures.mjs
// With `--cast` it makes only the cast, which needs no Chromium.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./build.mjs";
import { castLines } from "./pictures/cast-session.mjs";
import { castSvg } from "./pictures/cast-svg.mjs";
import { makeReportPicture } from "./pictures/report-picture.mjs";

const folder = join(root, "docs", "pictures");
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "cast.svg"), castSvg(await castLines()));
if (!process.argv.includes("--cast")) await makeReportPicture(join(folder, "report.png"));
