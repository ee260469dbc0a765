/** Who may import whom, what the pure parts may not do, and that every source has its test. */
import { describe, expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, resolve } from "node:path";
import { Glob } from "bun";

const root = resolve(import.meta.dir, "..");

/** A folder's imports from other folders; each may import from itself and from `src/lib`, a page from `public/lib` too. Downward only. */
const mayImport: Record<string, readonly string[]> = {
  src: ["src/cli"],
  "src/cli": [
    "src/analyzer/anomaly",
    "src/analyzer/capture",
    "src/analyzer/capture/live",
    "src/analyzer/dashboard",
    "src/analyzer/monitor",
    "src/analyzer/store",
    "src/classroom/accounts",
    "src/classroom/chat",
    "src/classroom/client",
    "src/classroom/protocol/v2",
    "src/classroom/quiz",
    "src/classroom/quiz/analysis",
    "src/classroom/quiz/banks",
    "src/classroom/server",
    "src/classroom/web",
    "src/store/disk",
    "src/store/sqlite",
  ],
  "src/lib": [],
  "src/classroom/protocol": [],
  "src/classroom/protocol/v2": ["src/classroom/protocol"],
  "src/classroom/net": ["src/classroom/protocol", "src/classroom/protocol/v2"],
  "src/classroom/accounts": [],
  "src/classroom/chat": ["src/classroom/accounts"],
  "src/classroom/files": ["src/classroom/protocol", "src/classroom/protocol/v2"],
  "src/classroom/quiz": ["src/classroom/accounts", "src/classroom/protocol"],
  "src/classroom/quiz/banks": ["src/classroom/quiz"],
  "src/classroom/quiz/analysis": ["src/classroom/quiz/banks", "src/classroom/quiz/run"],
  "src/classroom/quiz/run": ["src/classroom/accounts", "src/classroom/quiz/banks"],
  "src/classroom/server": [
    "src/classroom/accounts",
    "src/classroom/chat",
    "src/classroom/files",
    "src/classroom/net",
    "src/classroom/protocol",
    "src/classroom/protocol/v2",
    "src/classroom/quiz",
    "src/classroom/quiz/analysis",
    "src/classroom/quiz/banks",
    "src/classroom/quiz/run",
  ],
  "src/classroom/web": ["src/classroom/net", "src/classroom/server", "public/classroom"],
  "src/classroom/client": [
    "src/classroom/files",
    "src/classroom/net",
    "src/classroom/protocol",
    "src/classroom/protocol/v2",
  ],
  "src/analyzer": [],
  "src/analyzer/capture": ["src/analyzer"],
  "src/analyzer/capture/live": ["src/analyzer", "src/analyzer/capture"],
  "src/analyzer/packet": ["src/analyzer", "src/analyzer/capture"],
  "src/analyzer/packet/inspector": ["src/analyzer", "src/analyzer/packet"],
  // The one door between the wings: packets of pcs are recognised by its own protocol.
  "src/analyzer/recognition": [
    "src/analyzer",
    "src/analyzer/packet",
    "src/classroom/protocol",
    "src/classroom/protocol/v2",
  ],
  "src/analyzer/traffic": [
    "src/analyzer",
    "src/analyzer/capture",
    "src/analyzer/packet",
    "src/analyzer/recognition",
  ],
  "src/analyzer/anomaly": [
    "src/analyzer",
    "src/analyzer/anomaly/episodes",
    "src/analyzer/anomaly/features",
    "src/analyzer/anomaly/reasons",
    "src/analyzer/anomaly/rules",
    "src/analyzer/packet",
    "src/analyzer/store",
    "src/analyzer/traffic",
  ],
  "src/analyzer/anomaly/episodes": [
    "src/analyzer",
    "src/analyzer/anomaly/features",
    "src/analyzer/anomaly/reasons",
    "src/analyzer/traffic",
  ],
  "src/analyzer/anomaly/features": ["src/analyzer", "src/analyzer/packet"],
  "src/analyzer/anomaly/reasons": ["src/analyzer/anomaly/features"],
  "src/analyzer/anomaly/rules": [
    "src/analyzer",
    "src/analyzer/anomaly/features",
    "src/analyzer/packet",
    "src/analyzer/traffic",
  ],
  "src/analyzer/monitor": [
    "src/analyzer",
    "src/analyzer/anomaly",
    "src/analyzer/anomaly/reasons",
    "src/analyzer/capture",
    "src/analyzer/packet",
    "src/analyzer/packet/inspector",
    "src/analyzer/query",
    "src/analyzer/recognition",
    "src/analyzer/store",
    "src/analyzer/traffic",
    "src/analyzer/vendors",
  ],
  "src/analyzer/query": ["src/analyzer", "src/analyzer/packet", "src/analyzer/store", "src/analyzer/traffic"],
  "src/analyzer/store": ["src/analyzer", "src/analyzer/capture", "src/analyzer/packet"],
  "src/analyzer/vendors": [],
  "src/analyzer/dashboard": [
    "src/analyzer",
    "src/analyzer/anomaly",
    "src/analyzer/anomaly/reasons",
    "src/analyzer/capture",
    "src/analyzer/monitor",
    "src/analyzer/packet",
    "src/analyzer/packet/inspector",
    "src/analyzer/query",
    "src/analyzer/store",
    "src/analyzer/traffic",
    "public/analyzer",
  ],
  "src/store/disk": [
    "src/classroom/accounts",
    "src/classroom/client",
    "src/classroom/files",
    "src/classroom/net",
    "src/classroom/protocol/v2",
    "src/classroom/quiz",
    "src/classroom/quiz/run",
    "quiz_dir",
  ],
  "src/store/memory": ["src/analyzer/anomaly", "src/classroom/accounts", "src/classroom/chat"],
  "src/store/sqlite": [
    "src/analyzer/anomaly",
    "src/classroom/accounts",
    "src/classroom/chat",
    "src/store/memory",
  ],
  "public/lib": [],
  "public/classroom": [
    "src/classroom/client",
    "src/classroom/protocol",
    "src/classroom/protocol/v2",
    "public/classroom/chat",
    "public/classroom/files",
    "public/classroom/quiz",
    "public/classroom/teach",
  ],
  "public/classroom/chat": ["src/classroom/protocol/v2", "public/classroom"],
  "public/classroom/files": ["src/classroom/protocol/v2", "public/classroom"],
  "public/classroom/teach": ["src/classroom/protocol/v2", "public/classroom", "public/classroom/files"],
  "public/classroom/quiz": ["src/classroom/protocol/v2", "src/classroom/quiz/banks", "public/classroom"],
  "public/analyzer": [
    "src/analyzer/dashboard",
    "public/analyzer/anomalies",
    "public/analyzer/charts",
    "public/analyzer/compare",
    "public/analyzer/filter",
    "public/analyzer/header",
    "public/analyzer/live",
    "public/analyzer/packets",
    "public/analyzer/tables",
  ],
  "public/analyzer/anomalies": ["public/analyzer", "src/analyzer/dashboard"],
  "public/analyzer/charts": ["public/analyzer", "src/analyzer/dashboard"],
  "public/analyzer/compare": [
    "public/analyzer",
    "public/analyzer/charts",
    "public/analyzer/overview",
    "src/analyzer/dashboard",
  ],
  "public/analyzer/filter": ["public/analyzer", "src/analyzer/dashboard"],
  "public/analyzer/header": ["public/analyzer", "public/analyzer/live", "src/analyzer/dashboard"],
  "public/analyzer/live": ["public/analyzer", "src/analyzer/dashboard"],
  "public/analyzer/overview": ["public/analyzer", "src/analyzer/dashboard"],
  "public/analyzer/packets": ["public/analyzer", "public/analyzer/anomalies", "src/analyzer/dashboard"],
  "public/analyzer/tables": ["public/analyzer", "public/analyzer/packets", "src/analyzer/dashboard"],
};

