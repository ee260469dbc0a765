/**
 * The reading half of an original client, in a thread of its own as the original has it: it takes what one `recv`
 * gives for the whole of what it asked for, and a file for ended where one `recv(1024)` ends in `EOF`.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { receive } from "./libc.test-support.ts";

declare const self: Worker;

/** What the reader tells. */
export type OldClientEvent =
  | { kind: "frame"; header: string; payload: string }
  | { kind: "file"; file: string; sender: string }
  | { kind: "closed" };

function tell(told: OldClientEvent): void {
  self.postMessage(told);
}

self.addEventListener("message", (event: MessageEvent<{ fd: number; folder: string }>) => {
  const { fd, folder } = event.data;
  for (;;) {
    const headerLength = receive(fd, 2);
    if (headerLength.length < 2) break;
    const header = receive(fd, headerLength.readUInt16BE()).toString();
    const payload = receive(fd, receive(fd, 4).readUInt32BE()).toString();
    tell({ kind: "frame", header, payload });
    if (header !== "file_transfer") continue;
    const parts = payload.split(":");
    const file = parts.at(-1)!;
    writeFileSync(join(folder, file), receiveFile(fd));
    tell({ kind: "file", file, sender: parts.length === 3 ? parts[1]! : "Server" });
  }
  tell({ kind: "closed" });
});

function receiveFile(fd: number): Buffer {
  const chunks: Buffer[] = [];
  for (;;) {
    const data = receive(fd, 1024);
    if (data.length === 0) break;
    if (data.subarray(-3).toString("latin1") === "EOF") {
      chunks.push(data.subarray(0, -3));
      break;
    }
    chunks.push(data);
  }
  return Buffer.concat(chunks);
}
