/** Work with what stands in the office: files, prints, terminals, a long backup, and the poll of all devices. */
import type { SeededRandom } from "../../../../src/analyzer/anomaly/seeded-random.ts";
import { about, between, ephemeralPort, pick, randomBytes, randomText } from "../chance.ts";
import { udpFrame, type Station } from "../frames.ts";
import { TcpConversation } from "../tcp-conversation.ts";
import { nowAndThen, type Office, type Workstation } from "./office.ts";

const lanUs = 350;

/** Files are opened, read in pieces and closed, over one connection for the whole day. */
export function useFiles(office: Office, host: Workstation): void {
  const { random, emit, fileServer } = office;
  const ends = { client: host, clientPort: ephemeralPort(random), server: fileServer, serverPort: 445 };
  let talk: TcpConversation | undefined;
  nowAndThen(office, 45, (atUs) => {
    talk ??= new TcpConversation(random, emit, ends, atUs, lanUs).open();
    talk.atUs = Math.max(talk.atUs, atUs);
    talk.send("client", openRequest(random));
    talk.send("server", smb2(openFile, true, 89, Buffer.alloc(88)));
    for (let i = Math.floor(1 / (1 - 0.93 * random.fraction())); i > 0; i--) {
      talk.send("client", smb2(readFile, false, 49, Buffer.alloc(49)));
      talk.send("server", readAnswer(random, between(random, 500, 32_000)));
      talk.wait(about(random, 1500, 0.9));
    }
    talk.send("client", smb2(closeFile, false, 24, Buffer.alloc(24)));
    talk.send("server", smb2(closeFile, true, 60, Buffer.alloc(60)));
    return talk.atUs;
  });
}

/** Length, then the header of 64 bytes (MS-SMB2 2.2.1) and a body, which begins with the size of its fixed part. */
function smb2(command: number, isAnswer: boolean, size: number, body: Buffer): Buffer {
  const message = Buffer.alloc(4 + 64 + body.length);
  message.writeUInt32BE(64 + body.length, 0);
  message.set(Buffer.from("fe534d4240000100", "hex"), 4);
  message.writeUInt16LE(command, 4 + 12);
  message.writeUInt16LE(1, 4 + 14);
  message[4 + 16] = isAnswer ? 1 : 0;
  message.set(body, 68);
  message.writeUInt16LE(size, 68);
  return message;
}

const [openFile, closeFile, readFile] = [5, 6, 8];

/** A file is named in UTF-16 at byte 120 of the message (§2.2.13). */
function openRequest(random: SeededRandom): Buffer {
  const name = Buffer.from(`projects\\${randomText(random, between(random, 6, 30))}.docx`, "utf16le");
  const fixed = Buffer.alloc(56);
  fixed.writeUInt32LE(2, 4);
  fixed.writeUInt32LE(0x120089, 24);
  fixed.writeUInt32LE(1, 36);
  fixed.writeUInt16LE(120, 44);
  fixed.writeUInt16LE(name.length, 46);
  return smb2(openFile, false, 57, Buffer.concat([fixed, name]));
}

function readAnswer(random: SeededRandom, length: number): Buffer {
  const fixed = Buffer.alloc(16);
  fixed[2] = 80;
  fixed.writeUInt32LE(length, 4);
  return smb2(readFile, true, 17, Buffer.concat([fixed, randomBytes(random, length)]));
}

export function print(office: Office): void {
  const { random, emit, workstations, printers } = office;
  nowAndThen(office, 110, (atUs) => {
    const ends = {
      client: pick(random, workstations),
      clientPort: ephemeralPort(random),
      server: pick(random, printers),
      serverPort: 9100,
    };
    const talk = new TcpConversation(random, emit, ends, atUs, 900).open();
    talk.send("client", Buffer.from("\u001B%-12345X@PJL SET COPIES=1\r\n@PJL ENTER LANGUAGE=PDF\r\n"));
    for (let i = between(random, 2, 20); i > 0; i--)
      talk
        .send("client", randomBytes(random, between(random, 3000, 14_000)))
        .wait(about(random, 60_000, 0.6));
    talk.close();
    return talk.atUs;
  });
}

