// The library: what other programs may build on. Everything else may change without notice.

export type { Finding } from "./analyse/lint/findings.js";
export { type LintOptions, lintDefaults, lintEntries } from "./analyse/lint/lint.js";
export { messagesOf, type RecordedMessage } from "./analyse/messages/messages.js";
export { type Cassette, type CassetteIssue, readCassette } from "./app/cassette.js";
export { type CsmsOptions, csms } from "./app/csms.js";
export { type LintRecordingOptions, lint } from "./app/lint.js";
export type { OpenConnection, RuleControls } from "./app/record/live-controls.js";
export { record } from "./app/record/record.js";
export type {
  RecordEvent,
  RecordedEntry,
  RecordListener,
  RecordSummary,
} from "./app/record/record-events.js";
export type { AdminOptions, RecordOptions } from "./app/record/record-options.js";
export type { RecordingProxy } from "./app/record/recording-proxy.js";
export { replay } from "./app/replay/replay.js";
export type { ReplayEvent } from "./app/replay/replay-events.js";
export type { ReplayOptions } from "./app/replay/replay-options.js";
export type { ReplayResult } from "./app/replay/replay-result.js";
export type { RuleFileObject, RuleSource } from "./app/rule-file.js";
export type { RecordingPart } from "./app/selection.js";
export { assertReplayPasses } from "./app/testing/assert-replay-passes.js";
export { type CassetteResult, type UseCassetteOptions, useCassette } from "./app/testing/use-cassette.js";
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
