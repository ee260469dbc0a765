/**
 * What somebody sees who records the wire while two people log in, talk, write to each other, send files and take a
 * quiz: no name, no password, no word and no byte of a file. By tcpdump in a namespace of the test's own where that
 * can be had, and by a proxy in between.
 */
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "bun:test";
import type { Socket } from "bun";
import { emptyFolder, executable, freePort, Typed } from "./executable.test-support.ts";
import { missingForNamespaces } from "./two-namespaces.test-support.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = emptyFolder();
  folders.push(folder);
  return folder;
}

const names = { ann: "Zebulon", bob: "Quintessa" };
const secrets = {
  name: names.ann,
  "other name": names.bob,
  password: "correct-horse-battery",
  "group message": "the meeting is at half past nine",
  "private message": "nobody else should read this line",
  "operator's words": "please hand in your work by friday",
  "name of a file": "strictly-confidential.txt",
  "content of a file": "these-are-the-bytes-of-the-file",
  question: "which planet is the largest of all",
  "right option": "certainly-jupiter",
  room: "secret-society",
  "private in the room": "the password of the door is swordfish",
};

/** Runs the talk. @param inside what stands before a command. @param port where clients connect */
async function talk(inside: readonly string[], serverPort: number, port: number): Promise<void> {
  const folder = newFolder();
  const content = `${secrets["content of a file"]}\n`.repeat(2_000);
  writeFileSync(join(folder, secrets["name of a file"]), content);
  writeFileSync(join(folder, "bank.gift"), `${secrets.question}? {=${secrets["right option"]} ~mars}\n`);
  const pcs = [...inside, executable()];
  const env = { HOME: folder, PATH: process.env["PATH"] ?? "" };
  const server = new Typed([...pcs, "serve", String(serverPort), "127.0.0.1", "--no-web"], {
    cwd: folder,
    env,
  });
  await server.prints("Server is up.\n", 60_000);
  const clients: Typed[] = [];
  for (const name of [names.ann, names.bob]) {
    const home = newFolder();
    const joinIt = [...pcs, "join", "127.0.0.1", String(port), "--user", name];
    const client = new Typed(joinIt, {
      cwd: folder,
      env: { ...env, HOME: home, PCS_PASSWORD: secrets.password },
    });
    client.type("no");
    await client.prints("You joined the server.", 60_000);
    clients.push(client);
  }
  const [ann, bob] = clients as [Typed, Typed];
  ann.type(`msg:${secrets["group message"]}`);
  await bob.prints(secrets["group message"]);
  bob.type(`to:${names.ann}: ${secrets["private message"]}`);
  await ann.prints(secrets["private message"]);
  ann.type(`/room ${secrets.room}`);
  bob.type(`/room ${secrets.room}`);
  await bob.prints(`You are in ${secrets.room}`);
  bob.type(`msg:${secrets["private in the room"]}`);
  await ann.prints(secrets["private in the room"]);
  ann.type(`file_transfer:file_to_server:${secrets["name of a file"]}`);
  await bob.prints(`File '${secrets["name of a file"]}' uploaded by ${names.ann}`);
  server.type(`send_file:${names.bob}:.:${secrets["name of a file"]}`);
  await bob.prints(`File '${secrets["name of a file"]}' received from server.`);
  server.type(secrets["operator's words"]);
  await ann.prints(secrets["operator's words"]);
  server.type("/quiz bank.gift");
  await ann.prints(secrets.question);
  ann.type("quiz_answer:a");
  bob.type("/search meeting");
  await bob.prints(`${names.ann}: ${secrets["group message"]}`);
  for (const client of clients) client.type("cmd:disconnect");
  await Promise.all(clients.map((client) => client.process.exited));
  server.type("shutdown");
  expect(await server.process.exited).toBe(0);
  // The clients had the file, and the server has it.
  expect(readFileSync(join(folder, "pcs-data/files", names.ann, secrets["name of a file"]), "utf8")).toBe(
    content,
  );
}

