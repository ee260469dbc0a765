/** The thread that writes messages: one request after the other, each answered when it is on disk. */
import type { Database } from "bun:sqlite";
import { ExpectedError } from "../../lib/errors.ts";
import { openDatabase } from "./database.ts";
import type { WriterNews, WriterRequest } from "./message-requests.ts";
import { messageMigrations } from "./message-tables.ts";
import { MessageWriter } from "./message-writer.ts";

declare const self: {
  onmessage: ((event: { data: WriterRequest }) => void) | null;
  postMessage(news: WriterNews): void;
};

let path = "";
let open: { database: Database; writer: MessageWriter } | undefined;

self.onmessage = ({ data }) => {
  try {
    answer(data);
    self.postMessage({ kind: "done" });
  } catch (error) {
    if (error instanceof ExpectedError) self.postMessage({ kind: "failed", sentence: error.message });
    else self.postMessage({ kind: "fault", text: Bun.inspect(error) });
  }
};

function answer(request: WriterRequest): void {
  switch (request.kind) {
    case "open":
      ({ path } = request);
      writer();
      return;
    case "write":
      return writer().write(request.batch);
    case "close":
      open?.database.close();
      open = undefined;
  }
}

/** What could not be opened is tried again for every batch. */
function writer(): MessageWriter {
  if (open === undefined) {
    const database = openDatabase(path, messageMigrations);
    open = { database, writer: new MessageWriter(database) };
  }
  return open.writer;
}
