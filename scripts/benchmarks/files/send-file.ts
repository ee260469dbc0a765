/**
 * Sends one file to a server as the terminal client does, and ends when the server has told that it is on disk:
 *
 *   bun send-file.ts PORT FILE tls|plain NAME
 */
import { PartsInUse } from "../../../src/classroom/client/parts-in-use.ts";
import { PeerDownloads } from "../../../src/classroom/client/peer-downloads.ts";
import { PeerFiles } from "../../../src/classroom/client/peer-files.ts";
import { openUpload } from "../../../src/classroom/client/upload-source.ts";
import { decodeControl } from "../../../src/classroom/protocol/v2/control.ts";
import { v2HeaderCode } from "../../../src/classroom/protocol/v2/header.ts";
import { connected } from "./connected.ts";

const [port, path = "", tls, name = ""] = process.argv.slice(2);
const link = await connected(Number(port), name, tls === "tls");
const files = new PeerFiles(
  link,
  new PeerDownloads(link, "nowhere", () => name, new PartsInUse(), {
    decide: () => ({ refuse: "not here" }),
    withdrawn() {},
    progress() {},
    ended() {},
  }),
);
link.onFrame = (code, bytes, start, end) => {
  if (code === v2HeaderCode.accept) files.accepted(decodeControl("accept", bytes, start, end)!);
  else if (code === v2HeaderCode.credit) files.credit(bytes, start, end);
  else if (code === v2HeaderCode.received) files.received(decodeControl("received", bytes, start, end)!);
  else if (code === v2HeaderCode.cancel) files.cancelled(decodeControl("cancel", bytes, start, end)!);
};
const source = await openUpload(path, undefined);
const end = await files.upload(source, 1, {}, undefined, () => {});
if (end.kind !== "received") throw new Error(JSON.stringify(end));
process.exit(0);
