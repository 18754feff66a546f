// Words that must not come back, and the plain word for each: looks through the sources, the documentation and the
// command's own texts, and prints `file:line: word -> use this instead`. Names are taken apart at their capitals, so
// that a word is found inside `lostOctets` as well. `--wide` also lists words that are right only sometimes.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "./build.mjs";

/** [pattern, the word to use]. Patterns see one line in lower case with names taken apart: `tapeShelf` is `tape shelf`. */
export const WORDS = [
  [/\boctets?\b/, "byte(s)"],
  [/\btapes?\b/, "cassette (the file), recording (its entries in memory)"],
  [/\bdesks?\b/, "rule controller, gate controls"],
  [/\b(shelf|shelves)\b/, "run cassettes, folder"],
  [/\bdoors?\b/, "listener, TLS acceptor"],
  [/\bguests?\b/, "client, charger"],
  [/\bmend(s|ed|ing)?\b/, "fix, hint"],
  [/\bun ?lawful(ly)?\b/, "invalid"],
  [/\blawful(ly)?\b/, "valid"],
  [/\bpark(s|ed|ing)?\b/, "wait, waiting message"],
  [/\bway[ -]back\b/, "restore-charger.md, restore notes"],
  [/\bthe person\b/, "the operator"],
  [/\bbehind (it|them|this|that)\b/, "after it"],
  [/\bin vain\b/, "without an answer, timed out"],
  [/\bbe (they|it|he)\b/, "turn the sentence round: even if they are"],
  [/\bhang(s|ing)? (on|together)\b/, "depends on"],
  [/\bpeculiar(ity|ities)?\b/, "quirk, special"],
  [/\bgive or take\b/, "±"],
  [/\b(whatever|whoever) (it|that|they) (is|was|are|were|be)\b/, "any"],
  [/\bdefects? of ours\b/, "internal error"],
  [/\bdesign (section )?\d/, "the clause of the RFC or of OCPP, or a page of docs/"],
  [/\bdesign section\b/, "the clause of the RFC or of OCPP, or a page of docs/"],
  [/(?<!const )\bissue of\b/, "a page of docs/"],
  [/\btui\//, "nothing: it does not exist"],
];

/** Words that are riddles in most places and right in some: listed by `--wide`, never a failure. */
export const WIDE = [
  [/\btold\b|\btells?\b/, "reports, logs, shows, prints"],
  [/\bhears?\b|\bheard\b/, "receives, handles, on..."],
  [/\bsaid\b/, "reported, stated; or name the thing"],
  [/\bbehind\b/, "after"],
  [/\blets? go\b/, "releases"],
  [/\bin (its|their|his|whose) place\b/, "instead"],
  [/\bwho ?ever\b/, "anyone who"],
  [/\bwish(es)?\b/, "request, options"],
  [/\btowards\b/, "to"],
];

/** Where a word above is right: contracts with users and files, and terms of others. Taken out of a line first. */
const ALLOWED = [
  // The field of `gap` and `handshake-failed` entries, of the admin API's messages and of the CSMS's events.
  /(?<![\w-])octets(?=\??:|,| \}|\))|\.octets\b|["`]octets["`]/g,
  /\blostOctets\b|\bmissingOctets\b/g, // `recover --json`, `import --json`
  /\btapes: cassettes\b|`tapes`|\.tapes \?\?/g, // `sweep --json`
  /\bocpp_vcr_tape_octets\b/g,
  /\boctet-stream\b|octetString|OCTET STRING|OCTETSTRING/g,
  /"octet"|(?<=\| any, )octet\b|`octet`/g, // a form of `invalid-utf8`, a slot of its draws
  /draw\("octets"\)/g,
  /(?<![\w-])mend(?=\??:|,| \}|\))|\.mend\b|["`]mend["`]/g, // the member of the admin API's problems
];

/** Whole files in which a word is right. */
const ALLOWED_FILES = [
  [/^scripts\/check-words\.mjs$/, /./],
  [/^test\/scripts\/check-words\.test\.ts$/, /./],
  [/^CHANGELOG\.md$|^(src|test)\/cassette\/folder-name\.(test\.)?ts$/, /^way[ -]back$/], // the name of before
];

const TREES = ["src", "docs", "bin", "bench", "examples", "patterns", "scripts", "test"];
const SINGLE = /^[\w-]+\.md$|^(certs|recordings)\/README\.md$|^\.ci\/run$|^vitest\.config\.ts$/;
const TEXT = /\.(ts|mjs|js|md|yaml|html|css)$/;
/** Made from other files, or from the OCA's schemas. */
const GENERATED = /^src\/ocpp\/messages\/ocpp\d+\.ts$/;

/** The words of a list that stand in one line of a file, with what to use instead. */
export function wordsIn(line, list, path = "") {
  const left = ALLOWED.reduce((text, pattern) => text.replace(pattern, "-"), line);
  const apart = left
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/_/g, " ")
    .toLowerCase();
  return list.flatMap(([pattern, instead]) => {
    const word = pattern.exec(apart)?.[0];
    const isAllowed = ALLOWED_FILES.some(([file, which]) => file.test(path) && which.test(word ?? ""));
    return word === undefined || isAllowed ? [] : [{ word, instead }];
  });
}

function filesToRead() {
  const inTrees = TREES.flatMap((tree) =>
    readdirSync(join(root, tree), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && TEXT.test(entry.name))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/")),
  );
  const single = ["", "certs", "recordings", ".ci"].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => (folder === "" ? name : `${folder}/${name}`)),
  );
  return [...single.filter((path) => SINGLE.test(path)), ...inTrees]
    .filter((path) => !GENERATED.test(path))
    .sort();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wide = process.argv.includes("--wide");
  const only = process.argv.slice(2).filter((arg) => !arg.startsWith("--"));
  const found = filesToRead()
    .filter((path) => only.length === 0 || only.some((start) => path.startsWith(start)))
    .flatMap((path) =>
      readFileSync(join(root, path), "utf8")
        .split("\n")
        .flatMap((line, index) =>
          wordsIn(line, wide ? [...WORDS, ...WIDE] : WORDS, path).map(
            ({ word, instead }) => `${path}:${index + 1}: ${word} -> ${instead}`,
          ),
        ),
    );
  for (const line of found) console.log(line);
  if (found.length > 0) console.log(`words: ${found.length} to replace (docs/glossary.md)`);
  process.exitCode = found.length > 0 && !wide ? 1 : 0;
}
