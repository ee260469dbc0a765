/** The thread that writes messages: one request after the other, each answered when it is on disk. */
import type { Database } from "bun:sqlite";
import { openDatabase } from "./database.ts";
import type { WriterAnswer, WriterRequest } from "./message-requests.ts";
import { messageMigrations } from "./message-tables.ts";
import { MessageWriter } from "./message-writer.ts";
import { answerRequests } from "../../lib/request-thread.ts";

let path = "";
let open: { database: Database; writer: MessageWriter } | undefined;

answerRequests((request: WriterRequest): WriterAnswer => {
  switch (request.kind) {
    case "open":
      ({ path } = request);
      writer();
      break;
    case "write":
      writer().write(request.batch);
      break;
    case "prune":
      return writer().prune(request.bounds);
    case "close":
      open?.database.close();
      open = undefined;
  }
  return undefined;
});

/** What could not be opened is tried again for every batch. */
function writer(): MessageWriter {
  if (open === undefined) {
    const database = openDatabase(path, messageMigrations);
    open = { database, writer: new MessageWriter(database) };
  }
  return open.writer;
}