/** These do no I/O and read no clock. */
const pure =
  /^src\/(classroom\/(protocol|accounts|chat|files|quiz)|analyzer\/(packet|query|recognition|traffic|anomaly)|analyzer$)/;
const impure =
  /from "(node:(?!buffer"|crypto")|bun)|\bBun\.|\b(Date|performance)\.now\(|new Date\(\)|\bset(Timeout|Interval|Immediate)\b|Math\.random|\bprocess\.|\bfetch\(/;
/** Argon2id needs no file and no clock: `Bun.password` computes, only off the main thread. */
const allowedInPure: Record<string, string> = { "src/classroom/accounts/hash-gate.ts": "Bun.password" };

/** Sources whose test has another name. Ports and limits have no code of their own. */
const testedBy: Record<string, string> = {
  "src/lib/embedded-page.ts": "src/analyzer/dashboard/page-assets.test.ts",
  "src/main.ts": "src/cli/run.test.ts",
  "src/analyzer/limits.ts": "src/analyzer/capture/open-capture.test.ts",
  "src/analyzer/capture/live/bpf-program.ts": "src/analyzer/capture/live/filtered-source.test.ts",
  "src/analyzer/capture/live/capture-device.ts": "src/analyzer/capture/live/live-source.test.ts",
  "src/analyzer/capture/live/capture-worker.ts": "src/analyzer/capture/live/live-source.test.ts",
  "src/analyzer/capture/live/libpcap-device.ts": "src/analyzer/capture/live/live-source.test.ts",
  "src/analyzer/capture/live/live-messages.ts": "src/analyzer/capture/live/live-source.test.ts",
  "src/analyzer/capture/live/open-device.ts": "src/analyzer/capture/live/live-source.test.ts",
  "src/analyzer/capture/live/packet-socket.ts": "src/analyzer/capture/live/live-source.test.ts",
  "src/cli/accounts-change.ts": "src/cli/accounts.test.ts",
  "src/cli/accounts-import.ts": "src/cli/accounts.test.ts",
  "src/cli/accounts-list.ts": "src/cli/accounts.test.ts",
  "src/cli/open-accounts.ts": "src/cli/accounts.test.ts",
  "src/cli/bank-shelf.ts": "src/store/disk/bank-files.test.ts",
  "src/cli/dashboard-token.ts": "src/cli/analyze.test.ts",
  "src/cli/interruption.ts": "src/cli/analyze.test.ts",
  "src/cli/limits.ts": "src/cli/read-labels.test.ts",
  "src/cli/quiz-check.ts": "src/cli/quiz.test.ts",
  "src/cli/quiz-convert.ts": "src/cli/quiz.test.ts",
  "src/cli/quiz-report.ts": "src/cli/quiz.test.ts",
  "src/cli/read-bank.ts": "src/cli/quiz.test.ts",
  "src/cli/write-new-file.ts": "src/cli/quiz.test.ts",
  "src/lib/write-aside.ts": "src/cli/quiz.test.ts",
  "src/analyzer/anomaly/features/path-records.ts": "src/analyzer/anomaly/features/context-features.test.ts",
  "src/analyzer/anomaly/anomaly-report.ts": "src/analyzer/anomaly/anomalies.test.ts",
  "src/analyzer/anomaly/anomaly-detector.ts": "src/analyzer/anomaly/anomalies.test.ts",
  "src/analyzer/anomaly/anomaly-model.ts": "src/analyzer/anomaly/anomalies.test.ts",
  "src/analyzer/anomaly/expected-marks.ts": "src/store/sqlite/sqlite-expected-marks.test.ts",
  "src/analyzer/anomaly/explanations.ts": "src/analyzer/anomaly/anomalies.test.ts",
  "src/analyzer/anomaly/findings.ts": "src/analyzer/anomaly/anomalies.test.ts",
  "src/cli/live-capture.ts": "src/e2e/live-capture.test.ts",
  "src/analyzer/capture/format-reader.ts": "src/analyzer/capture/open-capture.test.ts",
  "src/analyzer/capture/packet-source.ts": "src/analyzer/capture/open-capture.test.ts",
  "src/analyzer/capture/record-check.ts": "src/analyzer/store/original-file.test.ts",
  "src/analyzer/store/block-file.ts": "src/analyzer/store/rotating-file.test.ts",
  "src/analyzer/store/byte-keeper.ts": "src/analyzer/store/open-stored-packets.test.ts",
  "src/analyzer/dashboard/contract.ts": "src/analyzer/dashboard/dashboard-app.test.ts",
  "src/analyzer/dashboard/data-route.ts": "src/analyzer/dashboard/answer-routes.test.ts",
  "src/analyzer/dashboard/data-routes.ts": "src/analyzer/dashboard/dashboard-app.test.ts",
  "src/analyzer/dashboard/doors.ts": "src/analyzer/dashboard/dashboard-app.test.ts",
  "src/analyzer/dashboard/select-anomalies.ts": "src/analyzer/dashboard/answer-routes.test.ts",
  "src/analyzer/dashboard/export-rows.ts": "src/analyzer/dashboard/export-routes.test.ts",
  "src/analyzer/dashboard/open-captures.ts": "src/analyzer/dashboard/capture-routes.test.ts",
  "src/analyzer/query/filter-key.ts": "src/analyzer/query/parse-filter.test.ts",
  "src/analyzer/query/conversation-rows.ts": "src/analyzer/query/selection-rows.test.ts",
  "src/analyzer/query/flow-rows.ts": "src/analyzer/query/selection-rows.test.ts",
  "src/analyzer/query/host-rows.ts": "src/analyzer/query/selection-rows.test.ts",
  "src/analyzer/query/packet-rows.ts": "src/analyzer/query/selection-rows.test.ts",
  "src/analyzer/query/selection-summary.ts": "src/analyzer/monitor/selection-answers.test.ts",
  "src/analyzer/query/selection-tally.ts": "src/analyzer/monitor/selection-answers.test.ts",
  "src/analyzer/query/tally-table.ts": "src/analyzer/monitor/selection-answers.test.ts",
  "src/analyzer/query/header-loops.ts": "src/analyzer/query/selection.test.ts",
  "src/analyzer/query/selections.ts": "src/analyzer/query/selection.test.ts",
  "src/analyzer/query/address-set.ts": "src/analyzer/query/selection.test.ts",
  "src/analyzer/query/compile-filter.ts": "src/analyzer/query/selection.test.ts",
  "src/analyzer/query/field-value.ts": "src/analyzer/query/parse-filter.test.ts",
  "src/analyzer/query/filter-fields.ts": "src/analyzer/query/parse-filter.test.ts",
  "src/analyzer/query/filter-node.ts": "src/analyzer/query/parse-filter.test.ts",
  "src/analyzer/query/filter-problem.ts": "src/analyzer/query/parse-filter.test.ts",
  "src/analyzer/query/filter-tokens.ts": "src/analyzer/query/parse-filter.test.ts",
  "src/analyzer/query/term-loops.ts": "src/analyzer/query/selection.test.ts",
  "src/analyzer/monitor/packet-details.ts": "src/analyzer/monitor/describe-packet.test.ts",
  "src/analyzer/monitor/report.ts": "src/analyzer/monitor/build-report.test.ts",
  "src/analyzer/anomaly/rules/limits.ts": "src/analyzer/anomaly/rules/packet-rules.test.ts",
  "src/analyzer/anomaly/rules/rule-reason.ts": "src/analyzer/anomaly/rules/rule-list.test.ts",
  // Types and names only.
  "src/analyzer/anomaly/episodes/episode.ts": "src/analyzer/anomaly/episodes/episode-builder.test.ts",
  "src/analyzer/anomaly/reasons/reason.ts": "src/analyzer/anomaly/reasons/explain-row.test.ts",
  "src/analyzer/recognition/frame-kind.ts": "src/analyzer/recognition/pcs-frames.test.ts",
  "src/analyzer/traffic/report-rows.ts": "src/analyzer/monitor/build-report.test.ts",
  "src/analyzer/packet/inspector/describe-options.ts":
    "src/analyzer/packet/inspector/describe-transport.test.ts",
  "src/analyzer/packet/decode-header.ts": "src/analyzer/packet/decode-batch.test.ts",
  "src/analyzer/packet/decoded-columns.ts": "src/analyzer/packet/decode-batch.test.ts",
  "src/analyzer/packet/inspector/describe-header.ts": "src/analyzer/packet/inspector/inspect-packet.test.ts",
  "src/analyzer/packet/inspector/inspected-layer.ts": "src/analyzer/packet/inspector/inspect-packet.test.ts",
  "src/analyzer/packet/inspector/names.ts": "src/analyzer/packet/inspector/describe-link.test.ts",
  "src/analyzer/packet/next-header.ts": "src/analyzer/packet/decode-batch.test.ts",
  "src/analyzer/packet/sampled-packets.ts": "src/analyzer/packet/sflow.test.ts",
  "src/analyzer/recognition/facts.ts": "src/analyzer/recognition/read-facts.test.ts",
  "src/classroom/accounts/account-store.ts": "src/store/sqlite/sqlite-accounts.test.ts",
  "src/classroom/accounts/audit-log.ts": "src/store/disk/disk-audit.test.ts",
  "src/classroom/accounts/moderation-store.ts": "src/store/sqlite/sqlite-moderation.test.ts",
  "src/classroom/accounts/teacher-codes.ts": "src/classroom/server/peer/teaching.test.ts",
  "src/classroom/accounts/token-store.ts": "src/store/sqlite/sqlite-tokens.test.ts",
  "src/classroom/chat/message-store.ts": "src/store/sqlite/open-messages.test.ts",
  "src/classroom/client/help-text.ts": "src/classroom/client/typed-line.test.ts",
  "src/classroom/client/known-servers.ts": "src/store/disk/disk-known-servers.test.ts",
  "src/classroom/client/ask-for.ts": "src/classroom/client/peer-teach.test.ts",
  "src/classroom/client/peer-chat.ts": "src/classroom/client/peer-stay.test.ts",
  "src/classroom/client/peer-files.ts": "src/classroom/client/peer-stay.test.ts",
  "src/classroom/client/collections.ts": "src/classroom/client/file-desk.test.ts",
  "src/classroom/client/file-commands.ts": "src/classroom/client/file-desk.test.ts",
  "src/classroom/client/file-uploads.ts": "src/classroom/client/file-desk.test.ts",
  "src/classroom/client/part-download.ts": "src/classroom/client/file-desk.test.ts",
  "src/classroom/client/peer-downloads.ts": "src/classroom/client/file-desk.test.ts",
  "src/classroom/client/push-news.ts": "src/classroom/client/file-desk.test.ts",
  "src/classroom/client/place-file.ts": "src/classroom/client/download.test.ts",
  "src/lib/growing-file.ts": "src/store/disk/incoming-file.test.ts",
  "src/lib/file-writer.ts": "src/store/disk/incoming-file.test.ts",
  "src/lib/password-worker.ts": "src/lib/password-threads.test.ts",
  "src/lib/hash-worker.ts": "src/lib/file-hash.test.ts",
  "src/classroom/server/files/push-folder.ts": "src/classroom/client/file-desk.test.ts",
  "src/classroom/client/peer-frames.ts": "src/classroom/client/peer-stay.test.ts",
  "src/classroom/client/peer-seat.ts": "src/classroom/client/peer-stay.test.ts",
  "src/classroom/client/peer-link.ts": "src/classroom/client/peer-stay.test.ts",
  "src/classroom/client/peer-login-wire.ts": "src/classroom/client/peer-stay.test.ts",
  "src/classroom/client/limits.ts": "src/classroom/client/session.test.ts",
  "src/classroom/files/collection-store.ts": "src/store/disk/disk-collections.test.ts",
  "src/classroom/files/block-file.ts": "src/classroom/files/own-blocks.test.ts",
  "src/classroom/files/block-hash.ts": "src/classroom/files/own-blocks.test.ts",
  "src/classroom/files/limits.ts": "src/classroom/files/chunk-receiver.test.ts",
  "src/classroom/protocol/v2/chunk-block.ts": "src/classroom/net/chunk-sender.test.ts",
  "src/classroom/files/part-store.ts": "src/store/disk/disk-parts.test.ts",
  "src/classroom/files/file-store.ts": "src/store/disk/disk-files.test.ts",
  "src/classroom/net/dial.ts": "src/classroom/net/sockets.test.ts",
  "src/classroom/net/fanout.ts": "src/classroom/net/send-queue.test.ts",
  "src/classroom/net/handlers.ts": "src/classroom/net/sockets.test.ts",
  "src/classroom/net/limits.ts": "src/classroom/net/connection.test.ts",
  "src/classroom/net/listen.ts": "src/classroom/net/sockets.test.ts",
  "src/classroom/net/write-tick.ts": "src/classroom/net/send-queue.test.ts",
  "src/classroom/protocol/frame.ts": "src/classroom/protocol/golden.test.ts",
  "src/classroom/protocol/limits.ts": "src/classroom/protocol/decoder.test.ts",
  "src/classroom/protocol/messages.ts": "src/classroom/protocol/golden.test.ts",
  "src/classroom/protocol/v2/limits.ts": "src/classroom/protocol/v2/control.test.ts",
  "src/classroom/protocol/raw-file.ts": "src/classroom/protocol/decoder.test.ts",
  "src/classroom/quiz/analysis/given-text.ts": "src/classroom/quiz/analysis/analyse-results.test.ts",
  "src/classroom/quiz/analysis/limits.ts": "src/classroom/quiz/analysis/analyse-results.test.ts",
  "src/classroom/quiz/analysis/parse-results.ts": "src/classroom/quiz/analysis/analyse-results.test.ts",
  "src/classroom/quiz/analysis/quiz-results.ts": "src/classroom/quiz/analysis/analyse-results.test.ts",
  "src/classroom/quiz/analysis/quiz-statistics.ts": "src/classroom/quiz/analysis/item-statistics.test.ts",
  "src/classroom/quiz/analysis/random-guess.ts": "src/classroom/quiz/analysis/analyse-results.test.ts",
  "src/classroom/quiz/analysis/report-figures.ts": "src/classroom/quiz/analysis/report.test.ts",
  "src/classroom/quiz/analysis/report-html.ts": "src/classroom/quiz/analysis/report.test.ts",
  "src/classroom/quiz/analysis/report-text.ts": "src/classroom/quiz/analysis/report.test.ts",
  "src/classroom/quiz/analysis/response-table.ts": "src/classroom/quiz/analysis/analyse-results.test.ts",
  "src/classroom/quiz/banks/bank.ts": "src/classroom/quiz/banks/parse-gift.test.ts",
  "src/classroom/quiz/banks/bank-csv.ts": "src/classroom/quiz/banks/parse-csv-bank.test.ts",
  "src/classroom/quiz/banks/entities.ts": "src/classroom/quiz/banks/plain-text.test.ts",
  "src/classroom/quiz/banks/format-aiken.ts": "src/classroom/quiz/banks/parse-aiken.test.ts",
  "src/classroom/quiz/banks/format-csv-bank.ts": "src/classroom/quiz/banks/parse-csv-bank.test.ts",
  "src/classroom/quiz/banks/format-gift.ts": "src/classroom/quiz/banks/bank-format.test.ts",
  "src/classroom/quiz/banks/gift-answers.ts": "src/classroom/quiz/banks/parse-gift.test.ts",
  "src/classroom/quiz/banks/gift-context.ts": "src/classroom/quiz/banks/parse-gift.test.ts",
  "src/classroom/quiz/banks/gift-numbers.ts": "src/classroom/quiz/banks/parse-gift.test.ts",
  "src/classroom/quiz/banks/gift-order.ts": "src/classroom/quiz/banks/parse-gift.test.ts",
  "src/classroom/quiz/banks/gift-weight.ts": "src/classroom/quiz/banks/parse-gift.test.ts",
  "src/classroom/quiz/banks/json-node.ts": "src/classroom/quiz/banks/json-bank.test.ts",
  "src/classroom/quiz/banks/json-question.ts": "src/classroom/quiz/banks/json-bank.test.ts",
  "src/classroom/quiz/banks/limits.ts": "src/classroom/quiz/banks/parse-gift.test.ts",
  "src/classroom/quiz/banks/question.ts": "src/classroom/quiz/banks/bank-format.test.ts",
  "src/classroom/quiz/banks/written-bank.ts": "src/classroom/quiz/banks/parse-aiken.test.ts",
  "src/classroom/quiz/quiz-source.ts": "src/store/disk/quiz-files.test.ts",
  "src/classroom/web/classroom-page.ts": "src/classroom/web/page-in-browser.test.ts",
  "src/classroom/web/format-metrics.ts": "src/classroom/web/web-app.test.ts",
  "src/classroom/web/limits.ts": "src/classroom/web/start-web.test.ts",
  "src/classroom/quiz/run/answer-book.ts": "src/classroom/quiz/run/live-run.test.ts",
  "src/classroom/quiz/run/limits.ts": "src/classroom/quiz/run/live-run.test.ts",
  "src/classroom/quiz/run/pending-answers.ts": "src/classroom/quiz/run/live-run.test.ts",
  "src/classroom/quiz/run/phase-timer.ts": "src/classroom/quiz/run/live-run.test.ts",
  "src/classroom/quiz/run/run-records.ts": "src/classroom/quiz/run/live-run.test.ts",
  "src/classroom/quiz/run/run-store.ts": "src/store/disk/disk-runs.test.ts",
  "src/classroom/quiz/run/shown-order.ts": "src/classroom/quiz/run/live-run.test.ts",
  "src/classroom/quiz/score-book.ts": "src/store/disk/disk-scores.test.ts",
  "src/classroom/protocol/v2/teaching-shapes.ts": "src/classroom/protocol/protocol-document.test.ts",
  "src/classroom/server/admission.ts": "src/classroom/server/peer/teaching.test.ts",
  "src/classroom/server/quiz/bank-shelf.ts": "src/classroom/server/peer/teaching.test.ts",
  "src/classroom/server/moderation/hands.ts": "src/classroom/server/peer/teaching.test.ts",
  "src/classroom/server/moderation/moderate.ts": "src/classroom/server/peer/teaching.test.ts",
  "src/classroom/server/moderation/moderation.ts": "src/classroom/server/peer/teaching.test.ts",
  "src/classroom/server/operator/moderation.ts": "src/classroom/server/peer/teaching.test.ts",
  "src/classroom/server/peer/mail.ts": "src/classroom/server/peer/peer.test.ts",
  "src/classroom/server/peer/steer.ts": "src/classroom/server/peer/teaching.test.ts",
  "src/classroom/server/quiz/quiz-sentences.ts": "src/classroom/server/quiz/quiz-desk.test.ts",
  "src/classroom/server/quiz/quiz-count.ts": "src/classroom/server/peer/teaching.test.ts",
  "src/classroom/server/chat/deliver.ts": "src/classroom/server/peer/peer.test.ts",
  "src/classroom/server/door.ts": "src/classroom/server/handshake.test.ts",
  "src/classroom/server/member.ts": "src/classroom/server/peer/peer.test.ts",
  "src/classroom/server/chat/message-log.ts": "src/classroom/server/peer/peer.test.ts",
  "src/classroom/server/peer/commands.ts": "src/classroom/server/peer/peer.test.ts",
  "src/classroom/server/peer/outbox.ts": "src/classroom/server/peer/files.test.ts",
  "src/classroom/server/peer/quiz.ts": "src/classroom/server/peer/files.test.ts",
  "src/classroom/server/peer/uploads.ts": "src/classroom/server/peer/files.test.ts",
  "src/classroom/server/peer/rooms.ts": "src/classroom/server/peer/peer.test.ts",
  "src/classroom/server/chat/room.ts": "src/classroom/server/peer/peer.test.ts",
  "src/classroom/server/chat/rooms.ts": "src/classroom/server/peer/peer.test.ts",
  "src/classroom/server/quiz/answer-run.ts": "src/classroom/server/quiz/quiz-desk.test.ts",
  "src/classroom/server/quiz/live-quiz.ts": "src/classroom/server/quiz/quiz-restart.test.ts",
  "src/classroom/server/operator/run-quiz-line.ts": "src/classroom/server/quiz/quiz-desk.test.ts",
  "src/classroom/server/quiz/quiz-audience.ts": "src/classroom/server/quiz/quiz-desk.test.ts",
  "src/classroom/server/session/answer-quiz.ts": "src/classroom/server/server.test.ts",
  "src/classroom/server/classroom.ts": "src/classroom/server/server.test.ts",
  "src/classroom/server/session/commands.ts": "src/classroom/server/server.test.ts",
  "src/classroom/server/limits.ts": "src/classroom/server/session/bad-input.test.ts",
  "src/classroom/server/session/login.ts": "src/classroom/server/server.test.ts",
  "src/classroom/server/operator/operator.ts": "src/classroom/server/server.test.ts",
  "src/classroom/server/peer/collect.ts": "src/classroom/server/files/collect-desk.test.ts",
  "src/classroom/server/peer/keep-upload.ts": "src/classroom/server/peer/files.test.ts",
  "src/classroom/server/refusals.ts": "src/classroom/server/peer/teaching.test.ts",
  "src/classroom/server/peer/hears-teaching.ts": "src/classroom/server/files/push-desk.test.ts",
  "src/classroom/server/peer/check-offer.ts": "src/classroom/server/peer/files.test.ts",
  "src/classroom/server/files/quota.ts": "src/classroom/server/session/file-bad-input.test.ts",
  "src/classroom/server/files/handin-board.ts": "src/classroom/server/files/collect-desk.test.ts",
  "src/classroom/server/files/deliver-file.ts": "src/classroom/server/peer/files.test.ts",
  "src/classroom/server/files/outgoing-file.ts": "src/classroom/server/peer/files.test.ts",
  "src/classroom/server/files/push-file.ts": "src/classroom/server/peer/files.test.ts",
  "src/classroom/server/peer/relay.ts": "src/classroom/server/peer/files.test.ts",
  "src/classroom/server/session/file-line.ts": "src/classroom/server/session/lifecycle.test.ts",
  "src/classroom/server/session/outbox.ts": "src/classroom/server/session/lifecycle.test.ts",
  "src/classroom/server/session/session.ts": "src/classroom/server/session/lifecycle.test.ts",
  "src/classroom/server/session/upload.ts": "src/classroom/server/session/failures.test.ts",
  "src/store/sqlite/damaged-file.ts": "src/store/sqlite/open-messages.test.ts",
  "src/store/sqlite/message-reader.ts": "src/store/sqlite/open-messages.test.ts",
  "src/store/sqlite/message-requests.ts": "src/store/sqlite/open-messages.test.ts",
  "src/store/sqlite/message-tables.ts": "src/store/sqlite/open-messages.test.ts",
  "src/store/sqlite/message-worker.ts": "src/store/sqlite/open-messages.test.ts",
  "src/store/sqlite/message-writer.ts": "src/store/sqlite/open-messages.test.ts",
  "src/store/sqlite/threaded-messages.ts": "src/store/sqlite/open-messages.test.ts",
  "src/lib/request-thread.ts": "src/store/sqlite/open-messages.test.ts",
  "src/store/sqlite/search-worker.ts": "src/classroom/server/peer/search.test.ts",
  "src/store/sqlite/threaded-search.ts": "src/classroom/server/peer/search.test.ts",
  "src/classroom/chat/message-search.ts": "src/store/sqlite/search-index.test.ts",
  "src/classroom/chat/retention.ts": "src/classroom/server/chat/message-keeper.test.ts",
  "src/store/disk/disk-journal.ts": "src/store/disk/disk-runs.test.ts",
  "src/store/sqlite/keep-or-tell.ts": "src/store/sqlite/sqlite-accounts.test.ts",
  "src/store/disk/write-whole.ts": "src/store/disk/disk-runs.test.ts",
  "src/store/disk/sync-folder.ts": "src/store/disk/disk-files.test.ts",
};

