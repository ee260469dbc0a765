/** Guessing passwords: connection after connection that ends with a refusal. */
import type { SeededRandom } from "../../../../src/analyzer/anomaly/seeded-random.ts";
import type { Attack } from "../attack.ts";
import { about, between, ephemeralPort, gap, pick, randomBytes } from "../chance.ts";
import { tcpFlag, tcpFrame } from "../frames.ts";
import { TcpConversation } from "../tcp-conversation.ts";

const { syn, rst, ack } = tcpFlag;
const farUs = 48_000;
const synOptions = Buffer.from("020405b40402080a0000000000000000", "hex");

/** Key exchange, host keys, and each way ciphers, integrity and compression. */
const sshAlgorithms = [
  "curve25519-sha256,ecdh-sha2-nistp256,ecdh-sha2-nistp384,diffie-hellman-group14-sha256",
  "ssh-ed25519,ecdsa-sha2-nistp256,rsa-sha2-512,rsa-sha2-256,ssh-rsa",
  "chacha20-poly1305@openssh.com,aes256-gcm@openssh.com,aes256-ctr,aes192-ctr,aes128-ctr",
  "chacha20-poly1305@openssh.com,aes256-gcm@openssh.com,aes256-ctr,aes192-ctr,aes128-ctr",
  "hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com,hmac-sha2-256,hmac-sha2-512",
  "hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com,hmac-sha2-256,hmac-sha2-512",
  "none",
  "none",
];

/** A bot outside tries passwords over SSH: a few at once, each connection is short and like the others. */
export const sshBruteForce: Attack = ({ random, cast, emit }) => {
  const server = cast.host();
  const client = cast.outsider(server);
  let clientPort = ephemeralPort(random);
  return (atUs) => {
    clientPort = clientPort >= 60_999 ? 32_768 : clientPort + between(random, 1, 4);
    const ends = { client, clientPort, server, serverPort: 22 };
    const talk = new TcpConversation(random, emit, ends, atUs, farUs).open();
    talk.send("server", Buffer.from("SSH-2.0-OpenSSH_8.9p1 Ubuntu-3ubuntu0.6\r\n"));
    talk.send("client", Buffer.from("SSH-2.0-libssh_0.9.6\r\n"));
    talk.send("client", sshOffer(random)).send("server", sshOffer(random));
    talk.send("client", sshPacket(random, 30, sshStrings(random, 32)));
    talk.send("server", Buffer.concat([sshReply(random), sshPacket(random, 21, Buffer.alloc(0))]));
    talk.send("client", sshPacket(random, 21, Buffer.alloc(0)));
    const tries = between(random, 1, 3);
    talk.send("client", randomBytes(random, 44)).send("server", randomBytes(random, 44));
    for (let i = 0; i < tries; i++) {
      talk.send("client", randomBytes(random, pick(random, [84, 100, 148])));
      talk.wait(about(random, 1_800_000, 0.3)).send("server", randomBytes(random, 52));
    }
    talk.close(pick(random, ["client", "server"] as const));
    return gap(random, 350_000);
  };
};

const botPasswords = [
  "xc3511",
  "vizxv",
  "admin",
  "888888",
  "default",
  "juantech",
  "123456",
  "54321",
  "support",
];

/** An infected device looks for others by Telnet, and tries what Mirai tries on those that answer. */
export const telnetBruteForce: Attack = ({ random, cast, emit }) => {
  const client = cast.host();
  return (atUs) => {
    const server = cast.outsider(client);
    const serverPort = random.below(10) === 0 ? 2323 : 23;
    const clientPort = between(random, 1024, 65_535);
    const chance = random.below(12);
    if (chance === 0) {
      const talk = new TcpConversation(
        random,
        emit,
        { client, clientPort, server, serverPort },
        atUs,
        farUs,
      ).open();
      talk.send("server", Buffer.from("fffd01fffd1ffffb01fffb03", "hex"));
      talk.send("client", Buffer.from("fffc01fffc1ffffe01fffe03", "hex"));
      for (let i = between(random, 1, 3); i > 0; i--) {
        talk.send("server", Buffer.from("login: ")).wait(100_000).send("client", Buffer.from("root\r\n"));
        talk.send("server", Buffer.from("Password: ")).wait(100_000);
        talk.send("client", Buffer.from(`${pick(random, botPasswords)}\r\n`)).wait(900_000);
        talk.send("server", Buffer.from("\r\nLogin incorrect\r\n"));
      }
      talk.close("server");
    } else {
      // Mirai's first sequence number is the address it asks.
      const fields = {
        flags: syn,
        seq: server.ip,
        window: between(random, 1024, 65_000),
        options: synOptions,
      };
      emit(atUs, tcpFrame(client, clientPort, server, serverPort, fields, { id: random.below(65_536) }));
      const refusal = tcpFrame(server, serverPort, client, clientPort, {
        flags: rst | ack,
        ack: server.ip + 1,
      });
      if (chance < 3) emit(atUs + about(random, farUs, 0.4), refusal);
    }
    return gap(random, 9000);
  };
};

/** A packet of SSH before encryption (RFC 4253 §6): length, padding, message, content. */
function sshPacket(random: SeededRandom, message: number, content: Buffer): Buffer {
  const padding = 4 + ((-content.length - 10) & 7);
  const head = Buffer.alloc(6);
  head.writeUInt32BE(2 + content.length + padding, 0);
  head[4] = padding;
  head[5] = message;
  return Buffer.concat([head, content, randomBytes(random, padding)]);
}

/** What algorithms there are: a cookie, ten lists of names, the last two empty, no guess (§7.1). */
function sshOffer(random: SeededRandom): Buffer {
  const names = [...sshAlgorithms.map((each) => sshString(Buffer.from(each))), Buffer.alloc(8 + 5)];
  return sshPacket(random, 20, Buffer.concat([randomBytes(random, 16), ...names]));
}

function sshString(text: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  return Buffer.concat([length, text]);
}

function sshStrings(random: SeededRandom, ...lengths: number[]): Buffer {
  return Buffer.concat(lengths.map((length) => sshString(randomBytes(random, length))));
}

/** Host key, the server's half of the exchange, signature (RFC 5656 §4). */
function sshReply(random: SeededRandom): Buffer {
  const kind = sshString(Buffer.from("ssh-ed25519"));
  const key = sshString(Buffer.concat([kind, sshStrings(random, 32)]));
  const signature = sshString(Buffer.concat([kind, sshStrings(random, 64)]));
  return sshPacket(random, 31, Buffer.concat([key, sshStrings(random, 32), signature]));
}
