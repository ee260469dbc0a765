/** What there is to count, in Prometheus' text format (https://prometheus.io/docs/instrumenting/exposition_formats/). */
import { metric, singleMetric as one, type Sample } from "../../lib/prometheus.ts";
import type { Classroom } from "../server/classroom.ts";
import type { WebCounts } from "./web-app.ts";

/** @param connections of all carriers, logged in or not */
export function formatMetrics(classroom: Classroom, connections: number, web: WebCounts): string {
  const { peers, roster, newcomers, rooms, totals, counters, quizzes, quiz, keeper, log, entrance } =
    classroom;
  const students = quizzes.isRunning ? (quizzes.quiz?.book.students.size ?? 0) : (quiz?.answeredCount ?? 0);
  return [
    one("gauge", "pcs_connections", "Connections that are open.", connections),
    one("gauge", "pcs_newcomers", "Connections that have not logged in.", newcomers.size),
    one("gauge", "pcs_entering", "Steps of coming in that wait for their turn.", entrance.waiting),
    metric("gauge", "pcs_people", "People who are here, by protocol.", [
      ['{protocol="1"}', roster.size],
      ['{protocol="2"}', peers.size],
    ]),
    one("gauge", "pcs_pages", "Web sockets of pages that are open.", web.pages),
    one("gauge", "pcs_rooms", "Rooms.", rooms.size),
    one("counter", "pcs_messages_total", "Messages said.", totals.messages),
    one("counter", "pcs_messages_removed_total", "Old messages that were taken away.", keeper.removed),
    one("gauge", "pcs_messages_waiting", "Messages that wait for the disk, or to be told.", log.waitingCount),
    metric("counter", "pcs_files_total", "Files, by where they went.", [
      ['{to="server"}', totals.filesKept],
      ['{to="person"}', totals.filesSent],
    ]),
    one("gauge", "pcs_quiz_running", "1 while a quiz runs.", quizzes.isRunning || quiz !== undefined ? 1 : 0),
    one("gauge", "pcs_quiz_students", "People who take part in the quiz.", students),
    metric("counter", "pcs_dropped_total", "What was refused or dropped, by why.", [
      ...Object.entries(counters).map(([why, count]): Sample => [`{why="${snakeCase(why)}"}`, count]),
      ['{why="page_overruns"}', web.overruns],
      ['{why="foreign_requests"}', web.foreignRequests],
    ]),
  ].join("");
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