interface Source {
  path: string;
  folder: string;
  text: string;
}

const sources: Source[] = Array.from(new Glob("{src,public}/**/*.ts").scanSync(root))
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => !/\.test(-support)?\.ts$|\.d\.ts$|^src\/e2e\//.test(path))
  .map((path) => ({ path, folder: roomOf(dirname(path)), text: readFileSync(join(root, path), "utf8") }));

/** The shelves of the class server know each other by their types, so they are one room: its files show the way. */
function roomOf(folder: string): string {
  return folder.startsWith("src/classroom/server/") ? "src/classroom/server" : folder;
}

/** The folders that a source imports from, as paths from the root. */
function foldersImported({ path, text }: Source): string[] {
  const names = text.matchAll(
    /(?:^(?:import|export)\b[^;]*?\bfrom\s+|\bimport\s*\(\s*|^import\s+)"(\.[^"]+)"/gm,
  );
  return Array.from(names, ([, name]) =>
    roomOf(dirname(normalize(join(dirname(path), name!)).replaceAll("\\", "/"))),
  );
}

describe("imports go downward only, and the wings do not know each other", () => {
  test("by the table", () => {
    const wrong: string[] = [];
    for (const source of sources) {
      // The root holds package.json.
      const leaves = source.path.startsWith("public/") ? ["src/lib", "public/lib"] : ["src/lib"];
      const allowed = new Set([source.folder, ...leaves, ".", ...(mayImport[source.folder] ?? [])]);
      for (const folder of foldersImported(source))
        if (!allowed.has(folder)) wrong.push(`${source.path} imports from ${folder}`);
    }
    expect(wrong).toEqual([]);
  });

  test("there is no way round", () => {
    const visit = (folder: string, above: readonly string[]): void => {
      expect(above).not.toContain(folder);
      // A page is embedded by its dashboard, and takes the shape of its data from there.
      if (folder.startsWith("public/")) return;
      for (const next of mayImport[folder] ?? []) visit(next, [...above, folder]);
    };
    for (const folder of Object.keys(mayImport)) visit(folder, []);
  });
});

