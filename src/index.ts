// The library: what programs of others may build on. Everything else may move without notice.

export type { Finding } from "./analyse/lint/findings.js";
export { type LintOptions, lintDefaults, lintEntries } from "./analyse/lint/lint.js";
export { messagesOf, type RecordedMessage } from "./analyse/messages/messages.js";
export type { Direction, Side } from "./base/direction.js";
export { type ErrorCode, VcrError } from "./base/errors.js";
export type { Issue } from "./base/issue.js";
export type { Entry } from "./cassette/format/entry.js";
export { listCassettes, readCassetteFile } from "./io/cassette/cassette-file.js";
export { type EmbeddedCsms, type EmbeddedCsmsOptions, startEmbeddedCsms } from "./io/csms/embedded-csms.js";
export { inflate } from "./io/platform/inflate.js";
export { actionsOf, callerOf } from "./ocpp/catalogue.js";
export { type Envelope, parseEnvelope } from "./ocpp/envelope/parse-envelope.js";
export { explainRule } from "./rules/language/explain.js";
export { readRules } from "./rules/language/read-rules.js";
