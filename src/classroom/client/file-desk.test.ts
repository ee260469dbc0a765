/** Files between people at their terminals: offered, answered, folders, and gone on with. */
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "bun:test";
import { useClass, type FileStay } from "./file-stay.test-support.ts";

const at = useClass();

function write(name: string, content: string | Buffer = name): string {
  const path = join(at.folder, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, content);
  return path;
}

const read = (stay: FileStay, name: string): string => readFileSync(join(stay.downloads, name), "utf8");

describe("a file of another person", () => {
  test("is offered, and taken when that is typed", async () => {
    const [ann, bob] = [await at.enter("ann"), await at.enter("bob")];
    ann.terminal.type(`/send bob ${write("notes.txt")}`);
    await bob.terminal.until("ann offers 'notes.txt' (9 B): /accept 1 takes it, /decline 1 does not.");
    bob.terminal.type("/files", "/accept 7", "/accept");
    await bob.terminal.until("1: ann offers 'notes.txt' (9 B); /accept 1 or /decline 1.");
    await bob.terminal.until("Type the number of an offer: 1.");
    await bob.terminal.until("File 'notes.txt' received from ann.");
    await ann.terminal.until("File 'notes.txt' sent to bob.");
    expect(read(bob, "notes.txt")).toBe("notes.txt");
    bob.terminal.type("/files", "/accept");
    await bob.terminal.until("No file is offered or on its way.");
    await bob.terminal.until("No file is offered.");
  });

  test("is declined before a byte of it is sent", async () => {
    const [ann, bob] = [await at.enter("ann"), await at.enter("bob")];
    ann.terminal.type(`/send bob ${write("notes.txt")}`);
    await bob.terminal.until("/decline 1");
    bob.terminal.type("/decline 1");
    await ann.terminal.until("File 'notes.txt' was not sent to bob: It is not wanted.");
    expect(readdirSync(join(at.running.folder, "data/parts"))).toEqual([]);
  });

  test("that nobody answers holds up nothing to others", async () => {
    const [ann, bob] = [await at.enter("ann"), await at.enter("bob")];
    ann.terminal.type(`/send bob ${write("notes.txt")}`, `/send server ${write("a.txt")}`);
    await ann.terminal.until("File 'a.txt' sent to server.");
    bob.terminal.type("/accept 1");
    await ann.terminal.until("File 'notes.txt' sent to bob.");
  });

  test("that is not offered any more is told", async () => {
    const [ann, bob] = [await at.enter("ann"), await at.enter("bob")];
    ann.terminal.type(`/send bob ${write("notes.txt")}`);
    await bob.terminal.until("/accept 1");
    await ann.leave();
    await bob.terminal.until("ann does not offer 'notes.txt' (9 B) any more.");
  });

  test("is taken as it comes where nobody sits at a terminal", async () => {
    const [ann, bob] = [await at.enter("ann"), await at.enter("bob", false)];
    ann.terminal.type(`/send bob ${write("notes.txt")}`);
    await bob.terminal.until("File 'notes.txt' received from ann.");
  });

  test("lines that are wrong are told", async () => {
    const ann = await at.enter("ann");
    ann.terminal.type("/send", "/send bob", "/send nobody a.txt", `/send server ${write("a.txt")}`);
    await ann.terminal.until("Type /send NAME FILE.", 2);
    await ann.terminal.until("'a.txt' cannot be sent: there is no such file or folder.");
    await ann.terminal.until("File 'a.txt' sent to server.");
    expect(readFileSync(join(at.running.folder, "data/files/ann/a.txt"), "utf8")).toBe("a.txt");
  });
});

function project(): string {
  for (const name of ["README", "src/a.ts", "src/deep/b.ts"]) write(`project/${name}`);
  symlinkSync("/etc", join(at.folder, "project/etc"));
  mkdirSync(join(at.folder, "project/empty"));
  return join(at.folder, "project");
}

describe("a folder", () => {
  test("is offered once, and its files keep their places; links are not followed, which is told", async () => {
    const [ann, bob] = [await at.enter("ann"), await at.enter("bob")];
    ann.terminal.type(`/send bob ${project()}`);
    await bob.terminal.until("ann offers the folder 'project' (3 files, 51 B): /accept 1 takes it");
    bob.terminal.type("/accept 1");
    await ann.terminal.until("Not sent with 'project': 1 link, 1 empty folder.");
    await ann.terminal.until("Folder 'project': 3 of 3 files sent.");
    for (const name of ["README", "src/a.ts", "src/deep/b.ts"])
      expect(read(bob, `project/${name}`)).toBe(`project/${name}`);
    expect(readdirSync(join(bob.downloads, "project")).toSorted()).toEqual(["README", "src"]);
  });

  test("that is declined is declined as a whole", async () => {
    const [ann, bob] = [await at.enter("ann"), await at.enter("bob")];
    ann.terminal.type(`/send bob ${project()}`);
    await bob.terminal.until("/decline 1");
    bob.terminal.type("/decline 1");
    await ann.terminal.until("Folder 'project': 0 of 3 files sent.");
    expect(bob.terminal.printed).not.toContain("/accept 2");
  });

  test("to the server is kept with its places and told to the class once", async () => {
    const [ann, bob] = [await at.enter("ann"), await at.enter("bob")];
    ann.terminal.type(`/send server ${project()}`);
    await bob.terminal.until("Folder 'project' of 3 files uploaded by ann");
    const kept = join(at.running.folder, "data/files/ann/project");
    expect(readFileSync(join(kept, "src/deep/b.ts"), "utf8")).toBe("project/src/deep/b.ts");
    expect(bob.terminal.printed).not.toContain("File 'a.ts'");
  });

  test("of the operator's comes to everybody", async () => {
    const [ann, bob] = [await at.enter("ann"), await at.enter("bob", false)];
    await at.running.operator.type(`send_file:all:${at.folder}:${project().slice(at.folder.length + 1)}`);
    for (const stay of [ann, bob]) {
      await stay.terminal.until("File 'b.ts' received from server.");
      expect(read(stay, "project/src/a.ts")).toBe("project/src/a.ts");
    }
    while (!at.running.screen.includes("Folder 'project': 3 of 3 files sent to bob.")) await Bun.sleep(5);
    expect(at.running.screen).toContain("1 link in 'project': not sent.");
  });
});

