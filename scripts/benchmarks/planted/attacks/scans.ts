/** Looking for what answers: addresses, ports, services. Each probe and each answer to it belongs to the scan. */
import type { SeededRandom } from "../../../../src/analyzer/anomaly/seeded-random.ts";
import type { Attack } from "../attack.ts";
import { about, between, ephemeralPort, gap, outsideIp, randomBytes } from "../chance.ts";
import { icmpMessage, ipv4Frame, portUnreachable, tcpFlag, tcpFrame, udpFrame } from "../frames.ts";
import { TcpConversation } from "../tcp-conversation.ts";

const { fin, syn, rst, psh, ack, urg } = tcpFlag;
const lanUs = 250;
const farUs = 35_000;
/** nmap's own window and single option. */
const probeOptions = Buffer.from("020405b4", "hex");
const systemOptions = Buffer.from("020405b40103030801010402", "hex");
/** Asked for first by whoever scans. */
const knownPorts = [
  21, 22, 23, 25, 53, 80, 110, 111, 135, 139, 143, 389, 443, 445, 587, 631, 993, 995, 1433, 1521, 1723, 2049,
  3306, 3389, 5060, 5432, 5900, 6379, 8000, 8080, 8443, 9200, 27_017,
];

/** A host asks a whole network outside, address by address and round after round, who is there. */
export const pingSweep: Attack = ({ random, cast, emit }) => {
  const source = cast.host();
  const identifier = random.below(65_536);
  let network = outsideIp(random) & ~255;
  let last = 0;
  return (atUs) => {
    if (++last > 254) [last, network] = [1, (network + 256) >>> 0];
    const target = cast.outsider(source, (network + last) >>> 0);
    const payload = randomBytes(random, 32);
    const rest = identifier * 65_536 + last;
    emit(atUs, ipv4Frame(source, target, 1, icmpMessage(8, 0, rest, payload), { id: random.below(65_536) }));
    const answer = ipv4Frame(target, source, 1, icmpMessage(0, 0, rest, payload), {
      id: random.below(65_536),
    });
    if (random.below(8) === 0) emit(atUs + about(random, farUs, 0.3), answer);
    return about(random, 12_000, 0.4);
  };
};

/** connect() to one port after another of a neighbour: RST from most, a whole handshake with the open ones. */
export const connectScan: Attack = ({ random, cast, emit }) => {
  const victim = cast.host();
  const source = cast.neighbour(victim);
  const open = new Set([22, 80, 443]);
  const ports = portOrder(random);
  let from = ephemeralPort(random);
  return (atUs) => {
    const port = ports();
    const seq = random.bits() >>> 0;
    from = from >= 60_999 ? 32_768 : from + 1;
    if (open.has(port)) {
      const ends = { client: source, clientPort: from, server: victim, serverPort: port };
      new TcpConversation(random, emit, ends, atUs, lanUs).open().wait(400).reset("client");
    } else {
      const fields = { flags: syn, seq, window: 64_240, options: systemOptions };
      emit(
        atUs,
        tcpFrame(source, from, victim, port, fields, { id: random.below(65_536), fragment: 0x4000 }),
      );
      const refusal = tcpFrame(victim, port, source, from, { flags: rst | ack, ack: seq + 1 });
      emit(atUs + about(random, lanUs, 0.5), refusal);
    }
    return about(random, 5000, 0.6);
  };
};

/** One port each two seconds from outside, of which most are filtered. */
export const slowSynScan: Attack = ({ random, cast, emit }) => {
  const victim = cast.host();
  const source = cast.outsider(victim);
  const from = between(random, 33_000, 65_000);
  const ports = portOrder(random);
  return (atUs) => {
    const port = ports();
    const seq = random.bits() >>> 0;
    const fields = { flags: syn, seq, window: 1024, options: probeOptions };
    emit(atUs, tcpFrame(source, from, victim, port, fields, { id: random.below(65_536) }));
    const refusal = tcpFrame(victim, port, source, from, { flags: rst | ack, ack: seq + 1 });
    if (random.below(3) > 0) emit(atUs + about(random, lanUs, 0.5), refusal);
    return about(random, 2_000_000, 0.05);
  };
};