/** @param bytes all that crossed the wire */
function expectNothing(bytes: Buffer): void {
  // It is the right wire: what is said in clear is there, and as many bytes as the file has, twice.
  expect(bytes.includes('"version":"2.0"')).toBe(true);
  expect(bytes.length).toBeGreaterThan(4_000 * secrets["content of a file"].length);
  for (const [what, secret] of Object.entries(secrets))
    for (const form of [
      Buffer.from(secret),
      Buffer.from(secret.toLowerCase()),
      Buffer.from(secret, "utf16le"),
      Buffer.from(Buffer.from(secret).toString("hex")),
      Buffer.from(Buffer.from(secret).toString("base64").slice(0, 12)),
    ])
      expect([what, bytes.includes(form)]).toEqual([what, false]);
}

test("a proxy that records both directions holds nothing in clear", async () => {
  const port = freePort();
  const recorded: Buffer[] = [];
  interface Side {
    other: Promise<Socket<Side>>;
  }
  const pass = async (socket: Socket<Side>, chunk: Uint8Array): Promise<void> => {
    const bytes = Buffer.from(chunk);
    recorded.push(bytes);
    const other = await socket.data.other;
    for (let at = 0; at < bytes.length && other.readyState > 0;) {
      at += Math.max(0, other.write(bytes, at, bytes.length - at));
      if (at < bytes.length) await Bun.sleep(1);
    }
  };
  /** One chunk behind the other. */
  const turns = new WeakMap<Socket<Side>, Promise<void>>();
  const handler = {
    data(socket: Socket<Side>, chunk: Uint8Array): void {
      const bytes = Buffer.from(chunk);
      turns.set(
        socket,
        (turns.get(socket) ?? Promise.resolve()).then(() => pass(socket, bytes)),
      );
    },
    close(socket: Socket<Side>): void {
      void socket.data.other.then((other) => other.end());
    },
    error(): void {},
  };
  const proxy = Bun.listen<Side>({
    hostname: "127.0.0.1",
    port: 0,
    socket: {
      ...handler,
      open(socket) {
        const other = Bun.connect<Side>({
          hostname: "127.0.0.1",
          port,
          data: { other: Promise.resolve(socket) },
          socket: handler,
        });
        socket.data = { other };
      },
    },
  });
  await talk([], port, proxy.port);
  proxy.stop(true);
  expectNothing(Buffer.concat(recorded));
}, 120_000);

const missing = missingForNamespaces("tcpdump");
if (missing !== undefined) process.stderr.write(`skipped: tcpdump beside a talk: ${missing}\n`);

test.if(missing === undefined)(
  "tcpdump beside it holds nothing in clear",
  async () => {
    const name = `pcs-${process.pid}-clear`;
    const inside = ["ip", "netns", "exec", name];
    const capture = join(newFolder(), "talk.pcap");
    Bun.spawnSync(["ip", "netns", "add", name]);
    try {
      Bun.spawnSync(["ip", "-n", name, "link", "set", "lo", "up"]);
      const dump = Bun.spawn(
        [...inside, "tcpdump", "-i", "lo", "-U", "-s", "0", "-B", "65536", "-w", capture],
        {
          stdout: "ignore",
          stderr: "pipe",
        },
      );
      const reader = dump.stderr.getReader();
      for (let said = ""; !said.includes("listening on");)
        said += Buffer.from((await reader.read()).value!).toString();
      await talk(inside, 10_000, 10_000);
      // What has arrived is written when it ends.
      for (let size = -1, still = 0; still < 5; await Bun.sleep(200)) {
        const now = statSync(capture).size;
        still = now === size ? still + 1 : 0;
        size = now;
      }
      dump.kill("SIGINT");
      await dump.exited;
      expectNothing(readFileSync(capture));
    } finally {
      Bun.spawnSync(["ip", "netns", "del", name]);
    }
  },
  120_000,
);
