/** What malware does that wants not to be seen: it asks home now and then, and it carries data out. */
import type { Attack } from "../attack.ts";
import { about, between, ephemeralPort, randomBytes } from "../chance.ts";
import { tcpFlag, tcpFrame } from "../frames.ts";
import { TcpConversation } from "../tcp-conversation.ts";
import { clientHello, serverHello, tlsRecord } from "../tls-records.ts";

const farUs = 42_000;

/** Each 30 seconds, 1 % more or less, the same small exchange with one host outside. */
export const beacon: Attack = ({ random, cast, emit }) => {
  const client = cast.host();
  const server = cast.outsider(client);
  const asked = between(random, 180, 420);
  const answered = between(random, 90, 260);
  return (atUs) => {
    const ends = { client, clientPort: ephemeralPort(random), server, serverPort: 443 };
    new TcpConversation(random, emit, ends, atUs, farUs)
      .open()
      .send("client", clientHello(random, "cdn.update-metrics.net"))
      .send("server", Buffer.concat([serverHello(random), tlsRecord(random, 23, 1900)]))
      .send("client", tlsRecord(random, 23, 64))
      .send("client", tlsRecord(random, 23, asked))
      .send("server", tlsRecord(random, 23, answered))
      .close();
    return about(random, 30_000_000, 0.01);
  };
};

const segment = 1460;
const burst = 8;

/** One long upload to a host outside that was never spoken to before. */
export const exfiltration: Attack = ({ random, cast, emit }) => {
  const client = cast.host();
  const server = cast.outsider(client);
  const clientPort = ephemeralPort(random);
  let seq = random.bits() >>> 0;
  let ack = random.bits() >>> 0;
  let isOpen = false;
  let id = random.below(65_536);
  const put = (atUs: number, isClient: boolean, flags: number, payload: Uint8Array = Buffer.alloc(0)) => {
    const [own, other] = isClient ? [seq, ack] : [ack, seq];
    const fields = {
      flags,
      seq: own,
      ack: flags & tcpFlag.ack ? other : 0,
      window: isClient ? 502 : 2048,
      payload,
    };
    const ip = { id: id++ & 0xffff, fragment: 0x4000 };
    emit(
      atUs,
      isClient
        ? tcpFrame(client, clientPort, server, 443, fields, ip)
        : tcpFrame(server, 443, client, clientPort, fields, ip),
    );
  };
  return (atUs) => {
    if (!isOpen) {
      isOpen = true;
      put(atUs, true, tcpFlag.syn);
      seq++;
      put(atUs + farUs, false, tcpFlag.syn | tcpFlag.ack);
      ack++;
      put(atUs + farUs + 80, true, tcpFlag.ack);
      const hello = clientHello(random, "files.storage-eu.net");
      put(atUs + farUs + 900, true, tcpFlag.ack | tcpFlag.psh, hello);
      seq += hello.length;
      const answer = serverHello(random);
      put(atUs + 2 * farUs + 900, false, tcpFlag.ack | tcpFlag.psh, answer);
      ack += answer.length;
      return 3 * farUs;
    }
    let sentUs = atUs;
    for (let i = 0; i < burst; i++) {
      const payload =
        i === 0
          ? tlsRecord(random, 23, segment * burst - 5).subarray(0, segment)
          : randomBytes(random, segment);
      put(sentUs, true, tcpFlag.ack, payload);
      seq += payload.length;
      if (i % 2 === 1) put(sentUs + farUs / 2, false, tcpFlag.ack);
      sentUs += about(random, 130, 0.2);
    }
    return about(random, 40_000, 0.4);
  };
};
