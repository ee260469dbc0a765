/** Clients that send a server whatever they like, and what becomes of the server. */
import { join } from "node:path";
import { openDatabase } from "../../store/sqlite/database.ts";
import { openMessages } from "../../store/sqlite/open-messages.ts";
import { FrameFuzz, type FuzzedProtocol } from "../protocol/frame-fuzz.test-support.ts";
import { PeerClient } from "./peer/peer-client.test-support.ts";
import { startTestServer, TestClient, type TestServer } from "./session/test-client.test-support.ts";

export interface ServerFuzz {
  frames: number;
  connections: number;
  /** Connections that the server ended. */
  ended: number;
  /** Sentences: what should not have happened. */
  faults: string[];
}

const limits = { messageBurst: 1e9, byteBurst: 1e12, bytesPerSecond: 1e12, messagesPerSecond: 1e9 };

/** Longer than the silence that ends a file of the first protocol. */
const fileEndMs = 300;

/** Clients at the same time. */
const atOnce = 8;

/** Headers that end a connection in order, or after so many tries. */
const endings = ["bye", "login", "name", "hello"];

/**
 * Clients one after the other, until so many frames were sent.
 * @param folder for what the server keeps
 * @param perConnection frames that one of them sends
 */
export async function fuzzServer(
  protocol: FuzzedProtocol,
  seed: number,
  frames: number,
  folder: string,
  perConnection = 500,
): Promise<ServerFuzz> {
  const accounts = openDatabase(join(folder, "pcs.sqlite"));
  const { store } = openMessages(join(folder, "messages.sqlite"), accounts, (problem) => {
    throw new Error(problem);
  });
  const running = await startTestServer({ limits, ports: { messages: store }, isQuick: true });
  const outcome: ServerFuzz = { frames: 0, connections: 0, ended: 0, faults: [] };
  try {
    const work = async (): Promise<void> => {
      while (outcome.frames < frames) {
        outcome.frames += perConnection;
        const number = outcome.connections++;
        const fuzz = new FrameFuzz(protocol, seed + number, protocol === "v1" ? ["cmd"] : endings);
        const one = {
          running,
          fuzz,
          name: `user${number}`,
          isMember: number % 4 !== 3,
          count: perConnection,
        };
        const fault = await (protocol === "v1" ? sendOld(one, outcome) : send(one, outcome));
        if (fault !== undefined) outcome.faults.push(`${protocol} seed ${seed + number}: ${fault}`);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    const deadline = Date.now() + 10_000;
    while (running.server.connectionCount > 0 && Date.now() < deadline) await Bun.sleep(10);
    if (running.server.connectionCount > 0) outcome.faults.push("connections are left");
    outcome.faults.push(...running.faults.map((fault) => Bun.inspect(fault)));
    running.faults.length = 0;
  } finally {
    await running.stop();
    await store.close();
    accounts.close();
  }
  return outcome;
}

interface Sender {
  running: TestServer;
  fuzz: FrameFuzz;
  name: string;
  isMember: boolean;
  count: number;
}

/** @returns what is wrong */
async function send(
  { running, fuzz, name, isMember, count }: Sender,
  outcome: ServerFuzz,
): Promise<string | undefined> {
  const client = isMember
    ? await PeerClient.registered(running.port, name)
    : await PeerClient.greeted(running.port);
  client.connection.send(fuzz.frames(count));
  client.raw("ping", "still there");
  for (;;) {
    const { header, content } = await client.next(20_000);
    if (header === "pong" && content === "still there") break;
  }
  if (fuzz.below(4) > 0) {
    client.connection.destroy();
    return undefined;
  }
  // Nothing that follows can be understood: the server says so, and ends it.
  client.connection.send(fuzz.rubbish());
  client.connection.send(new Uint8Array(70_000).fill(0xff));
  let last = "nothing";
  try {
    for (;;) {
      const { header, content } = await client.next(20_000);
      last = header;
      if (header === "error" && (content as { code: string }).code === "malformed") last = "why";
    }
  } catch {
    // It is closed.
  }
  outcome.ended++;
  return last === "why" ? undefined : `ended without a reason, after ${last}`;
}

async function sendOld(
  { running, fuzz, name, isMember, count }: Sender,
  outcome: ServerFuzz,
): Promise<string | undefined> {
  const client = isMember
    ? await TestClient.registered(running.port, name)
    : await TestClient.connect(running.port);
  client.raw(fuzz.frames(count));
  // A file may still run, and else one begins: it ends with a mark and silence.
  client.send("file_transfer", "file_to_server:last.txt");
  client.raw(Buffer.from("EOF"));
  await Bun.sleep(fileEndMs);
  client.send("to", "nobody at all:x");
  const isBroken = fuzz.below(4) === 0;
  if (isBroken) client.raw(Buffer.concat([fuzz.rubbish(), new Uint8Array(70_000).fill(0xff)]));
  let last = "nothing";
  let isThere = false;
  try {
    for (;;) {
      const [header, text] = await client.frame(isMember && fuzz.isAscii ? 20_000 : 500);
      last = header;
      if (header === "error" && text.includes("nobody at all")) isThere = true;
      if (isThere && !isBroken) break;
    }
  } catch {
    // It is closed, or a stranger waits for more.
  }
  const { isClosed } = client;
  client.terminate();
  if (isClosed) outcome.ended++;
  // Who counts wrongly may have said that much more will come, and is waited for.
  if (!isMember || (!isClosed && !fuzz.isAscii)) return undefined;
  if (isClosed) return last === "error" ? undefined : `ended without a reason, after ${last}`;
  return isThere ? undefined : `there was no answer any more, after ${last}`;
}
