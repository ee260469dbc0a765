/** The system calls of a server: what is acknowledged was synced to disk before the acknowledgement was written. */
import { createHash } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "bun:test";
import { PeerClient } from "../classroom/server/peer/peer-client.test-support.ts";
import { encodeChunk } from "../classroom/protocol/v2/chunk.ts";
import { emptyFolder, executable, freePort, Typed } from "./executable.test-support.ts";

const missing = whyNot();
const calls = "fsync,fdatasync,sendto,sendmsg,write,writev,recvfrom,read,rename,renameat,renameat2";

function whyNot(): string | undefined {
  if (process.platform !== "linux") return "strace is of Linux";
  if (Bun.which("strace") === null) return "strace is not installed";
  const { exitCode } = Bun.spawnSync({ cmd: ["strace", "-o", "/dev/null", "true"], stderr: "ignore" });
  return exitCode === 0 ? undefined : "the system lets nobody trace a program";
}

/** The traced calls in the order in which they ended, without the number of the thread. */
function endedCalls(trace: string): string[] {
  const begun = new Map<string, string>();
  const ended: string[] = [];
  for (const line of trace.split("\n")) {
    const [, thread = "", rest = ""] = /^(\d+) +(.*)$/.exec(line) ?? [];
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(rest);
    if (rest.endsWith("<unfinished ...>")) {
      begun.set(thread, rest.slice(0, -"<unfinished ...>".length));
      // What is written may be with its receiver before the call has ended.
      if (isWrite(rest)) ended.push(rest);
    } else if (resumed === null) ended.push(rest);
    else if (!isWrite(begun.get(thread) ?? "")) ended.push((begun.get(thread) ?? "") + resumed[1]);
  }
  return ended;
}

function isWrite(call: string): boolean {
  return /^(write|writev|sendto|sendmsg)\(/.test(call);
}

test.if(missing === undefined)(
  "a message, and a file, are synced before they are acknowledged",
  async () => {
    const folder = emptyFolder();
    const trace = join(folder, "trace");
    const port = freePort();
    const strace = ["strace", "-f", "-y", "-s", "200", "-o", trace, "-e", `trace=${calls}`];
    const serve = [executable(), "serve", String(port), "127.0.0.1", "--tls", "off", "--no-web"];
    const server = new Typed([...strace, ...serve], { cwd: folder });
    await server.prints("Server is up.\n", 60_000);
    const ann = await PeerClient.registered(port, "ann");
    await ann.join();
    const said = ["first of all", "second to none", "third time lucky"];
    for (const text of said) {
      ann.say(text);
      await ann.expect("ack");
    }
    const content = Buffer.from("what is in the file");
    ann.send("offer", { tag: ann.tag++, transfer: 1, name: "a.txt", size: content.length });
    await ann.expect("accept");
    ann.connection.send(encodeChunk(1, 0, content));
    const sha256 = createHash("sha256").update(content).digest("hex");
    ann.send("end", { transfer: 1, size: content.length, sha256 });
    await ann.expect("received");
    server.type("shutdown");
    await server.process.exited;
    const ended = endedCalls(readFileSync(trace, "utf8"));
    rmSync(folder, { recursive: true, force: true });

    const after = (from: number, what: RegExp): number => {
      const at = ended.findIndex((call, index) => index > from && what.test(call));
      if (at < 0) throw new Error(`no ${String(what)} behind call ${from}:\n${ended.slice(from).join("\n")}`);
      return at;
    };
    let at = 0;
    for (const text of said) {
      const heard = after(at, new RegExp(`^(recvfrom|read)\\(.*${text}`));
      const synced = after(heard, /^f(data)?sync\(.*messages\.sqlite-wal>\) *= 0/);
      const acknowledged = after(heard, /^(write|writev|sendto|sendmsg)\(.*\\3ack/);
      expect([text, synced < acknowledged]).toEqual([text, true]);
      at = acknowledged;
    }
    const whole = after(at, /^(recvfrom|read)\(.*\\3end/);
    const synced = after(whole, /^f(data)?sync\(.*\.part>\) *= 0/);
    const kept = after(whole, /^rename.*files\/ann\/a\.txt/);
    const folderSynced = after(kept, /^f(data)?sync\(.*files\/ann>\) *= 0/);
    const told = after(whole, /^(write|writev|sendto|sendmsg)\(.*received/);
    expect([synced < kept, kept < folderSynced, folderSynced < told]).toEqual([true, true, true]);
  },
  120_000,
);

if (missing !== undefined) process.stderr.write(`skipped: the order of syncs: ${missing}\n`);