const content = Buffer.alloc(20_000_000, "0123456789abcdef");
const cut = (name: string): void => at.running.server.classroom.peers.find(name)!.connection.destroy();
const partIn = (stay: FileStay): string | undefined =>
  readdirSync(stay.downloads).find((name) => name.endsWith(".part"));

async function halfIn(stay: FileStay): Promise<void> {
  for (;;) {
    try {
      if (partIn(stay) !== undefined && stay.terminal.statuses.length > 0) return;
    } catch {
      /* the folder is not there yet */
    }
    await Bun.sleep(1);
  }
}

describe("a file that breaks off", () => {
  test("of the operator's goes on by itself when the receiver is back", async () => {
    const ann = await at.enter("ann");
    writeFileSync(join(at.running.folder, "big.bin"), content);
    await at.running.operator.type("send_file:ann:.:big.bin");
    await halfIn(ann);
    cut("ann");
    await ann.terminal.until("it goes on when it is offered again.");
    await ann.terminal.until("File 'big.bin' received from server.");
    expect(readFileSync(join(ann.downloads, "big.bin")).equals(content)).toBe(true);
    expect(partIn(ann)).toBeUndefined();
  }, 20_000);

  test("whole, before the server has heard of it: it is not kept twice", async () => {
    const ann = await at.enter("ann");
    writeFileSync(join(at.running.folder, "small.txt"), "hello");
    const peer = at.running.server.classroom.peers.find("ann")!;
    peer.outbox.received = () => peer.connection.destroy();
    await at.running.operator.type("send_file:ann:.:small.txt");
    await ann.terminal.until("Here again.");
    while (!at.running.screen.includes("File 'small.txt' sent to ann.")) await Bun.sleep(5);
    expect(readdirSync(ann.downloads)).toEqual(["small.txt"]);
    expect(ann.terminal.printed.match(/'small.txt' received/g)).toHaveLength(1);
    // The same once more is what the operator wants.
    await at.running.operator.type("send_file:ann:.:small.txt");
    await ann.terminal.until("It is saved as 'small (2).txt'.");
  }, 20_000);

  test("goes on after a new start of the client; a part that is not of this file is not used", async () => {
    const first = await at.enter("ann");
    writeFileSync(join(at.running.folder, "big.bin"), content);
    await at.running.operator.type("send_file:ann:.:big.bin");
    await halfIn(first);
    await first.leave();
    const part = partIn(first)!;
    const { length } = readFileSync(join(first.downloads, part));
    expect(length).toBeGreaterThan(0);
    // Another content of the same size: its hash at the end will not do.
    writeFileSync(join(first.downloads, part), Buffer.alloc(length, "x"));
    const second = await at.enter("ann", true, "yes");
    await second.terminal.until("the hashes differ");
    await at.running.operator.type("send_file:ann:.:big.bin");
    await second.terminal.until("File 'big.bin' received from server.");
    expect(readFileSync(join(second.downloads, "big.bin")).equals(content)).toBe(true);
  }, 20_000);
});

test("what the teacher asks for is handed in, and the receipt is shown", async () => {
  const ann = await at.enter("ann");
  ann.terminal.type("/handin hw1 a.txt");
  await ann.terminal.until("Nothing is asked for.");
  await at.running.operator.type("/collect my essay");
  await ann.terminal.until(`You are asked for 'my essay': /handin "my essay" FILE`);
  ann.terminal.type("/handin other a.txt", `/handin "My Essay" ${write("a.txt")}`);
  await ann.terminal.until("Nothing of this name is asked for, but: my essay.");
  await ann.terminal.until("Receipt for 'my essay': 'a.txt' (5 B) at ");
  expect(readFileSync(join(at.running.folder, "data/collected/my essay/ann/a.txt"), "utf8")).toBe("a.txt");
  await at.running.operator.type("/collect end my essay");
  await ann.terminal.until("'my essay' is not collected any more.");
});

test("a teacher's file to everybody comes by itself, and the teacher hears who has it", async () => {
  const [ann, bob] = [await at.enter("ann"), await at.enter("bob")];
  ann.terminal.type(`/send all ${write("notes.txt")}`);
  await ann.terminal.until("There is no client named 'all' here");
  ann.terminal.type(`/teacher ${at.running.server.classroom.ports.codes.issue()}`);
  await ann.terminal.until("You are a teacher now.");
  ann.terminal.type(`/send all ${write("notes.txt")}`);
  await bob.terminal.until("File 'notes.txt' received from ann.");
  expect(read(bob, "notes.txt")).toBe("notes.txt");
  await ann.terminal.until("File 'notes.txt' to everybody in main: 1 of 1 have it.");
  ann.terminal.type(`/send all ${join(write("folder/a.txt"), "..")}`);
  await ann.terminal.until("What goes to a room is one file.");
});
