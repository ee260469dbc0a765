/** Whoever receives a large file is killed again and again in the middle of it: one of a class, and the server. */
import { createHash, randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "bun:test";
import {
  emptyFolder,
  executable,
  freePort,
  startServer,
  Typed,
  type RunningServer,
} from "./executable.test-support.ts";

const kills = 4;
const content = randomBytes((48 << 20) + 4321);
const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** A student's terminal client, which keeps its files in a folder of its own. */
class Student {
  readonly folder = emptyFolder();
  readonly downloads = join(this.folder, "downloads");
  client: Typed;
  #name: string;
  #port: number;

  constructor(name: string, port: number) {
    this.#name = name;
    this.#port = port;
    this.client = this.#join(true);
  }

  /** Bytes of the file that are on disk, while it is not whole. */
  get partBytes(): number {
    const part = this.files.find((file) => file.startsWith(".pcs-"));
    try {
      return part === undefined ? 0 : statSync(join(this.downloads, part)).size;
    } catch {
      // It was put in its place just now.
      return 0;
    }
  }

  get files(): string[] {
    return existsSync(this.downloads) ? readdirSync(this.downloads) : [];
  }

  async kill(): Promise<void> {
    this.client.process.kill("SIGKILL");
    await this.client.process.exited;
  }

  joinAgain(): void {
    this.client = this.#join(false);
  }

  #join(isNew: boolean): Typed {
    const address = ["127.0.0.1", String(this.#port), "--user", this.#name];
    const client = new Typed([executable(), "join", ...address], {
      cwd: this.folder,
      env: { PCS_PASSWORD: "long enough", HOME: this.folder },
    });
    client.type(isNew ? "no" : "yes");
    return client;
  }
}

async function until(what: string, isTrue: () => boolean, ms = 10_000): Promise<void> {
  const deadline = performance.now() + ms;
  while (!isTrue()) {
    if (performance.now() > deadline) throw new Error(`not in time: ${what}`);
    await Bun.sleep(1);
  }
}

async function pushed(server: RunningServer, students: readonly Student[]): Promise<number> {
  const [victim] = students as [Student];
  writeFileSync(join(server.folder, "big.bin"), content);
  server.console.type("send_file:all:.:big.bin");
  let goneOn = 0;
  for (let kill = 1; kill <= kills; kill++) {
    const least = victim.partBytes + Math.random() * (content.length / kills);
    await until("it comes", () => victim.partBytes >= least || victim.files.includes("big.bin"));
    await victim.kill();
    const there = victim.partBytes;
    victim.joinAgain();
    await victim.client.prints("You joined the server.");
    await until("it goes on", () => {
      const { partBytes } = victim;
      const isWhole = victim.files.includes("big.bin");
      // What has come is not taken away.
      if (!isWhole) expect(partBytes).toBeGreaterThanOrEqual(there);
      return isWhole || partBytes > there;
    });
    if (there > 0) goneOn++;
  }
  for (const { client } of students) await client.prints("big.bin");
  await until("all have it", () => students.every(({ files }) => files.includes("big.bin")));
  return goneOn;
}

test("a receiver that is killed gets the rest when it is back, once, and the others all of it", async () => {
  const server = await startServer("--host", "127.0.0.1");
  const students = ["vic", "ann", "bob"].map((name) => new Student(name, server.port));
  try {
    for (const { client } of students) await client.prints("You joined the server.");
    expect(await pushed(server, students)).toBeGreaterThan(0);
    for (const { folder, downloads, files } of students) {
      expect(files).toEqual(["big.bin"]);
      expect(hashOf(readFileSync(join(downloads, "big.bin")))).toBe(hashOf(content));
      expect(existsSync(join(folder, "faults.log"))).toBe(false);
    }
    await server.console.prints("File 'big.bin' sent to vic.");
    const told = server.console.output.match(/File 'big\.bin' (was not )?sent to \w+/g) ?? [];
    expect(told.toSorted((a, b) => a.localeCompare(b))).toEqual(
      ["ann", "bob", "vic"].map((name) => `File 'big.bin' sent to ${name}`),
    );
    expect(existsSync(join(server.folder, "pcs-data/faults.log"))).toBe(false);
  } finally {
    for (const student of students) {
      await student.kill();
      rmSync(student.folder, { recursive: true, force: true });
    }
    await server.stop();
  }
}, 60_000);

test("a server that is killed in the middle of what it receives goes on with it, and keeps it once", async () => {
  const folder = emptyFolder();
  const port = freePort();
  const start = async (): Promise<Typed> => {
    const flags = ["127.0.0.1", "--no-web", "--data", "data"];
    const server = new Typed([executable(), "serve", String(port), ...flags], { cwd: folder });
    await server.prints("Server is up.");
    return server;
  };
  const parts = join(folder, "data/parts");
  const kept = join(folder, "data/files/vic");
  const there = (): number => {
    const part = existsSync(parts) ? readdirSync(parts).find((file) => file.endsWith(".part")) : undefined;
    return part === undefined ? 0 : statSync(join(parts, part)).size;
  };
  const isKept = (): boolean => existsSync(join(kept, "big.bin"));
  let server = await start();
  const student = new Student("vic", port);
  let goneOn = 0;
  try {
    await student.client.prints("You joined the server.");
    writeFileSync(join(student.folder, "big.bin"), content);
    student.client.type("/send server big.bin");
    for (let kill = 1; kill <= 2 && !isKept(); kill++) {
      const least = there() + Math.random() * (content.length / 3);
      await until("it comes", () => isKept() || there() > least);
      server.process.kill("SIGKILL");
      await server.process.exited;
      if (!isKept()) goneOn++;
      const before = there();
      server = await start();
      expect(isKept() || there() >= before).toBe(true);
    }
    await until("it is kept", isKept, 20_000);
    await student.client.prints("big.bin");
    expect(goneOn).toBeGreaterThan(0);
    expect(readdirSync(kept)).toEqual(["big.bin"]);
    expect(hashOf(readFileSync(join(kept, "big.bin")))).toBe(hashOf(content));
    await until("the part is gone", () => readdirSync(parts).length === 0);
  } finally {
    await student.kill();
    server.process.kill("SIGKILL");
    await server.process.exited;
    for (const each of [student.folder, folder]) rmSync(each, { recursive: true, force: true });
  }
}, 60_000);
