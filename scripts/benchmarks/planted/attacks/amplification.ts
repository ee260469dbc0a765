/** Answers to questions that somebody asked in the victim's name, many times larger than the questions. */
import type { SeededRandom } from "../../../../src/analyzer/anomaly/seeded-random.ts";
import type { Attack } from "../attack.ts";
import { about, between, ephemeralPort, gap, pick, randomBytes, randomText } from "../chance.ts";
import { udpFrame } from "../frames.ts";

type Answers = (random: SeededRandom) => Buffer[];

/** Many answer, each several times a question, to one port of the victim or to any. */
function reflection(servers: number, port: number, meanGapUs: number, answers: Answers): Attack {
  return ({ random, cast, emit }) => {
    const victim = cast.host();
    const reflectors = Array.from({ length: servers }, () => cast.outsider(victim));
    const toPort = random.below(2) === 0 ? pick(random, [80, 443, 53]) : ephemeralPort(random);
    return (atUs) => {
      const reflector = pick(random, reflectors);
      let nextUs = atUs;
      for (const answer of answers(random)) {
        emit(nextUs, udpFrame(reflector, port, victim, toPort, answer, { id: random.below(65_536) }));
        nextUs += about(random, 160, 0.6);
      }
      return gap(random, meanGapUs);
    };
  };
}

/** Those that asked last, six a packet (mode 7, request 42). */
export const ntpAmplification = reflection(60, 123, 12_000, (random) =>
  Array.from({ length: between(random, 4, 20) }, (_, sequence) => {
    const packet = Buffer.alloc(8 + 6 * 72);
    packet[0] = 0xd7;
    packet[1] = sequence;
    packet[2] = 3;
    packet[3] = 42;
    packet.writeUInt16BE(6, 4);
    packet.writeUInt16BE(72, 6);
    for (let entry = 0; entry < 6; entry++) {
      const start = 8 + entry * 72;
      packet.set(randomBytes(random, 24), start);
      packet.writeUInt16BE(123, start + 28);
      packet.set([7, 2], start + 30);
    }
    return packet;
  }),
);

/** A stored value of half a megabyte, in datagrams with the header of memcached: request, number, of how many. */
export const memcachedAmplification = reflection(12, 11_211, 60_000, (random) => {
  const count = between(random, 20, 60);
  const request = random.below(65_536);
  return Array.from({ length: count }, (_, sequence) => {
    const header = Buffer.alloc(8);
    header.writeUInt16BE(request, 0);
    header.writeUInt16BE(sequence, 2);
    header.writeUInt16BE(count, 4);
    const start = sequence === 0 ? `VALUE a 0 ${count * 1370}\r\n` : "";
    const letter = String.fromCharCode(between(random, 97, 122));
    return Buffer.concat([header, Buffer.from(start.padEnd(1392, letter))]);
  });
});

const services = ["upnp:rootdevice", "urn:schemas-upnp-org:device:InternetGatewayDevice:1", "uuid"];

/** What home routers tell about themselves on port 1900, one answer for each of their services. */
export const ssdpAmplification = reflection(120, 1900, 12_000, (random) => {
  const uuid = `${randomText(random, 8, "0123456789abcdef")}-${randomText(random, 4, "0123456789abcdef")}`;
  return services.map((service) =>
    Buffer.from(
      `HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=120\r\nST: ${service}\r\nUSN: uuid:${uuid}::${service}\r\nEXT:\r\n` +
        "SERVER: Linux/3.14 UPnP/1.1 MiniUPnPd/1.8\r\nLOCATION: http://192.168.0.1:5431/dyndev/root.xml\r\n\r\n",
    ),
  );
});