export const finScan: Attack = flagScan(fin);
export const nullScan: Attack = flagScan(0);
export const xmasScan: Attack = flagScan(fin | psh | urg);

/** Flags that no connection begins with: closed ports answer RST, open ones nothing (RFC 793, page 65). */
function flagScan(flags: number): Attack {
  return ({ random, cast, emit }) => {
    const victim = cast.host();
    const source = cast.outsider(victim);
    const from = between(random, 33_000, 65_000);
    const ports = portOrder(random);
    return (atUs) => {
      const port = ports();
      const seq = random.bits() >>> 0;
      const fields = { flags, seq, window: 1024 };
      emit(atUs, tcpFrame(source, from, victim, port, fields, { id: random.below(65_536) }));
      const counted = flags & fin ? 1 : 0;
      const refusal = tcpFrame(victim, port, source, from, { flags: rst | ack, ack: seq + counted });
      if (![22, 80, 443].includes(port)) emit(atUs + about(random, lanUs, 0.5), refusal);
      return about(random, 8000, 0.6);
    };
  };
}

/** Empty datagrams, or a query where the port is known for one; six in ten are refused by ICMP. */
export const udpScan: Attack = ({ random, cast, emit }) => {
  const victim = cast.host();
  const source = cast.neighbour(victim);
  const from = ephemeralPort(random);
  const ports = portOrder(random);
  return (atUs) => {
    const port = ports();
    const payload = port === 53 ? Buffer.from("000010000000000000000000", "hex") : Buffer.alloc(0);
    const frame = udpFrame(source, from, victim, port, payload, { id: random.below(65_536) });
    emit(atUs, frame);
    if (random.below(10) < 6) emit(atUs + about(random, lanUs, 0.5), portUnreachable(frame, victim, source));
    return about(random, 10_000, 0.6);
  };
};

/** A worm tries port 445 of hosts anywhere: silence with a second try, a refusal, or a talk that goes on. */
export const smbSweep: Attack = ({ random, cast, emit }) => {
  const source = cast.host();
  let from = between(random, 49_152, 60_000);
  return (atUs) => {
    from = from >= 65_535 ? 49_152 : from + 1;
    const target = cast.outsider(source);
    const seq = random.bits() >>> 0;
    const fields = { flags: syn, seq, window: 8192, options: systemOptions };
    const chance = random.below(20);
    if (chance === 0) {
      const ends = { client: source, clientPort: from, server: target, serverPort: 445 };
      new TcpConversation(random, emit, ends, atUs, farUs)
        .open()
        .send("client", smbNegotiation())
        .wait(2000)
        .reset("server");
    } else {
      emit(atUs, tcpFrame(source, from, target, 445, fields));
      if (chance < 4)
        emit(
          atUs + about(random, farUs, 0.4),
          tcpFrame(target, 445, source, from, { flags: rst | ack, ack: seq + 1 }),
        );
      else emit(atUs + 3_000_000 + about(random, 9000, 0.5), tcpFrame(source, from, target, 445, fields));
    }
    return gap(random, 12_000);
  };
};

/** NEGOTIATE of SMB 1 with the one dialect that worms ask for (MS-CIFS 2.2.4.52). */
function smbNegotiation(): Buffer {
  const dialect = Buffer.from("\u0002NT LM 0.12\0", "latin1");
  const message = Buffer.alloc(35 + dialect.length);
  message.set(Buffer.from("ff534d4272000000001801280000", "hex"));
  message.writeUInt16LE(dialect.length, 33);
  message.set(dialect, 35);
  return Buffer.concat([Buffer.from([0, 0, 0, message.length]), message]);
}

/** The known ports first, shuffled, and then all others from 1 on. */
function portOrder(random: SeededRandom): () => number {
  const first = Array.from(random.sample(knownPorts.length, knownPorts.length), (i) => knownPorts[i]!);
  let next = 0;
  return () => first.pop() ?? (next++ % 65_535) + 1;
}