test("no file needs, through others, itself: what is imported for more than its types goes one way", () => {
  const needs = new Map(
    sources.map(({ path, text }) => {
      const names = text.matchAll(/^(?:import|export)\b(?! type\b)([^;]*?)\bfrom\s+"(\.[^"]+)"/gm);
      const values = Array.from(names).filter(([, what]) => !/^\s*\{(\s*type\s+\w+,?)+\s*\}\s*$/.test(what!));
      return [path, values.map(([, , name]) => normalize(join(dirname(path), name!)).replaceAll("\\", "/"))];
    }),
  );
  const done = new Set<string>();
  const visit = (path: string, above: readonly string[]): void => {
    if (done.has(path)) return;
    expect(above).not.toContain(path);
    for (const next of needs.get(path) ?? []) visit(next, [...above, path]);
    done.add(path);
  };
  for (const path of needs.keys()) visit(path, []);
});

test("the pure parts do no I/O and read no clock", () => {
  for (const { path, folder, text } of sources) {
    if (!pure.test(folder)) continue;
    const code = withoutComments(text).replaceAll(allowedInPure[path] ?? "\0", "");
    expect([path, code.match(impure)?.[0]]).toEqual([path, undefined]);
  }
});

test("only the classroom's net opens sockets, and only the command line knows its process", () => {
  for (const { path, folder, text } of sources) {
    const code = withoutComments(text);
    if (folder !== "src/classroom/net")
      expect([path, /Bun\.(listen|connect)\b|"node:net"/.test(code)]).toEqual([path, false]);
    if (folder !== "src/cli" && path !== "src/main.ts")
      expect([path, /process\.(argv|env|exit)\b/.test(code)]).toEqual([path, false]);
  }
});