/** Somebody types, and sees what was typed; now and then a page of text comes. */
export function useTerminal(office: Office, host: Workstation, server: Station): void {
  const { random, emit } = office;
  const ends = { client: host, clientPort: ephemeralPort(random), server, serverPort: 22 };
  let talk: TcpConversation | undefined;
  nowAndThen(office, 14, (atUs) => {
    if (talk === undefined) {
      talk = new TcpConversation(random, emit, ends, atUs, lanUs).open();
      talk.send("server", Buffer.from("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"));
      talk.send("client", Buffer.from("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"));
    }
    talk.atUs = Math.max(talk.atUs, atUs);
    for (let i = between(random, 4, 40); i > 0; i--)
      talk
        .send("client", randomBytes(random, 36))
        .send("server", randomBytes(random, 36))
        .wait(about(random, 160_000, 0.7));
    talk.send("server", randomBytes(random, between(random, 100, 6000)));
    return talk.atUs;
  });
}

const backupPiece = 64_000;

/** One long transfer: ordinary, however large it is. */
export function backUp(
  { random, emit, backupServer }: Office,
  host: Station,
  atUs: number,
  bytes: number,
): void {
  const ends = { client: host, clientPort: ephemeralPort(random), server: backupServer, serverPort: 873 };
  const talk = new TcpConversation(random, emit, ends, atUs, lanUs).open();
  talk.send("server", Buffer.from("@RSYNCD: 31.0 sha512 sha256 md5\n"));
  talk.send("client", Buffer.from("@RSYNCD: 31.0 sha512 sha256 md5\nbackup\n"));
  for (let sent = 0; sent < bytes; sent += backupPiece)
    talk.send("client", randomBytes(random, backupPiece)).wait(about(random, 110_000, 0.6));
  talk.close();
}

const pollEveryUs = 30_000_000;
/** sysUpTime, and the bytes in and out of interfaces, as ASN.1 has them. */
const objects = ["2b06010201010300", "2b060102010202010a01", "2b060102010202011001", "2b060102010202010a02"];

/** Every device is asked each 30 seconds, one question after another. */
export function poll({ random, emit, monitor, startUs, endUs, ...office }: Office): void {
  const devices = [
    office.gateway,
    office.fileServer,
    office.backupServer,
    ...office.printers,
    ...office.switches,
  ];
  let counter = random.below(1_000_000);
  for (
    let roundUs = startUs + random.below(pollEveryUs);
    roundUs < endUs;
    roundUs += about(random, pollEveryUs, 0.001)
  ) {
    let atUs = roundUs;
    for (const device of devices) {
      const port = ephemeralPort(random);
      for (const object of objects) {
        const request = random.below(0x7fffffff);
        emit(
          atUs,
          udpFrame(monitor, port, device, 161, snmp(0xa0, request, object, Buffer.from("0500", "hex"))),
        );
        atUs += about(random, 900, 0.6);
        counter += between(random, 1, 90_000);
        const value = tagged(object === objects[0] ? 0x43 : 0x41, word(counter & 0x7fffffff));
        emit(
          atUs,
          udpFrame(device, 161, monitor, port, snmp(0xa2, request, object, value), {
            id: random.below(65_536),
          }),
        );
        atUs += about(random, 400, 0.6);
      }
    }
  }
}

/** Version 2c, community, request with one object and its value (RFC 3416). */
function snmp(kind: number, request: number, object: string, value: Buffer): Buffer {
  const binding = tagged(0x30, Buffer.concat([tagged(6, Buffer.from(object, "hex")), value]));
  const zero = Buffer.from("020100", "hex");
  const body = Buffer.concat([tagged(2, word(request)), zero, zero, tagged(0x30, binding)]);
  return tagged(
    0x30,
    Buffer.concat([Buffer.from("020101", "hex"), tagged(4, Buffer.from("public")), tagged(kind, body)]),
  );
}

function tagged(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag, content.length]), content]);
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