test("nothing stands at the top but what belongs there", () => {
  const belongs = new Set(
    (
      ".ci .git .github .gitignore .oxlintrc.json LICENSE README.md bun.lock bunfig.toml knip.json package.json " +
      "public quiz_dir scripts src tsconfig.json"
    ).split(" "),
  );
  const ignored = readFileSync(join(root, ".gitignore"), "utf8").split("\n");
  const isIgnored = (name: string): boolean =>
    ignored.includes(name) || ignored.includes(`${name}/`) || name.endsWith(".log");
  expect(readdirSync(root).filter((name) => !belongs.has(name) && !isIgnored(name))).toEqual([]);
});

test("every source has its test beside it, or under the name that the table gives", () => {
  const untested: string[] = [];
  for (const { path } of sources) {
    if (!path.startsWith("src/")) continue;
    const isBeside = existsSync(join(root, path.replace(/\.ts$/, ".test.ts")));
    const elsewhere = testedBy[path];
    if (isBeside && elsewhere !== undefined) untested.push(`${path} has its own test by now`);
    if (!isBeside && !existsSync(join(root, elsewhere ?? "nowhere"))) untested.push(path);
  }
  expect(untested).toEqual([]);
  const paths = new Set(sources.map(({ path }) => path));
  expect(Object.keys(testedBy).filter((path) => !paths.has(path))).toEqual([]);
});

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*/g, "");
}
